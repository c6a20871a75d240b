"""A round in preparation: a new one, its checklist, deleting it, and nothing of that after launch."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import translation

from organisations.access import fetch
from organisations.commands import InputError
from organisations.department_changes import merge_departments
from organisations.models import LogEntry, Person
from scan.mailing.hours import is_working_day
from scan.models import LeftOut, LeftOutDepartment, Plan, Round
from scan.participants import today_in
from scan.preparing import checklist as preparing
from scan.preparing.choosing import choose, leave_out
from scan.preparing.days import (
    day_note,
    default_dates,
    default_reminders,
    default_results_day,
    invitations_go_out_on,
)
from scan.preparing.drafts import new_round
from scan.preparing.participation import participation_of
from scan.preparing.people_step import merged_notes
from scan.rounds import create_round, launch
from tests.cast import Cast, add_people
from tests.scan.drafting import CLOSES, EAST, NIGHT, OPENS, address, ready_draft, staff

Browser = Callable[[Any], Client]
Queries = Callable[[int], Any]


def first_todos(round_: Round) -> dict[str, str]:
    return {step.address.split("/")[-2]: step.todo for step in preparing.checklist(round_, participation_of(round_))}


def test_a_new_round_has_everything_that_can_be_guessed(in_scope: Cast, as_user: Browser) -> None:
    opens_on, closes_on = default_dates(in_scope.organisation)
    sent = {"title": "Najaar", "opens_on": opens_on, "closes_on": closes_on, "k": 8, "languages": ["nl"]}
    response = as_user(in_scope.anna).post(f"/o/{in_scope.organisation.slug}/rounds/new/", sent)
    round_ = Round.objects.get()
    assert response.headers["Location"] == address(round_, "prepare/")
    assert (round_.title, round_.k, round_.languages, round_.state) == ("Najaar", 8, ["nl"], Round.State.DRAFT)
    assert (round_.contact, round_.remark_reader) == ("Anna (anna@example.test)", "Anna (HR)")
    assert round_.results_on is not None
    assert round_.results_on > closes_on
    assert LogEntry.objects.get(action="create_round").user == in_scope.anna


def test_its_dates_start_on_a_working_day_within_a_fortnight(in_scope: Cast) -> None:
    opens_on, closes_on = default_dates(in_scope.organisation)
    today = today_in(in_scope.organisation)
    assert today + timedelta(days=7) <= opens_on < today + timedelta(days=21)
    assert is_working_day(opens_on)
    assert closes_on - opens_on == timedelta(days=21)


@pytest.mark.parametrize("start", [date(2026, 4, 20), date(2026, 12, 14), date(2027, 5, 3)])
@pytest.mark.parametrize("length", [0, 1, 3, 10, 21, 60])
def test_reminders_fall_on_working_days_while_it_is_open_with_a_day_between(start: date, length: int) -> None:
    closes_on = start + timedelta(days=length)
    days = [date.fromisoformat(text) for text in default_reminders(start, closes_on)]
    assert len(days) <= 3
    assert all(is_working_day(day) and start < day <= closes_on for day in days)
    gaps = [later - earlier for earlier, later in zip([start, *days], days, strict=False)]
    assert all(gap >= timedelta(days=2) for gap in gaps)


def test_a_long_round_has_three_reminders() -> None:
    assert len(default_reminders(date(2026, 3, 2), date(2026, 3, 23))) == 3


def test_an_empty_organisation_is_told_to_upload_a_staff_list_first(in_scope: Cast, as_user: Browser) -> None:
    round_ = ready_draft(in_scope)
    assert first_todos(round_)["people"]
    page = as_user(in_scope.anna).get(address(round_, "prepare/")).content.decode()
    assert address(round_, "prepare/launch/") not in page


def test_fewer_people_than_k_would_have_no_results(in_scope: Cast) -> None:
    add_people(in_scope.departments[EAST], 4)
    assert "5" in first_todos(ready_draft(in_scope))["people"]
    add_people(in_scope.departments[EAST], 1)
    assert first_todos(Round.objects.get())["people"] == ""


def test_people_of_a_department_that_was_left_out_and_then_merged_are_said_to_take_part(in_scope: Cast) -> None:
    round_ = ready_draft(in_scope)
    add_people(in_scope.departments[EAST], 6)
    night, east = in_scope.departments[NIGHT], in_scope.departments[EAST]
    LeftOutDepartment.objects.create(round=round_, department=night)
    assert list(merged_notes(round_)) == []
    merge_departments(in_scope.organisation, night.pk, east.pk)
    with translation.override("en"):
        people = preparing.checklist(round_, participation_of(round_))[1]
    assert people.note == (
        "“Zorg / Nachtdienst”, which you had left out, was merged into “Zorg / Wijkteam Oost”: "
        "its people now take part."
    )


def test_nothing_is_said_when_the_other_department_is_left_out_too(in_scope: Cast) -> None:
    round_ = ready_draft(in_scope)
    night, east = in_scope.departments[NIGHT], in_scope.departments[EAST]
    for department in (night, east):
        LeftOutDepartment.objects.create(round=round_, department=department)
    merge_departments(in_scope.organisation, night.pk, east.pk)
    assert list(merged_notes(round_)) == []


def test_a_first_day_that_has_passed_stops_the_launch(in_scope: Cast) -> None:
    staff(in_scope)
    round_ = ready_draft(in_scope)
    round_.opens_on = today_in(in_scope.organisation)
    assert first_todos(round_)["basics"] == ""
    round_.opens_on -= timedelta(days=1)
    assert first_todos(round_)["basics"]


@pytest.mark.parametrize("missing", ["contact", "privacy_officer", "results_on", "results_how"])
def test_each_promise_that_is_missing_is_named(missing: str, in_scope: Cast) -> None:
    round_ = ready_draft(in_scope)
    assert first_todos(round_)["promise"] == ""
    setattr(round_, missing, None if missing == "results_on" else "")
    assert first_todos(round_)["promise"]
    with pytest.raises(InputError):
        preparing.check_ready(round_, participation_of(round_))


def test_results_come_after_the_last_day(in_scope: Cast) -> None:
    assert first_todos(ready_draft(in_scope, results_on=CLOSES))["promise"]


@pytest.mark.parametrize("day", [OPENS, CLOSES + timedelta(days=1)])
def test_a_reminder_outside_the_open_days_is_found(day: date, in_scope: Cast) -> None:
    round_ = ready_draft(in_scope)
    assert first_todos(round_)["mails"] == ""
    Plan.objects.update(reminders=[day.isoformat()])
    assert first_todos(round_)["mails"]


def test_looking_at_forecast_and_preview_is_remembered_and_stops_nothing(in_scope: Cast, as_user: Browser) -> None:
    staff(in_scope)
    round_ = ready_draft(in_scope)
    client = as_user(in_scope.anna)
    done = {step.address: step.is_done for step in preparing.checklist(round_, participation_of(round_))}
    assert (done[address(round_, "forecast/")], done[address(round_, "preview/")]) == (False, False)
    assert preparing.todos(preparing.checklist(round_, participation_of(round_))) == []
    for step in ("forecast/", "preview/", "preview/"):
        client.get(address(round_, step))
    assert Plan.objects.get().seen == ["forecast", "preview"]
    steps = preparing.checklist(round_, participation_of(round_))
    assert all(step.is_done != step.is_optional for step in steps)


def test_with_nothing_left_to_do_the_list_leads_to_the_launch(in_scope: Cast, as_user: Browser) -> None:
    staff(in_scope)
    round_ = ready_draft(in_scope)
    page = as_user(in_scope.anna).get(address(round_, "prepare/")).content.decode()
    assert address(round_, "prepare/launch/") in page


def test_the_list_speaks_both_languages(in_scope: Cast, as_user: Browser) -> None:
    round_ = ready_draft(in_scope)
    client = as_user(in_scope.anna)
    assert "Wie meedoet" in client.get(address(round_, "prepare/")).content.decode()
    in_scope.anna.language = "en"
    in_scope.anna.save()
    assert "Who takes part" in client.get(address(round_, "prepare/")).content.decode()


@pytest.mark.parametrize("name", ["mo", "cas", "wil"])
@pytest.mark.parametrize("step", ["prepare/", "prepare/people/", "forecast/", "preview/", "prepare/launch/"])
def test_who_does_not_manage_rounds_sees_nothing_of_it(name: str, step: str, in_scope: Cast, as_user: Browser) -> None:
    staff(in_scope)
    round_ = ready_draft(in_scope)
    leave_out(round_, Person.objects.all()[0])
    response = as_user(getattr(in_scope, name)).get(address(round_, step))
    assert response.status_code == 403
    assert "Mens" not in response.content.decode()


def test_a_draft_can_be_deleted_with_all_that_was_chosen_for_it(in_scope: Cast, as_user: Browser) -> None:
    staff(in_scope)
    round_ = ready_draft(in_scope)
    leave_out(round_, Person.objects.all()[0])
    choose(round_, {in_scope.departments[""].pk}, {})
    response = as_user(in_scope.anna).post(address(round_, "prepare/delete/"))
    assert response.headers["Location"] == f"/o/{in_scope.organisation.slug}/"
    assert not any(model.objects.exists() for model in (Round, Plan, LeftOut, LeftOutDepartment))
    assert LogEntry.objects.get(action="delete_round").subject == "Leerscan 2098"


PAGES = ("", "basics/", "people/", "promise/", "mails/", "mails/invitation/nl/", "launch/", "delete/")


@pytest.mark.parametrize("step", PAGES)
def test_after_launch_every_step_leads_to_the_round(step: str, in_scope: Cast, as_user: Browser) -> None:
    staff(in_scope)
    round_ = ready_draft(in_scope)
    launch(round_)
    before = Round.objects.filter(pk=round_.pk).values().get()
    client = as_user(in_scope.anna)
    page = address(round_, f"prepare/{step}")
    assert client.get(page).headers["Location"] == address(round_)
    if step:
        assert client.post(page).headers["Location"] == address(round_)
    assert Round.objects.filter(pk=round_.pk).values().get() == before


SENT = {
    "basics/": {"title": "Anders", "opens_on": OPENS, "closes_on": CLOSES, "k": 20, "languages": ["nl"]},
    "promise/": {
        "contact": "Iemand anders",
        "privacy_officer": "Iris",
        "results_on": CLOSES + timedelta(days=1),
        "results_how": "Nergens",
        "retention_days": 365,
        "legal_basis": "public_task",
    },
    "mails/": {"first_hour": 0, "last_hour": 24, "managers_days_before": 0, "on_any_day": "on"},
    "mails/invitation/nl/": {"subject": "Anders", "body": "Anders\n\n{link}"},
    "delete/": {},
}


@pytest.mark.parametrize("step", SENT)
def test_launched_in_another_window_at_the_same_moment_is_not_overwritten(
    step: str, in_scope: Cast, as_user: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The round was fetched as a draft; the launch comes before it is saved."""
    staff(in_scope)
    round_ = ready_draft(in_scope)

    def launched_just_after(rounds: QuerySet[Round], **lookup: object) -> Round:
        found = fetch(rounds, **lookup)
        launch(Round.objects.get(pk=found.pk))
        return found

    monkeypatch.setattr("scan.round_page.fetch", launched_just_after)
    response = as_user(in_scope.anna).post(address(round_, f"prepare/{step}"), SENT[step])
    assert response.headers["Location"] == address(round_)
    after = Round.objects.get(pk=round_.pk)
    assert (after.state, after.title, after.k, after.contact) == (Round.State.OPEN, "Leerscan 2098", 5, "Anna, 2210")
    assert not Plan.objects.get().on_any_day
    assert after.mail_texts["invitation"]["nl"]["subject"] != "Anders"


