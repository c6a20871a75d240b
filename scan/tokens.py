"""Personal links: a token can be made again from the invitation and SCAN_KEY, so no table holds it.

A token is base32 of the invitation's id (16 bytes) and the first 10 bytes of HMAC-SHA256(SCAN_KEY, id).
"""

import base64
import binascii
import hmac
import uuid
from collections.abc import Iterator

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.urls import reverse

MAC_BYTES = 10
TOKEN_LENGTH = 42


def _keys() -> Iterator[bytes]:
    for key in (settings.SCAN_KEY, *settings.SCAN_KEY_FALLBACKS):
        yield key.encode()


def _mac(key: bytes, invitation_id: uuid.UUID) -> bytes:
    return hmac.digest(key, b"leerscan link " + invitation_id.bytes, "sha256")[:MAC_BYTES]


def token_of(invitation_id: uuid.UUID) -> str:
    raw = invitation_id.bytes + _mac(next(_keys()), invitation_id)
    return base64.b32encode(raw).decode().rstrip("=").lower()


def invitation_id_of(token: str) -> uuid.UUID | None:
    """The id that a genuine token holds; None for any other text."""
    if len(token) != TOKEN_LENGTH or not token.isascii():
        return None
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except binascii.Error:
        return None
    invitation_id = uuid.UUID(bytes=raw[:16])
    genuine = [hmac.compare_digest(raw[16:], _mac(key, invitation_id)) for key in _keys()]
    return invitation_id if any(genuine) else None


def key_from(token: str, purpose: str) -> bytes:
    """A 256-bit key that only somebody with the link can have."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"leerscan {purpose}".encode())
    return derive.derive(token.encode())


def link_of(invitation_id: uuid.UUID) -> str:
    """The full address that a participant gets."""
    return settings.BASE_URL + reverse("scan:start", args=[token_of(invitation_id)])
