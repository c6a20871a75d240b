"""Where staff find the results: the address that stands in mails, on paper and in the communication pack.

The page itself is in a room above; it is reached by the name of its address.
"""

import hmac
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django_scopes import scopes_disabled

from scan.links.codes import cleaned, code_under, written
from scan.models import Round
from scan.tokens import id_signed_in, scan_keys, signed

LINK, SHORT = b"leerscan results ", b"leerscan results code "


def results_link(round_: Round) -> str:
    """The full address of the organisation's results for staff."""
    return _address(signed(LINK, round_.pk))


def short_results_link(round_: Round) -> str:
    """The same page, short enough to type from paper. In small letters: it is no code to answer with."""
    return _address(written(code_under(next(scan_keys()), SHORT, round_.pk)).lower())


def typed(address: str) -> str:
    """An address as people type it."""
    return address.partition("://")[2].rstrip("/")


def round_id_in(text: str) -> UUID | None:
    """Of which round this is the address, long or short; None for any other text."""
    return id_signed_in(LINK, text) or _id_by_code(text)


def _address(token: str) -> str:
    return settings.BASE_URL + reverse("shared_results", args=[token])


def _id_by_code(text: str) -> UUID | None:
    """Few enough rounds are launched to look at each of them."""
    code = cleaned(text)
    if code is None:
        return None
    with scopes_disabled():  # the code itself says which organisation it is
        ids = list(Round.objects.exclude(state=Round.State.DRAFT).values_list("pk", flat=True))
    keys = list(scan_keys())
    return next((pk for pk in ids if any(hmac.compare_digest(code_under(key, SHORT, pk), code) for key in keys)), None)
