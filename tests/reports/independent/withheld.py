"""Questions that a larger group leaves out, because they would narrow a smaller one's band (docs/decisions/0014)."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from tests.reports.independent.round_on_paper import Path, People, RoundOnPaper

Range = tuple[Fraction, Fraction]
HALF, ROOM, MANY = Fraction(1, 2), 3, 20


def withhold(paper: RoundOnPaper, shown: Mapping[Path, dict[str, Any]]) -> None:
    """In place: a unit is looked at after those above it, whose questions it may keep silent about."""
    for unit in paper.units:
        content = shown.get(unit)
        if content is None:
            continue
        children = [child for child in paper.units if child[:-1] == unit and child and child in shown]
        for item in sorted(set(_printed(content, "items")) | set(_printed(content, "bands"))):
            for level in ("items", "bands"):
                if item in _printed(content, level):
                    if has_room(paper, shown, unit, level, children, item):
                        break
                    for part in ("values", "distribution"):
                        content[level].get(part, {}).pop(item, None)


def has_room(
    paper: RoundOnPaper,
    shown: Mapping[Path, dict[str, Any]],
    unit: Path,
    level: str,
    children: list[Path],
    item: str,
) -> bool:
    """n * whole = sum of n_i * part_i + n_rest * rest: what is left to each that holds fewer than 20 people."""
    everybody = paper.finer_set_of(unit, level)
    parts = list(_parts(paper, shown, everybody, children, item))
    if not parts:
        return True
    rest = everybody.difference(*(people for people, _ends in parts))
    ranges = [(len(people), ends) for people, ends in parts]
    if rest:
        ranges.append((len(rest), (Fraction(0), Fraction(100))))
    n, (low, high) = len(everybody), _ends(shown[unit], level, item)
    sums = [sum((size * ends[side] for size, ends in ranges), Fraction(0)) for side in (0, 1)]
    if n < MANY and min(high, sums[1] / n) - max(low, sums[0] / n) < ROOM:
        return False
    for size, (lowest, highest) in ranges:
        possible_low = (n * low - (sums[1] - size * highest)) / size
        possible_high = (n * high - (sums[0] - size * lowest)) / size
        if size < MANY and min(highest, possible_high) - max(lowest, possible_low) < ROOM:
            return False
    return True


def _parts(
    paper: RoundOnPaper, shown: Mapping[Path, dict[str, Any]], everybody: People, children: list[Path], item: str
) -> Iterator[tuple[People, Range]]:
    for child in children:
        for level in ("items", "bands"):
            people = paper.finer_set_of(child, level)
            if item in _printed(shown[child], level) and people <= everybody:
                yield people, _ends(shown[child], level, item)
                break


def _printed(content: Mapping[str, Any], level: str) -> Mapping[str, int]:
    values: Mapping[str, int] = content[level]["values"] if content[level] else {}
    return values


def _ends(content: Mapping[str, Any], level: str, item: str) -> Range:
    value = Fraction(content[level]["values"][item])
    if level == "bands":
        return 20 * value, 20 * value + 20
    return (Fraction(0) if value <= 5 else value - HALF, Fraction(100) if value >= 95 else value + HALF)
