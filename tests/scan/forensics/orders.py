"""Orders in which traces of people are found, and Spearman's correlation between two of them."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scipy.stats import norm, spearmanr

LEAST = 20
"""An order of fewer people says nothing."""
LIMIT = 0.15
"""Over 400 people this is three times the standard deviation of chance, 1 / sqrt(399)."""
FALSE_ALARM = 0.01
"""Of all pairs of orders together: of hundreds of pairs one in 370 goes beyond three standard deviations by chance."""


@dataclass(frozen=True)
class Order:
    """`values`: for each number what it is sorted by, such as a place in a file, a row's xmin, a time."""

    source: str
    kind: str
    values: Mapping[int, Any]

    @property
    def name(self) -> str:
        return f"{self.source} of {self.kind}"

    @property
    def tells_nothing(self) -> bool:
        return len(self.values) < LEAST or len(set(map(_comparable, self.values.values()))) < 2


@dataclass(frozen=True)
class Correlation:
    of: str
    people: int
    rho: float

    deviations: float = 3.0
    """How many standard deviations of chance it may be away from 0."""

    @property
    def limit(self) -> float:
        """Fewer people are allowed as many standard deviations as 400 are."""
        return max(LIMIT, self.deviations / math.sqrt(self.people - 1))

    @property
    def is_telling(self) -> bool:
        return abs(self.rho) > self.limit

    def __str__(self) -> str:
        return f"{self.of}: {self.rho:+.3f} over {self.people} people (limit {self.limit:.3f})"


def with_the_truth(orders: Iterable[Order], truth: Mapping[int, int]) -> list[Correlation]:
    """Of each order found with the true order of submitting."""
    return [found for order in orders if (found := _correlate(order.name, order.values, truth))]


def between(orders: Sequence[Order], some: str, others: Iterable[str]) -> list[Correlation]:
    """Of each order of what is `some` with each order of what is one of the `others`: does one lead to the other?

    Not of the unit: it is the same by right, everybody may know it, and lists of people lie by department.
    """
    others = set(others)
    found = [
        _correlate(f"{one.name} ~ {other.name}", one.values, other.values)
        for one in orders
        if one.kind == some
        for other in orders
        if other.kind in others and not (_is_unit(one) or _is_unit(other))
    ]
    pairs = [correlation for correlation in found if correlation]
    deviations = max(3.0, float(norm.isf(FALSE_ALARM / 2 / max(1, len(pairs)))))
    return [replace(pair, deviations=deviations) for pair in pairs]


def _is_unit(order: Order) -> bool:
    return order.source.endswith((".unit_id", ".asked_in_id", ".department_id"))


def _correlate(name: str, one: Mapping[int, Any], other: Mapping[int, Any]) -> Correlation | None:
    numbers = sorted(one.keys() & other.keys())
    first, second = _ranks(one, numbers), _ranks(other, numbers)
    if len(numbers) < LEAST or len(set(first)) < 2 or len(set(second)) < 2:
        return None
    return Correlation(name, len(numbers), float(spearmanr(first, second).statistic))


def _ranks(values: Mapping[int, Any], numbers: Sequence[int]) -> list[int]:
    keys = [_comparable(values[number]) for number in numbers]
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return [ranks[key] for key in keys]


def _comparable(value: Any) -> tuple[str, Any]:
    """Values of every type have an order; None comes by itself."""
    if value is None:
        return ("", 0)
    if isinstance(value, bool | int | float):
        return ("0", float(value))
    if isinstance(value, bytes | bytearray | memoryview):
        return ("b", bytes(value))
    if isinstance(value, tuple):
        return ("t", value)
    return ("s", str(value))


def first_and_last(source: str, kind: str, places: Iterable[tuple[int, Any]]) -> Iterator[Order]:
    """Of traces that are there more than once both the first and the last count; of the others these are the same."""
    first: dict[int, Any] = {}
    last: dict[int, Any] = {}
    for number, place in places:
        first.setdefault(number, place)
        last[number] = place
    yield Order(source, kind, first)
    if last != first:
        yield Order(f"{source} (last)", kind, last)
