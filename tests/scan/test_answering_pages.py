"""The pages of answering as a browser without JavaScript gets them: wrong links, wrong forms, headers, cookies."""

from datetime import date

import pytest
from django.test import Client
from django_scopes import scope

from scan.models import Draft, Invitation, Round
from tests.cast import Cast
from tests.rounds import open_round, tokens
from tests.scan.asking import stored_responses

DUTCH, ENGLISH = {"Accept-Language": "nl"}, {"Accept-Language": "en"}


@pytest.fixture
def running(cast: Cast) -> Round:
    return open_round(cast)


def change(round_: Round, **fields: object) -> None:
    with scope(organisation=round_.organisation):
        Round.objects.filter(pk=round_.pk).update(**fields)


@pytest.mark.parametrize(
    ("kind", "token"),
    [
        ("malformed", "onbekend"),
        ("unknown", "a" * 42),
        ("not base32", "1" * 42),
        ("foreign letters", "é" * 42),
        ("long", "a" * 400),
    ],
)
@pytest.mark.parametrize(("headers", "words"), [(DUTCH, "werkt nu niet"), (ENGLISH, "cannot be used now")])
def test_a_link_that_is_none_gets_one_kind_page(
    client: Client, db: None, kind: str, token: str, headers: dict[str, str], words: str
) -> None:
    for path in ("", "1/", "closing/", "check/", "result/"):
        response = client.get(f"/a/{token}/{path}", headers=headers)
        assert response.status_code == 404, kind
        assert words in response.content.decode()


@pytest.mark.parametrize(("headers", "words"), [(DUTCH, "werkt nu niet"), (ENGLISH, "cannot be used now")])
@pytest.mark.parametrize(
    "fields",
    [
        {"opens_on": date(2099, 1, 1)},
        {"closes_on": date(2026, 1, 2)},
        {"state": Round.State.CLOSED},
        {"state": Round.State.DRAFT},
    ],
    ids=["not yet open", "over", "closed", "in preparation"],
)
def test_a_real_link_outside_the_days_gets_the_very_same_page(
    client: Client, running: Round, fields: dict[str, object], headers: dict[str, str], words: str
) -> None:
    token = tokens(running)[0]
    change(running, **fields)
    response = client.get(f"/a/{token}/", headers=headers)
    unknown = client.get("/a/onbekend/", headers=headers)
    assert response.status_code == unknown.status_code == 404
    assert _without_secrets(response.content, token) == _without_secrets(unknown.content, "onbekend")
    assert words in response.content.decode()


def _without_secrets(content: bytes, token: str) -> str:
    """The page without what differs at every load: the form's CSRF value, and the address itself."""
    lines = content.decode().replace(token, "").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize(("language", "words"), [("nl", "al antwoorden verstuurd"), ("en", "already been sent")])
def test_a_used_link_is_refused_kindly_and_stores_nothing(
    client: Client, running: Round, language: str, words: str
) -> None:
    token = tokens(running)[0]
    client.cookies["language"] = language
    assert client.post(f"/a/{token}/send/").status_code == 302
    for answer in (client.get(f"/a/{token}/"), client.post(f"/a/{token}/send/"), client.post(f"/a/{token}/2/")):
        assert answer.status_code == 410
        assert words in answer.content.decode()
    with scope(organisation=running.organisation):
        assert len(stored_responses(running)) == 1


def test_an_answer_that_is_no_choice_is_refused_and_changes_nothing(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    client.post(f"/a/{token}/1/", {"q01": "4"})
    response = client.post(f"/a/{token}/1/", {"q01": "6"})
    assert response.status_code == 400
    assert 'value="4" checked' in client.get(f"/a/{token}/1/").content.decode()


@pytest.mark.parametrize("data", [{"obstacles": ["weather"]}, {"remark": "a\x00b"}])
def test_a_closing_form_that_our_page_cannot_send_is_refused(
    client: Client, running: Round, data: dict[str, object]
) -> None:
    response = client.post(f"/a/{tokens(running)[0]}/closing/", data)
    assert response.status_code == 400


def test_a_get_changes_nothing(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    for path in ("", "1/", "6/", "closing/", "check/", "result/"):
        client.get(f"/a/{token}/{path}")
    with scope(organisation=running.organisation):
        assert not Draft.objects.exists()
        assert not Invitation.objects.filter(used=True).exists()


def test_pages_are_not_cached_indexed_or_referred_to(client: Client, running: Round) -> None:
    response = client.get(f"/a/{tokens(running)[0]}/")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_a_respondent_gets_no_session(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    client.post(f"/a/{token}/1/", {"q01": "4"})
    client.post(f"/a/{token}/send/")
    assert set(client.cookies) <= {"csrftoken", "result", "device"}
    assert client.cookies["result"]["path"] == f"/a/{token}/"
    assert client.cookies["device"]["path"] == "/a/"
    for name in ("result", "device"):
        assert client.cookies[name]["httponly"]
        assert not client.cookies[name]["max-age"], "gone when the browser closes"


def test_a_form_without_its_csrf_value_is_refused_with_an_explanation(running: Round) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"/a/{tokens(running)[0]}/1/", {"q01": "4"}, headers=DUTCH)
    assert response.status_code == 403
    assert "cookies" in response.content.decode().lower()


def test_the_promises_come_from_the_round(client: Client, running: Round) -> None:
    change(running, k=8, retention_days=14, remark_reader="", contact="Truus, 3344")
    page = client.get(f"/a/{tokens(running)[0]}/", headers=DUTCH).content.decode()
    assert "minstens 8 mensen" in page
    assert "14 dagen" in page
    assert "Truus, 3344" in page
    assert "opmerking" not in page


def test_the_organisations_own_words_are_asked_with(client: Client, running: Round) -> None:
    words = {language: values | {"my_manager": "mijn teamcoach"} for language, values in running.words.items()}
    change(running, words=words)
    page = client.get(f"/a/{tokens(running)[0]}/1/").content.decode()
    assert "mijn teamcoach" in page
    assert "mijn leidinggevende" not in page


def test_the_language_is_the_persons_until_another_is_chosen(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    assert '<html lang="nl">' in client.get(f"/a/{token}/", headers=ENGLISH).content.decode()
    response = client.post(f"/a/{token}/language/", {"language": "en", "page": f"/a/{token}/3/"})
    assert response["Location"] == f"/a/{token}/3/"
    assert '<html lang="en">' in client.get(f"/a/{token}/3/").content.decode()
    for page in ("https://elders.example/", "//elders.example", "/o/zorggroep-de-linde/"):
        response = client.post(f"/a/{token}/language/", {"language": "nl", "page": page})
        assert response["Location"] == f"/a/{token}/"
