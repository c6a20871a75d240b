"""From whom the mails of a round come, and what is good to know about it before the first one goes out."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from organisations.mail import name_and_address
from organisations.models import Organisation


@dataclass(frozen=True)
class Sender:
    name: str
    address: str
    reply: str
    """Where replies go; empty: to the sender's address."""
    notes: tuple[str, ...]


def sender_of(organisation: Organisation) -> Sender:
    name, address = name_and_address(organisation)
    notes = []
    if not organisation.sender_address:
        notes.append(_default_note(address))
    if not organisation.reply_address:
        notes.append(_("No address for replies has been chosen: they go to the address of the sender."))
    return Sender(name, address, organisation.reply_address, tuple(notes))


def _default_note(address: str) -> str:
    if settings.DEFAULT_FROM_EMAIL == settings.BUILT_IN_SENDER:
        return _("%(address)s is only an example of an address; mails from it may be refused.") % {"address": address}
    return _("%(address)s is the address of this installation.") % {"address": address}
