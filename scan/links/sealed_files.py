"""Files that hold links in clear: kept encrypted under SCAN_KEY, until closing or for seven days.

A backup or a look into the database then gives no links; who has SCAN_KEY as well could make them anyway.
"""

import secrets
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from jobs import files
from jobs.models import StoredFile
from scan.answering.boxes import NONCE_BYTES
from scan.models import Round
from scan.tokens import key_from

SEALED = "application/x-leerscan-sealed"
PURPOSE = "sealed file"
KEPT_FOR = timedelta(days=7)


class Key(NamedTuple):
    """Begins with the round, so that closing finds its files."""

    round_id: UUID
    rest: str

    def __str__(self) -> str:
        return self.round_id.hex + self.rest[:32]


def store(key: Key, content: bytes) -> None:
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(key_from(settings.SCAN_KEY, PURPOSE))
    files.store(str(key), nonce + cipher.encrypt(nonce, content, str(key).encode()), SEALED)


def read(key: Key) -> bytes | None:
    """None when there is no such file, or when SCAN_KEY of that time is gone."""
    stored = files.find(str(key))
    if stored is None:
        return None
    box = bytes(stored.content)
    for scan_key in (settings.SCAN_KEY, *settings.SCAN_KEY_FALLBACKS):
        cipher = AESGCM(key_from(scan_key, PURPOSE))
        try:
            return cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], str(key).encode())
        except InvalidTag:
            continue
    return None


def keys_of(round_: Round) -> set[str]:
    """Which files of a round are there."""
    return set(files_of(round_).values_list("key", flat=True))


def delete_files_of(round_: Round) -> None:
    files_of(round_).delete()


def files_of(round_: Round) -> QuerySet[StoredFile]:
    return _all().filter(key__startswith=round_.pk.hex)


def delete_old() -> None:
    """Once a day."""
    _all().filter(created_at__lt=timezone.now() - KEPT_FOR).delete()


def _all() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(content_type=SEALED)
