"""Short codes: twelve signs that lead to a personal link. On a slip of paper, or for who started by an open link to go
on later (docs/decisions/0012).

A code is 60 bits of HMAC-SHA256(SCAN_KEY, the invitation's id), so that it can be made again; the database holds only a
keyed hash of it. Who finds that hash cannot find the code, and who guesses has one chance in 10^13 even among a hundred
thousand people.
"""

import hmac
import uuid

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django_scopes import scopes_disabled

from scan.models import Invitation
from scan.tokens import NOWHERE, scan_keys, token_of

# Crockford's base32: no I, L, O or U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 12, 4
PURPOSE = b"leerscan code "
# All that may be printed or counted on a page: settled at launch. Other codes come when somebody starts.
ON_PAPER = Q(code_hash__isnull=False, came_by_open_link=False)
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = str.maketrans("", "", " \t\r\n\u00a0-–—.")


def code_of(invitation_id: uuid.UUID) -> str:
    """The code that an invitation gets now, written in groups: 7K3M-Q2XW-90FB."""
    return written(code_under(next(scan_keys()), PURPOSE, invitation_id))


def hash_of(code: str) -> bytes:
    """What the database holds of a code."""
    return _hash(next(scan_keys()), cleaned(code) or "")


def give_code(invitation: Invitation) -> None:
    """Sets `code_hash`; the caller saves, for at launch thousands are saved at once."""
    invitation.code_hash = hash_of(code_of(invitation.pk))


def given_code(invitation: Invitation) -> str:
    """The code that `code_hash` was made from, also when SCAN_KEY has been replaced since then.

    Raises LookupError when there is none, or when the key of that time is not among the fallbacks.
    """
    for key in scan_keys():
        code = code_under(key, PURPOSE, invitation.pk)
        if invitation.code_hash is not None and hmac.compare_digest(_hash(key, code), bytes(invitation.code_hash)):
            return written(code)
    raise LookupError("the key that this code was made with is not in SCAN_KEY or SCAN_KEY_FALLBACKS")


def is_on_paper(invitation: Invitation) -> bool:
    """As ON_PAPER, of one."""
    return invitation.code_hash is not None and not invitation.came_by_open_link


def code_page_address() -> str:
    """The full address of the page where codes are typed."""
    return settings.BASE_URL + reverse("scan:code")


def find_by_code(text: str) -> str | None:
    """The token of the invitation with this code, however it was typed; the same work for any other text."""
    code = cleaned(text) or ""
    with scopes_disabled():  # the code itself says which organisation it is
        invitation = Invitation.objects.filter(code_hash__in=[_hash(key, code) for key in scan_keys()]).first()
    token = token_of(invitation.pk if invitation else NOWHERE)
    return token if invitation else None


def cleaned(text: str) -> str | None:
    """Twelve signs of the alphabet; None when the text cannot be a code."""
    code = text.upper().translate(_BETWEEN).translate(_MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def written(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def code_under(key: bytes, purpose: bytes, about: uuid.UUID) -> str:
    """60 bits in the alphabet, without what makes them readable."""
    number = int.from_bytes(hmac.digest(key, purpose + about.bytes, "sha256")[:8], "big") >> 4
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def _hash(key: bytes, code: str) -> bytes:
    return hmac.digest(key, b"leerscan code hash " + code.encode(), "sha256")
