"""Write a file whole or not at all: in a folder of its own beside its place, and put there when it is complete."""

import errno
import fcntl
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from organisations.commands import InputError

# One name: whatever a killed run left is found, and erased, by the next.
WORK = ".leerscan-backup.part"
# What making a folder in it says. Others, such as a full disk, speak for themselves. /proc says ENOENT.
NOT_WRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT)


@contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """Readable by its owner only, gone in the end. Raises InputError when another run is using it."""
    work = folder / WORK
    _make(work)
    descriptor = os.open(work, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise InputError(f"Another backup is being written to {folder}. Wait until it is done.") from fault
        _empty(work)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
    finally:
        os.close(descriptor)


def _make(work: Path) -> None:
    try:
        work.mkdir(mode=0o700, exist_ok=True)
    except OSError as fault:
        if fault.errno not in NOT_WRITABLE:
            raise
        raise InputError(
            f"The folder {work.parent} cannot be written to by the user who runs this command. Name another folder, or "
            "let that user write there. No backup was made."
        ) from fault


def _empty(work: Path) -> None:
    for left in work.iterdir():
        left.unlink()


def put(made: Path, place: Path) -> None:
    """Move a finished file to its place, on the disk for good; never over another one."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(made, place)
    except FileExistsError:
        raise exists_already(place) from None
    except OSError:
        # A file system without hard links.
        if place.exists():
            raise exists_already(place) from None
        made.rename(place)
    else:
        made.unlink()
    sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def exists_already(place: Path) -> InputError:
    return InputError(f"{place} exists already and stays as it is. Name another file, or a folder.")


def no_folder(folder: Path) -> InputError:
    return InputError(f"There is no folder {folder}. Make it first, readable by its owner only.")


@contextmanager
def cleaned_up_when_stopped() -> Iterator[None]:
    """SIGTERM, as a service manager sends it, ends like Ctrl-C: what is half made is taken away first."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
