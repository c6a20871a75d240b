"""Who learns from whom: never more than twice, and as much as possible, against every plan there is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.assignment import assign
from measurement.pairing import AT_MOST, Offer

THEMES = ("SV", "TL", "T")
UNITS = [UUID(int=number) for number in range(5)]


def offer(theme: str, giver: int, taker: int, gain: int) -> Offer:
    return Offer(theme, UNITS[giver], UNITS[taker], gain)


@st.composite
def offers(draw: st.DrawFn, most: int = 7) -> list[Offer]:
    """Between any two units; a unit may give on one theme and take on another."""
    places = [(theme, giver, taker) for theme in THEMES for giver in range(5) for taker in range(5) if giver != taker]
    chosen = draw(st.lists(st.sampled_from(places), max_size=most, unique=True))
    return [offer(*place, draw(st.integers(1, 90))) for place in chosen]


def is_allowed(pairs: Sequence[Offer]) -> bool:
    given_, taken = Counter(pair.giver for pair in pairs), Counter(pair.taker for pair in pairs)
    return all(count <= AT_MOST for count in (*given_.values(), *taken.values()))


def value(pairs: Sequence[Offer]) -> tuple[int, int]:
    return len(pairs), sum(pair.gain for pair in pairs)


def every_plan(found: Sequence[Offer], kept: Sequence[Offer] = ()) -> Iterator[list[Offer]]:
    free = [one for one in found if one not in kept]
    for count in range(len(free) + 1):
        yield from (list(plan) for plan in combinations(free, count) if is_allowed([*plan, *kept]))


@settings(max_examples=80, deadline=None)
@given(offers())
def test_no_other_plan_reaches_more_or_differs_more(found: list[Offer]) -> None:
    chosen = assign(found)
    assert is_allowed(chosen)
    assert set(chosen) <= set(found)
    assert value(chosen) == max(value(plan) for plan in every_plan(found))


@settings(max_examples=40, deadline=None)
@given(offers(), st.data())
def test_what_is_kept_counts_and_the_rest_is_filled_up(found: list[Offer], data: st.DataObject) -> None:
    kept = data.draw(st.sampled_from(list(every_plan(found[:3]))))
    chosen = assign(found, kept)
    assert is_allowed([*chosen, *kept])
    assert not set(chosen) & set(kept)
    assert value(chosen) == max(value(plan) for plan in every_plan(found, kept))


@settings(max_examples=30, deadline=None)
@given(offers(most=40))
def test_the_same_offers_give_the_same_pairs(found: list[Offer]) -> None:
    chosen = assign(found)
    assert chosen == assign(list(found))
    assert [one for one in found if one in chosen] == chosen


def test_a_pair_more_comes_before_larger_differences() -> None:
    """The two largest differences would take up unit 0 and unit 1 altogether, and leave 2 and 3 alone."""
    small = [offer("T", 2, 1, 1), offer("SV", 0, 3, 1)]
    large = [offer("SV", 0, 1, 90), offer("TL", 0, 1, 90)]
    chosen = assign([*large, *small])
    assert len(chosen) == 3
    assert set(small) < set(chosen)


def test_nothing_to_assign() -> None:
    assert assign([]) == []
