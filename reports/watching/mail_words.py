"""Why a test mail did not go out, for the one who sets the mail server: each with the setting to look at."""

import smtplib
import ssl

from django.utils.translation import gettext as _


def why_not(fault: BaseException | None) -> str:
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return _("The mail server refused the user name or password: LEERSCAN_SMTP_USER and LEERSCAN_SMTP_PASSWORD.")
    if isinstance(fault, smtplib.SMTPSenderRefused):
        return _("The mail server refused the sender: LEERSCAN_FROM.")
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return _("The mail server refused your own address.")
    if isinstance(fault, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return _(
            "There is no safe connection to the mail server: LEERSCAN_SMTP_TLS, LEERSCAN_SMTP_SSL, or its certificate."
        )
    if isinstance(fault, smtplib.SMTPResponseException):
        return _("The mail server refused the mail, with code %(code)s.") % {"code": fault.smtp_code}
    return _(
        "The mail server does not answer: look at LEERSCAN_SMTP_HOST and LEERSCAN_SMTP_PORT, or for a firewall between."
    )
