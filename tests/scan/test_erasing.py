"""Somebody changes their mind: everything that was not sent goes, by a page that asks first."""

import pytest
from django.test import Client
from django_scopes import scope

from questionnaires.loading import load_questionnaire
from scan.models import Draft, Invitation, Round
from tests.cast import Cast
from tests.rounds import open_round, tokens

QUESTIONNAIRE = load_questionnaire("leerscan", 1)


@pytest.fixture
def running(cast: Cast) -> Round:
    return open_round(cast)


def test_the_page_asks_and_the_button_erases(client: Client, running: Round) -> None:
    mine, other = tokens(running)[:2]
    for token in (mine, other):
        client.post(f"/a/{token}/1/", {"q01": "4"})
    assert client.get(f"/a/{mine}/erase/").status_code == 200
    with scope(organisation=running.organisation):
        assert Draft.objects.count() == 2
    answer = client.post(f"/a/{mine}/erase/", follow=True)
    assert "is gewist" in answer.content.decode()
    with scope(organisation=running.organisation):
        assert Draft.objects.count() == 1
        assert not Invitation.objects.filter(used=True).exists()
    assert client.post(f"/a/{mine}/1/", {"q01": "2"}).status_code == 302


def fill_in(client: Client, token: str, *parts: int) -> None:
    for part in parts:
        client.post(f"/a/{token}/{part}/", {item.id: "3" for item in QUESTIONNAIRE.items_of_part(part)})


def test_who_comes_back_goes_on_where_the_first_open_question_is(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    fill_in(client, token, 1, 2)
    page = client.get(f"/a/{token}/")
    assert page.context["go_on_at"] == 3
    assert f"/a/{token}/3/" in page.content.decode()
    fill_in(client, token, 3, 4, 5, 6)
    assert f"/a/{token}/check/" in client.get(f"/a/{token}/").content.decode()


def test_after_sending_there_is_nothing_to_erase(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    client.post(f"/a/{token}/send/")
    assert client.post(f"/a/{token}/erase/").status_code == 410
