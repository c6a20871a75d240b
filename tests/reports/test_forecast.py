"""The forecast of a round in preparation: the same function as the release, so the same outcome."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measurement.disclosure import OPEN_LINK_MINIMUM, Detail, decide
from organisations.commands import InputError
from organisations.department_changes import move_department
from organisations.departments import ensure_departments
from reports.closing import close_here
from reports.forecast import (
    SHARES,
    ForecastRow,
    Remainder,
    expected_answers,
    forecast,
    forecast_of,
    nodes_of,
    remainders,
    suggestions,
)
from reports.frozen_units import frozen_units
from reports.models import ReleaseUnit
from scan import ballot_box
from scan.ballot_box import Ballot
from scan.models import Round, Unit
from scan.people.changing import add_person
from scan.preparing.choosing import choose, join
from scan.preparing.participation import PlannedUnit, participation_of
from scan.rounds import launch
from tests.cast import Cast, add_people
from tests.scan.asking import new_round

# "B / A1" too: below A and B joined it stands beside another A1.
NAMES = ("A", "A / A1", "A / A2", "A / A3", "B", "B / B1", "B / A1", "C", "C / C1")
PAIRS = (("A / A2", "A / A1"), ("A / A3", "A / A2"), ("A", "B"), ("C", "B"), ("B / A1", "B / B1"), ("A / A2", "B / B1"))


@dataclass(frozen=True)
class Draw:
    k: int
    staff: Mapping[str, int]
    leaders: Mapping[str, int]
    open_links: Mapping[str, int]
    joins: Sequence[tuple[str, str]]
    moves: Sequence[tuple[str, str]]
    """(Department, the one below which it is moved), after the joins; what the tree does not allow is left."""
    response: Mapping[str, int]
    """Percent of the unit's own people that answer."""


counts = st.integers(0, 14)
draws = st.builds(
    Draw,
    k=st.sampled_from((5, 6, 8)),
    staff=st.fixed_dictionaries(dict.fromkeys(NAMES, counts)),
    leaders=st.fixed_dictionaries(dict.fromkeys(NAMES, st.integers(0, 7))),
    open_links=st.dictionaries(st.sampled_from(("B / B1", "C / C1")), st.integers(10, 30), max_size=2),
    joins=st.lists(st.sampled_from(PAIRS), max_size=3, unique=True),
    moves=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(("", *NAMES))), max_size=3),
    response=st.fixed_dictionaries(dict.fromkeys(NAMES, st.integers(0, 100))),
)


class UndoError(Exception):
    """Ends an example without a trace in the database."""


def _round(cast: Cast, draw: Draw) -> Round:
    known = ensure_departments(cast.organisation, NAMES)
    for name in NAMES:
        add_people(known[name.casefold()], draw.staff[name] + draw.leaders[name], leaders=draw.leaders[name])
    round_ = new_round(cast)
    round_.k = draw.k
    round_.save(update_fields=["k"])
    wished = {name: min(count, draw.staff[name] or count) for name, count in draw.open_links.items()}
    open_links = {name: count for name, count in wished.items() if count >= OPEN_LINK_MINIMUM}
    choose(round_, {d.pk for d in known.values()}, {known[n.casefold()].pk: c for n, c in open_links.items()})
    for one, other in draw.joins:
        with suppress(InputError):
            join(round_, known[one.casefold()], known[other.casefold()])
    for name, below in draw.moves:
        with suppress(InputError):
            move_department(cast.organisation, known[name.casefold()].pk, known[below.casefold()].pk)
    return round_


def _answers(draw: Draw, units: tuple[PlannedUnit, ...]) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """How many answer in each unit, and in its leaf "leaders"."""
    share = {unit.id: draw.response.get(unit.departments[0].path, 70) for unit in units}
    staff = {unit.id: expected_answers(unit.staff_count, share[unit.id]) for unit in units}
    return staff, {unit.id: expected_answers(len(unit.leaders), share[unit.id]) for unit in units}


def _by_path(rows: Sequence[ForecastRow[Any]]) -> dict[str, tuple[int, tuple[Detail, ...]]]:
    return {row.unit.path: (row.invited, row.details) for row in rows}


def _details_of_release(round_: Round) -> dict[str, tuple[int, frozenset[str]]]:
    details = {}
    for row in ReleaseUnit.objects.filter(release__round=round_).select_related("unit"):
        content: dict[str, Any] = row.content or {}
        levels = frozenset(level for level in ("bands", "items") if content.get(level))
        details[row.unit.path] = (content.get("n", 0), levels)
    return details


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(draw=draws)
def test_the_forecast_equals_the_release_for_the_same_answers(in_scope: Cast, draw: Draw) -> None:
    try:
        with transaction.atomic():
            _compare(in_scope, draw)
            raise UndoError
    except UndoError:
        pass


