"""How a mail will look, for who writes its text."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from django.utils import translation

from scan.mailing.messages import button_of, write
from scan.models import Round

EXAMPLE_NAME = "Sam"
MARK = "\x00"


@dataclass(frozen=True)
class Paragraph:
    text: str
    is_button: bool = False


@dataclass(frozen=True)
class MailPreview:
    subject: str
    paragraphs: list[Paragraph]


def preview_of(round_: Round, kind: str, language: str, typed: Mapping[str, str] | None = None) -> MailPreview:
    """Of the text that is stored, or of one that was only typed, with its faults as they are."""
    if typed is not None:
        round_ = copy(round_)
        text = {part: typed.get(part, "").replace(MARK, "").replace("\r\n", "\n") for part in ("subject", "body")}
        round_.mail_texts = {kind: {language: text}}
    mail = write(round_, kind, language, EXAMPLE_NAME, "", MARK)
    with translation.override(language):
        button = Paragraph(button_of(kind), is_button=True)
    texts = [text.strip() for text in str(mail.body).replace(MARK, f"\n\n{MARK}\n\n").split("\n\n")]
    return MailPreview(str(mail.subject), [button if text == MARK else Paragraph(text) for text in texts if text])
