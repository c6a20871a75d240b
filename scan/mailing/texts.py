"""The texts of mails: what they say until somebody changes them, what can be wrong with one, and filling one in."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from questionnaires.texts import DEFAULT_WORDS

TEXTS = Path(__file__).resolve().parent.parent / "texts"
MAX_SUBJECT = 150
LINK = "link"

Texts = dict[str, dict[str, dict[str, str]]]
"""{kind: {language: {"subject": ..., "body": ...}}}; the kinds are those of Mailing.Kind."""


def _read(file: str) -> Texts:
    return {
        kind: {language: {part: text.strip() for part, text in parts.items()} for language, parts in languages.items()}
        for kind, languages in tomllib.loads((TEXTS / file).read_text(encoding="utf-8")).items()
    }


DEFAULTS = _read("mails.toml")
# Nobody can change these.
FIXED = _read("notice.toml")


def _own_word(code: str) -> str:
    words = DEFAULT_WORDS["en" if get_language() == "en" else "nl"]
    return _("your organisation's word for “%(word)s”") % {"word": words[code]}


# What may stand in a mail, each with an explanation for the screen.
FACTS: dict[str, str | Promise] = {
    "first_name": gettext_lazy("the first name, or “colleague” when we do not know it"),
    "organisation": gettext_lazy("the name of the organisation"),
    "title": gettext_lazy("the title of the scan"),
    "opens": gettext_lazy("the first day for answering"),
    "closes": gettext_lazy("the last day for answering"),
    "k": gettext_lazy("the size of the smallest group that we show results of"),
    "days": gettext_lazy("the number of days after which the answers are deleted"),
    "results_date": gettext_lazy("the day on which staff hear the results"),
    "contact": gettext_lazy("who answers questions"),
    "privacy_officer": gettext_lazy("who answers questions about privacy"),
    "sender": gettext_lazy("the name of the sender"),
    LINK: gettext_lazy("the link; on a line of its own, it becomes a button"),
}
OWN_WORDS: dict[str, str | Promise] = {code: lazy(_own_word, str)(code) for code in DEFAULT_WORDS["nl"]}
PLACEHOLDERS = FACTS | OWN_WORDS

_PLACE = re.compile(r"\{([^{}\n]*)\}")
_BRACE = re.compile(r"[{}]")
# An address with a capital first letter would not work.
_NAMES = {LINK} | {form for name in PLACEHOLDERS if name != LINK for form in (name, name.capitalize())}


def used_placeholders(text: str) -> set[str]:
    """The known placeholders in a text, with a small first letter."""
    return {name.lower() for name in _PLACE.findall(text) if name in _NAMES}


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Put values in place of placeholders; {Placeholder} gives a value with a capital. Anything else stays as it is."""

    def value_of(place: re.Match[str]) -> str:
        name = place.group(1)
        if name not in _NAMES or name.lower() not in values:
            return place.group(0)
        value = values[name.lower()]
        return value if name.islower() else value[:1].upper() + value[1:]

    return _PLACE.sub(value_of, text)


def first_name_or_colleague(first_name: str, language: str) -> str:
    """What {first_name} becomes, so that a greeting is right for everybody."""
    return first_name.strip() or {"nl": "collega", "en": "colleague"}[language]


def faults_of(kind: str, subject: str, body: str) -> list[str]:
    """What is wrong with a text, and what would be right; empty when it can be sent."""
    return [*_subject_faults(subject), *_body_faults(kind, body)]


def _subject_faults(subject: str) -> Iterator[str]:
    if not subject.strip():
        yield _("The subject is empty. Write in a few words what the mail is about.")
        return
    if len(subject) > MAX_SUBJECT:
        yield _("The subject has %(length)s characters. Make it at most %(most)s.") % {
            "length": len(subject),
            "most": MAX_SUBJECT,
        }
    if len(subject.splitlines()) > 1:
        yield _("The subject has more than one line. Put it on one line.")
    if LINK in used_placeholders(subject):
        yield _("The subject holds {link}. A link only works in the text of the mail; put it there.")
    for fault in _placeholder_faults(subject):
        yield _("Subject: %(fault)s") % {"fault": fault}


def _body_faults(kind: str, body: str) -> Iterator[str]:
    lines = body.splitlines()
    if not body.strip():
        yield _("The text is empty. Write a text with {link} on a line of its own.")
        return
    for number, line in enumerate(lines, 1):
        for fault in _placeholder_faults(line):
            yield _("Line %(number)s: %(fault)s") % {"number": number, "fault": fault}
        if LINK in used_placeholders(line) and line.strip() != "{link}":
            yield _("Line %(number)s: {link} stands among other words. Put it on a line of its own.") % {
                "number": number
            }
    if LINK not in used_placeholders(body):
        yield _missing_link(kind)


def _missing_link(kind: str) -> str:
    if kind == "managers":
        return _("The link to the reports is missing. Put {link} on a line of its own.")
    if kind == "results":
        return _("The link to the results is missing. Put {link} on a line of its own.")
    return _("The link to the questionnaire is missing. Put {link} on a line of its own.")


def _placeholder_faults(line: str) -> Iterator[str]:
    for name in _PLACE.findall(line):
        if name not in _NAMES:
            yield _unknown(name)
    if _BRACE.search(_PLACE.sub("", line)):
        yield _("a brace has no partner. Write a placeholder as {organisation}, and no other braces.")


def _unknown(name: str) -> str:
    likely = difflib.get_close_matches(name.strip().lower().replace(" ", "_"), PLACEHOLDERS, n=1)
    right = likely[0] if likely else "organisation"
    return _("{%(name)s} is not a placeholder. Choose one from the list, such as {%(right)s}.") % {
        "name": name,
        "right": right,
    }
