"""Single mails: sender, language, text and HTML, and what is said when they do not go out."""

import smtplib
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives

from organisations import mail
from organisations.mail import MailNotSentError, reason, render, sender
from organisations.models import Organisation

CODE = {"code": "AB<C", "email": "bo@example.test"}


def test_without_own_sender_mails_come_from_the_installation(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Leerscan <scan@example.test>"
    organisation = Organisation(name="De Eik")
    assert sender(None) == sender(organisation) == "Leerscan <scan@example.test>"
    organisation.sender_name = "HR van De Eik"
    assert sender(organisation) == "HR van De Eik <scan@example.test>"
    organisation.sender_address = "hr@eik.test"
    assert sender(organisation) == "HR van De Eik <hr@eik.test>"
    organisation.sender_name = ""
    assert sender(organisation) == "De Eik <hr@eik.test>"


def test_the_name_that_comes_with_the_software_gives_way_to_the_organisation(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = settings.BUILT_IN_SENDER
    organisation = Organisation(name="De Eik")
    assert sender(None) == "Leerscan <leerscan@localhost>"
    assert sender(organisation) == "De Eik <leerscan@localhost>"
    organisation.sender_name = "HR van De Eik"
    assert sender(organisation) == "HR van De Eik <leerscan@localhost>"


def test_a_sender_of_another_domain_is_not_used_any_more(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Leerscan <scan@example.test>"
    settings.SENDER_DOMAINS = frozenset({"linde.test"})
    organisation = Organisation(name="De Eik", sender_name="HR van De Eik", sender_address="ceo@bank.example")
    assert sender(organisation) == "HR van De Eik <scan@example.test>"
    settings.SENDER_DOMAINS = frozenset({"linde.test", "caf\u00e9.test"})
    organisation.sender_address = "hr@xn--caf-dma.test"
    assert sender(organisation) == "HR van De Eik <hr@xn--caf-dma.test>"
    organisation.sender_address = "hr@linde.test"
    assert sender(organisation) == "HR van De Eik <hr@linde.test>"


def test_text_and_html_say_the_same_and_only_html_is_escaped() -> None:
    letter = render("account/login_code", "en", CODE)
    assert "AB<C" in letter.text
    assert "AB&lt;C" in letter.html
    assert '<html lang="en">' in letter.html
    assert letter.subject == "Your code for Leerscan"
    assert render("account/login_code", "nl", CODE).subject == "Je code voor Leerscan"


def test_replies_go_where_the_organisation_wants_them(mailoutbox: list[EmailMultiAlternatives]) -> None:
    organisation = Organisation(name="De Éik, en meer", reply_address="vraag@eik.test", sender_name="De Éik, en meer")
    mail.send("bo@example.test", "account/login_code", "nl", CODE, organisation)
    (sent,) = mailoutbox
    assert sent.reply_to == ["vraag@eik.test"]
    assert sent.message()["From"].addresses[0].display_name == "De Éik, en meer"
    assert sent.message().get_content_type() == "multipart/alternative"


def test_no_header_can_be_slipped_in(mailoutbox: list[EmailMultiAlternatives]) -> None:
    organisation = Organisation(name="De Eik", sender_name="HR\nBcc: all@example.test")
    with pytest.raises(ValueError, match="linefeed"):
        mail.send("bo@example.test", "account/login_code", "nl", CODE, organisation)
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (ConnectionRefusedError(), "geen antwoord"),
        (TimeoutError(), "geen antwoord"),
        (smtplib.SMTPServerDisconnected("x"), "geen antwoord"),
        (smtplib.SMTPRecipientsRefused({}), "dit adres"),
        (smtplib.SMTPSenderRefused(550, b"no", "x@y"), "afzender"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "wachtwoord"),
        (smtplib.SMTPDataError(554, b"no"), "weigerde de mail"),
    ],
)
def test_why_a_mail_did_not_go_out_is_said_in_words(
    fault: OSError, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> int:
        raise fault

    backend = type(django_mail.mailers.default)
    monkeypatch.setattr(backend, "send_messages", refuse)
    with pytest.raises(MailNotSentError, match=words):
        mail.send("bo@example.test", "account/login_code", "nl", CODE)
    assert words in reason(fault)
