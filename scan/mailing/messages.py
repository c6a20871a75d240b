"""Write one mail: the text that was frozen at launch, in the language of who gets it, as plain text and as HTML."""

import re
from collections.abc import Callable, Mapping
from email.utils import make_msgid, parseaddr
from typing import NamedTuple

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from organisations.mail import sender
from organisations.models import Organisation
from scan.facts import facts_of
from scan.mailing.recipients import link_for
from scan.mailing.texts import DEFAULTS, FIXED, LINK, fill_in, first_name_or_colleague
from scan.models import Delivery, Mailing, Round

Facts = Callable[[Round, str], Mapping[str, str]]
# No answers by machines: an out-of-office reply to a reminder would tell the sender who got one.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
BLANK_LINES = re.compile(r"\n\s*\n")
LINK_LINE = re.compile(r"^[ \t]*\{link\}[ \t]*$", re.MULTILINE)


class _Reader(NamedTuple):
    language: str
    name: str
    address: str
    link: str


def mail_for(delivery: Delivery, round_: Round, facts: Facts = facts_of) -> EmailMultiAlternatives:
    """`delivery` with its mailing, and its invitation's person, person or user. `facts`: who keeps them gives them."""
    language = language_for(delivery, round_)
    name, address = _name_and_address(delivery)
    reader = _Reader(language, name, address, link_for(delivery, round_))
    return _write(round_, _text_kind(delivery), reader, facts)


def _text_kind(delivery: Delivery) -> str:
    """Whoever was added by hand gets the invitation: "once more" would be wrong."""
    kind, invitation = delivery.mailing.kind, delivery.invitation
    was_added = invitation is not None and invitation.was_added and not invitation.was_mailed
    return Mailing.Kind.INVITATION if kind == Mailing.Kind.SINGLE and was_added else kind


def language_for(delivery: Delivery, round_: Round) -> str:
    if delivery.invitation is not None:
        wish = delivery.invitation.language
    elif delivery.person is not None:
        wish = delivery.person.language
    else:
        wish = delivery.user.language if delivery.user else delivery.language
    return one_of(round_, wish)


def one_of(round_: Round, wish: str) -> str:
    """The language wished for when the round has it, else the organisation's, else the round's first."""
    languages = round_.languages or [round_.organisation.language]
    return next((language for language in (wish, round_.organisation.language) if language in languages), languages[0])


def address_of(delivery: Delivery) -> str:
    """Empty when there is nobody any more to send it to."""
    return _name_and_address(delivery)[1]


def _name_and_address(delivery: Delivery) -> tuple[str, str]:
    """An invitation's link goes where it was addressed at launch or since, whatever the staff list says today."""
    invitation, person = delivery.invitation, delivery.person
    if invitation is not None:
        who = invitation.person
        return (who.given_name, invitation.address) if who and not who.left_on else ("", "")
    if person is not None:
        return person.given_name, "" if person.left_on else person.email
    if delivery.user is not None:
        return delivery.user.name.split(" ")[0], delivery.user.email if delivery.user.is_active else ""
    return delivery.name, delivery.address  # a notice to a former address


def write(round_: Round, kind: str, language: str, name: str, address: str, link: str) -> EmailMultiAlternatives:
    return _write(round_, kind, _Reader(language, name, address, link), facts_of)


def _write(round_: Round, kind: str, reader: _Reader, facts: Facts) -> EmailMultiAlternatives:
    organisation, (language, name, address, link) = round_.organisation, reader
    text = text_of(round_, kind, language)
    with translation.override(language):
        values = _values(facts(round_, language), language, name)
        subject = " ".join(fill_in(text["subject"], values).split())
        html = render_to_string(
            "scan/mail_message.html",
            {"language": language, "subject": subject, "parts": _parts(text["body"], values, kind), "link": link},
        )
        plain = fill_in(text["body"], values | {LINK: link}).strip() + "\n"
    mail = EmailMultiAlternatives(
        subject,
        plain,
        sender(organisation),
        [address],
        reply_to=[organisation.reply_address] if organisation.reply_address else None,
        headers=HEADERS | {"Message-ID": _message_id(organisation)},
    )
    mail.attach_alternative(html, "text/html")
    return mail


def text_of(round_: Round, kind: str, language: str) -> Mapping[str, str]:
    if kind in FIXED:
        return FIXED[kind][language]
    own = round_.mail_texts.get(kind, {})
    return own.get(language) or DEFAULTS[kind][language]


def _values(facts: Mapping[str, str], language: str, name: str) -> dict[str, str]:
    results_date = facts["results_date"] or _("a day we will tell you")
    return {**facts, "results_date": results_date, "first_name": first_name_or_colleague(name, language)}


def _parts(body: str, values: Mapping[str, str], kind: str) -> list[tuple[str, str]]:
    """Paragraphs, and buttons where the link stands alone on a line; the template escapes what people wrote."""
    parts: list[tuple[str, str]] = []
    for number, piece in enumerate(LINK_LINE.split(body.replace("\r\n", "\n"))):
        if number:
            parts.append(("button", button_of(kind)))
        parts += [("text", fill_in(text.strip(), values)) for text in BLANK_LINES.split(piece) if text.strip()]
    return parts


def button_of(kind: str) -> str:
    if kind == Mailing.Kind.MANAGERS:
        return _("Read the reports")
    if kind == Mailing.Kind.RESULTS:
        return _("Read the results")
    return _("Start the scan")


def _message_id(organisation: Organisation) -> str:
    """Of the sender's domain, as mail filters expect."""
    return make_msgid(domain=parseaddr(sender(organisation))[1].rpartition("@")[2] or "localhost")
