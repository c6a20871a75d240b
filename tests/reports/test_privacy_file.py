"""The file for works council and privacy officer: it says what the settings are, and nothing of any answer."""

import html
import re
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from measurement.disclosure import LEVELS
from organisations.access import RIGHTS, Right
from organisations.commands import InputError
from organisations.models import Organisation, Person, Role
from questionnaires.texts import LANGUAGES
from questionnaires.versions import questionnaire_of
from reports.closing import close_here
from reports.forecast import forecast, forecast_of
from reports.frozen_units import frozen_units
from reports.models import ReleaseUnit
from reports.privacy_file import PrivacyFile, Section, document, privacy_file
from reports.wording import detail_text
from scan import progress
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.importing import import_responses
from scan.models import Invitation, LeftOut, Plan, Round, Unit
from scan.people.changing import add_person
from scan.preparing.participation import participation_of
from scan.rounds import launch
from tests.cast import CLOSES, OPENS, Cast, add_people
from tests.scan.answer_files import row, text_of
from tests.scan.asking import ALL_AGREE, participant_of
from tests.scan.drafting import EAST, KITCHEN, NIGHT, ready_draft, staff
from tests.test_languages import DUTCH_WORDS, ENGLISH_WORDS, words_on


class UndoError(Exception):
    """Ends a scan that closed, without a trace in the database."""


CHAPTERS = ["minute", "purpose", "stored", "who", "rules", "forecast", "register", "risks", "request", "check"]


@pytest.fixture
def draft(in_scope: Cast) -> Round:
    """12 people in the east, 4 at night, 3 in the kitchen."""
    add_people(in_scope.departments[EAST], 12)
    add_people(in_scope.departments[NIGHT], 4)
    add_people(in_scope.departments[KITCHEN], 3)
    return ready_draft(in_scope, k=7, retention_days=45)


def fresh(round_: Round) -> Round:
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def launched(round_: Round) -> Round:
    launch(round_)
    return fresh(round_)


