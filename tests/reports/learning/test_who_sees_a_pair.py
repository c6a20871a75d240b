"""A released pair is seen by the managers of its two units, HR and consultant; nobody else, and nothing before."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from organisations.models import Membership, Role
from reports.models import LearningPair
from scan.models import Mailing, Round
from scan.participants import today_in
from tests.cast import Cast, member
from tests.reports.learning.pairs import address_of, pair_of, small_round
from tests.rounds import unit_id

Browser = Callable[[Any], Client]
Queries = Callable[[int], Any]
OOST, CENTRUM, KEUKEN, TECHNIEK = (
    "Zorg / Wijkteam Oost",
    "Zorg / Wijkteam Centrum",
    "Facilitair / Keuken",
    "Facilitair / Techniek",
)
INVITED = "Uitnodigingen om te praten"
OF_TAKER = "Keuken kan met Wijkteam Oost praten over “Teamleren” en horen hoe het daar gaat."
OF_GIVER = "Keuken wil met Wijkteam Oost praten over “Teamleren”."


@pytest.fixture
def closed(in_scope: Cast) -> Round:
    return small_round(in_scope.organisation, OOST, CENTRUM, KEUKEN, TECHNIEK)


@pytest.fixture
def pair(closed: Round) -> LearningPair:
    """Wijkteam Oost, Mo's, tells Keuken, Nel's."""
    return pair_of(closed, OOST, KEUKEN)


def pages(round_: Round, unit: str) -> list[str]:
    """Home, the scan, and the page of a unit."""
    page = f"/o/{round_.organisation.slug}/r/{round_.slug}/"
    return ["/", page, f"{page}u/{unit_id(round_, unit)}/"]


def main_of(client: Client, page: str) -> str:
    content = client.get(page).content.decode()
    main = content[content.index("<main") : content.index("</main>")]
    return re.sub(r"\s+", " ", main)


def test_both_managers_find_the_invitation_on_all_their_pages(
    pair: LearningPair, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    for user, unit, words in ((in_scope.mo, OOST, OF_GIVER), (in_scope.nel, KEUKEN, OF_TAKER)):
        for page in pages(closed, unit):
            main = main_of(as_user(user), page)
            assert words in main, page
            assert address_of(closed, pair) in main


def test_who_tells_reads_that_somebody_wants_to_talk_and_no_more(
    pair: LearningPair, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    """No word on who is strong or weak, and no figure of the other department."""
    for user, page in ((in_scope.mo, "/"), (in_scope.nel, "/"), (in_scope.mo, address_of(closed, pair))):
        text = re.sub(r"<[^>]*>", " ", main_of(as_user(user), page)).casefold()
        for word in ("springt", "winnen", "sterk", "zwak", "hoger", "lager", "score op", "beter dan"):
            assert word not in text.replace("geen scores op tafel", ""), (page, word)


def test_other_pages_of_the_same_manager_do_not_have_it(
    pair: LearningPair, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    assert INVITED not in main_of(as_user(in_scope.mo), pages(closed, CENTRUM)[2])
    assert INVITED not in main_of(as_user(in_scope.nel), pages(closed, TECHNIEK)[2])


def test_before_it_is_released_and_after_it_is_withdrawn_nobody_finds_it(
    closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    pair = pair_of(closed, OOST, KEUKEN, released_on=None)
    for user, unit in ((in_scope.mo, OOST), (in_scope.nel, KEUKEN)):
        client = as_user(user)
        assert all(INVITED not in main_of(client, page) for page in pages(closed, unit))
        for address in (address_of(closed, pair), f"{address_of(closed, pair)}card/nl/"):
            assert client.get(address).status_code == 404
        assert client.post(f"{address_of(closed, pair)}card/nl/").status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [("anna", 200), ("cas", 200), ("mo", 200), ("nel", 200), ("wil", 403), ("ada", 404), ("otto", 404)],
)
def test_the_card_is_for_the_two_managers_hr_and_the_consultant(
    name: str, status: int, pair: LearningPair, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    client = as_user(getattr(in_scope, name))
    for address in (address_of(closed, pair), f"{address_of(closed, pair)}card/nl/"):
        assert client.get(address).status_code == status
    assert client.get(f"{address_of(closed)}{uuid4()}/").status_code == 404


def test_a_manager_of_neither_department_gets_no_card(
    pair: LearningPair, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    ike = member("ike", in_scope.organisation, Role.MANAGER, in_scope.departments["zorg / nachtdienst"])
    client = as_user(ike)
    assert client.get(address_of(closed, pair)).status_code == 403
    assert client.post(f"{address_of(closed, pair)}card/nl/").status_code == 403
    assert INVITED not in main_of(client, "/")


def test_a_pair_of_earlier_results_is_gone(pair: LearningPair, closed: Round, in_scope: Cast, as_user: Browser) -> None:
    first = pair.release
    first.pk, first.number = uuid4(), 2
    first.save(force_insert=True)
    for user in (in_scope.mo, in_scope.anna):
        assert as_user(user).get(address_of(closed, pair)).status_code == 404
    assert INVITED not in main_of(as_user(in_scope.mo), "/")


def test_managers_who_wait_for_their_day_see_nothing(
    pair: LearningPair, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    tomorrow = today_in(in_scope.organisation) + timedelta(days=1)
    mailing = Mailing.objects.create(round=closed, kind=Mailing.Kind.MANAGERS, planned_on=tomorrow)
    client = as_user(in_scope.mo)
    assert all(INVITED not in main_of(client, page) for page in pages(closed, OOST)[:2])
    assert client.get(address_of(closed, pair)).status_code == 403
    assert f"{tomorrow.day} " in main_of(as_user(in_scope.anna), address_of(closed))
    Mailing.objects.filter(pk=mailing.pk).update(planned_on=tomorrow - timedelta(days=1))
    assert OF_GIVER in main_of(as_user(in_scope.mo), "/")


def test_a_manager_who_is_hr_adviser_too_does_not_wait(
    pair: LearningPair, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    tomorrow = today_in(in_scope.organisation) + timedelta(days=1)
    Mailing.objects.create(round=closed, kind=Mailing.Kind.MANAGERS, planned_on=tomorrow)
    Membership.objects.create(organisation=in_scope.organisation, user=in_scope.mo, role=Role.HR_ADVISOR)
    assert OF_GIVER in main_of(as_user(in_scope.mo), "/")


def test_home_says_nothing_before_the_second_step(
    pair: LearningPair, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    in_scope.organisation.requires_second_factor = True
    in_scope.organisation.save()
    main = main_of(as_user(in_scope.mo), "/")
    assert INVITED not in main
    assert "Keuken" not in main


def test_home_keeps_many_invitations_short(closed: Round, in_scope: Cast, as_user: Browser) -> None:
    for theme in ("SV", "MM", "PM", "TL"):
        pair_of(closed, OOST, KEUKEN, theme)
    main = main_of(as_user(in_scope.mo), "/")
    assert "Er zijn 4 uitnodigingen om te praten in “Leerscan 2026”." in main
    assert OF_GIVER not in main


def test_a_manager_of_both_reads_one_sentence(closed: Round, in_scope: Cast, as_user: Browser) -> None:
    pair_of(closed, OOST, CENTRUM)
    words = "Wijkteam Oost en Wijkteam Centrum: praat samen over “Teamleren”. Wijkteam Oost vertelt eerst."
    assert words in main_of(as_user(in_scope.mo), "/")


@pytest.mark.parametrize("count", [1, 3])
def test_home_of_a_manager_costs_the_same_with_more_pairs_and_scans(
    count: int, closed: Round, in_scope: Cast, as_user: Browser, django_assert_num_queries: Queries
) -> None:
    for round_ in [closed, *([small_round(in_scope.organisation, OOST, KEUKEN, title="Eerder")] if count > 1 else [])]:
        for theme in ("SV", "MM", "PM")[:count]:
            pair_of(round_, OOST, KEUKEN, theme)
    client = as_user(in_scope.mo)
    with django_assert_num_queries(10):
        client.get("/")
