"""The page that says how people are reached: headcounts only, so that it is the same whoever answered."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.models import Person
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.links import open_links
from scan.models import Invitation, OpenLink, PlannedOpenLink, Round, Unit
from scan.results_link import short_results_link
from scan.rounds import create_round, launch
from tests.cast import CLOSES, OPENS, Cast, add_people
from tests.rounds import closed_sample_round, open_round
from tests.scan.asking import ALL_AGREE, participant_of
from tests.scan.entrances import open_link_of, round_with_every_way
from tests.test_languages import DUTCH_WORDS, ENGLISH_WORDS, words_on

LogIn = Callable[[Any], Client]


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


def page_of(round_: Round, client: Client, language: str = "en") -> str:
    client.cookies["language"] = language
    response = client.get(f"/o/{round_.organisation.slug}/r/{round_.slug}/links/")
    assert response.status_code == 200
    return response.content.decode()


def table(page: str) -> list[list[str]]:
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_every_unit_stands_in_the_order_of_the_tree(running: Round, cast: Cast, as_user: LogIn) -> None:
    assert table(page_of(running, as_user(cast.anna))) == [
        ["Zorggroep De Linde", "–", "–", "–"],
        ["Facilitair", "–", "–", "–"],
        ["Keuken", "–", "–", "10"],
        ["Zorg", "–", "–", "–"],
        ["Nachtdienst", "–", "11", "–"],
        ["Wijkteam Oost", "6", "–", "–"],
    ]


def test_the_open_link_stands_with_its_address_code_and_limits(running: Round, cast: Cast, as_user: LogIn) -> None:
    page, link = page_of(running, as_user(cast.anna)), open_link_of(running)
    assert open_links.address_of(link) in page
    assert open_links.code_of(link) in page
    assert "20 may start, 10 may send" in page
    assert "nearly full" not in page


def test_a_warning_of_the_daily_refresh_is_shown_with_its_day(running: Round, cast: Cast, as_user: LogIn) -> None:
    OpenLink.objects.update(is_near_limit=True)
    Round.objects.filter(pk=running.pk).update(response_as_of="2026-11-20")
    assert "On 20 November this link was nearly full" in page_of(running, as_user(cast.anna))


@pytest.mark.parametrize(
    ("coded", "language", "said"),
    [
        (1, "en", "In Zorg / Nachtdienst only 1 person gets a code. Whoever has the sheet can try the code and see"),
        (4, "en", "In Zorg / Nachtdienst only 4 people get a code. Whoever has the sheet can try the codes and see"),
        (1, "nl", "In Zorg / Nachtdienst krijgt maar 1 persoon een code. Wie het vel heeft, kan de code proberen"),
        (4, "nl", "In Zorg / Nachtdienst krijgen maar 4 mensen een code. Wie het vel heeft, kan de codes proberen"),
    ],
)
def test_few_codes_together_come_with_a_warning(
    in_scope: Cast, as_user: LogIn, coded: int, language: str, said: str
) -> None:
    """A launch with a single code is refused by now; rounds launched before may have one."""
    round_ = round_with_every_way(in_scope, coded=4)
    codes = Invitation.objects.filter(round=round_, code_hash__isnull=False).order_by("pk")
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in codes[coded:]]).delete()
    assert said in page_of(round_, as_user(in_scope.anna), language)


def test_from_five_codes_there_is_no_such_warning(in_scope: Cast, as_user: LogIn) -> None:
    assert "people get a code. Who" not in page_of(round_with_every_way(in_scope, coded=5), as_user(in_scope.anna))


def test_the_address_of_the_results_stands_with_its_day(running: Round, cast: Cast, as_user: LogIn) -> None:
    Round.objects.filter(pk=running.pk).update(results_on="2099-12-31")
    page = page_of(running, as_user(cast.anna))
    assert short_results_link(running) in page
    assert "From 31 December 2099 everybody with this address sees the results" in page
    assert page.count("Make the PDF (Dutch)<") == page.count("Make the PDF (English)<") == 3


def test_limits_are_widened(running: Round, cast: Cast, as_user: LogIn) -> None:
    client = as_user(cast.anna)
    assert ">Verruim de grenzen</a>" in page_of(running, client, "nl")
    limits = f"/o/{running.organisation.slug}/r/{running.slug}/links/limits/{open_link_of(running).pk}/"
    assert "Verruim de grenzen van Facilitair / Keuken" in client.get(limits).content.decode()


def test_no_code_and_no_personal_link_is_on_the_page(running: Round, cast: Cast, as_user: LogIn) -> None:
    page = page_of(running, as_user(cast.anna))
    for invitation in Invitation.objects.filter(round=running):
        participant = participant_of(invitation)
        assert participant.token not in page
        assert str(invitation.pk) not in page


def test_the_page_is_the_same_whoever_answered(running: Round, cast: Cast, as_user: LogIn) -> None:
    """Twins: nobody answered; some by mail, code and open link; everybody."""
    client = as_user(cast.anna)
    before = _masked(page_of(running, client))
    for invitation in Invitation.objects.filter(round=running)[:7]:
        submit(participant_of(invitation), Sheet(ALL_AGREE))
    for number in range(10):
        invitation = open_links.start(open_link_of(running), "nl")
        if number % 2:
            submit(participant_of(invitation), Sheet(ALL_AGREE))
    assert _masked(page_of(running, client)) == before
    for invitation in Invitation.objects.filter(round=running, used=False):
        submit(participant_of(invitation), Sheet(ALL_AGREE))
    assert _masked(page_of(running, client)) == before
    limits = f"/o/{running.organisation.slug}/r/{running.slug}/links/limits/{open_link_of(running).pk}/"
    full = _masked(client.get(limits).content.decode())
    Invitation.objects.update(used=False)
    assert _masked(client.get(limits).content.decode()) == full


def _masked(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_when_everybody_gets_mail_nothing_needs_to_be_printed_to_answer(cast: Cast, as_user: LogIn) -> None:
    page = page_of(open_round(cast, people=4), as_user(cast.anna))
    assert "All 4 people in this scan get their own link by mail, so no codes or posters are needed" in page
    assert "Make the PDF" not in page


def test_one_file_for_all_departments_is_offered_from_two(
    in_scope: Cast, as_user: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_user(in_scope.anna)
    assert "All departments in one file" not in page_of(round_with_every_way(in_scope), client)
    people = add_people(in_scope.departments["facilitair"], 2)
    Person.objects.filter(pk__in=[person.pk for person in people]).update(email="")
    second = create_round(in_scope.organisation, "Tweede", OPENS, CLOSES)
    launch(second)
    second = Round.objects.get(pk=second.pk)
    assert "All departments in one file" in page_of(second, client)
    # Not when it would be too much to make at once.
    monkeypatch.setattr("scan.links.page.MAX_IN_ONE_FILE", 12)
    monkeypatch.setattr("scan.links.views.MAX_IN_ONE_FILE", 12)
    assert "All departments in one file" not in page_of(second, client)
    assert client.post(f"/o/{in_scope.organisation.slug}/r/{second.slug}/links/codes/nl/").status_code == 404


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_round_that_is_not_open_has_no_links(state: str, cast: Cast, as_user: LogIn) -> None:
    if state == "closed":
        slug = closed_sample_round(cast.organisation).slug
    else:
        with scope(organisation=cast.organisation):
            slug = create_round(cast.organisation, "Nog niet", OPENS, CLOSES).slug
    response = as_user(cast.anna).get(f"/o/{cast.organisation.slug}/r/{slug}/links/")
    assert (response.status_code, response["Location"]) == (302, f"/o/{cast.organisation.slug}/r/{slug}/")


@pytest.mark.parametrize("count", [1, 3])
def test_more_units_cost_no_more_queries(
    count: int, in_scope: Cast, as_user: LogIn, django_assert_num_queries: Callable[[int], Any]
) -> None:
    round_ = create_round(in_scope.organisation, "Voorjaar", OPENS, CLOSES)
    for key in ("zorg / nachtdienst", "zorg / wijkteam oost", "zorg")[:count]:
        people = add_people(in_scope.departments[key], 3)
        Person.objects.filter(pk__in=[person.pk for person in people]).update(email="")
    for key in ("facilitair / keuken", "facilitair", "")[:count]:
        add_people(in_scope.departments[key], 4) if key in in_scope.departments else None
        department = in_scope.departments.get(key)
        if department:
            PlannedOpenLink.objects.create(round=round_, department=department, expected=4)
    launch(round_)
    client = as_user(in_scope.anna)
    with django_assert_num_queries(11):
        page = client.get(f"/o/{in_scope.organisation.slug}/r/{round_.slug}/links/").content.decode()
    assert page.count("Nachtdienst") >= 1
    assert Unit.objects.filter(round=round_, has_open_link=True).count() == min(count, 3)


@pytest.mark.parametrize(("language", "foreign"), [("nl", ENGLISH_WORDS), ("en", DUTCH_WORDS)])
def test_all_these_pages_speak_one_language(
    language: str, foreign: set[str], running: Round, cast: Cast, as_user: LogIn
) -> None:
    Round.objects.filter(pk=running.pk).update(results_how="", results_on="2099-12-31")
    OpenLink.objects.update(is_near_limit=True)
    client, link = as_user(cast.anna), open_link_of(running)
    client.cookies["language"] = language
    links = f"/o/{running.organisation.slug}/r/{running.slug}/links/"
    entrance = f"/a/open/{open_links.token_of(link)}/"
    pages = [client.get(path) for path in (links, f"{links}limits/{link.pk}/", "/a/", entrance)]
    pages.append(client.post(f"{links}limits/{link.pk}/", {"start_limit": "1", "submit_limit": "x"}))
    start = client.post(entrance)["Location"]
    OpenLink.objects.update(submit_limit=0, start_limit=0)
    pages += [client.post("/a/", {"code": "x"}), client.get(start), client.post(entrance), client.post(f"{start}send/")]
    OpenLink.objects.update(submit_limit=1)
    client.post(f"{start}send/")
    pages += [client.get(f"{start}result/"), client.get(start)]
    assert [page.status_code for page in pages] == [200, 200, 200, 200, 422, 422, 200, 409, 409, 200, 410]
    for page in pages:
        assert not words_on(page.content) & foreign, page.request["PATH_INFO"]
