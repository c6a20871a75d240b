"""The file of a backup: a ZIP with a manifest and the database, each read and written in pieces."""

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from organisations.commands import InputError
from reports.keeping import manifest
from reports.keeping.manifest import Manifest

MANIFEST = "manifest.json"
DATABASE = "database"
PIECE = 1 << 20


@dataclass(frozen=True)
class Packed:
    size: int
    sha256: str


class _Target(Protocol):
    def write(self, piece: bytes, /) -> int: ...


class _Counted:
    """Passes on what is written, and keeps its size and hash."""

    def __init__(self, target: _Target) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, piece: bytes) -> int:
        self._digest.update(piece)
        self._size += len(piece)
        return self._target.write(piece)

    @property
    def packed(self) -> Packed:
        return Packed(self._size, self._digest.hexdigest())


def write(file: IO[bytes], source: IO[bytes], describe: Callable[[Packed], Manifest]) -> Manifest:
    """The database first, for the manifest says what its hash is."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(DATABASE, "w", force_zip64=True) as member:
            counted = _Counted(member)
            shutil.copyfileobj(source, counted, PIECE)
        made = describe(counted.packed)
        archive.writestr(MANIFEST, made.as_json())
    return made


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Raises InputError when the file cannot be read, or is damaged, at any moment of the reading."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as fault:
        raise InputError(f"There is no file {path}.") from fault
    except (zipfile.BadZipFile, zlib.error, EOFError) as fault:
        raise InputError(f"{path} is damaged, or no backup of Leerscan: {fault}. Take another backup.") from fault


def read_manifest(archive: zipfile.ZipFile) -> tuple[Manifest, bool]:
    """With whether its seal is right."""
    try:
        return manifest.read(archive.read(MANIFEST))
    except KeyError as fault:
        raise InputError("This file is no backup of Leerscan: it has no manifest.") from fault


def check_whole(archive: zipfile.ZipFile, made: Manifest) -> None:
    """Before anything is written anywhere."""
    with archive.open(DATABASE) as member:
        counted = _Counted(_Nowhere())
        shutil.copyfileobj(member, counted, PIECE)
    if counted.packed != Packed(made.size, made.sha256):
        raise InputError("This file is damaged: the database in it is not the one that was backed up. Take another.")


class _Nowhere:
    def write(self, piece: bytes) -> int:
        return len(piece)