def _compare(cast: Cast, draw: Draw) -> None:
    round_ = _round(cast, draw)
    participation = participation_of(round_)
    if not participation.total:
        return
    staff, leaders = _answers(draw, participation.units)
    decision = decide(nodes_of(participation.units, staff, leaders), round_.k)
    details = {unit.path: decision.detail(str(unit.id)) for unit in participation.units}
    foreseen = {path: (detail.n, detail.levels - {"words"}) for path, detail in details.items()}
    if participation.names_twice():
        with pytest.raises(InputError):
            launch(round_)
        return
    beforehand = _by_path(forecast(participation, round_.k))
    launch(round_)
    round_.refresh_from_db()
    assert _by_path(forecast_of(frozen_units(round_), round_.k)) == beforehand
    by_path = {unit.path: unit.id for unit in participation.units}
    ballots = []
    for unit in Unit.objects.filter(round=round_).select_related("parent"):
        is_leaf = unit.kind == Unit.Kind.LEADERS
        place = by_path[unit.parent.path if is_leaf and unit.parent else unit.path]
        ballots += [Ballot(unit.pk, bytes([4] * 40), 0)] * (leaders if is_leaf else staff)[place]
    ballot_box.cast_all(round_, ballots)
    close_here(round_)
    assert _details_of_release(round_) == foreseen


def test_a_share_is_rounded_down() -> None:
    assert [expected_answers(9, share) for share in SHARES] == [4, 5, 6, 7]


def test_the_page_of_a_round_shows_each_unit_at_each_share(in_scope: Cast) -> None:
    add_people(in_scope.departments["zorg / wijkteam oost"], 10)
    add_people(in_scope.departments["zorg / nachtdienst"], 3)
    rows = {row.unit.path: row for row in forecast(participation_of(new_round(in_scope)), 5)}
    assert [detail.is_shown for detail in rows["Zorg / Wijkteam Oost"].details] == [True] * 4
    assert not any(detail.is_shown for detail in rows["Zorg / Nachtdienst"].details)
    assert rows["Zorg"].invited == 13


def test_joining_is_advised_for_the_small_one_with_its_smallest_sibling(in_scope: Cast) -> None:
    ensure_departments(in_scope.organisation, ["Zorg / Wijkteam West"])
    known = ensure_departments(in_scope.organisation, [])
    add_people(known["zorg / wijkteam oost"], 20)
    add_people(known["zorg / wijkteam west"], 11)
    add_people(known["zorg / nachtdienst"], 4)
    round_ = new_round(in_scope)
    advice = suggestions(participation_of(round_), 5)
    assert [(found.unit.name, found.into.name) for found in advice] == [("Nachtdienst", "Wijkteam West")]
    join(round_, known["zorg / nachtdienst"], known["zorg / wijkteam west"])
    assert suggestions(participation_of(round_), 5) == []


def test_no_advice_where_joining_does_not_help(in_scope: Cast) -> None:
    add_people(in_scope.departments["zorg / wijkteam oost"], 2)
    add_people(in_scope.departments["zorg / nachtdienst"], 3)
    assert suggestions(participation_of(new_round(in_scope)), 5) == []


def in_words(found: list[Remainder]) -> list[tuple[str, int, str | None]]:
    return [(each.unit.path, each.invited, each.counts_in.path if each.counts_in else None) for each in found]


def test_without_report_and_advice_it_is_said_where_the_answers_count(in_scope: Cast) -> None:
    """A top department of six has no sibling without departments below it, so joining is not advised."""
    known = ensure_departments(in_scope.organisation, ["Bestuur en staf"])
    add_people(known["bestuur en staf"], 6)
    add_people(known["zorg / wijkteam oost"], 20)
    participation = participation_of(new_round(in_scope))
    assert in_words(remainders(participation, 5, suggestions(participation, 5))) == [("Bestuur en staf", 6, None)]
    add_people(known["zorg / nachtdienst"], 4)
    participation = participation_of(new_round(in_scope))
    advice = suggestions(participation, 5)
    assert [suggestion.unit.name for suggestion in advice] == ["Nachtdienst"]
    assert in_words(remainders(participation, 5, advice)) == [("Bestuur en staf", 6, "")]


def test_a_department_with_nobody_has_no_remainder(in_scope: Cast) -> None:
    add_people(in_scope.departments["zorg / wijkteam oost"], 20)
    participation = participation_of(new_round(in_scope))
    assert remainders(participation, 5, []) == []


def test_whoever_was_added_by_hand_counts_in_the_headcounts_of_a_launched_round(in_scope: Cast) -> None:
    add_people(in_scope.departments["zorg / wijkteam oost"], 9)
    round_ = new_round(in_scope)
    launch(round_)
    [late, leader] = add_people(in_scope.departments["zorg / wijkteam oost"], 2)
    east = Unit.objects.get(round=round_, path="Zorg / Wijkteam Oost")
    add_person(round_, late, east, as_leader=False)
    add_person(round_, leader, east, as_leader=True)
    units = {unit.path: unit for unit in frozen_units(round_)}
    assert (units["Zorg / Wijkteam Oost"].staff_count, units["Zorg / Wijkteam Oost"].added) == (10, 1)
    assert (units["Zorg"].leader_count, units["Zorg"].added) == (1, 1)
    rows = {row.unit.path: row for row in forecast_of(list(units.values()), round_.k)}
    assert rows[""].invited == 11
