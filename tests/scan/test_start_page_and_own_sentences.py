"""What somebody wrote in a field stands as a sentence among others, and whoever is asked reads until when."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from scan.answering.preview import preview_token
from scan.facts import sentence
from scan.links import papers
from scan.mailing.texts import DEFAULTS
from scan.models import Invitation, Round
from scan.results_link import results_link
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.drafting import address, ready_draft, staff
from tests.scan.entrances import open_link_of, round_with_every_way

Browser = Callable[[Any], Client]
WRITTEN, SENTENCE = "  op intranet en in elk teamoverleg ", "Op intranet en in elk teamoverleg."


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (WRITTEN, SENTENCE),
        ("In de kantine.", "In de kantine."),
        ("hoe? dat hoor je nog!", "Hoe? dat hoor je nog!"),
        ("é", "É."),
        ("", ""),
        ("  ", ""),
    ],
)
def test_what_somebody_wrote_becomes_a_sentence(written: str, expected: str) -> None:
    assert sentence(written) == expected
    assert sentence(sentence(written)) == expected


@pytest.fixture
def running(in_scope: Cast) -> Round:
    round_ = round_with_every_way(in_scope)
    Round.objects.filter(pk=round_.pk).update(results_how=WRITTEN, results_on=date(2099, 12, 31))
    return Round.objects.select_related("organisation").get(pk=round_.pk)


def start_page(round_: Round) -> str:
    person = Invitation.objects.filter(round=round_).exclude(person=None)[0]
    return f"/a/{token_of(person.pk)}/"


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_every_page_for_staff_says_how_they_hear_the_results_on_a_line_of_its_own(
    running: Round, client: Client
) -> None:
    """As it was typed, after words that go with a few words as well as with a sentence."""
    pages = {
        "start": client.get(start_page(running)).content.decode(),
        "results to come": client.get(urlsplit(results_link(running)).path).content.decode(),
        "poster": papers.poster(open_link_of(running), "nl"),
        "poster of the results": papers.results_poster(running, "nl"),
    }
    for name, page in pages.items():
        assert re.search(r"<(p|li)[^>]*>Zo hoor je de resultaten: op intranet en in elk teamoverleg</\1>", page), name
    Round.objects.filter(pk=running.pk).update(results_how="")
    for path in (start_page(running), urlsplit(results_link(running)).path):
        assert "Zo hoor je de resultaten" not in client.get(path).content.decode()


def test_the_promise_says_it_as_a_sentence(running: Round, in_scope: Cast, as_user: Browser) -> None:
    page = as_user(in_scope.anna).get(address(running, "promise/")).content.decode()
    assert f"2099 {SENTENCE}" in words_of(page)


def test_the_launch_page_says_it_as_a_sentence(in_scope: Cast, as_user: Browser) -> None:
    staff(in_scope)
    draft = ready_draft(in_scope, results_how=WRITTEN)
    page = words_of(as_user(in_scope.anna).get(address(draft, "prepare/launch/")).content.decode())
    assert f"14 april 2098 {SENTENCE}" in page


@pytest.mark.parametrize(
    ("language", "until"),
    [("nl", "Invullen kan tot en met 11 december 2099."), ("en", "You can answer until 11 December 2099.")],
)
def test_the_start_page_says_until_when_one_can_answer(
    running: Round, client: Client, language: str, until: str
) -> None:
    """By every link, and in the preview; a last day that was moved is the new one."""
    client.cookies["language"] = language
    for link in (start_page(running), f"/a/{preview_token(running)}/"):
        assert until not in client.get(link).content.decode()
    Round.objects.filter(pk=running.pk).update(closes_on=date(2099, 12, 11))
    for link in (start_page(running), f"/a/{preview_token(running)}/"):
        page = client.get(link).content.decode()
        lead = page[page.index('class="lead-text"') : page.index("wide-button")]
        assert until in words_of(lead)


@pytest.mark.parametrize(
    ("language", "where", "who"),
    [
        ("nl", "op het papier dat je hebt gekregen of op de poster", "Niemand weet wie welke code gebruikt."),
        ("en", "on the paper you were given or on the poster", "Nobody knows who uses which code."),
    ],
)
def test_the_code_page_is_true_for_slip_and_poster(
    db: None, client: Client, language: str, where: str, who: str
) -> None:
    client.cookies["language"] = language
    page = client.get("/a/").content.decode()
    assert where in page
    assert who in page


def test_the_page_of_a_mail_text_begins_with_the_mail_and_folds_the_placeholders(
    in_scope: Cast, as_user: Browser
) -> None:
    draft = ready_draft(in_scope)
    client, place = as_user(in_scope.anna), address(draft, "prepare/mails/invitation/nl/")
    page = client.get(place).content.decode()
    parts = (
        'class="mail-preview"',
        'name="body"',
        "<details",
        "{first_name}</code>",
        "<h2>Je eigen woorden",
        "{managers}</code>",
    )
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert "<details open" not in page
    # What is wrong stands first.
    faulty = client.post(place, {"subject": "", "body": "x"})
    assert faulty.status_code == 422
    text = faulty.content.decode()
    assert text.index('name="body"') < text.index('class="mail-preview"')


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_mail_relies_on_what_somebody_else_puts_on_the_intranet(language: str) -> None:
    for kind, texts in DEFAULTS.items():
        assert "intranet" not in texts[language]["body"], kind
    assert ("Vraag het aan {contact}." if language == "nl" else "Ask {contact}.") in DEFAULTS["invitation"][language][
        "body"
    ]
