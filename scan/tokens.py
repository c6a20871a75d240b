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
LINK = b"leerscan link "
# No row has this id. It stands in for what is no token, so that refusing one is the same work as refusing any other.
NOWHERE = uuid.UUID(int=0)


def scan_keys() -> Iterator[bytes]:
    for key in (settings.SCAN_KEY, *settings.SCAN_KEY_FALLBACKS):
        yield key.encode()


def token_of(invitation_id: uuid.UUID) -> str:
    return signed(LINK, invitation_id)


def tokens_of(invitation_id: uuid.UUID) -> Iterator[str]:
    """Every token that leads to this invitation: one for each SCAN_KEY that is still known."""
    for key in scan_keys():
        yield _signed(key, LINK, invitation_id)


def invitation_id_of(token: str) -> uuid.UUID | None:
    """The id that a genuine token holds; None for any other text."""
    return id_signed_in(LINK, token)


def signed(purpose: bytes, about: uuid.UUID) -> str:
    """A token for this purpose only: one for another purpose is no proof here."""
    return _signed(next(scan_keys()), purpose, about)


def _signed(key: bytes, purpose: bytes, about: uuid.UUID) -> str:
    raw = about.bytes + _mac(key, purpose, about)
    return base64.b32encode(raw).decode().rstrip("=").lower()


def id_signed_in(purpose: bytes, token: str) -> uuid.UUID | None:
    """The id in a genuine token; None for any other text, after the same work."""
    raw = _bytes_in(token) or NOWHERE.bytes + bytes(MAC_BYTES)
    about = uuid.UUID(bytes=raw[:16])
    genuine = [hmac.compare_digest(raw[16:], _mac(key, purpose, about)) for key in scan_keys()]
    return about if any(genuine) else None


def _bytes_in(token: str) -> bytes | None:
    if len(token) != TOKEN_LENGTH or not token.isascii():
        return None
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except binascii.Error:
        return None
    # The last sign has two bits to spare: of the four that decode alike only one is ours.
    return raw if base64.b32encode(raw).decode().rstrip("=") == token.upper() else None


def _mac(key: bytes, purpose: bytes, about: uuid.UUID) -> bytes:
    return hmac.digest(key, purpose + about.bytes, "sha256")[:MAC_BYTES]


def key_from(token: str, purpose: str) -> bytes:
    """A 256-bit key that only somebody with the link can have."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"leerscan {purpose}".encode())
    return derive.derive(token.encode())


def link_of(invitation_id: uuid.UUID) -> str:
    """The full address that a participant gets."""
    return settings.BASE_URL + reverse("scan:start", args=[token_of(invitation_id)])
