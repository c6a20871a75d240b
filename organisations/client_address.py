"""Where a request comes from, as limits count it."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"


def client_address(request: HttpRequest) -> str:
    """The IP address, without a port; UNKNOWN, one for all, when there is none to be read."""
    sender = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY:  # the proxy adds whom it saw at the end; what stands before it, anybody can write
        sender = str(request.META.get("HTTP_X_FORWARDED_FOR", sender)).rpartition(",")[2]
    try:
        address = ip_address(_without_port(sender.strip()))
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(address)


def _without_port(sender: str) -> str:
    """1.2.3.4:5678 and [2001:db8::1]:5678: another port for each connection, but one and the same sender."""
    if sender.startswith("["):
        return sender[1:].partition("]")[0]
    return sender.partition(":")[0] if sender.count(":") == 1 else sender
