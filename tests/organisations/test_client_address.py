"""Where a request comes from, with and without a proxy."""

from typing import Any

import pytest

from organisations.accounts import AccountAdapter
from organisations.client_address import UNKNOWN, client_address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:50123", "203.0.113.7"),
        ("10.0.0.1, 203.0.113.7:50124", "203.0.113.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:50123", "2001:db8::1"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("[::ffff:203.0.113.7]:1", "203.0.113.7"),
        ("unknown", UNKNOWN),
        ("_hidden:50123", UNKNOWN),
        ("203.0.113.7,", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_behind_a_proxy_the_last_address_counts_without_its_port(
    rf: Any, settings: Any, written: str, address: str
) -> None:
    settings.BEHIND_PROXY = True
    request = rf.get("/", headers={"x-forwarded-for": written})
    assert client_address(request) == address
    assert AccountAdapter().get_client_ip(request) == address


def test_without_a_proxy_nobody_says_for_himself_where_he_is(rf: Any, settings: Any) -> None:
    settings.BEHIND_PROXY = False
    request = rf.get("/", headers={"x-forwarded-for": "203.0.113.7"}, REMOTE_ADDR="198.51.100.4")
    assert client_address(request) == "198.51.100.4"