@pytest.mark.parametrize("count", [1, 3])
def test_the_cost_of_the_list_does_not_grow(
    count: int, in_scope: Cast, as_user: Browser, django_assert_num_queries: Queries
) -> None:
    for name in list(in_scope.departments)[-count:]:
        add_people(in_scope.departments[name], count)
    round_ = ready_draft(in_scope)
    for number in range(count):
        create_round(in_scope.organisation, f"Scan {number}", OPENS, CLOSES)
    client = as_user(in_scope.anna)
    with django_assert_num_queries(12):
        client.get(address(round_, "prepare/"))


def test_results_are_not_planned_in_the_christmas_holidays() -> None:
    assert default_results_day(date(2026, 12, 11)) == date(2027, 1, 4)
    assert default_results_day(date(2026, 3, 2)) == date(2026, 3, 23)


def test_a_day_that_is_no_working_day_says_so() -> None:
    with translation.override("en"):
        assert "not a working day" in day_note(date(2026, 11, 22))
        assert "school holiday" in day_note(date(2026, 12, 23))
        assert day_note(date(2026, 11, 24)) == ""


def test_invitations_wait_for_a_working_day(in_scope: Cast) -> None:
    round_ = ready_draft(in_scope)
    round_.opens_on = date(2098, 3, 1)  # a Saturday
    plan = Plan(round=round_)
    assert invitations_go_out_on(round_, plan) == date(2098, 3, 3)
    plan.on_any_day = True
    assert invitations_go_out_on(round_, plan) == date(2098, 3, 1)


