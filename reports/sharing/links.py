"""Make, find and withdraw a link to a report. The link is shown once; the database holds a keyed hash of it only."""

import base64
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from organisations import log
from organisations.commands import InputError
from organisations.models import User
from reports.models import Release, SharedReport
from reports.sharing.sharers import Sharers
from scan.models import Unit
from scan.participants import today_in

DAYS = (7, 30, 90)
MOST_LINKS = 20
"""Of one unit at a time."""
TOKEN_BYTES = 26  # 42 signs, as long as other links, so that no log ever holds one (config/logs.py)
PURPOSE = b"leerscan shared report "


@dataclass(frozen=True)
class Wish:
    """What was filled in. `key`: the form's own, so that sending it twice makes one link."""

    key: UUID
    days: int
    note: str


@transaction.atomic
def make_link(release: Release, unit: Unit, wish: Wish, user: User) -> str:
    """The full address, which nobody can find again. Raises InputError."""
    organisation = release.round.organisation
    Release.objects.select_for_update().get(pk=release.pk)
    others = SharedReport.objects.filter(unit=unit, ends_at__gt=timezone.now())
    if SharedReport.objects.filter(pk=wish.key).exists():
        raise InputError(_("This link was made already, and is shown only once. Withdraw it below if you lost it."))
    if others.count() >= MOST_LINKS:
        raise InputError(_("There are %(count)s links to this report. Withdraw one first.") % {"count": MOST_LINKS})
    token = base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().rstrip("=").lower()
    today = today_in(organisation)
    zone = ZoneInfo(organisation.time_zone)
    SharedReport.objects.create(
        id=wish.key,
        release=release,
        unit=unit,
        token_hash=next(_hashes(token)),
        made_by=user,
        made_on=today,
        ends_at=datetime.combine(today + timedelta(days=wish.days + 1), time(), zone),
        note=wish.note,
    )
    log.record(organisation, "share_report", _about(unit, release), user)
    return settings.BASE_URL + reverse("shared_results", args=[token])


def find(token: str) -> SharedReport | None:
    """The link that this is; None when it is none, was withdrawn, or has ended: after the same work.

    Also when who made it may not read that report any more.
    """
    with scopes_disabled():  # the link itself says which organisation it is
        links = SharedReport.objects.select_related("release__round__organisation", "unit", "made_by")
        link = links.filter(token_hash__in=list(_hashes(token)), ends_at__gt=timezone.now()).first()
    if link is None:
        return None
    with scope(organisation=link.release.round.organisation):
        return link if Sharers(link.release.round, {link.made_by_id}).may(link.made_by_id, link.unit_id) else None


def withdraw(link: SharedReport, user: User) -> None:
    with transaction.atomic():
        if SharedReport.objects.filter(pk=link.pk).delete()[0]:
            log.record(link.release.round.organisation, "withdraw_share", _about(link.unit, link.release), user)


def last_day_of(link: SharedReport) -> date:
    zone = ZoneInfo(link.release.round.organisation.time_zone)
    return link.ends_at.astimezone(zone).date() - timedelta(days=1)


def delete_ended() -> None:
    """Every day: nothing is left of a link that has ended, such as for whom it was."""
    with scopes_disabled():
        SharedReport.objects.filter(ends_at__lte=timezone.now()).delete()


def _about(unit: Unit, release: Release) -> str:
    return f"{release.round.title}: {unit.path or release.round.organisation.name}"


def _hashes(token: str) -> Iterator[bytes]:
    """With each key that signs what colleagues may see; the newest first. Not SCAN_KEY: that is for answering."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield hmac.digest(key.encode(), PURPOSE + token.encode(), "sha256")
