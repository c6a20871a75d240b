"""Limits per address count senders, not connections."""

from typing import Any

import pytest

from scan.answering.address_limits import count, has_reached


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
