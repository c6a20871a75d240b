"""Single mails: three templates each, in the language asked for, from the organisation's sender.

templates/mail/<template>.subject.txt, .txt and .html; the last one extends mail/base.html.
"""

import smtplib
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from organisations.addresses import plain_address
from organisations.models import Organisation


class MailNotSentError(Exception):
    """The mail did not go out; the text says why, in words for on screen."""


@dataclass(frozen=True)
class Letter:
    """What a mail says."""

    subject: str
    text: str
    html: str


def send(
    to: str, template: str, language: str, context: dict[str, Any], organisation: Organisation | None = None
) -> None:
    """One mail, now. Call it after the transaction: nothing is rolled back in somebody's mailbox."""
    letter = render(template, language, context, organisation)
    try:
        mailers.default.send_messages([message(to, letter, organisation)])
    except OSError as fault:  # also what smtplib raises
        raise MailNotSentError(reason(fault)) from fault


def render(template: str, language: str, context: dict[str, Any], organisation: Organisation | None = None) -> Letter:
    """The letter; its templates find `language`, `organisation` and `base_url` too."""
    values = {"language": language, "organisation": organisation, "base_url": settings.BASE_URL} | context
    with translation.override(language), timezone.override(organisation.time_zone if organisation else None):
        subject = _plain(f"mail/{template}.subject.txt", values)
        values["subject"] = " ".join(subject.split())
        return Letter(
            values["subject"],
            _plain(f"mail/{template}.txt", values).strip() + "\n",
            get_template(f"mail/{template}.html").render(values).strip() + "\n",
        )


def message(to: str, letter: Letter, organisation: Organisation | None = None) -> EmailMultiAlternatives:
    replies = [organisation.reply_address] if organisation and organisation.reply_address else None
    mail = EmailMultiAlternatives(letter.subject, letter.text, sender(organisation), [to], reply_to=replies)
    mail.attach_alternative(letter.html, "text/html")
    return mail


def sender(organisation: Organisation | None) -> str:
    """The From line."""
    name, address = name_and_address(organisation)
    return formataddr((name, address)) if name.isascii() else formataddr((name, address), "utf-8")


def name_and_address(organisation: Organisation | None) -> tuple[str, str]:
    """Of the sender: the organisation's own as far as it has set them, else those of the installation."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if organisation is None:
        return name, address
    own = organisation.sender_address if may_send_as(organisation.sender_address) else ""
    # The name that comes with the software says nothing to staff.
    if own or settings.DEFAULT_FROM_EMAIL == settings.BUILT_IN_SENDER:
        name = organisation.name
    return organisation.sender_name or name, own or address


def may_send_as(address: str) -> bool:
    """On an installation for several organisations none of them may write in the name of just anybody."""
    allowed = {_domain(f"@{name}") for name in settings.SENDER_DOMAINS}
    return bool(address) and (not allowed or _domain(address) in allowed)


def _domain(address: str) -> str:
    return plain_address(address).rpartition("@")[2]


def reason(fault: OSError) -> str:
    """Why a mail server did not take a mail, for the person who can do something about it."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return _("the mail server refused this address: check that it is written correctly")
    if isinstance(fault, smtplib.SMTPSenderRefused):
        return _("the mail server refused the sender's address: see the sender in the settings of the organisation")
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return _("the mail server refused the user name or password: ask whoever looks after this installation")
    if isinstance(fault, smtplib.SMTPResponseException):
        return _("the mail server refused the mail: ask whoever looks after this installation")
    return _("the mail server does not answer: ask whoever looks after this installation")


def _plain(name: str, values: dict[str, Any]) -> str:
    """Text needs no escaping."""
    template: Template = get_template(name).template  # type: ignore[attr-defined]
    return template.render(Context(values, autoescape=False))
