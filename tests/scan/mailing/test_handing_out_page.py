"""The page of mailings when it is about results: moving their day, planning them after all, a scan that is closed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from organisations.models import LogEntry, User
from scan.models import Mailing, Plan, Round
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.sending_out import asked_round, fresh, mailing_of

PROMISED = "You promised staff the results on 14 April 2026. Tell them of the new day, and tick this box."


@pytest.fixture
def round_(in_scope: Cast, clock: Clock) -> Round:
    User.objects.update(language="en")
    return asked_round(in_scope)


@pytest.fixture
def anna(in_scope: Cast, as_user: Callable[[Any], Client]) -> Client:
    return as_user(in_scope.anna)


def address(round_: Round, *rest: object) -> str:
    tail = "".join(f"{part}/" for part in rest)
    return f"/o/{round_.organisation.slug}/r/{round_.slug}/mail/{tail}"


def main(response: Any) -> str:
    text = response.content.decode()
    return " ".join(text[text.index("<main") : text.index("</main>")].split())


def test_results_after_the_promised_day_ask_for_a_tick(anna: Client, round_: Round) -> None:
    results = mailing_of(round_, "results")
    assert "are told of the new day" not in main(anna.get(address(round_)))
    data = {f"{results.pk}-day": "2026-05-12"}
    response = anna.post(address(round_, results.pk, "move"), data)
    assert response.status_code == 422
    assert PROMISED in main(response)
    assert "Staff are told of the new day" in main(response)
    assert fresh(results).planned_on.isoformat() == "2026-04-14"
    anna.post(address(round_, results.pk, "move"), data | {f"{results.pk}-are_told": "on"})
    assert fresh(results).planned_on.isoformat() == "2026-05-12"


@pytest.mark.parametrize("day", ["2026-04-09", "2026-04-14"])
def test_results_on_the_promised_day_or_before_ask_for_nothing(anna: Client, round_: Round, day: str) -> None:
    results = mailing_of(round_, "results")
    assert anna.post(address(round_, results.pk, "move"), {f"{results.pk}-day": day}).status_code == 302


def test_a_day_that_is_none_is_said_and_no_more(anna: Client, round_: Round) -> None:
    results = mailing_of(round_, "results")
    response = anna.post(address(round_, results.pk, "move"), {f"{results.pk}-day": "ooit"})
    assert response.status_code == 422
    assert "This is not a date." in main(response)
    assert "promised" not in main(response)


@pytest.mark.parametrize("state", ["open", "closed"])
def test_the_mail_to_staff_is_planned_on_the_page_when_there_is_none(anna: Client, round_: Round, state: str) -> None:
    assert "Mail staff the results" not in main(anna.get(address(round_)))
    Mailing.objects.filter(kind="results").delete()
    Round.objects.update(state=state)
    assert "Mail staff the results" in main(anna.get(address(round_)))
    assert anna.post(address(round_, "results"), {"results-day": "2026-04-13"}).status_code == 422
    late = anna.post(address(round_, "results"), {"results-day": "2026-04-15"})
    assert PROMISED in main(late)
    done = anna.post(address(round_, "results"), {"results-day": "2026-04-14"}, follow=True)
    assert "The results go to staff on Tuesday 14 April 2026." in done.content.decode()
    assert mailing_of(round_, "results").state == "planned"
    assert LogEntry.objects.filter(action="plan_results", subject="Leerscan").exists()


def test_nothing_but_a_reminder_is_cancelled_by_its_address(anna: Client, round_: Round) -> None:
    for kind in ("managers", "results", "invitation"):
        mailing = mailing_of(round_, kind)
        done = anna.post(address(round_, mailing.pk, "cancel"), follow=True)
        assert "Only a reminder can be taken off the plan." in done.content.decode()
        assert fresh(mailing).state == "planned"
    assert not LogEntry.objects.filter(action="cancel_mailing").exists()


def test_reminders_have_their_number(anna: Client, round_: Round) -> None:
    text = main(anna.get(address(round_)))
    assert "<h3>Reminder 1 of 2</h3>" in text
    assert "<h3>Reminder 2 of 2</h3>" in text
    mailing_of(round_, "reminder", 2).delete()
    assert "<h3>Reminder</h3>" in main(anna.get(address(round_)))


@pytest.mark.parametrize(
    ("any_day", "english", "dutch"),
    [
        (True, "on any day, at any hour.", "op elke dag en elk uur."),
        (False, "on working days, at any hour.", "op werkdagen, op elk uur."),
    ],
)
def test_the_whole_day_reads_naturally(
    anna: Client, round_: Round, in_scope: Cast, any_day: bool, english: str, dutch: str
) -> None:
    Plan.objects.update(first_hour=0, last_hour=24, on_any_day=any_day)
    for language, words in (("en", english), ("nl", dutch)):
        User.objects.update(language=language)
        anna.force_login(User.objects.get(pk=in_scope.anna.pk))
        assert words in main(anna.get(address(round_)))


def test_a_closed_scan_is_about_handing_out(anna: Client, round_: Round) -> None:
    assert "<h1>Mails</h1>" in main(anna.get(address(round_)))
    Round.objects.update(state="closed")
    text = main(anna.get(address(round_)))
    assert "<h1>Hand out the results</h1>" in text
    assert "Managers get their reports first: Tuesday 7 April 2026." in text
    assert "Then staff get the organisation's results by mail: Tuesday 14 April 2026." in text.replace("&#x27;", "'")
    choices = text[text.index('name="kind"') :].split("</select>")[0]
    assert [word in choices for word in ("managers", "results", "invitation", "reminder", "single")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert anna.post(address(round_, "example"), {"kind": "invitation", "language": "nl"}).status_code == 422
    mailing_of(round_, "results").delete()
    assert "No mail about it is planned." in main(anna.get(address(round_)))


def test_an_invitation_that_became_too_late_is_said(anna: Client, round_: Round, clock: Clock) -> None:
    clock.set("2026-03-27T16:30")
    assert "after the last day of the scan, so it will not be sent" in main(anna.get(address(round_)))
