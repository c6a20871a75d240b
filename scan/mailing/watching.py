"""What can end or hold up a mailing, looked at twice a second while it is sent.

Before every mail it would be half of all work, and nobody notices half a second. That nothing goes out any more once a
mailing is stopped does not hang on it: only rows of a running mailing can be claimed (scan/mailing/deliveries.py).
Of a reminder everything is looked at before every turn, which is a second long anyway: each is like the others.
"""

import time
from collections.abc import Callable

from jobs.models import Job
from jobs.progress import Progress
from scan.facts import facts_of
from scan.mailing.deliveries import ASKING, mailings
from scan.mailing.hours import may_send_at, now_in, plan_of
from scan.models import Mailing, Round
from scan.participants import accepts_answers

SECONDS = 0.5


class Watch:
    """Of one worker that sends a mailing."""

    def __init__(self, mailing: Mailing, progress: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        self._mailing, self._progress, self._clock = mailing, progress, clock
        self._gap = 0 if mailing.kind == Mailing.Kind.REMINDER else SECONDS
        self._next = clock()
        self._facts: dict[str, dict[str, str]] = {}

    def look_soon(self) -> None:
        """Something was not as expected."""
        self._next = self._clock()

    def why_not_now(self, *, may_make_way: bool) -> str:
        """Empty when mails may go out. Raises JobLostError when another worker has the job."""
        if self._clock() < self._next:
            return ""
        self._facts.clear()
        if why := self._why_to_end():
            return why
        if may_make_way and _another_job_waits():
            return "made way"
        self.report()
        self._next = self._clock() + self._gap
        return ""

    def report(self) -> None:
        """Of a reminder only that it lives: its numbers would tell how many have not answered (R7)."""
        mailing = self._mailing
        if mailing.kind == Mailing.Kind.REMINDER or not mailing.total:
            self._progress.beat()
            return
        mailing.refresh_from_db(fields=["sent", "refused", "uncertain"])
        self._progress.report(mailing.sent + mailing.refused + mailing.uncertain, mailing.total)

    def facts(self, round_: Round, language: str) -> dict[str, str]:
        """What the mails are filled in with, as it was at the last look."""
        if language not in self._facts:
            self._facts[language] = facts_of(round_, language)
        return dict(self._facts[language])

    def _why_to_end(self) -> str:
        mailing, round_ = self._mailing, self._mailing.round
        if not mailings().filter(pk=mailing.pk, state=Mailing.State.RUNNING).exists():
            return "stopped"
        if mailing.kind in ASKING:
            round_.refresh_from_db(fields=["state", "closes_on"])
            if not accepts_answers(round_):
                return "closed"
        plan = plan_of(round_)  # each time, for somebody can change the hours meanwhile
        return "" if may_send_at(mailing.kind, plan, now_in(round_.organisation)) else "outside hours"


def _another_job_waits() -> bool:
    """A mailing takes long; a report that somebody waits for does not. The next sweep takes the mailing up again."""
    return Job.objects.filter(state=Job.State.WAITING, tries=0).exists()
