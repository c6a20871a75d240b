"""What Home says needs attention: for who manages rounds, and never anything about reminders or who answered."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from jobs.models import Job
from organisations.creating import create_organisation
from organisations.models import Membership, Organisation, Role
from reports.attention import Attention, attention
from reports.closing import KIND, close_here
from scan.models import Invitation, Mailing, OpenLink, Round, Unit
from scan.participants import today_in
from scan.rounds import create_round
from tests.cast import CLOSES, OPENS, Cast, add_people, member
from tests.rounds import closed_sample_round
from tests.scan.asking import launched_round
from tests.scan.drafting import EAST, address

Browser = Callable[[Any], Client]
Queries = Callable[[int], Any]
Kind, State = Mailing.Kind, Mailing.State


def items(cast: Cast) -> list[Attention]:
    with scope(organisation=cast.organisation):
        rounds = list(Round.objects.all())
    return attention([(cast.organisation, rounds)])[cast.organisation.pk]


def last_part(item: Attention) -> str:
    return item.address.strip("/").split("/")[-1]


def texts(cast: Cast) -> str:
    return " ".join(item.text for item in items(cast))


def change(round_: Round, **fields: object) -> None:
    with scope(organisation=round_.organisation):
        Round.objects.filter(pk=round_.pk).update(**fields)


@pytest.fixture
def open_(in_scope: Cast) -> Round:
    """Open for years, and nothing the matter with it."""
    round_ = launched_round(in_scope)
    Mailing.objects.filter(round=round_).delete()
    return round_


def mailing(round_: Round, kind: str = Kind.INVITATION, **fields: object) -> Mailing:
    with scope(organisation=round_.organisation):
        return Mailing.objects.create(round=round_, kind=kind, planned_on=OPENS, **fields)


def test_an_empty_organisation_needs_a_staff_list(cast: Cast) -> None:
    assert [last_part(item) for item in items(cast)] == ["staff-list"]


def test_with_people_and_no_round_the_first_one_can_be_prepared(in_scope: Cast) -> None:
    add_people(in_scope.departments[EAST], 1)
    assert [last_part(item) for item in items(in_scope)] == ["new"]


def test_who_has_left_is_no_staff(in_scope: Cast) -> None:
    person = add_people(in_scope.departments[EAST], 1)[0]
    person.left_on = date(2026, 1, 1)
    person.save()
    assert [last_part(item) for item in items(in_scope)] == ["staff-list"]


def test_a_draft_asks_to_be_prepared_and_more_so_when_its_day_has_passed(in_scope: Cast) -> None:
    add_people(in_scope.departments[EAST], 1)
    round_ = create_round(in_scope.organisation, "Najaar", date(2098, 3, 1), CLOSES)
    assert [item.address for item in items(in_scope)] == [address(round_, "prepare/")]
    before = texts(in_scope)
    assert "1 maart 2098" in before
    change(round_, opens_on=OPENS)
    assert texts(in_scope).replace("1 januari 2026", "1 maart 2098") != before


def test_an_open_round_without_trouble_needs_nothing(open_: Round, in_scope: Cast) -> None:
    mailing(open_, sent=6, total=6, state=State.DONE)
    assert items(in_scope) == []


@pytest.mark.parametrize(("days", "is_said"), [(-1, False), (0, True), (3, True), (4, False)])
def test_the_last_days_of_a_round_are_said(days: int, is_said: bool, open_: Round, in_scope: Cast) -> None:
    today = today_in(in_scope.organisation)
    change(open_, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=days))
    assert [item.address for item in items(in_scope)] == [address(open_)] * is_said


def test_addresses_that_the_server_refused_are_counted(open_: Round, in_scope: Cast) -> None:
    mailing(open_, refused=2, state=State.DONE)
    assert [(last_part(item), "2" in item.text) for item in items(in_scope)] == [("mail", True)]


@pytest.mark.parametrize("field", ["refused", "uncertain"])
@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.MANAGERS, Kind.RESULTS])
def test_so_are_those_of_other_mails_but_for_reminders(kind: str, field: str, open_: Round, in_scope: Cast) -> None:
    """Those of reminders would say how many have not answered."""
    mailing(open_, Kind.REMINDER, state=State.DONE, **{field: 2})
    assert items(in_scope) == []
    mailing(open_, kind, state=State.DONE, **{field: 3})
    assert [(last_part(item), "3" in item.text) for item in items(in_scope)] == [("mail", True)]


def test_posters_are_to_be_printed_in_the_first_days_and_a_full_link_is_said(open_: Round, in_scope: Cast) -> None:
    unit = Unit.objects.get(round=open_, path="Zorg / Wijkteam Oost")
    link = OpenLink.objects.create(unit=unit, start_limit=20, submit_limit=10)
    assert items(in_scope) == []
    change(open_, opens_on=today_in(in_scope.organisation))
    assert [last_part(item) for item in items(in_scope)] == ["links"]
    change(open_, opens_on=OPENS)
    OpenLink.objects.filter(pk=link.pk).update(is_near_limit=True)
    assert [(last_part(item), "Wijkteam Oost" in item.text) for item in items(in_scope)] == [("links", True)]


def test_no_invitations_are_announced_where_nobody_gets_a_mail(open_: Round, in_scope: Cast) -> None:
    mailing(open_)
    assert [last_part(item) for item in items(in_scope)] == ["mail"]
    Invitation.objects.filter(round=open_).update(address="")
    assert items(in_scope) == []


def test_without_any_manager_the_reports_would_reach_nobody(open_: Round, in_scope: Cast) -> None:
    mailing(open_, Kind.MANAGERS)
    assert items(in_scope) == []
    Membership.objects.filter(role=Role.MANAGER).delete()
    assert [last_part(item) for item in items(in_scope)] == ["colleagues"]
    Mailing.objects.update(state=State.DONE)
    assert items(in_scope) == []


def test_a_closing_that_failed_for_good_is_said(open_: Round, in_scope: Cast) -> None:
    change(open_, state=Round.State.CLOSED)
    before = texts(in_scope)
    Job.objects.create(kind=KIND, key=str(open_.pk), state=Job.State.FAILED)
    assert texts(in_scope) != before


def test_results_that_wait_to_be_handed_out_are_said(cast: Cast) -> None:
    round_ = closed_sample_round(cast.organisation)
    with scope(organisation=cast.organisation):
        add_people(cast.departments[EAST], 1)
        row = mailing(round_, Kind.RESULTS)
    assert [item.address for item in items(cast)] == [address(round_)]
    with scope(organisation=cast.organisation):
        Mailing.objects.filter(pk=row.pk).update(state=State.DONE)
    assert items(cast) == []


def test_that_there_are_no_results_to_show_is_said_until_the_day_that_was_promised(
    open_: Round, in_scope: Cast
) -> None:
    close_here(open_)
    day = today_in(in_scope.organisation)
    change(open_, results_on=day)
    assert [item.address for item in items(in_scope)] == [address(open_)]
    change(open_, results_on=day - timedelta(days=1))
    assert items(in_scope) == []


def test_a_reminder_adds_no_number_to_that_of_the_invitation(open_: Round, in_scope: Cast) -> None:
    mailing(open_, refused=2, state=State.DONE)
    before = items(in_scope)
    mailing(open_, Kind.REMINDER, refused=5, sent=7, uncertain=3, state=State.DONE)
    assert items(in_scope) == before


def test_mails_that_do_not_go_out_are_said_until_they_did(open_: Round, in_scope: Cast) -> None:
    row = mailing(open_, state=State.RUNNING, trouble="login")
    assert [last_part(item) for item in items(in_scope)] == ["mail"]
    Mailing.objects.filter(pk=row.pk).update(state=State.DONE)
    assert items(in_scope) == []


def test_a_mailing_that_was_stopped_is_said_also_after_closing(open_: Round, in_scope: Cast) -> None:
    mailing(open_, Kind.RESULTS, state=State.STOPPED)
    assert [last_part(item) for item in items(in_scope)] == ["mail"]
    change(open_, state=Round.State.CLOSED)
    assert "mail" in [last_part(item) for item in items(in_scope)]


def test_results_that_are_being_worked_out_are_said_until_they_are_there(open_: Round, in_scope: Cast) -> None:
    change(open_, state=Round.State.CLOSED)
    assert [item.address for item in items(in_scope)] == [address(open_)]


def test_a_round_with_results_needs_nothing(cast: Cast) -> None:
    closed_sample_round(cast.organisation)
    with scope(organisation=cast.organisation):
        add_people(cast.departments[EAST], 1)
    assert items(cast) == []


@pytest.mark.parametrize("name", ["mo", "cas", "wil", "otto"])
def test_nobody_but_the_hr_adviser_is_told(name: str, open_: Round, in_scope: Cast, as_user: Browser) -> None:
    mailing(open_, refused=2, trouble="login", state=State.STOPPED)
    create_round(in_scope.organisation, "Geheim plan", OPENS, CLOSES)
    for user, is_told in ((getattr(in_scope, name), False), (in_scope.anna, True)):
        response = as_user(user).get("/")
        entries = [entry for entry in response.context["organisations"] if entry[0] == in_scope.organisation]
        told = [item for entry in entries for item in entry[2]]
        assert bool(told) is is_told
        assert ("Geheim plan" in response.content.decode()) is is_told


def test_without_the_second_step_that_is_asked_for_home_tells_nothing(
    open_: Round, in_scope: Cast, as_user: Browser
) -> None:
    mailing(open_, refused=2, state=State.DONE)
    client = as_user(in_scope.anna)
    assert open_.title in client.get("/").content.decode()
    Organisation.objects.filter(pk=in_scope.organisation.pk).update(requires_second_factor=True)
    page = client.get("/").content.decode()
    assert open_.title not in page
    assert 'class="attention"' not in page
    assert in_scope.organisation.name in page


def test_of_two_organisations_only_what_is_managed_there_is_said(open_: Round, in_scope: Cast) -> None:
    mailing(open_, refused=2, state=State.DONE)
    found = attention([(in_scope.other_organisation, [])])
    assert set(found) == {in_scope.other_organisation.pk}
    assert [last_part(item) for item in found[in_scope.other_organisation.pk]] == ["staff-list"]


def test_it_speaks_both_languages(cast: Cast, as_user: Browser) -> None:
    for language, words in (("nl", "nog niemand op de personeelslijst"), ("en", "nobody on the staff list yet")):
        cast.anna.language = language
        cast.anna.save()
        assert words in as_user(cast.anna).get("/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_cost_of_home_does_not_grow_with_organisations_and_rounds(
    count: int, cast: Cast, as_user: Browser, django_assert_num_queries: Queries
) -> None:
    for number in range(count):
        organisation = create_organisation(f"Huis {number}")
        user = member(f"hr{number}", organisation, Role.HR_ADVISOR)
        user.memberships.update(user=cast.anna)
        with scope(organisation=organisation):
            for _time in range(count):
                create_round(organisation, "Scan", OPENS, CLOSES, state=Round.State.OPEN)
    client = as_user(cast.anna)
    with django_assert_num_queries(15):
        page = client.get("/")
    assert page.content.decode().count("Huis ") >= count
