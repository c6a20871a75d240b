"""Limits per address, such as thirty wrong codes an hour. Counted under a keyed hash of the address, in the cache."""

import hmac
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache
from django.http import HttpRequest

from organisations.client_address import UNKNOWN, client_address
from scan.tokens import scan_keys

HOUR = 3600


def has_reached(limit: int, what: str, request: HttpRequest) -> bool:
    return int(cache.get(_key(what, request), 0)) >= limit


def count(what: str, request: HttpRequest) -> None:
    """One more of `what` from this address; an hour after the first one the count begins again."""
    key = _key(what, request)
    if cache.add(key, 1, HOUR):
        return
    try:
        cache.incr(key)
    except ValueError:  # the hour ended in between
        cache.set(key, 1, HOUR)


def _key(what: str, request: HttpRequest) -> str:
    digest = hmac.digest(next(scan_keys()), f"leerscan address {what} {_network_of(request)}".encode(), "sha256")
    return f"address-{digest.hex()}"


def _network_of(request: HttpRequest) -> str:
    """The sender's address; of IPv6 the first half, for a household has all of the second."""
    sender = client_address(request)
    if sender == UNKNOWN:
        return sender
    address = ip_address(sender)
    return address.exploded[:19] if isinstance(address, IPv6Address) else sender
