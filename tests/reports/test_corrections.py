"""A correction is a new release, accepted only when it tells about nobody beside the earlier one (R8)."""

import io
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.checking import smallest_cell
from measurement.presentation import bounded
from organisations.models import LogEntry
from reports import correcting, figures
from reports.closing import close_here
from reports.models import Release, ReleaseUnit
from scan.importing import import_responses
from scan.models import Response, Round, Unit
from tests.cast import Cast
from tests.measurement.attacks import attack_exists
from tests.reports.full_round import delete_now, let_days_pass
from tests.scan.answer_files import EAST, KITCHEN, NIGHT, row, text_of
from tests.scan.asking import guard_away

ROUND = "zorggroep-de-linde/leerscan-2026"
OOST, KEUKEN = "Zorg / Wijkteam Oost", "Facilitair / Keuken"


@pytest.fixture
def round_(in_scope: Cast, no_clean_up: list[str]) -> Round:
    """Oost 11, Nachtdienst 3 (hidden), Keuken 10."""
    rows = [row(EAST, str(1 + number % 5)) for number in range(11)]
    rows += [row(NIGHT, "4")] * 3 + [row(KITCHEN, "5")] * 10
    import_responses(in_scope.organisation, text_of(rows), "Leerscan 2026", None, create=False)
    round_ = Round.objects.get()
    close_here(round_)
    return Round.objects.get()


def correct(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LC_ALL", "en")
    out = io.StringIO()
    call_command("correct_release", ROUND, stdout=out)
    return out.getvalue()


def scores(release: Release) -> dict[str, int]:
    rows = ReleaseUnit.objects.filter(release=release, is_shown=True).select_related("unit")
    return {row.unit.path: row.content["scores"]["total"]["value"] for row in rows if row.content}


def people_in(path: str) -> list[UUID]:
    with guard_away():
        return sorted(Response.objects.filter(unit__path=path).values_list("pk", flat=True))


def move(people: list[UUID], target: str) -> None:
    """It turns out that these were put in the wrong department."""
    with guard_away():
        Response.objects.filter(pk__in=people).update(unit=Unit.objects.get(path=target))


def test_nothing_to_correct_changes_nothing(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nothing was changed" in correct(monkeypatch)
    assert Release.objects.count() == 1


def test_a_mended_fault_in_the_figures_makes_a_new_release(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Release.objects.get()
    monkeypatch.setattr(figures, "bounded", lambda points: bounded(points + 1))
    assert "release 2 replaces the one before" in correct(monkeypatch)
    second = Release.objects.get(number=2)
    assert scores(second) == {path: min(95, value + 1) for path, value in scores(first).items()}
    assert second.inputs_hash == first.inputs_hash
    assert LogEntry.objects.filter(action="correct_release", subject="Leerscan 2026").exists()


def test_a_correction_that_moves_one_person_is_refused_and_the_earlier_release_stays(
    round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten of the eleven: the difference of the two releases would be that one person."""
    before = scores(Release.objects.get())
    move(people_in(OOST)[:1], KEUKEN)
    with pytest.raises(CommandError, match="beside release 1 they would tell about a group of fewer than 5"):
        correct(monkeypatch)
    assert scores(Release.objects.get()) == before


def test_a_correction_that_moves_enough_people_is_accepted(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    move(people_in(OOST)[:5], KEUKEN)
    assert "release 2" in correct(monkeypatch)
    sizes = dict(ReleaseUnit.objects.filter(release__number=2, is_shown=True).values_list("unit__path", "content__n"))
    assert (sizes[OOST], sizes[KEUKEN]) == (6, 15)


def test_a_third_release_is_checked_beside_the_first_too(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the second it would do; beside the first three people would stand out."""
    cooks, moved = people_in(KEUKEN), people_in(OOST)[:5]
    move(moved, KEUKEN)
    correct(monkeypatch)
    move([*cooks[:3], *moved[:2]], OOST)
    with pytest.raises(CommandError, match="beside release 1 "):
        correct(monkeypatch)
    assert Release.objects.count() == 2


def test_under_other_rules_the_earlier_release_stays(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    Release.objects.update(rules_version="0")
    with pytest.raises(CommandError, match="made under rules 0; Leerscan now has rules 1"):
        correct(monkeypatch)


def test_after_retention_there_is_nothing_to_correct_from(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    let_days_pass(round_)
    delete_now(round_)
    with pytest.raises(CommandError, match="have been deleted, as was promised"):
        correct(monkeypatch)


@pytest.mark.parametrize("step", ["_says_the_same", "freeze"])
def test_who_has_read_the_answers_just_before_they_go_is_told_so(
    step: str, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check needs what is kept with them, and freezing looks whether they are still there."""
    really = getattr(correcting, step)

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        let_days_pass(round_)
        delete_now(round_)
        return really(*args, **kwargs)

    monkeypatch.setattr(correcting, step, meanwhile)
    monkeypatch.setattr(figures, "bounded", lambda points: bounded(points + 1))
    with pytest.raises(CommandError, match="have been deleted, as was promised"):
        correct(monkeypatch)
    assert [release.number for release in Release.objects.all()] == [1]


def test_a_round_without_results_is_said(in_scope: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    import_responses(in_scope.organisation, text_of([row(EAST, "4")]), "Leerscan 2026", None, create=False)
    with pytest.raises(CommandError, match="has no results yet"):
        correct(monkeypatch)


# --- The rule itself

assignments = st.dictionaries(st.integers(0, 30), st.integers(0, 3), max_size=31)


def sets_of(blocks: dict[int, int]) -> list[frozenset[int]]:
    """Every block, and all of them together."""
    found = [frozenset(one for one, block in blocks.items() if block == number) for number in set(blocks.values())]
    return [*found, frozenset(blocks)] if blocks else []


@settings(max_examples=300, deadline=None)
@given(assignments, assignments)
def test_what_is_accepted_betrays_nobody(earlier: dict[int, int], later: dict[int, int]) -> None:
    smallest = smallest_cell(earlier, later)
    if smallest is not None and smallest >= 5:
        assert not attack_exists(set(sets_of(earlier)) | set(sets_of(later)), 5)


def test_a_total_shown_earlier_and_one_part_shown_later_are_refused() -> None:
    """measurement.md 8: 10 people of A and 1 of B shown together earlier, A alone later."""
    together = dict.fromkeys(range(11), "A and B")
    alone = dict.fromkeys(range(10), "A")
    assert smallest_cell(together, alone) == 1
    assert smallest_cell(together, together) == 11
    assert smallest_cell(dict.fromkeys(range(15), "both"), alone) == 5


def test_of_nobody_nothing_is_told() -> None:
    assert smallest_cell(dict[UUID, int](), dict[UUID, int]()) is None
