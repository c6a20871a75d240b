"""Store a file under the hash of what it was made from, and find it again."""

import hashlib

from jobs.models import StoredFile


def key_of(*parts: str) -> str:
    """A key for the content that these parts determine together."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


def store(key: str, content: bytes, content_type: str) -> None:
    StoredFile.objects.get_or_create(key=key, defaults={"content": content, "content_type": content_type})


def find(key: str) -> StoredFile | None:
    return StoredFile.objects.filter(key=key).first()
