"""The conversation card of a learning pair: an hour in which one unit tells and the other looks what it can use.

It follows sources.md S4. No figures: who holds it knows whom to talk with, and on which theme.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from charts.svg import shorten
from questionnaires.versions import questionnaire_of
from reports.document import stylesheet
from reports.learning.labels import labels_of, theme_name
from reports.models import LearningPair
from reports.wording import Words
from scan.tree import Tree

STYLE = "conversation_card.css"
HEADER_LENGTH, SHORT_LENGTH = 120, 34
"""Of a name in the heading, and in the sentences below it: so that a card stays one page."""


@dataclass(frozen=True)
class Card:
    language: str
    organisation: str
    round_title: str
    giver: str
    taker: str
    theme: str
    meaning: str
    example: str
    """Of what the giver could tell about."""

    @property
    def giver_short(self) -> str:
        return shorten(self.giver, SHORT_LENGTH)

    @property
    def taker_short(self) -> str:
        return shorten(self.taker, SHORT_LENGTH)

    @property
    def title(self) -> str:
        return f"{_('Conversation card')}: {self.theme}"


def card_of(pair: LearningPair, tree: Tree, language: str) -> Card:
    """The language must be active."""
    round_ = pair.release.round
    labels = labels_of(tree.departments)
    dimension = questionnaire_of(pair.release.version_id).dimension(pair.dimension)
    return Card(
        language=language,
        organisation=round_.organisation.name,
        round_title=round_.title,
        giver=shorten(labels[pair.giver_id], HEADER_LENGTH),
        taker=shorten(labels[pair.taker_id], HEADER_LENGTH),
        theme=theme_name(round_, pair.release.version_id, pair.dimension),
        meaning=Words(language, round_.words)(dimension.meaning),
        example=_example(pair.dimension),
    )


def document(pair: LearningPair, tree: Tree, language: str) -> str:
    with translation.override(language):
        return render_to_string("reports/conversation_card_document.html", {"card": card_of(pair, tree, language)})


def style() -> str:
    return stylesheet(STYLE)


def file_name(pair: LearningPair, tree: Tree, language: str) -> str:
    round_, labels = pair.release.round, labels_of(tree.departments)
    with translation.override(language):
        theme = theme_name(round_, pair.release.version_id, pair.dimension)
        parts = [_("Conversation card"), theme, labels[pair.taker_id], labels[pair.giver_id]]
        return f"{round_.slug}-{slugify(' '.join(parts))[:150]}-{language}.pdf"


def _example(code: str) -> str:
    return {
        "SV": pgettext("to tell about", "a time when everybody knew where you wanted to go, and chose by it."),
        "MM": pgettext("to tell about", "a time when something you took for granted turned out not to be so."),
        "PM": pgettext("to tell about", "a time when somebody learned something new and used it a week later."),
        "TL": pgettext("to tell about", "a time when you looked back together and then did it differently."),
        "ST": pgettext("to tell about", "a time when you found the cause of something that kept coming back."),
        "T": pgettext("to tell about", "a time when somebody said that something had gone wrong, and that helped."),
        "V": pgettext("to tell about", "a time when you could point to what learning had brought."),
        "E": pgettext("to tell about", "a time when somebody took up an idea of their own and got room for it."),
        "K": pgettext("to tell about", "a time when what one person knew reached another just in time."),
        "R": pgettext("to tell about", "a time when you looked back on something that went well and used it later."),
        "F": pgettext("to tell about", "a time when there was time to learn although it was busy."),
    }[code]
