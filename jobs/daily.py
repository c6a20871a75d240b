"""The daily tick: rooms above add what has to happen once a day."""

import logging
from collections.abc import Callable

from jobs.progress import Progress

logger = logging.getLogger(__name__)

_chores: list[Callable[[], None]] = []


def every_day(chore: Callable[[], None]) -> None:
    if chore not in _chores:
        _chores.append(chore)


def run_chores(day: str, progress: Progress) -> str:
    """All of them, also when one fails: that one is tried again with the others, and holds up none."""
    faults = []
    for number, chore in enumerate(_chores):
        progress.report(number, len(_chores))
        try:
            chore()
        except Exception as fault:
            logger.exception("a chore of the day failed")
            faults.append(fault)
    if faults:
        raise faults[0]
    return day
