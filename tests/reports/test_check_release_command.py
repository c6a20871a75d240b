"""manage.py check_release: anybody can repeat the check, from what the release keeps and shows."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.closing import close_here
from reports.models import Release, ReleaseUnit
from scan import ballot_box
from scan.importing import import_responses
from scan.models import Round
from tests.cast import Cast
from tests.scan.answer_files import EAST, KITCHEN, NIGHT, row, text_of

ROUND = "zorggroep-de-linde/leerscan-2026"


@pytest.fixture
def round_(in_scope: Cast, no_clean_up: list[str]) -> Round:
    """A closed round: Oost 9, Nachtdienst 3 (hidden), Keuken 6."""
    rows = [row(EAST, str(1 + number % 5)) for number in range(9)]
    rows += [row(NIGHT, "4")] * 3 + [row(KITCHEN, "5")] * 6
    import_responses(in_scope.organisation, text_of(rows), "Leerscan 2026", None, create=False)
    round_ = Round.objects.get()
    close_here(round_)
    return round_


def check() -> tuple[int, str]:
    """How it ended, and what it said."""
    out = io.StringIO()
    try:
        call_command("check_release", ROUND, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def unit(path: str) -> ReleaseUnit:
    return ReleaseUnit.objects.get(unit__path=path)


def change(path: str, how: Callable[[dict[str, Any]], object]) -> None:
    found = unit(path)
    assert found.content is not None
    how(found.content)
    found.save()


def test_a_release_as_it_was_made_passes(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    code, said = check()
    assert code == 0
    lines = [line.strip() for line in said.splitlines()]
    assert lines == [
        f"{ROUND}, release 1, rules 1, at least 5 people in every group",
        "2 groups that everything shown is put together from; the smallest holds 6 people:",
        "Facilitair / Keuken: 6 people",
        "Zorg / Wijkteam Oost: 9 people",
        "What is shown of each department, and of how many people:",
        "Zorggroep De Linde: scores 15 (2 groups), agreement and obstacles 15",
        "Facilitair: scores 6 (1 group)",
        "Facilitair / Keuken: scores 6 (1 group)",
        "Zorg: scores 9 (1 group), questions in bands 9",
        "Zorg / Wijkteam Oost: scores 9 (1 group), questions in bands 9",
        "Right: all that is shown is put together from these groups, and each is large enough.",
    ]


def test_a_hidden_department_is_not_named_and_has_no_number(round_: Round) -> None:
    assert "Nachtdienst" not in check()[1]


def test_no_answer_is_read(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*arguments: object) -> None:
        raise AssertionError("an answer was read")

    monkeypatch.setattr(ballot_box, "read", nobody)
    assert check()[0] == 0


def test_it_speaks_dutch(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "nl")
    assert "Goed: alles wat we tonen is uit deze groepen samengesteld" in check()[1]


def test_a_set_that_is_no_union_of_groups_is_found(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    change("Zorg", lambda content: content.update(n=12))
    code, said = check()
    assert code == 1
    assert "WRONG: Zorg, scores: shown of 12 people, but the groups in it hold 9" in said
    assert "NOT right: 1 fault." in said


def test_a_finer_set_that_is_no_union_is_found(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    change("Zorg", lambda content: content["bands"].update(n=8))
    code, said = check()
    assert code == 1
    assert "WRONG: Zorg, questions in bands: shown of 8 people" in said


def test_a_finer_part_that_may_not_be_there_is_found(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    bands = unit("Zorg").content or {}
    change("Facilitair", lambda content: content.update(bands={**bands["bands"], "n": 6}))
    code, said = check()
    assert code == 1
    assert "Facilitair, questions in bands: shown of 6 people, but the groups in it hold 0" in said


def test_a_group_that_is_too_small_is_found(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    release = Release.objects.get()
    kitchen = next(block for block in release.check_record["blocks"] if block["size"] == 6)
    kitchen["size"] = 4
    release.save()
    code, said = check()
    assert code == 1
    assert "the group of Facilitair / Keuken holds 4 people; there have to be at least 5" in said


def test_a_hidden_unit_that_is_shown_all_the_same_is_found(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    content = {**(unit("Zorg").content or {}), "n": 3, "bands": None, "words": None, "items": None}
    ReleaseUnit.objects.filter(unit__path="Zorg / Nachtdienst").update(is_shown=True, content=content)
    code, said = check()
    assert code == 1
    assert "Zorg / Nachtdienst, scores: shown of 3 people, but the groups in it hold 0" in said


def test_a_round_without_results_is_said(in_scope: Cast) -> None:
    import_responses(in_scope.organisation, text_of([row(EAST, "4")]), "Leerscan 2026", None, create=False)
    with pytest.raises(CommandError, match="close_round"):
        call_command("check_release", ROUND)
