"""The page of an open link: what it shows, whom it refuses, and what starting makes."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from scan import tokens
from scan.links import open_links
from scan.models import Invitation, OpenLink, Round
from scan.participants import LinkError
from tests.cast import Cast
from tests.scan.entrances import from_address, open_link_of, round_with_every_way, started

DUTCH, ENGLISH = {"Accept-Language": "nl"}, {"Accept-Language": "en"}


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


@pytest.fixture
def link(running: Round) -> OpenLink:
    return open_link_of(running)


@pytest.fixture
def address(link: OpenLink) -> str:
    return f"/a/open/{open_links.token_of(link)}/"


def test_at_launch_a_unit_with_an_open_link_gets_one_with_its_limits(running: Round, link: OpenLink) -> None:
    assert (link.unit.path, link.unit.expected, link.unit.invited) == ("Facilitair / Keuken", 10, 10)
    assert (link.start_limit, link.submit_limit) == (20, 10)
    assert OpenLink.objects.count() == 1
    assert not Invitation.objects.filter(unit=link.unit).exists()


def test_an_open_token_is_no_personal_one_and_the_other_way_round(link: OpenLink, running: Round) -> None:
    assert tokens.invitation_id_of(open_links.token_of(link)) is None
    # Even if the two had the same id.
    assert tokens.invitation_id_of(open_links.token_of(OpenLink(key=link.key))) is None
    with pytest.raises(LinkError):
        open_links.find(tokens.token_of(link.key))


def test_a_token_of_before_a_change_of_keys_is_good_while_the_old_one_is_a_fallback(
    link: OpenLink, settings: Any
) -> None:
    token, code, old = open_links.token_of(link), open_links.code_of(link), settings.SCAN_KEY
    settings.SCAN_KEY = "d" * 40
    with pytest.raises(LinkError):
        open_links.find(token)
    assert open_links.find_by_code(code) is None
    settings.SCAN_KEY_FALLBACKS = [old]
    assert open_links.find(token) == link
    assert open_links.find_by_code(code) == open_links.token_of(link)


def test_a_get_makes_nothing_however_often(client: Client, address: str, running: Round) -> None:
    before = Invitation.objects.count()
    for _ in range(70):
        response = client.get(address)
        assert response.status_code == 200
    assert Invitation.objects.count() == before
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(("headers", "language"), [(DUTCH, "nl"), (ENGLISH, "en")])
def test_starting_makes_an_anonymous_invitation_of_ones_own(
    client: Client, address: str, running: Round, headers: dict[str, str], language: str
) -> None:
    responses = [client.post(address, headers=headers) for _ in range(2)]
    one, other = started(running)
    assert {response["Location"] for response in responses} == {f"/a/{tokens.token_of(i.pk)}/" for i in (one, other)}
    assert (one.person_id, one.came_by_open_link, one.used, one.language) == (None, True, False, language)
    assert one.unit.path == "Facilitair / Keuken"
    assert client.get(responses[0]["Location"]).status_code == 200


def test_who_starts_gets_no_cookie_that_leads_to_the_questionnaire(client: Client, address: str) -> None:
    client.get(address)
    client.post(address)
    assert set(client.cookies) <= {"csrftoken"}


def test_a_language_that_the_round_does_not_have_becomes_one_that_it_has(
    client: Client, address: str, running: Round
) -> None:
    Round.objects.filter(pk=running.pk).update(languages=["nl"])
    client.post(address, headers=ENGLISH)
    assert [invitation.language for invitation in started(running)] == ["nl"]


@pytest.mark.parametrize(("headers", "words"), [(DUTCH, "werkt nu niet"), (ENGLISH, "cannot be used now")])
@pytest.mark.parametrize(
    "fields",
    [{"opens_on": date(2099, 1, 1)}, {"closes_on": date(2026, 1, 2)}, {"state": "closed"}, {"state": "draft"}],
    ids=["not yet open", "over", "closed", "in preparation"],
)
def test_every_link_that_leads_nowhere_gets_the_same_page(
    client: Client, address: str, running: Round, fields: dict[str, object], headers: dict[str, str], words: str
) -> None:
    Round.objects.filter(pk=running.pk).update(**fields)
    for method in (client.get, client.post):
        pages = [method(path, headers=headers) for path in (address, "/a/open/onbekend/", f"/a/open/{'a' * 42}/")]
        assert {page.status_code for page in pages} == {404}
        assert len({_without_address(page.content) for page in pages}) == 1
        assert words in pages[0].content.decode()
    assert started(running) == []


def _without_address(content: bytes) -> str:
    lines = content.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line and "/a/open/" not in line)


def test_looking_at_the_page_before_starting_gives_nobody_a_code(client: Client, address: str) -> None:
    shown = client.get(address).content.decode()
    assert not re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", shown)


def test_at_most_twice_the_expected_number_can_start(
    client: Client, address: str, running: Round, link: OpenLink
) -> None:
    for number in range(20):
        assert from_address(client, f"192.0.2.{number}").post(address).status_code == 302
    refused = client.post(address, headers=ENGLISH)
    assert refused.status_code == 409
    assert "Anna, 2210" in refused.content.decode()
    assert len(started(running)) == 20
    OpenLink.objects.update(start_limit=21)
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 409


def test_an_address_starts_at_most_sixty_times_an_hour(client: Client, address: str, running: Round) -> None:
    OpenLink.objects.update(start_limit=1000)
    from_address(client, "192.0.2.1")
    assert {client.post(address).status_code for _ in range(60)} == {302}
    refused = client.post(address, headers=ENGLISH)
    assert refused.status_code == 429
    assert "Wait an hour" in refused.content.decode()
    assert len(started(running)) == 60
    assert from_address(client, "192.0.2.2").post(address).status_code == 302


def test_a_large_unit_behind_one_address_starts_twice_the_expected_number(client: Client, in_scope: Cast) -> None:
    running = round_with_every_way(in_scope, expected=35)
    path = f"/a/open/{open_links.token_of(open_link_of(running))}/"
    OpenLink.objects.update(start_limit=1000)
    assert {client.post(path).status_code for _ in range(70)} == {302}
    assert client.post(path).status_code == 429


def test_who_is_refused_is_not_counted(client: Client, address: str, running: Round) -> None:
    OpenLink.objects.update(start_limit=1)
    for _ in range(65):
        client.post(address)
    OpenLink.objects.update(start_limit=10)
    assert client.post(address).status_code == 302


def test_the_page_is_public_and_promises_nothing_about_mail(client: Client, address: str, running: Round) -> None:
    page = client.get(address, headers=ENGLISH).content.decode()
    assert "Keuken" in page
    start = client.get(client.post(address, headers=ENGLISH)["Location"]).content.decode()
    assert "reminder" not in start


def test_a_closing_round_waits_for_nobody(client: Client, address: str, running: Round) -> None:
    """Closed between the look at the link and the start."""
    link = open_link_of(running)
    Round.objects.filter(pk=running.pk).update(state=Round.State.CLOSED)
    with pytest.raises(LinkError), scope(organisation=running.organisation):
        open_links.start(link, "nl")
    assert started(running) == []
