"""Texts in two languages, with an organisation's own words filled in."""

import string
from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("nl", "en")

# What an organisation may call in its own words; article or possessive included, so that any word fits.
DEFAULT_WORDS: dict[str, dict[str, str]] = {
    "nl": {
        "customers": "klanten",
        "our_customers": "onze klanten",
        "a_customer": "een klant",
        "department": "afdeling",
        "our_department": "onze afdeling",
        "departments": "afdelingen",
        "another_department": "een andere afdeling",
        "management": "de directie",
        "manager": "leidinggevende",
        "my_manager": "mijn leidinggevende",
        "our_manager": "onze leidinggevende",
        "the_manager": "de leidinggevende",
        "managers": "leidinggevenden",
    },
    "en": {
        "customers": "customers",
        "our_customers": "our customers",
        "a_customer": "a customer",
        "department": "department",
        "our_department": "our department",
        "departments": "departments",
        "another_department": "another department",
        "management": "the management",
        "manager": "manager",
        "my_manager": "my manager",
        "our_manager": "our manager",
        "the_manager": "the manager",
        "managers": "managers",
    },
}
PLACEHOLDERS = frozenset(DEFAULT_WORDS["nl"])


@dataclass(frozen=True)
class Text:
    """One text in Dutch and English; placeholders such as {customers} or {The_manager} stand for own words."""

    nl: str
    en: str

    def in_language(self, language: str, words: Mapping[str, Mapping[str, str]] | None = None) -> str:
        """The text with words filled in; `words` ({language: {placeholder: word}}) go before the default ones."""
        own = (words or {}).get(language, {})
        return self.filled(language, with_capitals(DEFAULT_WORDS[language] | dict(own)))

    def filled(self, language: str, values: Mapping[str, str]) -> str:
        """The same for many texts: `values` of `with_capitals`, made once."""
        return (self.en if language == "en" else self.nl).format_map(values)


def fill_in(text: str, words: Mapping[str, str]) -> str:
    """Replace {placeholder}; a capital first letter, {Placeholder}, gives a word with a capital."""
    return text.format_map(with_capitals(words))


def with_capitals(words: Mapping[str, str]) -> dict[str, str]:
    """{placeholder: word} and {Placeholder: Word}."""
    return {**words, **{key.capitalize(): word[:1].upper() + word[1:] for key, word in words.items()}}


def placeholders(text: str) -> set[str]:
    """The placeholders in a text, with a small first letter. Raises ValueError on a brace that is not closed, and on
    anything but a name between two."""
    names = set()
    for _literal, name, form, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if form or conversion:
            raise ValueError(f"{{{name}}} holds more than a name")
        names.add(name[:1].lower() + name[1:])
    return names
