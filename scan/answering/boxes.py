"""Encrypted boxes: what somebody answered, readable only with the link."""

import json
import secrets
from dataclasses import asdict, dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scan.tokens import key_from

NONCE_BYTES = 12
# Every box of a kind is equally long: its length would join a draft to the remark in it.
DRAFT_BYTES, RESULT_BYTES = 9216, 1024


@dataclass(frozen=True)
class Sheet:
    """A questionnaire that is being filled in. `answers`: {item id: 1 to 5 or 9}."""

    answers: dict[str, int] = field(default_factory=dict)
    obstacles: list[str] = field(default_factory=list)
    remark: str = ""


def lock(sheet: Sheet, token: str, purpose: str, size: int) -> bytes:
    """AES-256-GCM with a fresh nonce in front, of content padded with spaces to `size` bytes.

    Raises ValueError when the sheet does not fit.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    content = json.dumps(asdict(sheet), separators=(",", ":"), ensure_ascii=False).encode().ljust(size)
    if len(content) > size:
        raise ValueError(f"a sheet of {len(content)} bytes does not fit in {size}")
    return nonce + AESGCM(key_from(token, purpose)).encrypt(nonce, content, None)


def unlock(box: bytes, token: str, purpose: str) -> Sheet | None:
    """The sheet, or None when the box was not made with this link for this purpose."""
    try:
        content = AESGCM(key_from(token, purpose)).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], None)
    except (InvalidTag, ValueError):
        return None
    return Sheet(**json.loads(content))
