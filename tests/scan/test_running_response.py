"""R7: what may be seen of the response while a round runs."""

from datetime import date

import pytest

from reports.closing import close_here
from scan.models import Invitation, Round, Unit
from scan.people.changing import add_person
from scan.progress import RunningResponse, refresh, refresh_all, running_response_of
from scan.rounds import launch
from scan.tree import tree_of
from tests.cast import Cast, add_people
from tests.scan.asking import launched_round, new_round

EAST, NIGHT = "Zorg / Wijkteam Oost", "Zorg / Nachtdienst"


@pytest.fixture
def running(in_scope: Cast) -> Round:
    """Oost 10 people (and a leader, who counts with Zorg), Nacht 9."""
    add_people(in_scope.departments["zorg / wijkteam oost"], 11, leaders=1)
    add_people(in_scope.departments["zorg / nachtdienst"], 9)
    round_ = new_round(in_scope)
    launch(round_)
    return Round.objects.select_related("organisation").get(pk=round_.pk)


def answer(round_: Round, count: int, path: str) -> None:
    """So many people of this unit have sent their answers."""
    ids = list(Invitation.objects.filter(unit__path=path, used=False).values_list("pk", flat=True)[:count])
    assert len(ids) == count
    Invitation.objects.filter(pk__in=ids).update(used=True)


def tenths(round_: Round) -> dict[str, int | None]:
    tree = tree_of(round_)
    return {unit.path: running_response_of(round_, tree).tenths[unit.pk] for unit in tree.departments}


def seen(round_: Round) -> RunningResponse:
    return running_response_of(round_, tree_of(round_))


def on_another_day(round_: Round) -> Round:
    Round.objects.filter(pk=round_.pk).update(response_as_of=date(2026, 1, 1))
    return Round.objects.select_related("organisation").get(pk=round_.pk)


def test_before_the_first_refresh_nothing_is_seen_of_a_unit(running: Round) -> None:
    answer(running, 8, EAST)
    assert set(tenths(running).values()) == {None}


def test_a_unit_is_seen_in_steps_of_ten_percent_rounded_down(running: Round) -> None:
    answer(running, 3, EAST)
    answer(running, 2, NIGHT)
    refresh(running)
    assert tenths(running)[EAST] == 3
    assert tenths(running)["Zorg"] == 2  # 5 of 20, the leader among the invited


def test_a_unit_with_fewer_than_ten_invited_shows_nothing(running: Round) -> None:
    answer(running, 9, NIGHT)
    refresh(running)
    assert tenths(running)[NIGHT] is None
    assert tenths(running)["Facilitair"] is None


def test_nobody_can_see_that_everybody_answered(running: Round) -> None:
    answer(running, 10, EAST)
    answer(running, 9, NIGHT)
    Invitation.objects.update(used=True)
    refresh(running)
    assert (tenths(running)[EAST], tenths(running)["Zorg"], tenths(running)[""]) == (9, 9, 9)


def test_nine_of_ten_and_ten_of_ten_look_the_same(running: Round) -> None:
    answer(running, 9, EAST)
    refresh(running)
    nine = tenths(running)[EAST]
    answer(running, 1, EAST)
    refresh(on_another_day(running))
    assert nine == tenths(running)[EAST] == 9


def test_a_second_refresh_on_the_same_day_changes_nothing(running: Round) -> None:
    answer(running, 3, EAST)
    refresh(running)
    answer(running, 4, EAST)
    refresh(Round.objects.select_related("organisation").get(pk=running.pk))
    refresh_all()
    assert tenths(running)[EAST] == 3


def test_the_next_day_it_is_refreshed(running: Round) -> None:
    answer(running, 3, EAST)
    refresh(running)
    answer(running, 4, EAST)
    refresh(on_another_day(running))
    assert tenths(running)[EAST] == 7


def test_the_daily_refresh_takes_open_rounds_only(running: Round) -> None:
    answer(running, 3, EAST)
    Round.objects.filter(pk=running.pk).update(state=Round.State.CLOSED)
    refresh_all()
    assert tenths(running)[EAST] is None
    Round.objects.filter(pk=running.pk).update(state=Round.State.OPEN)
    refresh_all()
    assert tenths(running)[EAST] == 3


def refreshed_total(round_: Round) -> int | None:
    refresh(on_another_day(round_))
    return seen(Round.objects.get(pk=round_.pk)).total


def test_the_count_of_the_whole_organisation_is_in_tens(running: Round) -> None:
    assert refreshed_total(running) == 0
    answer(running, 9, EAST)
    assert refreshed_total(running) == 0
    answer(running, 1, NIGHT)
    assert refreshed_total(running) == 10
    answer(running, 8, NIGHT)
    assert refreshed_total(running) == 10
    assert seen(running).invited == 20


def test_the_count_does_not_follow_every_answer(running: Round) -> None:
    """Whoever can send some answers could otherwise wait for the next one, and see whose it is."""
    answer(running, 9, EAST)
    assert refreshed_total(running) == 0
    answer(running, 1, NIGHT)
    assert seen(Round.objects.get(pk=running.pk)).total == 0


@pytest.mark.parametrize("answers", [0, 1])
@pytest.mark.parametrize("as_leader", [False, True])
def test_people_added_since_the_launch_make_no_department_visible(
    answers: int, as_leader: bool, in_scope: Cast
) -> None:
    """One of the night shift, and nine that were made up and never answer: 10% would tell of that one."""
    add_people(in_scope.departments["zorg / nachtdienst"], 1)
    round_ = launched_round(in_scope, people=12)
    night = Unit.objects.get(round=round_, path=NIGHT)
    for person in add_people(in_scope.departments["facilitair / keuken"], 9):
        add_person(round_, person, night, as_leader=as_leader)
    answer(round_, answers, NIGHT)
    before = tenths(round_)
    refresh(Round.objects.select_related("organisation").get(pk=round_.pk))
    assert before[NIGHT] is None
    assert tenths(round_)[NIGHT] is None
    assert seen(round_).invited == 13


def test_answers_of_people_added_since_are_not_counted(running: Round, in_scope: Cast) -> None:
    east = Unit.objects.get(round=running, path=EAST)
    for person in add_people(in_scope.departments["facilitair / keuken"], 10):
        add_person(running, person, east, as_leader=False)
    Invitation.objects.filter(was_added=True).update(used=True)
    assert refreshed_total(running) == 0
    assert tenths(running)[EAST] == 0


def test_sealing_forgets_the_count(running: Round) -> None:
    answer(running, 10, EAST)
    assert refreshed_total(running) == 10
    close_here(running)
    assert Round.objects.get(pk=running.pk).running_total is None


def test_an_organisation_with_fewer_than_ten_invited_shows_no_count(in_scope: Cast) -> None:
    add_people(in_scope.departments["zorg"], 9)
    round_ = new_round(in_scope)
    launch(round_)
    Invitation.objects.update(used=True)
    refresh(Round.objects.select_related("organisation").get(pk=round_.pk))
    assert seen(round_).total is None
    assert set(tenths(round_).values()) == {None}


def test_leaves_of_leaders_have_no_response_of_their_own(running: Round) -> None:
    Invitation.objects.update(used=True)
    refresh(running)
    leaves = Unit.objects.filter(round=running, kind=Unit.Kind.LEADERS)
    assert [leaf.running_tenths for leaf in leaves] == [None]
    assert not set(seen(running).tenths) & {leaf.pk for leaf in leaves}
