"""What every benchmark has in common: interleaved runs, their median, a goal, and whether it was reached.

A benchmark is a module with `run(frame)`. It calls the frame with two things to do, or hands it results that it made
itself. bench/__main__.py knows each by its name.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

RUNS = 7


@dataclass(frozen=True)
class Goal:
    """Of the ratio; or of the figure itself, where there is no reference that it could be held against."""

    limit: float
    is_at_least: bool = False
    of_figure: bool = False

    def is_reached(self, figure: float, ratio: float | None) -> bool:
        value = figure if self.of_figure or ratio is None else ratio
        return value >= self.limit if self.is_at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'at least' if self.is_at_least else 'at most'} {self.limit:g}"


def at_most(limit: float, *, of_figure: bool = False) -> Goal:
    return Goal(limit, of_figure=of_figure)


def at_least(limit: float) -> Goal:
    return Goal(limit, is_at_least=True)


@dataclass(frozen=True)
class Result:
    name: str
    what: str
    """What is measured; and against what."""
    unit: str
    ours: float
    reference: float | None = None
    ratio: float | None = None
    goal: Goal | None = None
    runs: int = 1
    more: Mapping[str, float | int | str] = field(default_factory=dict)

    @property
    def is_reached(self) -> bool:
        return self.goal is None or self.goal.is_reached(self.ours, self.ratio)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"goal": str(self.goal) if self.goal else "", "is_reached": self.is_reached}


def median_of(
    name: str, what: str, unit: str, pairs: Sequence[tuple[float, float]], goal: Goal | None = None, **more: Any
) -> Result:
    """`pairs`: ours and the reference's, of each run. The ratio is the median of the runs' ratios: what slows a machine
    down slows down both sides of one run."""
    ours, reference = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    return Result(name, what, unit, ours, reference, ratio, goal, len(pairs), more)


@dataclass
class Frame:
    """`say` hears each result when it is there."""

    say: Callable[[Result], None]
    runs: int = RUNS
    results: list[Result] = field(default_factory=list)

    def __call__(
        self,
        name: str,
        ours: Callable[[], object],
        reference: Callable[[], object],
        what: str,
        *,
        at_most: float | None = None,
        runs: int | None = None,
    ) -> None:
        """The time of both in ms, after one run that is not counted. `at_most`: how high the ratio may be."""
        ours()
        reference()
        count = min(self.runs, runs or self.runs)
        pairs = [(_milliseconds(ours), _milliseconds(reference)) for _run in range(count)]
        self.add(median_of(name, what, "ms", pairs, None if at_most is None else Goal(at_most)))

    def add(self, result: Result) -> None:
        self.results.append(result)
        self.say(result)

    @property
    def exit_code(self) -> int:
        """1 when a goal is missed."""
        return int(any(not result.is_reached for result in self.results))


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
