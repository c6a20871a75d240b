"""How a figure may be written down once its set may be shown (R5, R9, R10, R13)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

LOWEST, HIGHEST = 5, 95
"""Scale scores outside these bounds are written as the bound (R9)."""
BAND_WIDTH = 20
BAND_COUNT = 5
NAMED_ITEMS = 3
MIN_INVITED_FOR_SHARE = 10
ANNEX_FROM, ANNEX_FULL_FROM = 50, 100
"""People from whom on there is a technical annex, and from whom on it is more than indicative."""
REMARKS_FROM = 10
"""Remarks from which on anybody reads them, the reviewer too (R15)."""
FEW_PEOPLE = 3
MOST_TENTHS = 9
"""A share is never printed as everybody: of each person of that group it would say the same."""


def bounded(points: int) -> tuple[int, str]:
    """The figure that is printed for a scale score in whole points, and how: "exact", "at_least" or "at_most"."""
    if points > HIGHEST:
        return HIGHEST, "at_least"
    if points < LOWEST:
        return LOWEST, "at_most"
    return points, "exact"


def clamped(score: Fraction) -> Fraction:
    """An item's score inside the bounds: beyond them items are alike (R9, R17)."""
    return max(Fraction(LOWEST), min(Fraction(HIGHEST), score))


def band(score: Fraction) -> int:
    """The band 0..4 of an item's score: 0-20, 20-40 ... 80-100; a score on a border is in the higher band."""
    return min(BAND_COUNT - 1, int(score // BAND_WIDTH))


def extremes(scores: Mapping[str, Fraction]) -> tuple[list[str], list[str]]:
    """The names of up to three highest and three lowest items, in the order of `scores`.

    Items that share the last place are all left out: their order would be chance. An item is never in both lists.
    """
    highest = _beyond_tie(scores, sorted(scores.values(), reverse=True))
    lowest = _beyond_tie(
        {key: -value for key, value in scores.items()}, sorted((-v for v in scores.values()), reverse=True)
    )
    both = set(highest) & set(lowest)
    return [key for key in highest if key not in both], [key for key in lowest if key not in both]


def _beyond_tie(scores: Mapping[str, Fraction], falling: Sequence[Fraction]) -> list[str]:
    """The items with the three highest values, fewer when the third place is shared with the fourth."""
    if len(falling) <= NAMED_ITEMS:
        return []
    limit = falling[NAMED_ITEMS]
    return [key for key, value in scores.items() if value > limit]


def share_in_tens(count: int, n: int) -> int:
    """A share in tenths (R10): 0 reads "under 10%", from there rounded half up, and 9 reads "about 90% or more"."""
    if 10 * count < n:
        return 0
    return min(MOST_TENTHS, (20 * count + n) // (2 * n))


def people_in_tens(count: int, n: int) -> int | None:
    """The same of people who ticked something or did not know; None reads "under 3 people"."""
    return None if count < FEW_PEOPLE else share_in_tens(count, n)


def response_tenths(received: int, invited: int) -> int | None:
    """The response in tenths, rounded half up; None under 10 invited (R13)."""
    if invited < MIN_INVITED_FOR_SHARE:
        return None
    return min(10, (20 * received + invited) // (2 * invited))


def response_word(tenths: int | None) -> str | None:
    """The response in one of four words (measurement.md 6)."""
    if tenths is None:
        return None
    if tenths >= 8:
        return "nearly_everyone"
    if tenths >= 6:
        return "clear_majority"
    return "about_half" if tenths >= 4 else "minority"


def running_response(received: int, invited: int) -> int | None:
    """What may be seen of a unit's response while a round runs: tenths, at most 9; None under 10 invited (R7)."""
    if invited < MIN_INVITED_FOR_SHARE:
        return None
    return min(9, 10 * received // invited)


def running_total(received: int, invited: int) -> int | None:
    """The live count of the whole organisation, rounded down to tens; None under 10 invited (R7).

    Never more than 90% of the invited: "10 of the 10" would say of everybody that they answered.
    """
    if invited < MIN_INVITED_FOR_SHARE:
        return None
    return min(received, 9 * invited // 10) // 10 * 10
