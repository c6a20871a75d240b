"""Several files as one ZIP: small ones at once, and stored files one by one, so that a large ZIP is never held whole.

The content depends on nothing but names and files: dates inside are fixed.
"""

import io
import json
import zipfile
from collections.abc import Buffer, Iterable, Iterator, Mapping

from jobs import files
from jobs.models import StoredFile

LIST = "application/x-leerscan-archive"
"""Content type of a stored list of files: what `store_list` keeps, and `stream` hands out as a ZIP."""
ZIP = "application/zip"
FIRST_DATE = (1980, 1, 1, 0, 0, 0)


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """By name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in contents.items():
            archive.writestr(_entry(name, zipfile.ZIP_DEFLATED), content)
    return out.getvalue()


def store_list(key: str, entries: Iterable[tuple[str, str]]) -> None:
    """Names in the ZIP with the keys of stored files. The files stay where they are: a ZIP of all would be one row of
    a hundred megabytes.
    """
    files.store(key, json.dumps(list(entries)).encode(), LIST)


def stream(stored: StoredFile) -> Iterator[bytes]:
    """The ZIP of a stored list, one file at a time and not compressed again."""
    window = _Window()
    with zipfile.ZipFile(window, "w", zipfile.ZIP_STORED) as archive:
        for name, key in json.loads(bytes(stored.content)):
            archive.writestr(_entry(name, zipfile.ZIP_STORED), bytes(StoredFile.objects.get(pk=key).content))
            yield window.taken()
    yield window.taken()


def _entry(name: str, how: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIRST_DATE)
    entry.compress_type, entry.create_system, entry.external_attr = how, 3, 0o644 << 16
    return entry


class _Window(io.RawIOBase):
    """What was written since it was last taken. ZipFile goes back no further than the beginning of one entry."""

    def __init__(self) -> None:
        super().__init__()
        self._base, self._buffer = 0, io.BytesIO()

    def taken(self) -> bytes:
        content = self._buffer.getvalue()
        self._base, self._buffer = self._base + len(content), io.BytesIO()
        return content

    def seekable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._base + self._buffer.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._buffer.seek(offset - self._base if whence == io.SEEK_SET else offset, whence)
        return self.tell()

    def write(self, content: Buffer) -> int:
        return self._buffer.write(content)
