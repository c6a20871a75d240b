"""Open links: one address for all staff of a unit. Whoever starts by it gets an anonymous invitation of their own.

Limits are kept under a lock on the link's row, through plain managers (scan/locks.py says why).
"""

import hmac

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django_scopes import scopes_disabled

from organisations import log
from organisations.models import User
from scan.links.codes import cleaned, code_under, give_code, written
from scan.locks import hold_open
from scan.models import Invitation, OpenLink, Unit
from scan.participants import LinkError, accepts_answers, open_somewhere
from scan.tokens import NOWHERE, id_signed_in, scan_keys, signed

LINK, CODE = b"leerscan open link ", b"leerscan open code "
STARTS_PER_PERSON = 2


class FullError(Exception):
    """As many people started, or sent answers, as this link is for."""


def make(unit: Unit) -> OpenLink:
    """The open link of a unit that has one, at launch."""
    expected = unit.expected or 0
    return OpenLink.objects.create(unit=unit, start_limit=STARTS_PER_PERSON * expected, submit_limit=expected)


def token_of(link: OpenLink) -> str:
    return signed(LINK, link.key)


def address_of(link: OpenLink) -> str:
    """The full address that stands on the poster."""
    return settings.BASE_URL + reverse("scan:open", args=[token_of(link)])


def code_of(link: OpenLink) -> str:
    """What somebody types who cannot scan the poster; it leads to the same page."""
    return written(code_under(next(scan_keys()), CODE, link.key))


def find(token: str) -> OpenLink:
    """Raises LinkError: unknown, malformed, not yet open and closed are all alike, and the same work."""
    key = id_signed_in(LINK, token) or NOWHERE
    with scopes_disabled():  # the link itself says which organisation it is
        links = OpenLink.objects.select_related("unit__round__organisation", "unit__parent")
        link = links.filter(open_somewhere("unit__round__"), key=key).first()
    if link is None or not accepts_answers(link.unit.round):
        raise LinkError
    return link


def find_by_code(text: str) -> str | None:
    """The token of the open link with this code. Few enough are open at a time to look at each of them."""
    code = cleaned(text) or ""
    with scopes_disabled():
        links = list(OpenLink.objects.filter(unit__round__state="open"))
    keys = list(scan_keys())
    # All of them, also after one was found: the work is the same for every text.
    found = [
        link
        for link in links
        if any([hmac.compare_digest(code_under(key, CODE, link.key), code) for key in keys])  # noqa: C419 -- see above
    ]
    token = token_of(found[0] if found else OpenLink(key=NOWHERE))
    return token if found else None


def start(link: OpenLink, language: str) -> Invitation:
    """An invitation for whoever asked, with a code to go on by later.

    Raises FullError, or LinkError when the round closed meanwhile.
    """
    with transaction.atomic():
        if not hold_open(link.unit.round_id):
            raise LinkError
        limits = _hold(link.unit)
        if _started(link.unit).count() >= limits.start_limit:
            raise FullError
        invitation = Invitation(round=link.unit.round, unit=link.unit, language=language, came_by_open_link=True)
        give_code(invitation)
        invitation.save(force_insert=True)
    return invitation


def require_room(invitation: Invitation) -> None:
    """Call it in the transaction that has just used the invitation. Raises FullError when that is one too many."""
    if not invitation.came_by_open_link:
        return
    limits = _hold(invitation.unit)
    if _started(invitation.unit).filter(used=True).count() > limits.submit_limit:
        raise FullError


def raise_limits(link: OpenLink, start_limit: int, submit_limit: int, user: User) -> None:
    """Only upwards, whoever raises them at the same moment."""
    OpenLink._base_manager.filter(pk=link.pk).update(  # noqa: SLF001 -- see scan/locks.py
        start_limit=Greatest("start_limit", start_limit),
        submit_limit=Greatest("submit_limit", submit_limit),
        # Until the daily refresh looks again.
        is_near_limit=False,
    )
    unit = link.unit
    subject = f"{unit.round.title}: {unit.path or unit.name} ({start_limit} / {submit_limit})"
    log.record(unit.round.organisation, "raise_limits", subject, user)


def _hold(unit: Unit) -> OpenLink:
    """The limits, for this transaction alone: who starts or sends by the same link waits for it to end."""
    return OpenLink._base_manager.select_for_update().get(pk=unit.pk)  # noqa: SLF001


def _started(unit: Unit) -> QuerySet[Invitation]:
    return Invitation._base_manager.filter(unit=unit.pk, came_by_open_link=True)  # noqa: SLF001 -- see above
