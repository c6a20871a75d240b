"""An organisation's own words: which there are, an example of each, and whether one looks plural."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from questionnaires.texts import DEFAULT_WORDS, LANGUAGES, Text

Words = Mapping[str, Mapping[str, str]]

# Sentences as they stand in the questionnaire and in reports.
GROUPS = (
    (
        _("For whom you work"),
        {
            "customers": Text(
                "We zien wat verbeteringen {customers} opleveren.", "We see what improvements do for {customers}."
            ),
            "our_customers": Text(
                "Als we iets verbeteren, horen we wat dat {our_customers} oplevert.",
                "When we improve something, we hear what difference that makes to {our_customers}.",
            ),
            "a_customer": Text(
                "Als {a_customer} klaagt, leren we daarvan.", "When {a_customer} complains, we learn from it."
            ),
        },
    ),
    (
        _("A part of the organisation"),
        {
            "department": Text(
                "Dit is het rapport van jullie {department}.", "This is the report of your {department}."
            ),
            "our_department": Text(
                "{Our_department} heeft afgesproken waarin we dit jaar beter willen worden.",
                "{Our_department} has agreed what we want to get better at this year.",
            ),
            "departments": Text("We leren van andere {departments}.", "We learn from other {departments}."),
            "another_department": Text(
                "Ik weet wie ik bij {another_department} kan bellen.", "I know whom to call in {another_department}."
            ),
        },
    ),
    (
        _("Who leads the organisation"),
        {
            "management": Text(
                "{Management} vertelt ons eerlijk hoe het staat met de doelen.",
                "{Management} tells us honestly how far we have got with our goals.",
            ),
        },
    ),
    (
        _("Who leads a part of it"),
        {
            "manager": Text("Bespreek dit met jullie {manager}.", "Talk about this with your {manager}."),
            "my_manager": Text("Ik kan het oneens zijn met {my_manager}.", "I can disagree with {my_manager}."),
            "our_manager": Text(
                "{Our_manager} vraagt wat we hebben geleerd.", "{Our_manager} asks what we have learned."
            ),
            "the_manager": Text("{The_manager} legt een plan op tafel.", "{The_manager} puts a plan on the table."),
            "managers": Text("We leren ook van {managers}.", "We also learn from {managers}."),
        },
    ),
)
PLURAL = frozenset({"customers", "our_customers", "departments", "managers"})
_SEVERAL = {
    "nl": re.compile(r"(\ben\b|en|'s|’s|[^aeious]s)$|\ben\b"),
    "en": re.compile(r"([^siu]s|\bpeople)$|\band\b"),
}


def looks_plural(placeholder: str, word: str, language: str) -> bool:
    """The sentences have a verb for one; "de directeuren vertelt" would be wrong."""
    return placeholder not in PLURAL and bool(_SEVERAL[language].search(word.strip().casefold()))


def given_words(words: Words) -> dict[str, dict[str, str]]:
    """Only what differs from the usual words, so that those can still improve."""
    return {
        language: {
            key: word
            for key, word in words.get(language, {}).items()
            if word and key in DEFAULT_WORDS[language] and word != DEFAULT_WORDS[language][key]
        }
        for language in LANGUAGES
    }
