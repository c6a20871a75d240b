"""A file system of a few megabytes that a test can fill to the last byte. Needs the right to mount."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class SmallDisk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> int:
        """Until not one byte more goes in; answers how many there were."""
        size = 0
        with self._ballast.open("wb", buffering=0) as file:
            for piece in (b"\0" * 65_536, b"\0" * 4096, b"\0"):
                try:
                    while True:
                        size += file.write(piece)
                except OSError:
                    continue
        assert self.is_full
        return size

    @property
    def is_full(self) -> bool:
        found = os.statvfs(self.folder)
        return found.f_bavail == 0

    def make_room(self) -> None:
        self._ballast.unlink()


def may_mount() -> bool:
    return os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", folder], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        # Lazily: who still has a file open there holds up nobody.
        subprocess.run(["umount", "-l", folder], check=True)
