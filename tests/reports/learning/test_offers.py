"""Only demonstrable differences lead to a pair, never of a unit with itself, one above it, or one with its answers."""

from typing import Any, cast
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.assignment import assign
from measurement.pairing import AT_MOST
from questionnaires.questionnaire import DIMENSIONS
from reports.learning.offers import offers_of
from reports.published import HiddenUnit, Published, PublishedUnit, Rest, Score, ShownUnit

VERDICTS = st.sampled_from(["higher", "lower", None])


def shown(unit_id: UUID, verdicts: dict[str, str | None] | None, same_as: str | None = None) -> ShownUnit:
    """A unit that is 30 points above or under the rest where there is a verdict."""
    points = {"higher": 80, "lower": 20, None: 50}
    codes = verdicts or {}
    return ShownUnit(
        id=unit_id,
        path=f"u{unit_id.int}",
        name=f"u{unit_id.int}",
        n=9,
        invited=None,
        response=None,
        scores={code: Score(points[codes.get(code)], "exact", 0, 100) for code in DIMENSIONS},
        highest=(),
        lowest=(),
        bands=None,
        words=None,
        items=None,
        own={},
        rest=None if verdicts is None else {code: Rest(0, 0, codes.get(code), 50) for code in DIMENSIONS},
        same_as=same_as,
    )


def published(units: list[PublishedUnit], parents: dict[UUID, UUID | None]) -> Published:
    return Published(cast("Any", None), tuple(units), parents)


@st.composite
def releases(draw: st.DrawFn) -> Published:
    """Up to eight units in a random tree, some hidden, some with the answers of a unit below."""
    units: list[PublishedUnit] = []
    parents: dict[UUID, UUID | None] = {}
    for number in range(draw(st.integers(2, 8))):
        unit_id = UUID(int=number)
        parents[unit_id] = UUID(int=draw(st.integers(0, number - 1))) if number else None
        verdicts = {code: draw(VERDICTS) for code in draw(st.sets(st.sampled_from(DIMENSIONS[:4])))}
        if number and draw(st.booleans()) and draw(st.booleans()):
            units.append(HiddenUnit(unit_id, "", ""))
        else:
            same_as = "u7" if draw(st.integers(0, 5)) == 0 else None
            units.append(shown(unit_id, verdicts if number else None, same_as))
    return published(units, parents)


def above(found: Published, unit_id: UUID) -> set[UUID]:
    parent = found.parents[unit_id]
    return set() if parent is None else {parent} | above(found, parent)


@settings(max_examples=150, deadline=None)
@given(releases())
def test_every_pair_is_of_two_demonstrable_ones_that_share_nobody(found: Published) -> None:
    offers = offers_of(found)
    for offer in offers:
        giver, taker = (found.by_id[UUID(str(unit_id))] for unit_id in (offer.giver, offer.taker))
        assert isinstance(giver, ShownUnit)
        assert isinstance(taker, ShownUnit)
        assert giver.rest is not None
        assert taker.rest is not None
        assert (giver.rest[offer.theme].verdict, taker.rest[offer.theme].verdict) == ("higher", "lower")
        assert giver.id not in above(found, taker.id) | {taker.id}
        assert taker.id not in above(found, giver.id)
        assert giver.same_as is None
        assert taker.same_as is None
        assert offer.gain == 60
    chosen = assign(offers)
    for unit_id in found.by_id:
        assert sum(one.giver == unit_id for one in chosen) <= AT_MOST
        assert sum(one.taker == unit_id for one in chosen) <= AT_MOST


def test_all_that_may_be_paired_is_offered() -> None:
    """Two above and one under it on one theme: two offers; the child of the weaker one gets none from its parent."""
    root, strong, stronger, weak, child = (UUID(int=number) for number in range(5))
    units: list[PublishedUnit] = [
        shown(root, None),
        shown(strong, {"TL": "higher"}),
        shown(stronger, {"TL": "higher", "T": None}),
        shown(weak, {"TL": "lower"}),
        shown(child, {"TL": "higher"}),
    ]
    found = published(units, {root: None, strong: root, stronger: root, weak: root, child: weak})
    assert [(one.theme, one.giver, one.taker) for one in offers_of(found)] == [
        ("TL", strong, weak),
        ("TL", stronger, weak),
    ]


def test_results_without_comparison_give_no_offer() -> None:
    root, unit = UUID(int=0), UUID(int=1)
    assert offers_of(published([shown(root, None), shown(unit, None)], {root: None, unit: root})) == []
