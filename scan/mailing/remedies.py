"""What the mail server's codes mean, and what somebody can do about it, in plain words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Remedy:
    what: Promise
    """What happened."""
    then: Promise
    """What helps."""


# Trouble that can pass without anybody: tried again by itself, the others when somebody has mended it.
PASSING = ("connection", "busy")

# Why the server takes nothing at all: the codes of Mailing.trouble.
TROUBLES = {
    "connection": Remedy(
        _("The mail server does not answer."),
        _(
            "We try again every 15 minutes, within the hours for mails. If it lasts, ask whoever manages this "
            "installation whether the mail server is running."
        ),
    ),
    "login": Remedy(
        _("The mail server refused our user name or password."),
        _("Ask whoever manages this installation to check them. Then choose Resume."),
    ),
    "encryption": Remedy(
        _("There is no safe connection to the mail server."),
        _("Ask whoever manages this installation to check the certificate and the TLS setting. Then choose Resume."),
    ),
    "sender": Remedy(
        _("The mail server refused our sender address."),
        _("Check the sender address in the settings, and ask IT to let the mail server accept it. Then choose Resume."),
    ),
    "busy": Remedy(
        _("The mail server takes no mail from our sender address at the moment."),
        _("We try again every 15 minutes, within the hours for mails. If it lasts, ask IT."),
    ),
    "fault": Remedy(
        _("Something went wrong on our side."),
        _("Choose Resume. If it happens again, tell whoever manages this installation; the log has the details."),
    ),
}

_UNKNOWN_ADDRESS = Remedy(_("The server does not know this address."), _("Correct the address and send it again."))
_NO_ADDRESS = Remedy(_("This is not a valid e-mail address."), _("Correct the address and send it again."))
_FULL = Remedy(
    _("The mailbox is full, or the mail is too large for it."),
    _("Ask the person to make room in the mailbox, and send the mail again."),
)
_POLICY = Remedy(
    _("The server's rules do not allow this mail."),
    _("Ask IT to let mail from our sender through; the note for IT says how. Then send it again."),
)
_LATER = Remedy(
    _("The server asked us three times to come back later."),
    _("Send it again in an hour. If it happens again, ask IT."),
)
_OTHER = Remedy(_("The server refused this mail."), _("Check the address. If it is right, give IT this code."))


def trouble_of(code: str) -> Remedy:
    return TROUBLES.get(code, TROUBLES["fault"])


def remedy_of(code: str) -> Remedy:
    """Of a refused address; `code` is the server's, such as “550” or “550 5.7.1”."""
    basic, _space, finer = code.partition(" ")
    if basic == "address":
        return _NO_ADDRESS
    if basic.startswith("4"):
        return _LATER
    if finer.startswith("5.7.") or (basic == "554" and not finer.startswith(("5.1.", "5.2."))):
        return _POLICY
    if basic == "552" or finer.startswith("5.2."):
        return _FULL
    if basic in ("550", "551", "553") or finer.startswith("5.1."):
        return _UNKNOWN_ADDRESS
    return _OTHER
