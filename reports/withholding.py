"""Keep a question's band a band (R9): what else is printed must not narrow it down to a point or so.

A team of 9 has a question in the band 20 to 40. Its department of 14 prints the same question, and the five others all
strongly agreed: then the team's score can only just be under 40. So the department does not print that question.
The larger group is the one that keeps silent: were the team's own band left out, its silence would tell as much.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from measurement.disclosure import LEVELS, Partition, in_blocks_of
from measurement.presentation import BAND_WIDTH, HIGHEST, LOWEST

LEAST_ROOM = 3.0
"""Points that have to be left between the lowest and the highest score that are possible."""
ROUNDING = 0.5
FINEST_FIRST = ("items", "bands")

Content = dict[str, Any]
Range = tuple[float, float]
Blocks = frozenset[int]


@dataclass(frozen=True)
class Group:
    """People of whom a question is printed, as the smallest blocks, and how."""

    blocks: Blocks
    n: int
    level: str
    values: Mapping[str, int]

    def range_of(self, item: str) -> Range:
        return _number(self.values[item]) if self.level == "items" else _band(self.values[item])


class Withholding:
    """Of one round; changes the contents of units in place."""

    def __init__(self, coarse: Partition, finer: Mapping[str, Partition], parents: Mapping[str, str | None]) -> None:
        self._coarse, self._finer = coarse, finer
        self._children: dict[str, list[str]] = {unit: [] for unit in parents}
        for unit, parent in parents.items():
            if parent is not None:
                self._children[parent].append(unit)

    def apply(self, shown: Mapping[str, Content]) -> None:
        printed = {unit: self._printed(unit, content) for unit, content in shown.items()}
        for unit, content in shown.items():
            parts = [printed[child] for child in self._children[unit] if child in shown]
            for item in sorted({item for group in printed[unit] for item in group.values}):
                _keep_or_withhold(content, printed[unit], parts, item)

    def _printed(self, unit: str, content: Content) -> list[Group]:
        """The finest first. Its values are the content's own: what is withheld is gone from both."""
        return [
            Group(
                frozenset(in_blocks_of(self._coarse, self._finer[level], unit)),
                self._finer[level].size(unit),
                level,
                content[level]["values"],
            )
            for level in FINEST_FIRST
            if content[level]
        ]


def _keep_or_withhold(content: Content, printed: Sequence[Group], children: Sequence[list[Group]], item: str) -> None:
    """The finest print that leaves room stays, and what is coarser with it."""
    for whole in printed:
        if item in whole.values:
            if not _is_too_narrow(whole, _parts(whole, children, item), item):
                return
            _withhold(content[whole.level], item)


def _parts(whole: Group, children: Sequence[list[Group]], item: str) -> Iterator[Group]:
    """Of each child the finest print of this question that lies inside the whole."""
    for groups in children:
        inside = (group for group in groups if item in group.values and group.blocks <= whole.blocks)
        yield from list(inside)[:1]


def _is_too_narrow(whole: Group, parts: Iterator[Group], item: str) -> bool:
    """Whether the whole, its parts and what is left over leave one of them too little room.

    n_whole * whole = sum of n_part * part + n_rest * rest, and each lies in the range that is printed; the rest
    anywhere.
    """
    terms = [(part.n, part.range_of(item), part.n < LEVELS["items"]) for part in parts]
    rest = whole.n - sum(n for n, _range, _is_open in terms)
    if not terms:
        return False
    if rest:
        terms.append((rest, (0.0, 100.0), rest < LEVELS["items"]))
    low, high = whole.range_of(item)
    least, most = sum(n * ends[0] for n, ends, _ in terms), sum(n * ends[1] for n, ends, _ in terms)
    if whole.n < LEVELS["items"] and min(high, most / whole.n) - max(low, least / whole.n) < LEAST_ROOM:
        return True
    for n, (lowest, highest), is_open in terms:
        possible_low = (whole.n * low - (most - n * highest)) / n
        possible_high = (whole.n * high - (least - n * lowest)) / n
        if is_open and min(highest, possible_high) - max(lowest, possible_low) < LEAST_ROOM:
            return True
    return False


def _withhold(printed: Content, item: str) -> None:
    for by_item in printed.values():
        if isinstance(by_item, dict):
            by_item.pop(item, None)


def _band(band: int) -> Range:
    return BAND_WIDTH * band, BAND_WIDTH * (band + 1)


def _number(points: int) -> Range:
    return 0 if points <= LOWEST else points - ROUNDING, 100 if points >= HIGHEST else points + ROUNDING
