"""Managers read the reports of their departments from the day of their mailing on; others need not wait."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from jobs.models import Job
from organisations.models import Membership, Role
from reports.pdf_job import KIND
from scan.models import Mailing, Plan, Round
from scan.participants import today_in
from tests.cast import Cast
from tests.rounds import closed_sample_round, unit_id

Browser = Callable[[Any], Client]
OWN = "Zorg / Wijkteam Oost"


@pytest.fixture
def closed(cast: Cast) -> Round:
    return closed_sample_round(cast.organisation)


@pytest.fixture
def pages(cast: Cast, closed: Round) -> tuple[str, str]:
    """The page and the PDF of a unit that is Mo's."""
    unit = f"/o/{cast.organisation.slug}/r/{closed.slug}/u/{unit_id(closed, OWN)}/"
    return unit, f"{unit}pdf/nl/"


def plan(round_: Round, day: date) -> None:
    with scope(organisation=round_.organisation):
        Mailing.objects.create(round=round_, kind=Mailing.Kind.MANAGERS, planned_on=day)


def round_page(round_: Round) -> str:
    return f"/o/{round_.organisation.slug}/r/{round_.slug}/"


@pytest.fixture
def tomorrow(cast: Cast) -> date:
    return today_in(cast.organisation) + timedelta(days=1)


def test_before_the_day_there_is_no_report_and_no_pdf(
    cast: Cast, closed: Round, pages: tuple[str, str], tomorrow: date, as_user: Browser
) -> None:
    plan(closed, tomorrow)
    client = as_user(cast.mo)
    assert [client.get(page).status_code for page in pages] == [403, 403]
    assert client.post(pages[1]).status_code == 403
    assert not Job.objects.filter(kind=KIND).exists()


def test_the_page_of_the_round_names_the_day_and_leads_to_no_report(
    cast: Cast, closed: Round, pages: tuple[str, str], as_user: Browser
) -> None:
    plan(closed, date(2098, 3, 1))
    for language, words in (("nl", "1 maart 2098"), ("en", "1 March 2098")):
        cast.mo.language = language
        cast.mo.save()
        response = as_user(cast.mo).get(round_page(closed))
        assert words in response.content.decode()
        assert "/u/" not in response.content.decode()
        assert all(row.n is None for row in response.context["units"])


def test_from_the_day_on_they_can_read(
    cast: Cast, closed: Round, pages: tuple[str, str], tomorrow: date, as_user: Browser
) -> None:
    plan(closed, tomorrow - timedelta(days=1))
    client = as_user(cast.mo)
    assert [client.get(page).status_code for page in pages] == [200, 200]
    assert pages[0] in client.get(round_page(closed)).content.decode()


def test_a_round_without_such_a_mailing_can_be_read_at_once(
    cast: Cast, closed: Round, pages: tuple[str, str], as_user: Browser
) -> None:
    assert as_user(cast.mo).get(pages[0]).status_code == 200


@pytest.mark.parametrize("name", ["anna", "cas"])
def test_who_reads_all_units_does_not_wait(
    name: str, cast: Cast, closed: Round, pages: tuple[str, str], tomorrow: date, as_user: Browser
) -> None:
    plan(closed, tomorrow)
    assert as_user(getattr(cast, name)).get(pages[0]).status_code == 200


def test_a_manager_who_is_hr_adviser_too_does_not_wait(
    cast: Cast, closed: Round, pages: tuple[str, str], tomorrow: date, as_user: Browser
) -> None:
    plan(closed, tomorrow)
    Membership.objects.create(organisation=cast.organisation, user=cast.mo, role=Role.HR_ADVISOR)
    client = as_user(cast.mo)
    assert client.get(pages[0]).status_code == 200
    assert client.get(round_page(closed)).context["view"].waits_until is None


def test_a_manager_in_the_works_council_reads_the_whole_and_waits_for_the_own_part(
    cast: Cast, closed: Round, pages: tuple[str, str], tomorrow: date, as_user: Browser
) -> None:
    plan(closed, tomorrow)
    Membership.objects.create(organisation=cast.organisation, user=cast.mo, role=Role.WORKS_COUNCIL)
    client = as_user(cast.mo)
    whole = f"{round_page(closed)}u/{unit_id(closed, '')}/"
    assert [client.get(page).status_code for page in (whole, pages[0])] == [200, 403]


def test_the_day_of_another_round_does_not_matter(
    cast: Cast, closed: Round, pages: tuple[str, str], tomorrow: date, as_user: Browser
) -> None:
    plan(closed_sample_round(cast.organisation, 2025), tomorrow)
    assert as_user(cast.mo).get(pages[0]).status_code == 200


def test_without_their_mailing_the_day_planned_at_launch_holds(
    cast: Cast, closed: Round, pages: tuple[str, str], tomorrow: date, as_user: Browser
) -> None:
    """Taking the mail away does not hand the reports out early."""
    with scope(organisation=cast.organisation):
        Round.objects.filter(pk=closed.pk).update(results_on=tomorrow + timedelta(days=7))
        Plan.objects.create(round=closed, managers_days_before=7)
    assert [as_user(cast.mo).get(page).status_code for page in pages] == [403, 403]
    with scope(organisation=cast.organisation):
        Plan.objects.filter(round=closed).update(managers_days_before=8)
    assert as_user(cast.mo).get(pages[0]).status_code == 200