def test_managers_cannot_be_promised_a_report_before_the_end(in_scope: Cast, as_user: Browser) -> None:
    staff(in_scope)
    round_ = ready_draft(in_scope)
    sent = {"first_hour": 9, "last_hour": 16, "managers_days_before": 60}
    page = as_user(in_scope.anna).post(address(round_, "prepare/mails/"), sent)
    assert page.status_code == 422
    assert "20" in page.content.decode()
    assert Plan.objects.get(round=round_).managers_days_before == 7


def test_two_reminders_that_would_go_out_on_one_day_are_refused(in_scope: Cast, as_user: Browser) -> None:
    """8 March 2098 is a Saturday, so its mails would wait for Monday the 10th."""
    staff(in_scope)
    round_ = ready_draft(in_scope)
    sent = {"first_hour": 9, "last_hour": 16, "managers_days_before": 7}
    days = {"reminder_1": "2098-03-08", "reminder_2": "2098-03-10"}
    assert as_user(in_scope.anna).post(address(round_, "prepare/mails/"), sent | days).status_code == 422
    assert (
        as_user(in_scope.anna).post(address(round_, "prepare/mails/"), sent | days | {"on_any_day": "on"}).status_code
        == 302
    )


def test_a_next_scan_begins_with_what_seldom_changes(in_scope: Cast) -> None:
    ready_draft(in_scope, retention_days=60)
    found = new_round(in_scope.organisation, in_scope.anna, "Volgende", date(2099, 3, 3), date(2099, 3, 24))
    assert (found.privacy_officer, found.results_how, found.retention_days) == ("Iris", "In de kantine.", 60)
    assert found.contact == "Anna (anna@example.test)"
