"""Tell people by mail when the way they log in has changed, so that they notice when it was somebody else."""

import logging

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisations import mail
from organisations.links import absolute
from organisations.models import User

# By the name of allauth's own mail about it.
CHANGES = {
    "password_changed": _("The password has been changed."),
    "password_set": _("A password has been chosen."),
    "password_reset": _("A new password has been chosen, with a link from a mail."),
    "totp_activated": _("A second step has been added: a code from an app."),
    "totp_deactivated": _("The second step with an app has been removed."),
    "webauthn_added": _("A passkey has been added."),
    "webauthn_removed": _("A passkey has been removed."),
    "recovery_codes_generated": _("New spare codes have been made. The earlier ones no longer work."),
    "account_connected": _("From now on you can also log in at the login server of your organisation."),
}
logger = logging.getLogger(__name__)


def tell_of_change(user: User, change: str) -> None:
    """The change is made already: a mail that cannot be sent does not stop anybody.

    Nothing about a first password: whoever chose it had the invitation in that same mailbox.
    """
    if change == "password_reset" and user.last_login is None:
        return
    language = user.language or get_language() or settings.LANGUAGE_CODE
    context = {"what": CHANGES[change], "at": timezone.now(), "link": absolute("account_reset_password")}
    try:
        mail.send(user.email, "account/changed", language, context)
    except mail.MailNotSentError as fault:
        logger.warning("The mail about a change to an account did not go out: %s", fault)
