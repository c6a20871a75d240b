"""The daily tick: rooms above add what has to happen once a day."""

from collections.abc import Callable

from jobs.progress import Progress

_chores: list[Callable[[], None]] = []


def every_day(chore: Callable[[], None]) -> None:
    if chore not in _chores:
        _chores.append(chore)


def run_chores(day: str, progress: Progress) -> str:
    for number, chore in enumerate(_chores):
        progress.report(number, len(_chores))
        chore()
    return day
