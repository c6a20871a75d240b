"""Each sentence of the start page follows a setting of the round or a rule in the code, in both languages."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from scan.answering.preview import preview_token
from scan.links import open_links
from scan.models import Invitation, Mailing, Round, Unit
from scan.rounds import create_round, launch
from scan.tokens import token_of
from tests.cast import CLOSES, OPENS, Cast, add_people
from tests.scan.drafting import address, ready_draft, staff
from tests.scan.entrances import MAIL, open_link_of, round_with_every_way, with_codes

LANGUAGES = ("nl", "en")


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


def personal(round_: Round) -> str:
    return token_of(Invitation.objects.filter(round=round_).exclude(person=None)[0].pk)


def on_paper(round_: Round) -> str:
    return token_of(with_codes(round_)[0].pk)


def by_open_link(round_: Round) -> str:
    return token_of(open_links.start(open_link_of(round_), "nl").pk)


def start_page(token: str, language: str = "nl") -> str:
    client = Client()
    client.cookies["language"] = language
    response = client.get(f"/a/{token}/")
    assert response.status_code == 200
    page = response.content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page[page.index("<main") :])).split())


SETTINGS: list[tuple[dict[str, Any], str, str]] = [
    ({"k": 5}, "groepen van minstens 5 mensen", "groups of at least 5 people"),
    ({"k": 12}, "groepen van minstens 12 mensen", "groups of at least 12 people"),
    ({"retention_days": 1}, "1 dag na sluiting", "1 day after closing we delete"),
    ({"retention_days": 45}, "45 dagen na sluiting", "45 days after closing we delete"),
    ({"closes_on": date(2099, 11, 9)}, "tot en met 9 november 2099", "until 9 November 2099"),
    ({"results_on": date(2099, 12, 1)}, "hoor je op 1 december 2099", "hear the results on 1 December 2099"),
    ({"results_how": "In de kantine."}, "de resultaten: In de kantine.", "hear the results: In de kantine."),
    ({"contact": "Truus, 3344"}, "Heb je een vraag? Neem contact op met Truus, 3344.", "Ask Truus, 3344."),
    ({"contact": "Truus, 3344"}, "Zeg het tegen Truus, 3344 voordat", "Tell Truus, 3344 before you send"),
    ({"privacy_officer": "Iris, 12"}, "Neem daarvoor contact op met Iris, 12.", "you may object. Ask Iris, 12."),
    ({"remark_reader": "Bea"}, "Bea leest", "Bea reads all remarks first"),
    ({"legal_basis": "legitimate_interest"}, "een gerechtvaardigd belang", "a legitimate interest"),
    ({"legal_basis": "public_task"}, "een taak van algemeen belang", "a task in the public interest"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("fields", "dutch", "english"), SETTINGS, ids=lambda value: str(value)[:40])
def test_a_setting_says_it_and_another_does_not(
    fields: dict[str, Any], dutch: str, english: str, language: str, running: Round
) -> None:
    said = dutch if language == "nl" else english
    others = {
        "k": 7,
        "retention_days": 60,
        "closes_on": date(2099, 10, 1),
        "results_on": None,
        "results_how": "",
        "contact": "",
        "privacy_officer": "",
        "remark_reader": "",
        "legal_basis": "public_task" if "legitimate" in str(fields) else "legitimate_interest",
    }
    Round.objects.filter(pk=running.pk).update(**{name: others[name] for name in fields})
    assert said not in start_page(personal(running), language)
    Round.objects.filter(pk=running.pk).update(**fields)
    assert said in start_page(personal(running), language)


@pytest.mark.parametrize(
    ("language", "asked", "remark"), [("nl", "je HR-afdeling", "opmerking"), ("en", "your HR department", "remark")]
)
def test_without_names_staff_are_sent_to_hr_and_without_a_reader_nothing_is_said_of_remarks(
    language: str, asked: str, remark: str, running: Round
) -> None:
    Round.objects.filter(pk=running.pk).update(contact="", privacy_officer="", remark_reader="")
    page = start_page(personal(running), language)
    assert page.count(asked) == 3
    assert remark not in page


@pytest.mark.parametrize(
    ("language", "knows", "knows_not"),
    [
        ("nl", "onthoudt of je de vragenlijst hebt ingevuld", "weet niet wie je bent"),
        ("en", "remembers whether you have answered", "does not know who you are"),
    ],
)
def test_it_says_what_is_known_of_who_came_this_way(language: str, knows: str, knows_not: str, running: Round) -> None:
    for find_token, is_known in ((personal, True), (on_paper, False), (by_open_link, False), (preview_token, True)):
        page = start_page(find_token(running), language)
        assert (knows in page, knows_not in page) == (is_known, not is_known), find_token


@pytest.mark.parametrize(
    ("language", "words", "here", "elsewhere"),
    [
        ("nl", "alleen eigen resultaten als minstens {} mensen", "tellen mee bij {}.", "Werk je ergens anders?"),
        ("en", "results of its own when at least {} people", "count in {}.", "Do you work somewhere else?"),
    ],
)
def test_an_open_link_has_its_own_minimum(language: str, words: str, here: str, elsewhere: str, running: Round) -> None:
    """R18: ten, or k when that is more; whoever has a link of their own is not told so."""
    token = by_open_link(running)
    for k, minimum in ((5, 10), (9, 10), (12, 12)):
        Round.objects.filter(pk=running.pk).update(k=k)
        assert words.format(minimum) in start_page(token, language)
    for other in (personal(running), on_paper(running), preview_token(running)):
        assert words.partition("{")[0] not in start_page(other, language)
    page = start_page(token, language)
    assert here.format("Facilitair / Keuken") in page
    assert elsewhere in page
    assert elsewhere in start_page(on_paper(running), language)
    assert elsewhere not in start_page(personal(running), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_the_department_in_which_the_answers_count(language: str, in_scope: Cast) -> None:
    """Also after a move; leaders answer together one level up (R3), at the top with the organisation."""
    add_people(in_scope.departments[MAIL], 7, leaders=1)
    add_people(in_scope.departments["zorg"], 6, leaders=1)
    round_ = create_round(in_scope.organisation, "Leerscan nu", OPENS, CLOSES, contact="Anna, 2210")
    launch(round_)
    where = {"nl": ("tellen mee bij {}.", "bij {}."), "en": ("answers count in {}.", "managers in {}.")}[language]
    east, care = Unit.objects.get(path="Zorg / Wijkteam Oost"), Unit.objects.get(path="Zorg")
    invitation = Invitation.objects.filter(unit=east)[0]
    assert where[0].format("Zorg / Wijkteam Oost") in start_page(token_of(invitation.pk), language)
    Invitation.objects.filter(pk=invitation.pk).update(asked_in=east, unit=care)
    assert where[0].format("Zorg") in start_page(token_of(invitation.pk), language)
    for parent, name in ((care, "Zorg"), (Unit.objects.get(parent=None), in_scope.organisation.name)):
        leader = Invitation.objects.get(unit__parent=parent, unit__kind=Unit.Kind.LEADERS)
        page = start_page(token_of(leader.pk), language)
        assert where[1].format(name) in page
        assert ("zelf leidinggevende" if language == "nl" else "You are a manager yourself") in page


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "leest iedereen bij welke afdeling"), ("en", "reads in which department")]
)
def test_a_preview_says_that_everybody_reads_it(language: str, words: str, in_scope: Cast) -> None:
    staff(in_scope)
    assert words in start_page(preview_token(ready_draft(in_scope)), language)


def test_the_organisations_own_words_are_used(running: Round) -> None:
    words = {**running.words, "nl": running.words["nl"] | {"manager": "teamcoach", "management": "het bestuur"}}
    Round.objects.filter(pk=running.pk).update(words=words)
    assert "Je teamcoach, HR en het bestuur zien nooit" in start_page(personal(running))


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "nl",
            (
                "Zolang de scan open is, ziet niemand resultaten.",
                "bewaren we versleuteld, met jouw link als sleutel",
                "kan niemand je antwoorden nog terughalen, ook jij niet",
                "Meedoen is vrijwillig.",
                "is verantwoordelijk voor deze scan",
                "vragen welke gegevens van jou we bewaren",
                "kan niemand terugvinden",
                "Autoriteit Persoonsgegevens",
            ),
        ),
        (
            "en",
            (
                "While the scan is open, nobody sees any results.",
                "kept locked, with your link as the key",
                "nobody can take them back, not even you",
                "Taking part is voluntary.",
                "is responsible for this scan",
                "ask which data about you are kept",
                "cannot be found back",
                "Autoriteit Persoonsgegevens",
            ),
        ),
    ],
)
def test_rules_without_a_setting_are_said_to_everybody(
    language: str, sentences: tuple[str, ...], running: Round
) -> None:
    for token in (personal(running), on_paper(running), by_open_link(running), preview_token(running)):
        page = start_page(token, language)
        for sentence in sentences:
            assert sentence in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "kan niemand je antwoorden nog terughalen, ook jij niet"), ("en", "take them back, not even you")],
)
def test_the_check_page_says_once_more_that_sending_is_final(language: str, words: str, running: Round) -> None:
    client = Client()
    client.cookies["language"] = language
    assert words in client.get(f"/a/{personal(running)}/check/").content.decode()


def test_a_day_of_results_that_was_moved_is_the_new_one_before_and_after_sending(in_scope: Cast) -> None:
    staff(in_scope)
    draft = ready_draft(in_scope)
    launch(draft)
    Round.objects.filter(pk=draft.pk).update(opens_on=OPENS)
    Mailing.objects.filter(round=draft, kind=Mailing.Kind.RESULTS).update(planned_on=date(2098, 5, 20))
    token = personal(draft)
    assert "hoor je op 20 mei 2098" in start_page(token)
    client = Client()
    client.post(f"/a/{token}/send/")
    result = client.get(f"/a/{token}/result/").content.decode()
    assert "20 mei 2098" in result
    assert "14 april 2098" not in result


def test_nothing_that_was_promised_can_be_changed_after_the_launch(in_scope: Cast, as_user: Any) -> None:
    """By no page of preparing, nor by the organisation's own words; the last day may move, and is then said."""
    staff(in_scope)
    draft = ready_draft(in_scope)
    launch(draft)
    Round.objects.filter(pk=draft.pk).update(opens_on=OPENS)
    token = personal(draft)
    before, client = start_page(token), as_user(in_scope.anna)
    promise = {
        "contact": "Iemand anders",
        "privacy_officer": "Een ander",
        "results_on": "2098-06-01",
        "results_how": "Niet.",
        "remark_reader": "",
        "retention_days": 365,
        "legal_basis": "public_task",
    }
    basics = {"title": "Anders", "opens_on": "2098-03-03", "closes_on": "2098-03-30", "k": 20, "languages": ["en"]}
    for page, data in (("promise", promise), ("basics", basics)):
        client.post(address(draft, f"prepare/{page}/"), data)
    client.post(f"/o/{in_scope.organisation.slug}/settings/words/", {"nl-manager": "baas", "nl-management": "de top"})
    in_scope.organisation.refresh_from_db()
    assert in_scope.organisation.words["nl"]["manager"] == "baas", "for the next scan"
    assert start_page(token) == before
    Round.objects.filter(pk=draft.pk).update(opens_on=draft.opens_on)
    client.post(address(draft, "last-day/"), {"closes_on": "2098-03-20"})
    Round.objects.filter(pk=draft.pk).update(opens_on=OPENS)
    assert start_page(token) == before.replace("24 maart 2098", "20 maart 2098") != before
