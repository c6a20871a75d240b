"""What changed between two closed rounds, frozen beside the later one: from printed figures, once, and for good."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django_scopes import scope

from jobs import daily
from measurement.presentation import bounded
from organisations.department_changes import archive_department, merge_departments, move_department, rename_department
from organisations.models import Organisation
from questionnaires.questionnaire import DIMENSIONS
from reports import figures
from reports.changes import ScoreChange, UnitChange, changes_of
from reports.closing import close_here
from reports.correcting import correct_release
from reports.models import Change, ChangedUnit, Release
from reports.over_time import tick
from reports.over_time.freezing import freeze_changes
from reports.published import Score
from scan.models import LeftOutDepartment, Response, Round
from tests.cast import Cast
from tests.reports.over_time.rounds import EAST, KITCHEN, NIGHT, closed, contents, imported, release_of, unit_of
from tests.scan.asking import guard_away

Queries = Callable[[int], Any]
SHOWN = {EAST: (8, 3), NIGHT: (9, 3), KITCHEN: (8, 3)}
pytestmark = pytest.mark.usefixtures("no_clean_up")


def change_of(round_: Round, path: str) -> UnitChange | None:
    return changes_of(release_of(round_), unit_of(round_, path).pk)


def test_every_unit_is_compared_with_itself_in_the_round_before(
    in_scope: Cast, django_assert_num_queries: Queries
) -> None:
    """50 and 75; 8 people both times, and a spread that is assumed: 1.96 x 20 x sqrt(1/8 + 1/8) = 19.6."""
    closed(in_scope, 2025, SHOWN)
    later = closed(in_scope, 2026, SHOWN | {EAST: (8, 4)})
    release, unit = release_of(later), unit_of(later, EAST)
    with django_assert_num_queries(1):
        change = changes_of(release, unit.pk)
    assert change is not None
    assert (change.earlier_title, change.earlier_day) == ("Leerscan 2025", date(2025, 3, 9))
    assert (change.earlier_units, change.n, change.same_parts) == ((EAST,), 8, True)
    assert set(change.scores) == {"total", *DIMENSIONS}
    assert change.scores["SV"] == ScoreChange(Score(50, "exact", 36, 64), 25, 20, None)
    kitchen = change_of(later, KITCHEN)
    assert kitchen is not None
    assert {(one.difference, one.verdict) for one in kitchen.scores.values()} == {(0, None)}


def test_a_change_that_is_more_than_chance_is_called_so_in_the_unit_and_above_it(in_scope: Cast) -> None:
    closed(in_scope, 2025, SHOWN)
    later = closed(in_scope, 2026, SHOWN | {EAST: (30, 5)})
    change = change_of(later, EAST)
    assert change is not None
    # Made from the bound: 95 or higher, not 100.
    assert (change.scores["total"].difference, change.scores["total"].verdict) == (45, "higher")
    whole, kitchen = change_of(later, ""), change_of(later, KITCHEN)
    assert whole is not None
    assert whole.scores["total"].verdict == "higher"
    assert kitchen is not None
    assert kitchen.scores["total"].verdict is None


def test_the_first_round_changed_nothing(in_scope: Cast) -> None:
    first = closed(in_scope, 2025, SHOWN)
    assert change_of(first, EAST) is None
    assert not Change.objects.exists()


@pytest.mark.parametrize("hidden_in", [2025, 2026])
def test_a_unit_hidden_in_one_of_both_rounds_gives_no_figure(hidden_in: int, in_scope: Cast) -> None:
    rounds = [closed(in_scope, year, SHOWN | ({NIGHT: (4, 5)} if year == hidden_in else {})) for year in (2025, 2026)]
    assert change_of(rounds[1], NIGHT) is None
    assert contents(rounds[1])[NIGHT] == {"reason": "hidden"}
    assert change_of(rounds[1], EAST) is not None


def test_a_renamed_and_moved_department_is_followed(in_scope: Cast) -> None:
    closed(in_scope, 2025, SHOWN)
    organisation, night = in_scope.organisation, in_scope.departments["zorg / nachtdienst"]
    move_department(organisation, night.pk, in_scope.departments["facilitair"].pk)
    rename_department(organisation, night.pk, "Avond")
    later = closed(in_scope, 2026, {EAST: (8, 3), "Facilitair / Avond": (9, 3), KITCHEN: (8, 3)})
    change = change_of(later, "Facilitair / Avond")
    assert change is not None
    assert change.earlier_units == (NIGHT,)
    assert contents(later)["Zorg"]["reason"] == "differs"
    whole = change_of(later, "Facilitair")
    assert whole is not None
    assert whole.earlier_units == ("Facilitair", NIGHT)
    assert change_of(later, "") is not None


def test_merged_departments_are_compared_with_both_each_weighing_its_people(in_scope: Cast) -> None:
    """8 people at 50 and 24 at 75: 69 (68.75)."""
    closed(in_scope, 2025, SHOWN | {NIGHT: (24, 4)})
    east, night = (in_scope.departments[path.casefold()] for path in (EAST, NIGHT))
    merge_departments(in_scope.organisation, night.pk, east.pk)
    later = closed(in_scope, 2026, {EAST: (30, 3), KITCHEN: (8, 3)})
    change = change_of(later, EAST)
    assert change is not None
    assert (set(change.earlier_units), change.n) == ({EAST, NIGHT}, 32)
    assert (change.scores["total"].before.value, change.scores["total"].difference) == (69, -19)


def test_merged_departments_of_which_one_was_hidden_are_not_compared(in_scope: Cast) -> None:
    closed(in_scope, 2025, SHOWN | {NIGHT: (4, 4)})
    east, night = (in_scope.departments[path.casefold()] for path in (EAST, NIGHT))
    merge_departments(in_scope.organisation, night.pk, east.pk)
    later = closed(in_scope, 2026, {EAST: (12, 3), KITCHEN: (8, 3)})
    assert change_of(later, EAST) is None
    assert contents(later)[EAST]["reason"] == "hidden"
    assert change_of(later, "Zorg") is not None


def test_two_bounds_that_say_the_opposite_make_no_figure_together(in_scope: Cast) -> None:
    closed(in_scope, 2025, SHOWN | {EAST: (8, 1), NIGHT: (8, 5)})
    east, night = (in_scope.departments[path.casefold()] for path in (EAST, NIGHT))
    merge_departments(in_scope.organisation, night.pk, east.pk)
    change = change_of(closed(in_scope, 2026, {EAST: (12, 3), KITCHEN: (8, 3)}), EAST)
    assert change is not None
    assert change.scores == {}


def test_a_bound_of_one_of_them_stays_a_bound(in_scope: Cast) -> None:
    closed(in_scope, 2025, SHOWN | {EAST: (8, 3), NIGHT: (8, 5)})
    east, night = (in_scope.departments[path.casefold()] for path in (EAST, NIGHT))
    merge_departments(in_scope.organisation, night.pk, east.pk)
    change = change_of(closed(in_scope, 2026, {EAST: (12, 3), KITCHEN: (8, 3)}), EAST)
    assert change is not None
    before = change.scores["total"].before
    assert (before.value, before.kind) == (73, "at_least")  # of 50 and 95 or higher


def test_a_department_that_is_new_or_ended_is_said_in_those_above(in_scope: Cast) -> None:
    closed(in_scope, 2025, {NIGHT: (9, 3), KITCHEN: (8, 3)})
    archive_department(in_scope.organisation, in_scope.departments["zorg / nachtdienst"].pk)
    later = closed(in_scope, 2026, {EAST: (8, 3), KITCHEN: (8, 3)})
    zorg, facilitair = change_of(later, "Zorg"), change_of(later, "Facilitair")
    assert zorg is not None
    assert facilitair is not None
    assert (zorg.same_parts, facilitair.same_parts) == (False, True)
    assert contents(later)[EAST]["reason"] == "new"


@pytest.mark.parametrize(("people", "is_compared"), [(8, True), (30, False)])
@pytest.mark.parametrize("in_which", [2025, 2026])
def test_a_large_department_that_was_left_out_of_one_of_both_stands_in_the_way(
    in_which: int, people: int, is_compared: bool, in_scope: Cast
) -> None:
    """Of 25 or 47 people in Zorg a third at most may be asked only once."""
    parts = {EAST: (17, 3), KITCHEN: (8, 3)}
    rounds = {year: parts if year == in_which else parts | {NIGHT: (people, 3)} for year in (2025, 2026)}
    first = closed(in_scope, 2025, rounds[2025])
    later = imported(in_scope.organisation, 2026, rounds[2026])
    left_out_of = {2025: first, 2026: later}[in_which]
    LeftOutDepartment.objects.create(round=left_out_of, department=in_scope.departments["zorg / nachtdienst"])
    closed(in_scope, 2026, rounds[2026])
    change = change_of(later, "Zorg")
    assert (change is not None) == is_compared
    if change is None:
        assert contents(later)["Zorg"]["reason"] == "differs"
    else:
        assert not change.same_parts


def test_rounds_with_other_questions_are_passed_over(in_scope: Cast) -> None:
    closed(in_scope, 2024, SHOWN)
    between = closed(in_scope, 2025, SHOWN)
    other = between.version
    other.pk, other.number = None, 99
    other.save(force_insert=True)
    Release.objects.filter(round=between).update(version=other)
    later = closed(in_scope, 2026, SHOWN)
    change = change_of(later, EAST)
    assert change is not None
    assert change.earlier_title == "Leerscan 2024"


def test_two_releases_of_an_older_format_have_an_assumed_spread(in_scope: Cast) -> None:
    first = closed(in_scope, 2025, SHOWN)
    release = release_of(first)
    del release.content["precision"]
    release.save(update_fields=["content"])
    change = change_of(closed(in_scope, 2026, SHOWN), EAST)
    assert change is not None
    assert change.scores["total"].margin == 20


# --- once, and for good


def stored() -> list[tuple[Any, ...]]:
    rows = ChangedUnit.objects.order_by("pk").values_list("pk", "change", "unit", "content")
    return [(*row[:3], str(row[3])) for row in rows]


def test_closing_again_and_the_daily_tick_change_nothing(in_scope: Cast) -> None:
    closed(in_scope, 2025, SHOWN)
    later = closed(in_scope, 2026, SHOWN)
    before = stored()
    assert before
    closed(in_scope, 2026, SHOWN)
    tick.freeze_missing()
    assert freeze_changes(in_scope.organisation) == 0
    assert stored() == before
    assert Change.objects.get().release == release_of(later)


class KilledError(BaseException):
    """As if the process had ended there."""


def test_killed_while_freezing_and_repeated_it_is_there_once_and_whole(
    in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(in_scope, 2025, SHOWN)
    with monkeypatch.context() as patch:

        def killed(*arguments: object, **named: object) -> None:
            raise KilledError

        patch.setattr("reports.over_time.freezing.ChangedUnit.objects.bulk_create", killed)
        with pytest.raises(KilledError):
            closed(in_scope, 2026, SHOWN)
    later = Round.objects.get(title="Leerscan 2026")
    assert release_of(later).number == 1
    assert not Change.objects.exists()
    tick.freeze_missing()
    assert Change.objects.count() == 1
    assert set(contents(later)) == {"", "Zorg", EAST, NIGHT, "Facilitair", KITCHEN}


def test_rounds_that_were_closed_before_there_were_changes_get_theirs_by_the_daily_tick(in_scope: Cast) -> None:
    closed(in_scope, 2025, SHOWN)
    later = closed(in_scope, 2026, SHOWN)
    made = contents(later)
    Change.objects.all().delete()
    with guard_away():
        Response.objects.all().delete()  # nothing is made from answers
    tick.freeze_missing()
    assert contents(later) == made


def test_a_round_that_is_imported_later_is_laid_between(in_scope: Cast) -> None:
    closed(in_scope, 2024, SHOWN)
    last = closed(in_scope, 2026, SHOWN)
    closed(in_scope, 2025, SHOWN | {EAST: (8, 4)})
    change = change_of(last, EAST)
    assert change is not None
    assert (change.earlier_title, change.scores["total"].difference) == ("Leerscan 2025", -25)
    assert Change.objects.count() == 3  # that beside 2024 stays


def test_a_correction_of_either_round_makes_new_ones_beside_the_earlier(
    in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = closed(in_scope, 2025, SHOWN)
    last = closed(in_scope, 2026, SHOWN)
    monkeypatch.setattr(figures, "bounded", lambda points: bounded(points + 3))
    correct_release(first)
    change = change_of(last, EAST)
    assert change is not None
    assert (change.scores["total"].before.value, change.scores["total"].difference) == (53, -3)
    correct_release(last)
    change = change_of(last, EAST)
    assert change is not None
    assert change.scores["total"].difference == 0
    assert Change.objects.count() == 3


def test_an_organisation_that_fails_does_not_hold_up_the_others(
    in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tick.freeze_missing in daily._chores
    closed(in_scope, 2025, SHOWN)
    with scope(organisation=in_scope.other_organisation):
        close_here(imported(in_scope.other_organisation, 2025, SHOWN))
    done: list[str] = []

    def fails_first(organisation: Organisation) -> int:
        done.append(organisation.slug)
        if len(done) == 1:
            raise LookupError("a fault")
        return 0

    monkeypatch.setattr("reports.over_time.freezing.freeze_changes", fails_first)
    with pytest.raises(LookupError, match="a fault"):
        tick.freeze_missing()
    assert done == ["bakkerij-het-kruim", "zorggroep-de-linde"]
