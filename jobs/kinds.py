"""Which function does which kind of job. Rooms above register theirs when the app starts."""

from collections.abc import Callable
from dataclasses import dataclass

from jobs.progress import Progress


@dataclass(frozen=True)
class Kind:
    name: str
    work: Callable[[str, Progress], str]
    """Called with the job's key and its progress; answers the job's result. Must be safe to repeat."""


_kinds: dict[str, Kind] = {}


def register(name: str, work: Callable[[str, Progress], str]) -> None:
    _kinds[name] = Kind(name, work)


def names() -> list[str]:
    return sorted(_kinds)


def find(name: str) -> Kind:
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"No job of kind {name!r}; known are {', '.join(sorted(_kinds))}.") from None