def said(round_: Round, language: str = "en") -> str:
    """All that the file says, as plain text."""
    text = re.sub(r"<(style|title)\b.*?</\1>", " ", document(round_, language), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def chapter(file: PrivacyFile, code: str) -> Section:
    return next(section for section in file.sections if section.id == code)


def table_in(file: PrivacyFile, code: str, style: str) -> list[list[str]]:
    """A table as texts, its head first."""
    table = next(
        block.table for block in chapter(file, code).blocks if block.table is not None and block.table.style == style
    )
    return [[cell.text for cell in row] for row in [table.head, *table.rows]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_all_chapters_in_both_languages(language: str, draft: Round) -> None:
    file = privacy_file(draft, language)
    assert [section.id for section in file.sections] == CHAPTERS
    assert [section.number for section in file.sections] == list(range(1, 11))
    text = document(draft, language)
    assert f'<html lang="{language}">' in text
    assert not re.search(r"[{}]", text)
    assert "!" not in said(draft, language)
    assert not words_on(text.encode()) & (DUTCH_WORDS if language == "en" else ENGLISH_WORDS)


def test_it_follows_the_settings(draft: Round) -> None:
    text = said(draft)
    for setting in (
        "Anna, 2210",
        "Iris",
        "at least 7 people",
        "45 days after closing",
        "24 March 2098",
        "14 April 2098",
    ):
        assert setting in text, setting
    assert "8 May 2098" in text, "the day on which answers are deleted"
    draft.k, draft.retention_days = 11, 1
    text = said(draft)
    assert "at least 11 people" in text
    assert "at least 7" not in text
    assert "1 day after closing" in text


def test_levels_are_never_lower_than_k(draft: Round) -> None:
    assert LEVELS == {"bands": 8, "words": 10, "items": 20}, "chapter 5 names these three levels"
    levels = [row[0] for row in table_in(privacy_file(draft, "en"), "rules", "levels")[1:]]
    assert levels == ["7 people", "8 people", "10 people", "10 people", "20 people"]
    draft.k = 12
    levels = [row[0] for row in table_in(privacy_file(draft, "en"), "rules", "levels")[1:]]
    assert levels == ["12 people"] * 4 + ["20 people"]


def test_the_basis_is_that_of_the_round(draft: Round) -> None:
    assert "legitimate interest (GDPR, article 6(1)(f))" in said(draft)
    assert "Is the interest real?" in said(draft)
    draft.legal_basis = Round.Basis.PUBLIC_TASK
    assert "task in the public interest (GDPR, article 6(1)(e))" in said(draft)
    assert "Is the interest real?" not in said(draft)
    assert "Public task (GDPR, article 6)" in said(draft)


@pytest.mark.parametrize(
    ("council", "dutch", "others"),
    [
        ("OR", "Wet op de ondernemingsraden, artikel 27, eerste lid, onder k en l", ("onder m)", "35c")),
        ("MR", "Wet medezeggenschap op scholen, artikel 12, eerste lid, onder m", ("onder k", "35c")),
        ("PVT", "artikel 35c van de Wet op de ondernemingsraden", ("onder k", "onder m)")),
    ],
)
def test_the_request_is_to_the_body_that_speaks_for_staff(
    council: str, dutch: str, others: tuple[str, ...], draft: Round
) -> None:
    draft.organisation.council = Organisation.Council(council)
    text = said(draft, "nl")
    assert dutch in text
    for other in others:
        assert other not in text
    assert f"9. Concept: verzoek aan de {council}" in text


def test_consent_that_was_given_is_said(draft: Round) -> None:
    assert "Chapter 9 has a draft request." in said(draft)
    draft.consent_on = date(2098, 2, 2)
    assert "The works council (OR) consented to the scan on 2 February 2098." in said(draft)


def test_without_a_remark_none_is_spoken_of(draft: Round) -> None:
    assert "Anna is the first to read remarks" in said(draft)
    draft.remark_reader = ""
    text = said(draft)
    assert "This scan does not ask for a remark." in text
    assert "first to read" not in text
    assert "remark" not in table_text(draft, "register", "two")


def table_text(round_: Round, code: str, style: str) -> str:
    return " ".join(" ".join(row) for row in table_in(privacy_file(round_, "en"), code, style))


def test_what_is_not_known_is_a_gap_to_fill_in(draft: Round) -> None:
    register = table_text(draft, "register", "two")
    for gap in ("address, phone and representative", "who runs the server, and where it stands", "how many days"):
        assert f"[fill in: {gap}]" in register
    assert "<mark>[fill in: none, or to which country]</mark>" in document(draft, "en")
    assert "[fill in: the privacy officer]" not in register
    draft.privacy_officer = ""
    assert "[fill in: the privacy officer]" in table_text(draft, "register", "two")


def test_what_people_wrote_in_settings_is_escaped(draft: Round) -> None:
    draft.contact = "<script>alert(1)</script>[fill in: <b>]"
    text = document(draft, "en")
    assert "<script" not in text
    assert "<b>" not in text


def test_all_questions_are_listed_in_the_words_of_the_organisation(draft: Round) -> None:
    draft.organisation.words = {"nl": {"management": "het bestuur"}}
    questions = [
        line
        for block in chapter(privacy_file(draft, "nl"), "purpose").blocks
        if block.kind == "questions"
        for line in block.lines
    ]
    questionnaire = questionnaire_of(draft.version_id)
    assert len(questions) == len(questionnaire.items) + len(questionnaire.obstacles) == 46
    assert "Het bestuur vertelt ons eerlijk hoe het staat met de doelen van de organisatie." in questions


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_access_table_is_that_of_the_program(language: str, draft: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    yes = {"nl": "ja", "en": "yes"}[language]

    def allowed() -> list[set[int]]:
        rows = table_in(privacy_file(draft, language), "who", "access")[1:]
        return [{number for number, cell in enumerate(row[1:]) if cell == yes} for row in rows]

    def by_rights() -> list[set[int]]:
        return [{number for number, role in enumerate(RIGHTS) if right in RIGHTS[role]} for right in Right]

    assert allowed() == by_rights()
    assert len(table_in(privacy_file(draft, language), "who", "access")[0]) == 1 + len(Role)
    monkeypatch.setitem(RIGHTS, Role.WORKS_COUNCIL, frozenset({Right.READ_LOG}))
    assert allowed() == by_rights()
    assert {3} <= allowed()[list(Right).index(Right.READ_LOG)]


def test_every_rule_is_explained(draft: Round) -> None:
    rules = [row[0] for row in table_in(privacy_file(draft, "nl"), "rules", "rules")[1:]]
    assert rules == [f"R{number}" for number in range(1, 19) if number != 4]


def test_the_honest_limit_of_bounds_is_said(draft: Round) -> None:
    assert "It stays a mean over at least 7 people and 6 or more questions." in said(draft)


def test_the_forecast_is_that_of_the_forecast_page(draft: Round) -> None:
    rows = forecast(participation_of(draft), draft.k)
    table = table_in(privacy_file(draft, "en"), "forecast", "forecast")[1:-1]
    assert [row[0] for row in table] == ["Zorggroep De Linde", *(row.unit.name for row in rows[1:])]
    assert [int(row[1]) for row in table] == [row.invited for row in rows]


def test_after_launch_the_forecast_rests_on_the_frozen_headcounts(draft: Round, in_scope: Cast) -> None:
    beforehand = table_in(privacy_file(draft, "nl"), "forecast", "forecast")
    round_ = launched(draft)
    assert table_in(privacy_file(round_, "nl"), "forecast", "forecast") == beforehand
    [late] = add_people(in_scope.departments[EAST], 1)
    add_person(round_, late, Unit.objects.get(round=round_, path="Zorg / Wijkteam Oost"), as_leader=False)
    rows = forecast_of(frozen_units(round_), round_.k)
    table = table_in(privacy_file(round_, "en"), "forecast", "forecast")[1:-1]
    assert {row[0]: row[1] for row in table}["Wijkteam Oost"] == "13 (+1)"
    assert [row.invited for row in rows] == [int(row[1].partition(" ")[0]) for row in table]
    assert "People added: 1." in said(round_)
    assert [tuple(row[2:]) for row in table] == in_words(rows)


def in_words(rows: list[Any]) -> list[tuple[str, ...]]:
    with translation.override("en"):
        return [tuple(detail_text(detail) for detail in row.details) for row in rows]


def test_with_nobody_asked_it_says_so(in_scope: Cast) -> None:
    text = said(ready_draft(in_scope))
    assert "Nobody takes part yet" in text
    assert " 0 people" not in text


def test_what_was_done_by_hand_is_counted(draft: Round) -> None:
    assert "The scan has not been launched yet." in said(draft)
    round_ = launched(draft)
    assert "Has much been done" not in said(round_)
    Plan.objects.filter(round=round_).update(moves_asked=3, addresses_changed=4, links_sent_again=5)
    text = said(round_)
    assert "Moved to another department: 3. Another address: 4. The link sent again: 5." in text
    assert "Has much been done in a small department?" in text


def running(round_: Round) -> Round:
    """Launched, and open today."""
    launch(round_)
    Round.objects.filter(pk=round_.pk).update(opens_on=OPENS, closes_on=CLOSES)
    return fresh(round_)


def answer(round_: Round, count: int) -> None:
    for number, invitation in enumerate(Invitation.objects.filter(round=round_)[:count]):
        sheet = Sheet(ALL_AGREE | {"q01": 1 + number % 5}, ["hierarchy"], f"Opmerking-7f3c-{number}")
        submit(participant_of(invitation), sheet)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_and_no_response_changes_a_byte(language: str, draft: Round) -> None:
    round_ = running(draft)
    before = document(round_, language)
    answer(round_, 11)
    progress.refresh(round_)
    round_ = fresh(round_)
    assert round_.running_total == 10, "there is something that could have told"
    assert document(round_, language) == before


def test_results_do_not_change_it_either(draft: Round, no_clean_up: list[str]) -> None:
    """Closed with many answers and with none, it says the same."""
    round_, files, shown = running(draft), [], []
    for answers in (0, 16):
        with suppress(UndoError), transaction.atomic():
            answer(round_, answers)
            close_here(fresh(round_))
            files.append(document(fresh(round_), "nl"))
            shown.append(ReleaseUnit.objects.filter(release__round=round_, is_shown=True).count())
            raise UndoError
    assert shown[0] == 0 < shown[1]
    assert files[0] == files[1]


def test_a_closed_scan_says_when_answers_go_and_when_they_went(draft: Round, no_clean_up: list[str]) -> None:
    round_ = launched(draft)
    close_here(round_)
    round_ = fresh(round_)
    assert "held a scan from" in said(round_)
    assert "The answers are deleted on" in said(round_)
    round_.answers_deleted_on = date(2098, 5, 8)
    assert "The answers were deleted on 8 May 2098" in said(round_)


def test_nobody_is_named_but_who_the_settings_name(in_scope: Cast) -> None:
    staff(in_scope)
    round_ = ready_draft(in_scope)
    LeftOut.objects.create(round=round_, person=Person.objects.earliest("number"))
    for text in (said(round_), said(launched(round_))):
        assert "Mens " not in text
        assert "@example.test" not in text


def test_answers_that_were_collected_elsewhere_have_none(in_scope: Cast) -> None:
    import_responses(
        in_scope.organisation, text_of([row("Zorg / Wijkteam Oost", "4")]), "Van elders", None, create=False
    )
    with pytest.raises(InputError, match="Leerscan weet niet wat medewerkers daar is beloofd"):
        document(Round.objects.select_related("organisation").get(), "nl")
