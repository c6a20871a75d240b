"""Close a round: no more answers, ballot box sealed, cleaned up behind it, release built, laid beside the round before.

Each step can be repeated.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from jobs.fail_points import reached
from jobs.models import Job
from jobs.progress import Progress
from jobs.running import run_here
from organisations import log
from organisations.commands import InputError
from reports.handing_out import call_off, has_results
from reports.learning.proposing import propose
from reports.models import Release
from scan import ballot_box, cleaning
from scan.forgetting import forget_who_answered
from scan.models import Round
from scan.participants import today_in

KIND = "close_round"
STEPS = 5


def close_here(round_: Round) -> Job:
    """Close the round in this process (the command). Raises InputError for a round that was never open."""
    if round_.state == Round.State.DRAFT:
        raise InputError(_("“%(title)s” is still in preparation: there is nothing to close.") % {"title": round_.title})
    if _came_too_late(round_):
        raise InputError(
            _(
                "The answers of “%(title)s” have been deleted, or are being deleted just now, because the days for "
                "which they are kept were over. There will be no results."
            )
            % {"title": round_.title}
        )
    return run_here(KIND, str(round_.pk))


def work(key: str, progress: Progress) -> str:
    """The job: its key is the round's id."""
    with scopes_disabled():
        organisation = Round.objects.select_related("organisation").get(pk=UUID(key)).organisation
    with scope(organisation=organisation):
        if _came_too_late(Round.objects.get(pk=UUID(key))):
            return "answers deleted"
        return str(_close(UUID(key), progress))


def _came_too_late(round_: Round) -> bool:
    """Its answers were deleted before there were results; of what is left of them none may be made."""
    return round_.is_past_retention and not Release.objects.filter(round=round_).exists()


def _close(round_id: UUID, progress: Progress) -> UUID:
    from reports.over_time.freezing import freeze_changes  # noqa: PLC0415 -- slow import: scipy
    from reports.release import build_release, newest_release  # noqa: PLC0415 -- slow import: scipy

    stop_accepting(round_id)
    progress.report(1, STEPS)
    seal(round_id)
    progress.report(2, STEPS)
    round_ = Round.objects.select_related("organisation", "version").get(pk=round_id)
    if newest_release(round_) is None:
        cleaning.clean_up()
        reached("after closing has cleaned up")
    progress.report(3, STEPS)
    release = build_release(round_)
    propose(release)
    reached("after pairs are proposed")
    if not has_results(round_):
        call_off(round_)
    progress.report(4, STEPS)
    freeze_changes(round_.organisation)
    reached("after changes are frozen")
    progress.report(STEPS, STEPS)
    return release.pk


def stop_accepting(round_id: UUID) -> None:
    """From now on nobody can answer; waits for answers that are just being sent."""
    with transaction.atomic():
        round_ = Round.objects.select_for_update().select_related(None).get(pk=round_id)
        if round_.state == Round.State.OPEN:
            round_.state = Round.State.CLOSED
            round_.closed_on = today_in(round_.organisation)
            round_.save(update_fields=["state", "closed_on"])
            log.record(round_.organisation, "close_round", round_.title)
        reached("before the end of answering is committed")
    reached("after the end of answering is committed")


def seal(round_id: UUID) -> None:
    """Rewrite the responses in random order; forget who answered, and what was still being filled in. Once."""
    with transaction.atomic():
        round_ = Round.objects.select_for_update().get(pk=round_id)
        if round_.is_sealed or round_.is_past_retention:
            return
        ballot_box.seal(round_)
        reached("after the ballot box is rewritten")
        forget_who_answered(round_)
        round_.is_sealed = True
        round_.save(update_fields=["is_sealed"])
        reached("before sealing is committed")
    reached("after sealing is committed")
