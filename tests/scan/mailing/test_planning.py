"""What is planned at launch, how the plan can be changed, and when what starts."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import translation

from jobs.models import Job
from jobs.running import run
from organisations.commands import InputError
from organisations.models import LogEntry, Person, User
from scan.forgetting import forget_who_answered
from scan.mailing import deliveries, recipients
from scan.mailing.messages import write
from scan.mailing.planning import add_reminder, cancel, move, plan_results, resume, send_single, stop
from scan.mailing.starting import is_due, start_due
from scan.models import Delivery, Mailing, Plan, Round
from scan.rounds import create_round, launch
from tests.cast import Cast, add_people
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.sending_out import (
    CLOSES,
    OPENS,
    RESULTS,
    answered,
    asked_round,
    do_job,
    fresh,
    invitations,
    mailing_of,
    rows,
)


def plan_of_days(round_: Round) -> list[tuple[str, int, str]]:
    found = Mailing.objects.filter(round=round_).order_by("planned_on")
    return [(mailing.kind, mailing.number, mailing.planned_on.isoformat()) for mailing in found]


def test_a_launch_plans_everything(in_scope: Cast, clock: Clock) -> None:
    assert plan_of_days(asked_round(in_scope)) == [
        ("invitation", 1, "2026-03-03"),
        ("reminder", 1, "2026-03-10"),
        ("reminder", 2, "2026-03-17"),
        ("managers", 1, "2026-04-07"),
        ("results", 1, "2026-04-14"),
    ]


def test_reminders_outside_the_round_are_left_out_and_there_are_three_at_most(in_scope: Cast, clock: Clock) -> None:
    days = ["2026-03-26", "2026-03-03", "2026-03-28", "2026-03-12", "2026-03-12", "2026-03-11", "2026-03-13"]
    round_ = asked_round(in_scope, reminders=days, mails_results=False, managers_days_before=3)
    assert plan_of_days(round_) == [
        ("invitation", 1, "2026-03-03"),
        ("reminder", 1, "2026-03-11"),
        ("reminder", 2, "2026-03-12"),
        ("reminder", 3, "2026-03-13"),
        ("managers", 1, "2026-04-11"),
    ]


def test_without_a_day_for_results_none_are_mailed(in_scope: Cast, clock: Clock) -> None:
    asked_round(in_scope)
    round_ = create_round(in_scope.organisation, "Kort", OPENS, CLOSES)
    launch(round_)
    assert plan_of_days(round_) == [("invitation", 1, "2026-03-03")]


def test_at_most_three_reminders_on_days_of_their_own_within_the_round(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope)
    clock.set("2026-03-12T10:00")
    for day, words in [
        (date(2026, 3, 11), "from 12 March 2026 to 27 March 2026"),
        (date(2026, 3, 28), "from 12 March 2026 to 27 March 2026"),
        (date(2026, 3, 17), "A reminder already goes out on Tuesday 17 March. Choose another day."),
    ]:
        with translation.override("en"), pytest.raises(InputError, match=words):
            add_reminder(round_, day)
    assert add_reminder(round_, date(2026, 3, 27)).number == 3
    with pytest.raises(InputError):
        add_reminder(round_, date(2026, 3, 24))
    cancel(mailing_of(round_, "reminder", 1))
    assert add_reminder(round_, date(2026, 3, 24)).number == 2
    assert [(number, day[-2:]) for kind, number, day in plan_of_days(round_) if kind == "reminder"] == [
        (1, "17"),
        (2, "24"),
        (3, "27"),
    ]


def test_two_reminders_never_have_the_same_day_of_sending(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope, reminders=["2026-03-16", "2026-03-18"])
    second = mailing_of(round_, "reminder", 2)
    for day in (date(2026, 3, 14), date(2026, 3, 15)):  # a weekend: they would go out on Monday
        for refuse in (lambda day=day: add_reminder(round_, day), lambda day=day: move(second, day)):
            with translation.override("en"), pytest.raises(InputError, match="already goes out on Monday 16 March"):
                refuse()
    Plan.objects.update(on_any_day=True)
    assert add_reminder(round_, date(2026, 3, 14)).number == 1
    move(second, date(2026, 3, 15))
    assert fresh(second).number == 2


def test_only_an_open_round_gets_more_reminders(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope)
    for state in ("draft", "closed"):
        round_.state = state
        with pytest.raises(InputError):
            add_reminder(round_, date(2026, 3, 24))


def test_what_is_planned_can_be_moved_and_what_has_begun_cannot(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    round_ = asked_round(in_scope)
    reminder, invitation, managers = (mailing_of(round_, kind) for kind in ("reminder", "invitation", "managers"))
    move(reminder, date(2026, 3, 12))
    move(invitation, date(2026, 3, 4))
    move(managers, date(2026, 4, 9))
    assert [fresh(mailing).planned_on.day for mailing in (reminder, invitation, managers)] == [12, 4, 9]
    for mailing, day in [
        (reminder, date(2026, 3, 17)),  # of the other reminder
        (reminder, date(2026, 3, 3)),
        (invitation, date(2026, 3, 2)),
        (invitation, date(2026, 3, 28)),
        (managers, date(2026, 3, 26)),
    ]:
        with pytest.raises(InputError):
            move(mailing, day)
    clock.set("2026-03-04T10:00")
    do_job(invitation)
    with pytest.raises(InputError):
        move(invitation, date(2026, 3, 5))
    assert fresh(invitation).planned_on == date(2026, 3, 4)


def test_only_what_is_planned_can_be_cancelled_and_the_invitation_never(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    round_ = asked_round(in_scope)
    with pytest.raises(InputError):
        cancel(mailing_of(round_))
    cancel(mailing_of(round_, "reminder", 2))
    reminder = mailing_of(round_, "reminder")
    Mailing.objects.filter(pk=reminder.pk).update(state="running")
    with pytest.raises(InputError):
        cancel(reminder)
    assert Mailing.objects.filter(round=round_, kind="reminder").count() == 1


def test_only_what_runs_can_be_stopped_and_only_what_stands_still_resumed(in_scope: Cast, clock: Clock) -> None:
    mailing = mailing_of(asked_round(in_scope))
    with pytest.raises(InputError):
        stop(mailing)
    with pytest.raises(InputError):
        resume(mailing)
    Mailing.objects.filter(pk=mailing.pk).update(state="running")
    with pytest.raises(InputError):
        resume(mailing)
    Mailing.objects.filter(pk=mailing.pk).update(trouble="login")
    resume(mailing)
    assert fresh(mailing).trouble == ""


def test_a_job_is_asked_for_once_however_often_the_sweep_comes(in_scope: Cast, clock: Clock) -> None:
    mailing = mailing_of(asked_round(in_scope))
    for _sweep in range(3):
        start_due()
    assert [job.key for job in Job.objects.all()] == [str(mailing.pk)]


def test_nothing_starts_for_a_round_in_preparation_or_past_its_last_day(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope)
    Round.objects.filter(pk=round_.pk).update(state="draft")
    start_due()
    Round.objects.filter(pk=round_.pk).update(state="open")
    clock.set("2026-03-30T10:00")
    start_due()
    assert not Job.objects.exists()


def test_reminders_wait_for_the_invitation_and_come_one_a_day(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    """The server was off for two weeks: nobody gets three mails in one morning."""
    round_ = asked_round(in_scope)
    invitation, first, second = mailing_of(round_), mailing_of(round_, "reminder"), mailing_of(round_, "reminder", 2)
    for moment, due in [
        ("2026-03-18T10:00", invitation),
        ("2026-03-19T10:00", first),
        ("2026-03-20T10:00", second),
    ]:
        clock.set(moment)
        assert [mailing for mailing in (invitation, first, second) if is_due(fresh(mailing))] == [due]
        do_job(due)
        assert not [mailing for mailing in (first, second) if is_due(fresh(mailing)) and mailing != due]
        assert fresh(due).state == "done"
    assert set(mail_server.counts.values()) == {3}


def test_a_mailing_whose_rows_were_half_made_gets_the_rest_and_nobody_twice(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    round_ = asked_round(in_scope, people=6)
    mailing = mailing_of(round_)
    Delivery.objects.bulk_create(
        Delivery(mailing=mailing, invitation=invitation) for invitation in invitations(round_)[:3]
    )
    do_job(mailing)
    assert set(mail_server.counts.values()) == {1}
    assert (len(mail_server.received), fresh(mailing).total, fresh(mailing).sent) == (6, 6, 6)


def test_no_row_is_added_to_a_mailing_that_runs_or_was_cancelled(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope)
    running, cancelled = mailing_of(round_, "reminder"), mailing_of(round_, "reminder", 2)
    Mailing.objects.filter(pk=running.pk).update(state="running")
    cancel(cancelled)
    for mailing in (running, cancelled):
        assert not deliveries.begin(mailing)
    assert not Delivery.objects.exists()


def test_managers_and_results_wait_for_whoever_says_who_gets_them(
    in_scope: Cast, clock: Clock, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = asked_round(in_scope)
    clock.set("2026-04-14T10:00")
    monkeypatch.setattr(recipients, "_sources", {})
    managers, results = mailing_of(round_, "managers"), mailing_of(round_, "results")
    known: dict[str, object] = {"managers": None, "results": None}
    recipients.register_recipients("managers", lambda round_: known["managers"])  # type: ignore[arg-type, return-value]
    Round.objects.filter(pk=round_.pk).update(state="closed")
    assert not is_due(fresh(managers))
    assert not is_due(fresh(results))
    known["managers"] = User.objects.filter(email__in=["mo@example.test", "nel@example.test"])
    User.objects.filter(email="nel@example.test").update(language="en")
    start_due()
    assert [job.key for job in Job.objects.all()] == [str(managers.pk)]
    do_job(managers)
    assert mail_server.counts == {"mo@example.test": 1, "nel@example.test": 1}
    link = f"/o/{round_.organisation.slug}/r/{round_.slug}/"
    assert link in mail_server.mail_to("mo@example.test").text
    assert "The results of Leerscan are ready" in mail_server.mail_to("nel@example.test").text


def test_one_mailing_that_cannot_be_looked_at_does_not_hold_up_the_others(
    in_scope: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = asked_round(in_scope, people=2)
    mailing = mailing_of(asked_round(in_scope, people=2, title="Andere"))
    Round.objects.filter(pk=closed.pk).update(state="closed")
    Mailing.objects.filter(round=closed, kind="managers").update(planned_on="2026-03-02")
    monkeypatch.setattr(recipients, "_sources", {})
    recipients.register_recipients("managers", lambda round_: 1 / 0)  # type: ignore[arg-type, return-value]
    start_due()
    assert [job.key for job in Job.objects.all()] == [str(mailing.pk)]


def test_results_go_to_people_with_the_link_that_was_registered(
    in_scope: Cast, clock: Clock, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = asked_round(in_scope, people=2)
    clock.set("2026-04-14T10:00")
    Round.objects.filter(pk=round_.pk).update(state="closed")
    monkeypatch.setattr(recipients, "_sources", {})
    recipients.register_recipients("results", lambda round_: Person.objects.all(), lambda round_: "https://x.test/s/1/")
    mailing = mailing_of(round_, "results")
    assert do_job(mailing).state == "done"
    assert mail_server.counts == {"mens0@example.test": 1, "mens1@example.test": 1}
    assert "https://x.test/s/1/" in mail_server.received[0].text
    assert fresh(mailing).sent == 2


def test_closing_ends_all_that_asks_and_leaves_no_row(in_scope: Cast, clock: Clock, mail_server: MailServer) -> None:
    round_ = asked_round(in_scope)
    mail_server.answers["mens1@example.test"] = ["550 unknown"]
    do_job(mailing_of(round_))
    Mailing.objects.filter(round=round_, kind="reminder", number=1).update(state="running", trouble="login")
    Delivery.objects.create(mailing=mailing_of(round_, "reminder"), invitation=invitations(round_)[0])
    assert Delivery.objects.count() == 2
    forget_who_answered(round_)
    assert not Delivery.objects.exists()
    states = {(mailing.kind, mailing.number): mailing.state for mailing in Mailing.objects.filter(round=round_)}
    assert states == {
        ("invitation", 1): "done",
        ("reminder", 1): "done",
        ("managers", 1): "planned",
        ("results", 1): "planned",
    }


def test_a_single_mail_needs_an_open_round_and_an_address(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope)
    invitation = invitations(round_)[0]
    clock.set("2026-03-02T10:00")
    with pytest.raises(InputError):
        send_single(round_, invitation)
    clock.set("2026-03-03T10:00")
    assert invitation.person is not None
    invitation.person.email = ""
    with pytest.raises(InputError, match="Mens 0"):
        send_single(round_, invitation)
    assert not Mailing.objects.filter(kind="single").exists()


def test_the_log_tells_that_it_was_sent_and_not_to_how_many(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    round_ = asked_round(in_scope)
    LogEntry.objects.all().delete()
    answered(round_, "mens0@example.test", "mens3@example.test")
    clock.moment += timedelta(days=7)
    Mailing.objects.filter(kind="invitation").delete()
    do_job(mailing_of(round_, "reminder"))
    assert sorted(LogEntry.objects.values_list("action", "subject")) == [
        ("begin_reminder", "Leerscan"),
        ("sent_reminder", "Leerscan"),
    ]


def test_a_mailing_that_was_cancelled_before_its_job_came_is_no_fault(in_scope: Cast, clock: Clock) -> None:
    mailing = mailing_of(asked_round(in_scope), "reminder")
    clock.set("2026-03-10T10:00")
    Mailing.objects.filter(kind="invitation").delete()
    start_due()
    cancel(mailing)
    job = Job.objects.get()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", "cancelled")
    assert rows(mailing) == []


def test_managers_never_hear_after_their_staff(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope)
    with pytest.raises(InputError):
        move(mailing_of(round_, "managers"), date(2026, 4, 15))
    with pytest.raises(InputError):
        move(mailing_of(round_, "results"), date(2026, 4, 6))
    with pytest.raises(InputError):
        move(mailing_of(round_, "managers"), date(2026, 4, 14))
    move(mailing_of(round_, "managers"), date(2026, 4, 13))
    with pytest.raises(InputError):
        move(mailing_of(round_, "results"), date(2026, 4, 13))
    move(mailing_of(round_, "results"), date(2026, 4, 20))
    move(mailing_of(round_, "managers"), date(2026, 4, 17))
    for day in (18, 19, 20):  # a weekend: the mails would go out on Monday, when staff get theirs
        with translation.override("en"), pytest.raises(InputError, match=r"on Monday 20 April 2026, and staff"):
            move(mailing_of(round_, "managers"), date(2026, 4, day))
    assert mailing_of(round_, "managers").planned_on == date(2026, 4, 17)


def test_without_a_mail_to_staff_managers_hear_before_the_promised_day(in_scope: Cast, clock: Clock) -> None:
    managers = mailing_of(asked_round(in_scope, mails_results=False), "managers")
    with pytest.raises(InputError):
        move(managers, RESULTS)
    move(managers, date(2026, 4, 13))


@pytest.mark.parametrize(("results", "before", "managers"), [("2026-04-07", 3, "2026-04-02"), ("2026-04-14", 0, "13")])
def test_a_launch_never_plans_both_on_one_day(
    in_scope: Cast, clock: Clock, results: str, before: int, managers: str
) -> None:
    """Three days before the Tuesday after Easter is a Saturday, of which the mails would go out on that Tuesday."""
    add_people(in_scope.departments["zorg / wijkteam oost"], 2)
    round_ = create_round(in_scope.organisation, "Pasen", OPENS, CLOSES, results_on=date.fromisoformat(results))
    Plan.objects.create(round=round_, managers_days_before=before)
    launch(round_)
    assert mailing_of(round_, "managers").planned_on.isoformat().endswith(managers)


def test_the_results_come_at_most_120_days_after_the_last_day(in_scope: Cast, clock: Clock) -> None:
    results = mailing_of(asked_round(in_scope), "results")
    with translation.override("en"), pytest.raises(InputError, match="from 27 March 2026 to 25 July 2026"):
        move(results, date(2026, 7, 26))
    move(results, date(2026, 7, 25))


@pytest.mark.parametrize("kind", ["invitation", "managers", "results"])
def test_only_a_reminder_is_taken_off_the_plan(in_scope: Cast, clock: Clock, kind: str) -> None:
    mailing = mailing_of(asked_round(in_scope), kind)
    with translation.override("en"), pytest.raises(InputError, match="Only a reminder can be taken off the plan"):
        cancel(mailing)
    assert fresh(mailing).state == "planned"


def test_a_mail_that_could_only_go_out_after_the_last_day_is_refused(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope)
    Round.objects.filter(pk=round_.pk).update(closes_on="2026-03-29")  # a Sunday
    round_.refresh_from_db()
    reminder, invitation = mailing_of(round_, "reminder"), mailing_of(round_)
    words = "On Saturday 28 March no mails go out, and on Monday 30 March, the next day for mails, the scan is closed."
    for refuse in (partial(add_reminder, round_), partial(move, reminder), partial(move, invitation)):
        with translation.override("en"), pytest.raises(InputError, match=words) as fault:
            refuse(date(2026, 3, 28))
        assert str(fault.value).endswith("Choose Friday 27 March or earlier.")
    Plan.objects.update(on_any_day=True)
    add_reminder(round_, date(2026, 3, 28))


def test_after_the_last_hour_of_the_last_day_nothing_is_planned(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope)
    clock.set("2026-03-27T16:30")
    with translation.override("en"), pytest.raises(InputError, match="There is no day left for it"):
        add_reminder(round_, CLOSES)
    clock.set("2026-03-27T15:30")
    add_reminder(round_, CLOSES)


def test_the_results_can_be_mailed_after_all(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope, mails_results=False)
    for day in (date(2026, 4, 13), date(2026, 7, 26)):
        with translation.override("en"), pytest.raises(InputError, match="from 14 April 2026 to 25 July 2026"):
            plan_results(round_, day)
    assert plan_results(round_, RESULTS).planned_on == RESULTS
    assert Plan.objects.get(round=round_).mails_results
    with pytest.raises(InputError):
        plan_results(round_, RESULTS)
    assert Mailing.objects.filter(kind="results").count() == 1


def test_once_staff_may_read_the_results_the_mail_goes_out_today(in_scope: Cast, clock: Clock) -> None:
    """A later day would take the page away again."""
    round_ = asked_round(in_scope, mails_results=False)
    Round.objects.update(state="closed")
    round_.refresh_from_db()
    clock.set("2026-04-20T10:00")
    for day in (RESULTS, date(2026, 4, 21)):
        with translation.override("en"), pytest.raises(InputError, match="since 14 April 2026"):
            plan_results(round_, day)
    assert plan_results(round_, date(2026, 4, 20)).state == "planned"


def test_a_draft_or_an_imported_scan_mails_no_results(in_scope: Cast, clock: Clock) -> None:
    round_ = asked_round(in_scope, mails_results=False)
    for change in ({"state": "draft"}, {"state": "closed", "origin": "imported"}):
        Round.objects.update(**change)
        round_.refresh_from_db()
        with pytest.raises(InputError):
            plan_results(round_, RESULTS)


def test_mails_name_the_day_on_which_the_results_really_come(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    round_ = asked_round(in_scope)
    move(mailing_of(round_, "results"), date(2026, 5, 12))
    assert "12 mei 2026" in write(round_, "managers", "nl", "Mo", "mo@example.test", "https://x.test/").body
    do_job(mailing_of(round_))
    assert "12 mei 2026" in mail_server.received[0].text
