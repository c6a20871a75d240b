from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from tests.cast import Cast
from tests.scan.answer_files import Folder


@pytest.fixture
def folder(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Folder:
    """A folder for files with answers, beside the database of the cast; commands speak English."""
    return Folder(tmp_path, capsys)


@pytest.fixture(autouse=True)
def _nobody_counted_yet() -> Iterator[None]:
    """Limits per address are counted in the cache (scan/answering/address_limits.py)."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
