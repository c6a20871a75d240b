"""An example of a mail, to the HR adviser who asks for it. Its link leads to the preview, to nobody's questionnaire."""

from django.utils.translation import gettext as _

from organisations.commands import InputError
from organisations.models import User
from scan.mailing.line import Line, RefusedError, TroubleError, UncertainError
from scan.mailing.messages import write
from scan.mailing.recipients import example_link
from scan.mailing.remedies import remedy_of, trouble_of
from scan.models import Round


def send_example(round_: Round, kind: str, language: str, user: User) -> None:
    """At once, so that trouble with the mail server shows here and not on the first day. Raises InputError."""
    mail = write(round_, kind, language, user.name.split(" ")[0], user.email, example_link(kind, round_))
    mail.subject = _("Example: %(subject)s") % {"subject": mail.subject}
    try:
        with Line() as line:
            line.send(mail)
    except TroubleError as trouble:
        raise InputError(str(trouble_of(trouble.code).what)) from trouble
    except RefusedError as refusal:
        remedy = remedy_of(refusal.code)
        raise InputError(f"{user.email}: {remedy.what} ({refusal.code})") from refusal
    except UncertainError as fault:
        raise InputError(
            _("The mail server broke off the connection. Check whether the example arrived; if not, try again.")
        ) from fault
