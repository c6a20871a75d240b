"""The own result after sending: for whoever sent it, on the device as it was left, until somebody else enters."""

import pytest
from django.test import Client

from scan.answering.kept_result import DEVICE
from scan.links import codes, open_links
from scan.models import Round
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.asking import ITEM_IDS
from tests.scan.entrances import open_link_of, round_with_every_way, with_codes

PICTURE = '<div class="own-charts">'


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


@pytest.fixture
def slips(running: Round) -> list[tuple[str, str]]:
    """Codes, and the paths they lead to."""
    return [(codes.given_code(slip), f"/a/{token_of(slip.pk)}/") for slip in with_codes(running)]


def fill_in(client: Client, path: str) -> None:
    for part in range(1, 7):
        client.post(f"{path}{part}/", dict.fromkeys(ITEM_IDS, "4"))
    client.post(f"{path}send/")


def shows_picture(client: Client, path: str) -> bool:
    return PICTURE in client.get(f"{path}result/").content.decode()


@pytest.fixture
def sent(client: Client, slips: list[tuple[str, str]]) -> tuple[str, str]:
    """The slip of somebody who has just sent the answers on this device."""
    fill_in(client, slips[0][1])
    assert shows_picture(client, slips[0][1])
    assert "See my own picture" in page(client, slips[0][1])
    return slips[0]


def page(client: Client, path: str) -> str:
    client.cookies["language"] = "en"
    return client.get(path).content.decode()


def test_a_code_takes_it_away_the_same_code_too(
    client: Client, slips: list[tuple[str, str]], sent: tuple[str, str]
) -> None:
    for code in (slips[1][0], sent[0]):
        response = client.post("/a/", {"code": code})
        assert response.status_code == 302
        assert not shows_picture(client, sent[1])
        assert "See my own picture" not in page(client, sent[1])


def test_a_wrong_code_does_not(client: Client, sent: tuple[str, str]) -> None:
    client.post("/a/", {"code": "0000-0000-0000"})
    assert shows_picture(client, sent[1])


def test_starting_by_an_open_link_takes_it_away_and_looking_does_not(
    client: Client, running: Round, sent: tuple[str, str]
) -> None:
    entrance = f"/a/open/{open_links.token_of(open_link_of(running))}/"
    client.get(entrance)
    client.get("/a/")
    assert shows_picture(client, sent[1])
    response = client.post(entrance)
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not shows_picture(client, sent[1])


def test_every_page_of_another_link_takes_it_away(
    client: Client, slips: list[tuple[str, str]], sent: tuple[str, str]
) -> None:
    response = client.get(slips[1][1])
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not shows_picture(client, sent[1])


def test_pages_of_the_own_link_leave_it(client: Client, sent: tuple[str, str]) -> None:
    for _time in range(2):
        client.get(sent[1])
        client.get(f"{sent[1]}1/")
        assert shows_picture(client, sent[1])


def test_whoever_sends_next_sees_the_own_result_only(
    client: Client, slips: list[tuple[str, str]], sent: tuple[str, str]
) -> None:
    """Also when the cookies of the first come back from somewhere: the secret they were locked with is gone."""
    old = client.cookies["result"].value
    fill_in(client, slips[1][1])
    assert shows_picture(client, slips[1][1])
    client.cookies["result"] = old
    assert not shows_picture(client, sent[1])


def test_next_person_after_a_code_leads_to_the_page_for_codes_and_forgets(
    client: Client, sent: tuple[str, str]
) -> None:
    assert "Next person on this device" in page(client, f"{sent[1]}result/")
    assert "Next person on this device" in page(client, sent[1])
    response = client.post(f"{sent[1]}next/")
    assert (response.status_code, response["Location"]) == (302, "/a/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert {name for name, cookie in client.cookies.items() if cookie.value} <= {"csrftoken"}
    assert not shows_picture(client, sent[1])


def test_who_came_by_mail_is_offered_no_next_person(client: Client, running: Round) -> None:
    by_mail = running.invitations.exclude(person=None)[0]
    path = f"/a/{token_of(by_mail.pk)}/"
    fill_in(client, path)
    assert shows_picture(client, path)
    assert "Next person" not in page(client, f"{path}result/")
    assert client.post(f"{path}next/")["Location"] == path


def test_the_cookie_of_all_links_names_nobody(
    client: Client, running: Round, slips: list[tuple[str, str]], sent: tuple[str, str]
) -> None:
    value = client.cookies[DEVICE].value
    for slip in with_codes(running):
        for name in (token_of(slip.pk), str(slip.pk), slip.pk.hex, codes.given_code(slip)):
            assert name not in value
    fill_in(Client(), slips[1][1])
    other = Client()
    fill_in(other, slips[2][1])
    assert other.cookies[DEVICE].value.partition(".")[0] != value.partition(".")[0]


@pytest.mark.parametrize("cookie", ["", ".", "x", "x.y", "é.é", "a" * 4000])
def test_any_cookie_is_no_result_and_no_error(client: Client, slips: list[tuple[str, str]], cookie: str) -> None:
    fill_in(client, slips[0][1])
    client.cookies[DEVICE] = cookie
    assert client.get(slips[1][1]).status_code == 200
    client.cookies[DEVICE] = cookie
    assert not shows_picture(client, slips[0][1])
