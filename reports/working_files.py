"""What a release is corrected with. It belongs to the answers, and goes with them at retention."""

from django.db.models import QuerySet

from jobs import files
from jobs.models import StoredFile
from scan.models import Round

WORKING = "application/x-leerscan-working"


def store(round_: Round, name: str, content: bytes) -> None:
    files.store(_key(round_, name), content, WORKING)


def find(round_: Round, name: str) -> bytes | None:
    stored = files.find(_key(round_, name))
    return None if stored is None else bytes(stored.content)


def delete(round_: Round) -> None:
    """All of them."""
    _all().filter(key__startswith=_key(round_, "")).delete()


def _key(round_: Round, name: str) -> str:
    """Begins with the round, as all files do that go at its retention."""
    return f"{round_.pk.hex}{name}"[:64]


def _all() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(content_type=WORKING)
