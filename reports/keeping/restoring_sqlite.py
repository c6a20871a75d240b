"""Restore into a new SQLite file: made and checked beside its place, and put there in one step at the end."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

from jobs.fail_points import reached
from organisations.commands import InputError
from reports.keeping import after_restoring, archive, checking, databases, placing
from reports.keeping.manifest import Manifest


class EmptySqlite:
    def __init__(self) -> None:
        self._file = databases.sqlite_file()
        self._draft = self._file.with_name(self._file.name + ".restoring")

    def check(self, made: Manifest) -> None:
        if not databases.is_empty(self._file):
            raise InputError(
                f"There is a database at {self._file} already, and nothing is restored over it. Stop Leerscan, move "
                "that file to another folder with what lies beside it under the same name, and restore again."
            )

    def restore(self, file: ZipFile, made: Manifest) -> int:
        """Answers how many mailings were stopped."""
        with self._own_draft():
            with file.open(archive.DATABASE) as source, self._draft.open("wb") as target:
                shutil.copyfileobj(source, target, archive.PIECE)
            reached("restore, data is there")
            with databases.in_place_of_ours(self._draft):
                checking.check_counts(made)
                checking.migrate()
                reached("restore, migrated")
                checking.check_releases(made)
                stopped = after_restoring.settle(made.moment)
            if any(map(_holds_something, databases.beside(self._draft))):
                raise InputError(f"Somebody has {self._draft} open. End that program and restore again.")
            self.check(made)
            reached("restore, before it is put in place")
            for path in (self._file, *databases.beside(self._file)):
                path.unlink(missing_ok=True)  # an empty one
            placing.put(self._draft, self._file)
        return stopped

    @contextmanager
    def _own_draft(self) -> Iterator[None]:
        """Only one run at a time; what a run before left is made anew, and nothing is left when this one fails."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._file.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as fault:
                raise InputError(
                    f"Another restore into {self._file.parent} is running. Wait until it is done."
                ) from fault
            self._forget()
            os.close(os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            try:
                yield
            finally:
                self._forget()
        finally:
            os.close(lock)

    def _forget(self) -> None:
        for path in (self._draft, *databases.beside(self._draft)):
            path.unlink(missing_ok=True)


def _holds_something(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
