"""Limits per address count senders, not connections."""

import random
import time
from typing import Any

import pytest
from django.core.cache import cache

from scan.answering.address_limits import HASH_BYTES, HOUR, RECORD_BYTES, count, has_reached


def hashes_in(counts: bytes) -> list[bytes]:
    return [counts[place : place + HASH_BYTES] for place in range(0, len(counts), RECORD_BYTES)]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("203.0.113.7:1000", "203.0.113.7:1001", True),
        ("[2001:db8:1:2::3]:1000", "2001:db8:1:2:9::4", True),
        ("unknown", "hidden:1001", True),
        ("203.0.113.7:1000", "203.0.113.8:1000", False),
        ("2001:db8:1:2::3", "2001:db8:1:3::3", False),
    ],
)
def test_another_port_is_the_same_sender(rf: Any, settings: Any, one: str, other: str, *, is_same: bool) -> None:
    settings.BEHIND_PROXY = True
    count("code", rf.get("/", headers={"x-forwarded-for": one}))
    assert has_reached(1, "code", rf.get("/", headers={"x-forwarded-for": other})) is is_same


def test_the_cache_keeps_no_order_of_coming_and_no_moment(rf: Any) -> None:
    """Whoever has SCAN_KEY could say whose hash is whose, and so who came after whom."""
    for number in range(50):
        count("code", rf.get("/", REMOTE_ADDR=f"192.0.2.{number}"))
        count("code", rf.get("/", REMOTE_ADDR=f"192.0.2.{number // 2}"))
    store: Any = cache
    assert len(store._cache) == 1
    (_hour, counts) = cache.get("addresses-code")
    hashes = hashes_in(counts)
    assert len(hashes) == 50
    assert hashes == sorted(hashes)
    (expiry,) = store._expire_info.values()
    assert expiry % HOUR == pytest.approx(0, abs=0.01) or expiry % HOUR == pytest.approx(HOUR, abs=0.01)


def test_each_hour_by_the_clock_begins_anew(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scan.answering.address_limits.time.time", lambda: 2_000_000_000 // HOUR * HOUR + 3599.0)
    request = rf.get("/", REMOTE_ADDR="192.0.2.1")
    count("code", request)
    assert has_reached(1, "code", request)
    monkeypatch.setattr("scan.answering.address_limits.time.time", lambda: 2_000_000_000 // HOUR * HOUR + 3600.0)
    assert not has_reached(1, "code", request)


def test_more_addresses_than_anybody_has_do_not_fill_the_memory(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scan.answering.address_limits.MOST_COUNTS", 10)
    for number in range(25):
        count("code", rf.get("/", REMOTE_ADDR=f"192.0.2.{number}"))
    (_hour, counts) = cache.get("addresses-code")
    assert 0 < len(hashes_in(counts)) <= 10


def test_the_links_that_are_counted_stand_nowhere_in_the_cache(rf: Any) -> None:
    request = rf.post("/", REMOTE_ADDR="192.0.2.1")
    for link in ("mine", "yours"):
        count(f"write {link}", request)
    store: Any = cache
    assert [key.rpartition(":")[2] for key in store._cache] == ["addresses-write"]
    assert b"mine" not in b"".join(store._cache.values())
    assert has_reached(1, "write mine", request)
    assert not has_reached(2, "write mine", request)
    assert not has_reached(1, "write ours", request)


def test_each_is_counted_by_itself_whatever_the_order_of_coming(rf: Any) -> None:
    """Against a plain dictionary."""
    chance, expected = random.Random(4), dict[int, int]()  # noqa: S311 -- to be repeated
    for _turn in range(400):
        number = chance.randrange(60)
        expected[number] = expected.get(number, 0) + 1
        assert count("code", rf.get("/", REMOTE_ADDR=f"192.0.2.{number}")) == expected[number]
    for number in range(60):
        request = rf.get("/", REMOTE_ADDR=f"192.0.2.{number}")
        assert has_reached(expected[number], "code", request)
        assert not has_reached(expected[number] + 1, "code", request)


def test_counts_that_an_older_version_left_in_the_cache_begin_anew(rf: Any) -> None:
    cache.set("addresses-code", (int(time.time()) // HOUR, {b"hash": 5}))
    assert count("code", rf.get("/", REMOTE_ADDR="192.0.2.1")) == 1
