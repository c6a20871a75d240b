"""The end of a round: another last day, closing early, and closing by itself when the last day is over."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from jobs.models import Job
from jobs.running import request
from organisations import log
from organisations.commands import InputError
from organisations.models import User
from reports.closing import KIND, stop_accepting
from reports.models import Release
from scan.mailing.day_rules import check_last_day
from scan.mailing.planning import cancel_reminders_after
from scan.models import Mailing, Round
from scan.participants import today_in

MAX_DAYS = 120
AGAIN_AFTER = timedelta(hours=1)


def change_last_day(round_: Round, day: date, user: User) -> list[date]:
    """Answers the days of reminders that were cancelled, for they would have gone out after it.

    Raises InputError when the round is not open or the day cannot be.
    """
    with transaction.atomic():
        found = Round.objects.select_for_update().get(pk=round_.pk)
        if found.state != Round.State.OPEN:
            raise InputError(_("“%(title)s” is no longer open.") % {"title": found.title})
        if Job.objects.filter(kind=KIND, key=str(round_.pk), state__in=Job.UNFINISHED).exists():
            raise InputError(_("“%(title)s” is being closed just now.") % {"title": found.title})
        if day < today_in(round_.organisation):
            raise InputError(_("This day has passed. Choose today or later."))
        if day < found.opens_on:
            raise InputError(
                _("The scan opens on %(date)s. Choose that day or a later one.")
                % {"date": date_format(found.opens_on, "j F Y")}
            )
        if (day - found.opens_on).days > MAX_DAYS:
            raise InputError(_("That is more than four months after the first day. Choose an earlier day."))
        if found.results_on and day >= found.results_on:
            raise InputError(
                _("You promised staff the results on %(date)s. Choose a last day before that.")
                % {"date": date_format(found.results_on, "j F Y")}
            )
        _check_comes_before_handing_out(found, day)
        check_last_day(found, day, today_in(round_.organisation))
        found.closes_on = day
        found.save(update_fields=["closes_on"])
        log.record(round_.organisation, "change_last_day", f"{found.title}: {day.isoformat()}", user)
        cancelled = cancel_reminders_after(found, day)
        for reminder in cancelled:
            log.record(round_.organisation, "cancel_mailing", f"{found.title}: {reminder.isoformat()}", user)
    return cancelled


def planned_reminders(round_: Round) -> list[date]:
    planned = Mailing.objects.filter(round=round_, kind=Mailing.Kind.REMINDER, state=Mailing.State.PLANNED)
    return list(planned.order_by("planned_on").values_list("planned_on", flat=True))


def _check_comes_before_handing_out(round_: Round, day: date) -> None:
    """Also where the HR adviser moved those days since the launch."""
    after = Mailing.objects.filter(round=round_, kind__in=(Mailing.Kind.MANAGERS, Mailing.Kind.RESULTS))
    first = after.order_by("planned_on").first()
    if first and day >= first.planned_on:
        raise InputError(
            _("The results are handed out from %(date)s on. Choose an earlier last day, or first move that day.")
            % {"date": date_format(first.planned_on, "j F Y")}
        )


def close_early(round_: Round, user: User) -> Job:
    """From this moment nobody can answer; sealing and the results follow as a job."""
    with transaction.atomic():
        log.record(round_.organisation, "ask_closing", round_.title, user)
        stop_accepting(round_.pk)
        return request(KIND, str(round_.pk))


def close_due() -> None:
    """Ask for the closing of every round whose last day is over, by the organisation's clock.

    Also of one that was closed early, or whose closing failed: as long as it has no results it is not closed for good.
    """
    with scopes_disabled():
        rounds = Round.objects.filter(origin=Round.Origin.ASKED, answers_deleted_on=None)
        # Not joined: among thousands of organisations PostgreSQL would read all of them first, for the few of these.
        rounds = rounds.prefetch_related("organisation")
        has_release = Exists(Release.objects.filter(round=OuterRef("pk")))
        begun = rounds.filter(~has_release, state=Round.State.CLOSED, is_past_retention=False)
        found = [*(round_ for round_ in rounds.filter(may_be_over()) if _is_over(round_)), *begun]
    for round_ in found:
        with scope(organisation=round_.organisation):
            if not has_just_failed(KIND, round_):
                request(KIND, str(round_.pk))


def may_be_over() -> Q:
    """Open rounds of which the last day is over in some time zone."""
    return Q(state=Round.State.OPEN, closes_on__lte=timezone.now().date())


def _is_over(round_: Round) -> bool:
    return round_.closes_on < today_in(round_.organisation)


def has_just_failed(kind: str, round_: Round) -> bool:
    """A job about a round that failed for good is asked for again after an hour, not at every sweep."""
    failed = Job.objects.filter(kind=kind, key=str(round_.pk), state=Job.State.FAILED)
    now = timezone.now()
    # Not of a moment that is still to come either: the clock was put back.
    return failed.filter(finished_at__range=(now - AGAIN_AFTER, now + AGAIN_AFTER)).exists()


def closing_has_failed(round_: Round) -> bool:
    """For good: the administrator has to look at it."""
    job = Job.objects.filter(kind=KIND, key=str(round_.pk)).order_by("-created_at").first()
    return job is not None and job.state == Job.State.FAILED
