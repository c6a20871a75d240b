"""The facts of a round as words, in one language: what its mails and its communication pack are filled in with."""

from datetime import date

from django.utils import translation
from django.utils.formats import date_format

from questionnaires.texts import DEFAULT_WORDS
from scan.mailing.result_days import results_day
from scan.models import Round


def facts_of(round_: Round, language: str) -> dict[str, str]:
    """By placeholder, without {first_name} and {link}. A setting that is empty gives an empty text."""
    return words_of(round_, language) | {
        "organisation": round_.organisation.name,
        "title": round_.title,
        "opens": day(round_.opens_on, language),
        "closes": day(round_.closes_on, language),
        "k": str(round_.k),
        "days": str(round_.retention_days),
        "results_date": day(results_day(round_), language),
        "contact": round_.contact,
        "privacy_officer": round_.privacy_officer,
        "sender": round_.organisation.sender_name or round_.organisation.name,
    }


def words_of(round_: Round, language: str) -> dict[str, str]:
    """The organisation's own words: those frozen at launch, and before it those of today."""
    own = round_.organisation.words if round_.state == Round.State.DRAFT else round_.words
    return DEFAULT_WORDS[language] | dict(own.get(language, {}))


def day(value: date | None, language: str) -> str:
    """A date written out, such as 9 maart 2026; empty when there is none."""
    with translation.override(language):
        return date_format(value, "j F Y") if value else ""


def sentence(text: str) -> str:
    """What somebody wrote in a field, as a sentence among others."""
    text = text.strip()
    ended = text if text.endswith((".", "?", "!")) or not text else f"{text}."
    return ended[:1].upper() + ended[1:]
