"""The forty questions are made once for everybody who reads the same words, and hold nothing about anybody."""

import json

import pytest
from django.test import Client

from scan.answering import question_pieces
from scan.models import Round
from tests.cast import Cast
from tests.rounds import open_round, tokens

COACH = '<b>coach</b> & "co"'


@pytest.fixture(autouse=True)
def _none_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_pieces, "_kept", {})


@pytest.fixture
def running(cast: Cast) -> Round:
    return open_round(cast)


def page_of(client: Client, token: str, language: str = "nl", path: str = "check/?from=check") -> str:
    client.cookies["language"] = language
    return client.get(f"/a/{token}/{path}").content.decode()


def answer(client: Client, token: str, answers: dict[str, str]) -> None:
    changes = {item: [value, 1] for item, value in answers.items()}
    response = client.post(f"/a/{token}/save/", json.dumps({"changes": changes}), content_type="application/json")
    assert response.status_code == 200


def test_they_are_made_once_for_a_language_whoever_reads_them(client: Client, running: Round) -> None:
    for token in tokens(running):
        page_of(client, token)
        page_of(client, token, "en")
    assert len(question_pieces._kept) == 2
    kept = repr(question_pieces._kept)
    assert not [token for token in tokens(running) if token in kept]
    assert "checked" not in kept


def test_each_page_shows_its_own_answers_and_its_own_link(client: Client, running: Round) -> None:
    one, other = tokens(running)[:2]
    answer(client, one, {"q01": "4", "q40": "x"})
    answer(client, other, {"q01": "2"})
    page = page_of(client, one)
    assert page.count(" checked>") == 2
    assert 'name="q01" value="4" checked>' in page
    assert 'name="q40" value="x" checked>' in page
    assert other not in page
    assert 'data-open-question="q01" hidden>' in page
    assert 'data-open-question="q02" >' in page
    assert page.count("data-still-open >") == 38
    assert page.count(f"/a/{one}/") > 40
    assert "token-" not in page
    page = page_of(client, other, path="1/")
    assert page.count(" checked>") == 1
    assert 'name="q01" value="2" checked>' in page
    assert "data-still-open >" not in page


def test_another_organisations_words_and_signs_in_them_stay_apart(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    plain = page_of(client, token)
    words = {language: values | {"my_manager": COACH} for language, values in running.words.items()}
    Round._base_manager.filter(pk=running.pk).update(words=words)
    own = page_of(client, token)
    assert "&lt;b&gt;coach&lt;/b&gt; &amp; &quot;co&quot;" in own
    assert COACH not in own
    assert "coach" not in plain
    assert "mijn leidinggevende" not in own


def test_what_is_kept_has_a_bound(client: Client, running: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_pieces, "MOST_KEPT", 3)
    token = tokens(running)[0]
    for number in range(5):
        words = {language: values | {"my_manager": f"coach {number}"} for language, values in running.words.items()}
        Round._base_manager.filter(pk=running.pk).update(words=words)
        assert f"coach {number}" in page_of(client, token)
        assert 1 <= len(question_pieces._kept) <= 3
