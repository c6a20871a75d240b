"""Answers as 40 bytes, and obstacles as a bit mask."""

from collections.abc import Iterable, Mapping, Sequence

from measurement.scoring import UNANSWERED
from questionnaires.questionnaire import Choice, Item

VALUES = frozenset({0, 1, 2, 3, 4, 5, 9})
MAX_OBSTACLES = 3
MAX_REMARK = 2000


def pack(values: Mapping[str, int], items: Sequence[Item]) -> bytes:
    """{item id: 1 to 5, 9, or 0} to bytes in the questionnaire's order. Raises ValueError on another value."""
    packed = bytes(values.get(item.id, UNANSWERED) for item in items)
    if not VALUES.issuperset(packed):
        raise ValueError(f"answers must be one of {sorted(VALUES)}")
    return packed


def unpack(packed: bytes, items: Sequence[Item]) -> dict[str, int]:
    return {item.id: value for item, value in zip(items, packed, strict=True)}


def answered_count(values: Iterable[int]) -> int:
    """Of packed answers, or of a sheet's: those from 1 to 5."""
    return sum(1 <= value <= 5 for value in values)


def obstacle_mask(codes: Iterable[str], obstacles: Sequence[Choice]) -> int:
    """A bit for each chosen obstacle. Raises ValueError on an unknown code or more than three."""
    positions = {choice.code: position for position, choice in enumerate(obstacles)}
    chosen = set(codes)
    if unknown := chosen - positions.keys():
        raise ValueError(f"unknown obstacles: {', '.join(sorted(unknown))}")
    if len(chosen) > MAX_OBSTACLES:
        raise ValueError(f"{len(chosen)} obstacles; at most {MAX_OBSTACLES}")
    return sum(1 << positions[code] for code in chosen)
