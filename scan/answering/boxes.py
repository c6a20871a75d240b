"""Encrypted boxes: what somebody answered, readable only with the link."""

import json
import secrets
from dataclasses import dataclass, field, fields

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scan.tokens import key_from

NONCE_BYTES = 12
# Every box of a kind is equally long: its length would join a draft to the remark in it.
DRAFT_BYTES, RESULT_BYTES = 10_240, 1024
OBSTACLES, REMARK = "obstacles", "remark"


@dataclass(frozen=True)
class Sheet:
    """A questionnaire that is being filled in, or what changed in one. `answers`: {item id: 1 to 5 or 9}."""

    answers: dict[str, int] = field(default_factory=dict)
    obstacles: list[str] = field(default_factory=list)
    remark: str = ""
    # {item id, "obstacles" or "remark": when it was given, in ms since 1970 by the server's clock}
    moments: dict[str, int] = field(default_factory=dict)

    def holds(self, key: str) -> bool:
        is_filled = {OBSTACLES: bool(self.obstacles), REMARK: bool(self.remark)}
        return key in self.moments or key in self.answers or is_filled.get(key, False)

    def moment(self, key: str) -> int:
        """0 where it is not known: anything with a moment comes after it."""
        return self.moments.get(key, 0)


_NAMES = [one.name for one in fields(Sheet)]
_ENCODE = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def merged(stored: Sheet, newer: Sheet) -> Sheet:
    """Of everything the one that was given last; at the same moment the one that arrives last (docs/decisions/0013)."""
    taken = {key for key in _keys(newer) if not stored.holds(key) or newer.moment(key) >= stored.moment(key)}
    return Sheet(
        stored.answers | {key: value for key, value in newer.answers.items() if key in taken},
        newer.obstacles if OBSTACLES in taken else stored.obstacles,
        newer.remark if REMARK in taken else stored.remark,
        stored.moments | {key: moment for key, moment in newer.moments.items() if key in taken},
    )


def _keys(sheet: Sheet) -> set[str]:
    return {key for key in (*sheet.answers, OBSTACLES, REMARK) if sheet.holds(key)}


def lock(sheet: Sheet, token: str, purpose: str, size: int) -> bytes:
    """AES-256-GCM with a fresh nonce in front, of content padded with spaces to `size` bytes.

    Raises ValueError when the sheet does not fit.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    content = _ENCODE({name: getattr(sheet, name) for name in _NAMES}).encode().ljust(size)
    if len(content) > size:
        raise ValueError(f"a sheet of {len(content)} bytes does not fit in {size}")
    return nonce + AESGCM(key_from(token, purpose)).encrypt(nonce, content, None)


def unlock(box: bytes, token: str, purpose: str) -> Sheet | None:
    """The sheet, or None when the box was not made with this link for this purpose."""
    try:
        content = AESGCM(key_from(token, purpose)).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], None)
    except (InvalidTag, ValueError):
        return None
    # Without what it was padded with: reading eight thousand spaces takes longer than reading the answers.
    return Sheet(**json.loads(content[: content.rindex(b"}") + 1]))
