"""What the administrator should look at now, with what helps. Nothing here is about a person or an answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs import signs
from jobs.models import Worker
from reports.watching.readiness import GOOD
from scan.mailing.remedies import PASSING, trouble_of
from scan.mailing.standing import troubles

# The work of a day is asked for after midnight; some hours for a worker that does something long first.
DAY_AND_HOURS = timedelta(hours=30)
LOW_DISK = 2


@dataclass(frozen=True)
class Matter:
    what: str
    then: str


@dataclass(frozen=True)
class Seen:
    """What was found out about the installation."""

    workers: list[Worker]
    last_tick: datetime | None
    parts: dict[str, str]
    failed: int
    free_gigabytes: int


def matters(seen: Seen) -> list[Matter]:
    found = [*_workers(seen), *_parts(seen), *_failed(seen), *_mail()]
    if seen.free_gigabytes < LOW_DISK:
        found.append(
            Matter(
                _("The disk is nearly full."),
                _("Make room: without it nobody can answer. Old backups are often what can go."),
            )
        )
    return found


def _workers(seen: Seen) -> list[Matter]:
    if not signs.alive(seen.workers):
        last = seen.workers[0].seen_at if seen.workers else None
        since = date_format(timezone.localtime(last), "j F Y, H:i") if last else ""
        what = _("No worker is running. One was last seen on %(moment)s.") % {"moment": since}
        return [
            Matter(
                what if last else _("No worker is running."),
                _("Nothing is mailed, closed or made until one runs. Start it: manage.py serve, or manage.py work."),
            )
        ]
    if seen.last_tick and timezone.now() - seen.last_tick > DAY_AND_HOURS:
        moment = date_format(timezone.localtime(seen.last_tick), "j F Y, H:i")
        return [
            Matter(
                _("The work of the day was last done on %(moment)s.") % {"moment": moment},
                _("Look below whether it waits or failed. It deletes what is past its time, so it must not wait long."),
            )
        ]
    return []


def _parts(seen: Seen) -> list[Matter]:
    words = {
        "database": Matter(_("The database does not answer."), _("Look whether it runs and can be reached.")),
        "tables": Matter(_("The database is older than the program."), _("Run manage.py migrate.")),
        "queue": Matter(
            _("The queue (Redis) does not answer."),
            _("Jobs wait until it does; none is lost. Look whether Redis runs and can be reached."),
        ),
        "cache": Matter(
            _("The cache (Redis) does not answer."),
            _("Logging in and codes need it. Look whether Redis runs and can be reached."),
        ),
    }
    return [words[name] for name, state in seen.parts.items() if state != GOOD]


def _failed(seen: Seen) -> list[Matter]:
    if not seen.failed:
        return []
    what = ngettext("%(count)s job failed three times.", "%(count)s jobs failed three times.", seen.failed)
    return [Matter(what % {"count": seen.failed}, _("Below stands what went wrong and what helps."))]


def _mail() -> list[Matter]:
    return [
        Matter(
            str(trouble_of(code).what),
            _("Mails wait. We try again every 15 minutes, so you only have to mend it.")
            if code in PASSING
            else _("Mails wait. Mend it, send yourself a test mail, and tell the HR adviser to choose Resume."),
        )
        for code in troubles()
    ]
