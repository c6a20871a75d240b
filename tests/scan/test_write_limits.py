"""How much is sent with one link from one network is limited; how many links an office uses is not."""

import time
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends import base, locmem
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from scan.answering import address_limits, page
from scan.answering.address_limits import RECORD_BYTES
from scan.answering.page import WRITES_PER_HOUR, link_page
from scan.models import Invitation, Round
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.entrances import from_address, round_with_every_way
from tests.scan.refusals import JSON, Watch, addresses

OFFICE, HOME = "192.0.2.7", "198.51.100.9"
FEW = 4
WORDS = {"nl": "binnen een uur heel vaak", "en": "within an hour"}


@link_page
def taken(request: HttpRequest, token: str) -> HttpResponse:
    """Stands for any page of answering."""
    return HttpResponse("taken")


def send(token: str, sender: str = OFFICE, method: str = "POST") -> int:
    return taken(request_for(token, sender, method), token).status_code


def request_for(token: str, sender: str = OFFICE, method: str = "POST") -> HttpRequest:
    return RequestFactory().generic(method, f"/a/{token}/save/", "{}", JSON, REMOTE_ADDR=sender)


class LaterClock:
    """The cache's clock, an hour on, without waiting."""

    @staticmethod
    def time() -> float:
        return time.time() + 3601


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "WRITES_PER_HOUR", FEW)


def some_token() -> str:
    return token_of(Invitation.objects.exclude(person=None)[0].pk)


def test_two_thousand_people_behind_one_address_are_never_limited() -> None:
    """Twenty thousand writes from one network, and all are still counted at the end."""
    requests = {f"link{number}": request_for(f"link{number}") for number in range(2000)}
    assert {taken(request, token).status_code for token, request in requests.items() for _ in range(10)} == {200}
    # Nothing was pushed out of the memory meanwhile.
    _hour, counts = cache.get("addresses-write")
    assert len(counts) == 2000 * RECORD_BYTES
    assert {address_limits.count(f"write {token}", request) for token, request in requests.items()} == {11}


def test_one_link_is_limited_and_no_other_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {send("mine") for _ in range(WRITES_PER_HOUR)} == {200}
    assert send("mine") == 429
    assert send("of a colleague") == 200
    assert send("mine", HOME) == 200
    assert send("mine", method="GET") == 200
    monkeypatch.setattr(base, "time", LaterClock)
    monkeypatch.setattr(locmem, "time", LaterClock)
    assert send("mine") == 200


def test_an_hour_by_the_clock_is_not_put_off_by_trying(monkeypatch: pytest.MonkeyPatch, few: None) -> None:
    start = 500_000 * 3600.0
    clock = [start + 1000]
    for module in (address_limits, base, locmem):
        monkeypatch.setattr(module, "time", type("Clock", (), {"time": staticmethod(lambda: clock[0])}))
    assert {send("mine") for _ in range(FEW)} == {200}
    for minute in range(17, 60):
        clock[0] = start + 60 * minute
        assert send("mine") == 429
    clock[0] = start + 3601
    assert send("mine") == 200


@pytest.mark.parametrize("name", ["part", "closing", "save", "send", "erase", "next", "language"])
def test_every_address_counts_and_says_so_kindly(name: str, running: Round, client: Client, few: None) -> None:
    token = some_token()
    from_address(client, OFFICE)
    client.cookies["language"] = "en"
    for _ in range(FEW):
        assert client.post(addresses(token)["part"], {"q21": "4"}).status_code == 302
    refused = client.post(addresses(token)[name], {"q21": "5", "language": "nl"})
    assert refused.status_code == 429
    text = refused.content.decode()
    assert WORDS["en"] in text
    assert f'href="/a/{token}/"' in text
    assert refused["Retry-After"] == "3600"
    assert "no-store" in refused["Cache-Control"]
    client.cookies["language"] = "nl"
    assert WORDS["nl"] in client.post(addresses(token)[name]).content.decode()
    # What was saved is there, and looking is not limited.
    assert 'value="4" checked' in client.get(addresses(token)["part"]).content.decode()
    assert from_address(client, HOME).post(addresses(token)["part"], {"q21": "4"}).status_code == 302


def test_a_script_gets_the_status_alone(running: Round, client: Client, few: None) -> None:
    address = addresses(some_token())["send"]
    for _ in range(FEW + 1):
        response = client.post(address, "{}", content_type=JSON)
    assert (response.status_code, response.content) == (429, b"")
    assert response["Retry-After"] == "3600"


def test_of_a_link_that_is_none_it_is_counted_alike(running: Round, monkeypatch: pytest.MonkeyPatch, few: None) -> None:
    token = some_token()
    Round.objects.filter(pk=running.pk).update(opens_on="2099-01-01")
    watch = Watch(monkeypatch)
    for content_type in (JSON, "application/x-www-form-urlencoded"):
        seen = {
            text: [watch.see("POST", addresses(text)["part"], text, content_type=content_type) for _ in range(FEW + 2)]
            for text in ("onbekend", token)
        }
        assert seen["onbekend"] == seen[token]
        assert [one.status for one in seen[token]][-2:] == [429, 429]
        cache.clear()


def test_nothing_says_which_link_was_limited(running: Round, client: Client, few: None, caplog: Any) -> None:
    token = some_token()
    from_address(client, OFFICE)
    for _ in range(FEW + 1):
        client.post(addresses(token)["part"])
    kept = repr(locmem._caches)  # type: ignore[attr-defined]
    assert "addresses-write" in kept
    assert token not in kept
    assert OFFICE not in kept
    assert token not in caplog.text
    assert not [record for record in caplog.records if record.levelname != "WARNING"]


def test_an_entry_is_kept_for_an_hour_at_most() -> None:
    send("mine")
    ends = list(locmem._expire_info[""].values())  # type: ignore[attr-defined]
    assert len(ends) == 1
    assert 0 < ends[0] - time.time() <= 3600
