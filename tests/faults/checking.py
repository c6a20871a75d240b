"""What must hold when all faults are over."""

from collections import Counter
from pathlib import Path

from django_scopes import scope, scopes_disabled

from config.logs import CODE, QUOTED_ROW, TOKEN, TOKEN_PATH
from jobs.again import try_again
from jobs.models import Job
from jobs.running import DIED, run
from reports.closing import close_here
from reports.models import Release
from scan.models import Delivery, Draft, Invitation, Mailing, OpenLink, Remark, Round
from tests.faults.scene import Scene, release_by_path, stored_by_path
from tests.scan.asking import stored_responses
from tests.scan.load.crowd import Course
from tests.scan.load.people import Person, as_stored
from tests.scan.mailing.dying import uncertain_addresses
from tests.scan.mailing.mail_server import MailServer
from tests.waiting import wait_until

SETTLED_SECONDS = 120


def wait_until_settled(there: Scene, worker_log: Path, mailing_seconds: float = 0) -> None:
    """`mailing_seconds`: so long the mails that are left may take, at the pace that was set."""

    def told_with_the_log() -> str:
        return f"{told()}\n{worker_log.read_text()[-3000:]}"

    wait_until("all is settled", lambda: _is_settled(there), SETTLED_SECONDS + mailing_seconds, told_with_the_log)


def _is_settled(there: Scene) -> bool:
    with scopes_disabled():
        is_sent = Mailing.objects.get(pk=there.mailing.pk).state == Mailing.State.DONE
        is_released = Release.objects.filter(round=there.closing).exists()
        return is_sent and is_released and not Job.objects.filter(state__in=Job.UNFINISHED).exists()


def told() -> str:
    with scopes_disabled():
        jobs = [(job.kind, job.state, job.tries, job.fault) for job in Job.objects.all()]
        return f"{jobs}; {list(Mailing.objects.values_list('state', 'trouble'))}"


def check_answers(round_: Round, crowd: list[Person], course: Course, obstacles: list[str]) -> None:
    assert course.surprises == []
    assert sorted(shown.number for shown in course.confirmations) == list(range(len(crowd)))
    stored = [(row.unit_id, row.answers, row.obstacles, row.remark) for row in stored_responses(round_)]
    assert Counter(stored) == Counter(as_stored(one, obstacles) for one in crowd)
    invitations = Invitation.objects.filter(round=round_)
    assert invitations.filter(used=True).count() == len(crowd)
    (link,) = OpenLink.objects.filter(unit__round=round_)
    assert not invitations.filter(used=False).exclude(unit=link.unit_id).exists()
    assert not Draft.objects.filter(invitation__round=round_).exists()


def check_mails(mailing: Mailing, server: MailServer, mails: int, most_uncertain: int) -> None:
    with scope(organisation=mailing.round.organisation):
        mailing.refresh_from_db()
        assert mailing.state == Mailing.State.DONE
        assert set(server.counts.values()) == {1}
        missing = {f"mens{number}@example.test" for number in range(mails)} - set(server.counts)
        assert missing <= uncertain_addresses(mailing)
        assert mailing.uncertain <= most_uncertain
        assert mailing.sent + mailing.uncertain == mailing.total == mails
        assert Delivery.objects.filter(mailing=mailing).count() == mailing.uncertain
        print(f"{mailing.uncertain} mails uncertain, {len(missing)} of them not sent")  # noqa: T201


def check_closing(there: Scene, *, beside_its_twin: bool = True) -> None:
    """Its twin is closed here and now, without a fault."""
    round_ = Round.objects.get(pk=there.closing.pk)
    assert (round_.state, round_.is_sealed) == (Round.State.CLOSED, True)
    assert stored_by_path(round_, stored_responses(round_)) == sorted(there.ballots)
    assert sorted(Remark.objects.filter(round=round_).values_list("text", flat=True)) == sorted(there.remarks)
    assert not Invitation.objects.filter(round=round_, used=True).exists()
    assert Release.objects.filter(round=round_).count() == 1
    if beside_its_twin:
        close_here(there.twin)
        assert release_by_path(round_) == release_by_path(there.twin)


def check_jobs() -> None:
    """Each was done in the end. One whose worker was killed three times, the last time when all but a word of it was
    done, stands there as failed; "Try again" on the administrator's page then settles it."""
    with scopes_disabled():
        assert not Job.objects.filter(state__in=Job.UNFINISHED).exists()
        jobs = Job.objects.exclude(kind="daily_tick").order_by("created_at")
        newest = {(job.kind, job.key): job for job in jobs}
        for job in newest.values():
            if job.state == Job.State.FAILED:
                assert job.fault == DIED, told()
                assert try_again(job.pk), told()
                run(job.pk)
                job.refresh_from_db()
            assert job.state == Job.State.DONE, told()
        assert not Job.objects.exclude(claim=None).exists()


def check_no_secrets(said: str) -> None:
    """No link, code or row of anybody in what web and worker wrote down."""
    for secret in (TOKEN, CODE):
        assert not secret.search(said)
    assert all("/…" in found[0] for found in TOKEN_PATH.finditer(said))
    assert all("…" in found[0] for found in QUOTED_ROW.finditer(said))
