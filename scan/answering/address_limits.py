"""Limits per address, such as thirty wrong codes an hour. Counted under keyed hashes, in the cache.

The cache may not keep in what order people came, nor when (measurement.md 9): with SCAN_KEY somebody could say whose
hash is whose. So all counts of one hour by the clock lie in one entry, sorted by hash, that ends with the hour.
"""

import hmac
import time
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache
from django.http import HttpRequest

from organisations.client_address import UNKNOWN, client_address
from scan.tokens import scan_keys

HOUR = 3600
HASH_BYTES = 16
# Then they begin again, for the entry must stay small (0.6 ms a write with 2,000): whoever has so many addresses, or
# makes up so many links, is not held up by a limit on each.
MOST_COUNTS = 2_000

Counts = dict[bytes, int]


def has_reached(limit: int, what: str, request: HttpRequest) -> bool:
    return _counts(what, _hour()).get(_hash(what, request), 0) >= limit


def count(what: str, request: HttpRequest) -> int:
    """One more of `what` from this address: the how manieth of this hour by the clock.

    Of two at the very same moment one may be lost: a limit of this kind can bear that.
    """
    hour, sender = _hour(), _hash(what, request)
    counts = _counts(what, hour)
    if sender in counts:
        counts[sender] += 1
    else:
        kept = counts if len(counts) < MOST_COUNTS else {}
        counts = dict(sorted([*kept.items(), (sender, 1)]))
    cache.set(_key(what), (hour, counts), (hour + 1) * HOUR - time.time())
    return counts[sender]


def _counts(what: str, hour: int) -> Counts:
    counted_in, counts = cache.get(_key(what), (hour, {}))
    return counts if counted_in == hour else {}


def _hour() -> int:
    return int(time.time()) // HOUR


def _key(what: str) -> str:
    """Of all that is counted under one first word: a link that follows it is in the hash only."""
    return f"addresses-{what.partition(' ')[0]}"


def _hash(what: str, request: HttpRequest) -> bytes:
    text = f"leerscan address {what} {_network_of(request)}".encode()
    return hmac.digest(next(scan_keys()), text, "sha256")[:HASH_BYTES]


def _network_of(request: HttpRequest) -> str:
    """The sender's address; of IPv6 the first half, for a household has all of the second."""
    sender = client_address(request)
    if sender == UNKNOWN:
        return sender
    address = ip_address(sender)
    return address.exploded[:19] if isinstance(address, IPv6Address) else sender
