"""Everything that the administrator's page shows, put together."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from jobs import signs, standing
from reports.keeping.backing_up import last_backup
from reports.watching.attention import Seen, matters
from reports.watching.installation import database_name, free_gigabytes, version
from reports.watching.job_rows import MOST_ROWS, failed_rows, unfinished_rows
from reports.watching.readiness import watch
from reports.watching.safety import warnings


def page() -> dict[str, Any]:
    counted = standing.counts()
    seen = Seen(
        workers=signs.workers(),
        last_tick=standing.last_daily_tick(),
        parts=watch.findings(),
        failed=sum(count for (_kind, state), count in counted.items() if state == standing.State.FAILED),
        free_gigabytes=free_gigabytes(),
    )
    return {
        "matters": matters(seen),
        "failed": failed_rows(),
        "unfinished": unfinished_rows(),
        "more": max(0, sum(counted.values()) - seen.failed - MOST_ROWS),
        "warnings": warnings(),
        "mail_server": _mail_server(),
        "sender": settings.DEFAULT_FROM_EMAIL,
        "workers": signs.alive(seen.workers),
        "last_tick": seen.last_tick,
        "last_backup": last_backup(),
        "version": version(),
        "database": database_name(),
        "free": seen.free_gigabytes,
    }


def _mail_server() -> str:
    """Empty where mails go to no server: in tests, and where somebody set another way."""
    mailer: dict[str, Any] = settings.MAILERS["default"]
    options = mailer.get("OPTIONS", {})
    if "host" not in options:
        return ""
    safe = _("with TLS") if options.get("use_tls") or options.get("use_ssl") else _("without TLS")
    return f"{options['host']}:{options['port']}, {safe}"
