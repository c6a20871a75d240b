"""A POST that no page of ours sent is refused on every address of answering, with a page in the right language."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from scan.answering.preview import preview_token
from scan.links import open_links
from scan.models import Draft, Invitation, Round
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.asking import stored_responses
from tests.scan.entrances import open_link_of, round_with_every_way
from tests.scan.refusals import JSON, NAMES, addresses

WORDS = {"nl": "niets van bewaard of verstuurd", "en": "Nothing of it was saved or sent"}
CHANGES = json.dumps({"changes": {"q01": ["4", 1]}, "again": False, "answers": {"q01": "4"}})


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def a_token(round_: Round, language: str = "nl") -> str:
    invitation = Invitation.objects.exclude(person=None)[0]
    Invitation.objects.filter(pk=invitation.pk).update(language=language)
    return token_of(invitation.pk)


def page_of(name: str, round_: Round, token: str) -> str:
    return addresses(open_links.token_of(open_link_of(round_)) if name == "open" else token)[name]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("data", [{"q01": "4", "language": "en"}, CHANGES], ids=["form", "json"])
def test_it_is_refused_and_changes_nothing(name: str, data: Any, running: Round, strict: Client) -> None:
    content: Any = {"content_type": JSON} if isinstance(data, str) else {}
    before = Invitation.objects.count()
    response = strict.post(page_of(name, running, a_token(running)), data, headers={"Accept-Language": "nl"}, **content)
    assert response.status_code == 403
    page = response.content.decode()
    assert WORDS["nl"] in page
    assert "/accounts/" not in page
    assert 'href="/"' not in page, "the home page asks participants for a password"
    assert "no-store" in response["Cache-Control"]
    assert not Draft.objects.exists()
    assert Invitation.objects.count() == before
    assert not Invitation.objects.filter(used=True).exists()
    assert not stored_responses(running)


@pytest.mark.parametrize(("invited_in", "browser"), [("nl", "en"), ("en", "nl")])
def test_the_page_speaks_the_language_of_the_questionnaire(
    invited_in: str, browser: str, running: Round, strict: Client
) -> None:
    token = a_token(running, invited_in)
    headers = {"Accept-Language": browser}
    assert f'<html lang="{invited_in}">' in strict.get(f"/a/{token}/", headers=headers).content.decode()
    page = Client(enforce_csrf_checks=True).post(f"/a/{token}/send/", headers=headers).content.decode()
    assert WORDS[invited_in] in page
    assert f'<html lang="{invited_in}">' in page
    assert f'href="/a/{token}/"' in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_so_do_the_other_ways_in(language: str, running: Round, strict: Client) -> None:
    """In the language that was chosen, else the browser's; an open link in one that its round is asked in."""
    headers = {"Accept-Language": language}
    open_address = page_of("open", running, "")
    for address in ("/a/", open_address, f"/a/{preview_token(running)}/1/", "/a/onbekend/1/"):
        strict.cookies["language"] = language
        assert WORDS[language] in strict.post(address, headers=headers).content.decode(), address
    Round.objects.filter(pk=running.pk).update(languages=["nl"])
    assert WORDS["nl"] in strict.post(open_address, headers={"Accept-Language": "en"}).content.decode()


def test_the_page_leads_back_to_where_one_begins(running: Round, strict: Client) -> None:
    open_address, token = page_of("open", running, ""), a_token(running)
    for sent_to, back in (("/a/", "/a/"), (open_address, open_address), (f"/a/{token}/next/", f"/a/{token}/")):
        page = strict.post(sent_to).content.decode()
        assert f'class="btn btn-primary" href="{back}"' in page
        assert strict.get(back).status_code == 200


def test_with_the_value_of_the_page_it_is_taken_as_form_and_from_a_script(running: Round, strict: Client) -> None:
    token = a_token(running)
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get(f"/a/{token}/1/").content.decode())
    assert found
    assert strict.post(f"/a/{token}/1/", {"q01": "4", "csrfmiddlewaretoken": found[1]}).status_code == 302
    cookie = strict.cookies["csrftoken"].value
    response = strict.post(f"/a/{token}/language/", CHANGES, content_type=JSON, headers={"X-CSRFToken": cookie})
    assert response.status_code == 400, "not refused, only read in vain: no language is in it"


def test_other_pages_keep_their_own_words(db: None, strict: Client) -> None:
    page = strict.post("/accounts/login/", headers={"Accept-Language": "en"}).content.decode()
    assert "Go to the home page" in page
    assert WORDS["en"] not in page
