"""The forty questions as HTML, made once for a questionnaire, a language and an organisation's own words.

That is all they depend on: nothing in them is about a person. What is (which answer was given, whose link it is) is
filled in for each page anew. Rendering them takes ten times as long as all else of that page (docs/decisions/0022).
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe

from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text

# Some 60 KB each. When there are more, all are made anew: dropping the one used longest ago needs an order of use.
MOST_KEPT = 64
# Stands where a token comes; nobody can write it in a text of their own.
TOKEN = f"token-{secrets.token_hex(8)}"

Fill = Callable[[Text], str]
Key = tuple[UUID, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool = False
    stands_apart: bool = False


@dataclass(frozen=True)
class Question:
    id: str
    number: int
    text: str
    options: list[Option]


@dataclass(frozen=True)
class Pieces:
    """By item id, as nobody has answered them yet."""

    fieldsets: Mapping[str, str]
    links: Mapping[str, str]

    def fieldsets_with(self, answers: Mapping[str, str], *, marks_open: bool) -> str:
        """Of these items, with the answers chosen; "" is open, and marked so if asked for."""
        pieces = [self._fieldset(item_id, answer, marks_open=marks_open) for item_id, answer in answers.items()]
        return mark_safe("".join(pieces))  # noqa: S308 -- from our template, where everything was escaped

    def _fieldset(self, item_id: str, answer: str, *, marks_open: bool) -> str:
        piece = self.fieldsets[item_id]
        if answer:
            return piece.replace(f'value="{answer}">', f'value="{answer}" checked>', 1)
        return _shown(piece, "data-still-open") if marks_open else piece

    def links_with(self, answers: Mapping[str, str], token: str) -> str:
        """To these items, from the page of checking; shown where they are open. `token`: one that was found genuine."""
        pieces = [
            self.links[item_id] if answer else _shown(self.links[item_id], f'data-open-question="{item_id}"')
            for item_id, answer in answers.items()
        ]
        return mark_safe("\n".join(pieces).replace(TOKEN, token))  # noqa: S308 -- the same


def _shown(piece: str, attribute: str) -> str:
    return piece.replace(f"{attribute} hidden>", f"{attribute} >", 1)


_kept: dict[Key, Pieces] = {}


def pieces_of(questionnaire: Questionnaire, version_id: UUID, words: Mapping[str, str], fill: Fill) -> Pieces:
    """`words`: the organisation's own in the language that is spoken now; `fill` puts them into a text."""
    key = version_id, translation.get_language() or "", tuple(sorted(words.items()))
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = _made(questionnaire, fill)
    return _kept[key]


def _made(questionnaire: Questionnaire, fill: Fill) -> Pieces:
    options = [Option(point.code, fill(point.label)) for point in questionnaire.scale]
    options.append(Option("x", fill(questionnaire.dont_know), stands_apart=True))
    fieldset, link, numbers = get_template("scan/question.html"), get_template("scan/open_question.html"), count(1)
    fieldsets, links = {}, {}
    for part in range(1, len(questionnaire.parts) + 1):
        for item in questionnaire.items_of_part(part):
            question = Question(item.id, next(numbers), fill(item.text), options)
            fieldsets[item.id] = fieldset.render({"question": question})
            links[item.id] = link.render({"question": question, "part": part, "token": TOKEN}).strip()
    return Pieces(fieldsets, links)
