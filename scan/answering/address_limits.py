"""Limits per address, such as thirty wrong codes an hour. Counted under keyed hashes, in the cache.

The cache may not keep in what order people came, nor when (measurement.md 9): with SCAN_KEY somebody could say whose
hash is whose. So all counts of one hour by the clock lie in one entry, sorted by hash, that ends with the hour.
"""

import hmac
import time
from bisect import bisect_left
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache
from django.http import HttpRequest

from organisations.client_address import UNKNOWN, client_address
from scan.tokens import scan_keys

HOUR = 3600
HASH_BYTES = 16
# Then they begin again, for the entry must stay small: whoever has so many addresses, or
# makes up so many links, is not held up by a limit on each.
MOST_COUNTS = 2_000

# Records of one length, a hash and a count each, in one piece: with a dictionary of 2,000 the cache's packing and
# unpacking took half of the time of a whole request.
COUNT_BYTES = 4
RECORD_BYTES = HASH_BYTES + COUNT_BYTES


def has_reached(limit: int, what: str, request: HttpRequest) -> bool:
    sender = _hash(what, request)
    counts = _counts(what, _hour())
    return _count_at(counts, _place(counts, sender), sender) >= limit


def count(what: str, request: HttpRequest) -> int:
    """One more of `what` from this address: the how manieth of this hour by the clock.

    Of two at the very same moment one may be lost: a limit of this kind can bear that.
    """
    hour, sender = _hour(), _hash(what, request)
    counts = _counts(what, hour)
    place = _place(counts, sender)
    before = _count_at(counts, place, sender)
    if not before and len(counts) >= MOST_COUNTS * RECORD_BYTES:
        counts, place = b"", 0
    record = sender + (before + 1).to_bytes(COUNT_BYTES)
    counts = counts[:place] + record + counts[place + (RECORD_BYTES if before else 0) :]
    cache.set(_key(what), (hour, counts), (hour + 1) * HOUR - time.time())
    return before + 1


def _counts(what: str, hour: int) -> bytes:
    counted_in, counts = cache.get(_key(what), (hour, b""))
    # In a cache that was filled by an older Leerscan, they are of another kind.
    return counts if counted_in == hour and isinstance(counts, bytes) else b""


def _place(counts: bytes, sender: bytes) -> int:
    """Where its record begins, or would have to, for all to stay sorted by hash."""
    records = range(len(counts) // RECORD_BYTES)
    number = bisect_left(records, sender, key=lambda n: counts[n * RECORD_BYTES : n * RECORD_BYTES + HASH_BYTES])
    return number * RECORD_BYTES


def _count_at(counts: bytes, place: int, sender: bytes) -> int:
    record = counts[place : place + RECORD_BYTES]
    return int.from_bytes(record[HASH_BYTES:]) if record[:HASH_BYTES] == sender else 0


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
