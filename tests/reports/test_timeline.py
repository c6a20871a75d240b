"""The days of a round in their order, for who manages it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from reports.timeline import timeline
from scan.models import Invitation, Mailing, Round
from scan.participants import today_in
from scan.rounds import launch
from tests.cast import Cast
from tests.scan.drafting import CLOSES, OPENS, RESULTS, address, ready_draft, staff

Browser = Callable[[Any], Client]


@pytest.fixture
def round_(in_scope: Cast) -> Round:
    staff(in_scope)
    draft = ready_draft(in_scope)
    launch(draft)
    return Round.objects.select_related("organisation").get(pk=draft.pk)


def english(round_: Round) -> list[tuple[date, str]]:
    with translation.override("en"):
        return [(moment.day, moment.text.split()[0]) for moment in timeline(round_)]


def test_everything_stands_on_its_day_in_order(round_: Round) -> None:
    found = english(round_)
    assert [word for _day, word in found] == [
        "The",
        "Invitations",
        "Reminder",
        "Reminder",
        "Reminder",
        "Last",
        "Managers",
        "Staff",
        "All",
    ]
    days = [day for day, _word in found]
    assert days == sorted(days)
    assert (days[0], days[5], days[6], days[7]) == (OPENS, CLOSES, RESULTS - timedelta(days=7), RESULTS)
    assert days[8] == CLOSES + timedelta(days=30)


def test_it_follows_what_was_moved_and_what_was_taken_off(round_: Round) -> None:
    Mailing.objects.filter(kind=Mailing.Kind.RESULTS).update(planned_on=RESULTS + timedelta(days=50))
    Mailing.objects.filter(kind=Mailing.Kind.REMINDER, number__gt=1).delete()
    assert [word for _day, word in english(round_)] == [
        "The",
        "Invitations",
        "Reminder",
        "Last",
        "Managers",
        "All",
        "Staff",
    ]


def test_where_nobody_gets_a_mail_it_says_what_is_handed_out(round_: Round) -> None:
    Invitation.objects.exclude(person=None).delete()
    assert [word for _day, word in english(round_)] == ["The", "Nobody", "Last", "Managers", "Staff", "All"]
    Mailing.objects.filter(kind=Mailing.Kind.INVITATION).update(total=3, state=Mailing.State.DONE, finished_on=OPENS)
    assert "Invitations" in [word for _day, word in english(round_)]


def test_after_closing_the_mailing_knows_whether_invitations_went_out(round_: Round) -> None:
    Invitation.objects.all().delete()
    round_.state = Round.State.CLOSED
    assert [word for _day, word in english(round_)] == ["The", "Last", "Managers", "Staff", "All"]
    Mailing.objects.filter(kind=Mailing.Kind.INVITATION).update(total=3, state=Mailing.State.DONE, finished_on=OPENS)
    assert [word for _day, word in english(round_)][1] == "Invitations"


def test_mails_to_one_person_are_not_in_it(round_: Round) -> None:
    before = english(round_)
    Mailing.objects.create(round=round_, kind=Mailing.Kind.SINGLE, planned_on=OPENS, sent=1, total=1)
    assert english(round_) == before


def test_closing_early_brings_the_last_day_and_deleting_forward(round_: Round) -> None:
    round_.closed_on = OPENS + timedelta(days=3)
    days = {text: day for day, text in english(round_)}
    assert (days["Last"], days["All"]) == (OPENS + timedelta(days=3), OPENS + timedelta(days=33))


def test_what_has_been_is_told_apart_from_today_on(round_: Round, in_scope: Cast) -> None:
    today = today_in(in_scope.organisation)
    round_.opens_on = today - timedelta(days=1)
    Mailing.objects.filter(kind=Mailing.Kind.INVITATION).update(planned_on=today)
    assert [moment.has_been for moment in timeline(round_)][:3] == [True, False, False]


def test_it_says_nothing_that_depends_on_who_answered(round_: Round) -> None:
    before = timeline(round_)
    Mailing.objects.filter(kind=Mailing.Kind.REMINDER).update(sent=7, refused=2, uncertain=1, total=9)
    assert timeline(round_) == before


def test_only_who_manages_the_round_sees_it(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    for name, is_seen in (("anna", True), ("mo", False), ("cas", False), ("wil", False)):
        page = as_user(getattr(in_scope, name)).get(address(round_)).content.decode()
        assert ('class="timeline"' in page) is is_seen


def test_it_speaks_both_languages(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    for language, words in (("nl", "De scan gaat open."), ("en", "The scan opens.")):
        in_scope.anna.language = language
        in_scope.anna.save()
        assert words in as_user(in_scope.anna).get(address(round_)).content.decode()
