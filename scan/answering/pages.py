"""What the templates of answering get: texts in the participant's language, words filled in."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from charts.svg import data_uri, draw_radar
from questionnaires.questionnaire import Choice, Item
from questionnaires.texts import Text
from scan.answering.boxes import Sheet
from scan.answering.own_result import OwnResult
from scan.answering.promise import promise_of
from scan.mailing.result_days import results_day
from scan.participants import Participant

OWN_WORDS = ("customers", "manager", "managers", "management", "department")


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    is_chosen: bool
    stands_apart: bool = False


@dataclass(frozen=True)
class Question:
    id: str
    number: int
    text: str
    options: list[Option]


class Wording:
    """Turns a Text into the participant's language and the organisation's words."""

    def __init__(self, participant: Participant) -> None:
        self._language = get_language() or "nl"
        self._words = participant.round.words

    def __call__(self, text: Text) -> str:
        return text.in_language(self._language, self._words)


def start_page(participant: Participant) -> dict[str, Any]:
    words = Wording(participant)
    return {
        "participant": participant,
        "word_texts": [words(text) for text in participant.questionnaire.words.values()],
        "item_count": len(participant.questionnaire.items),
        **promise_of(participant),
        # The organisation's own words, for the sentences of this page.
        **{code: words(Text(f"{{{code}}}", f"{{{code}}}")) for code in OWN_WORDS},
    }


def part_page(participant: Participant, number: int, sheet: Sheet) -> dict[str, Any]:
    words, questionnaire = Wording(participant), participant.questionnaire
    before = sum(len(questionnaire.items_of_part(earlier)) for earlier in range(1, number))
    items = questionnaire.items_of_part(number)
    return {
        "participant": participant,
        "number": number,
        "part_count": len(questionnaire.parts),
        "title": words(questionnaire.parts[number - 1].title),
        "intro": words(questionnaire.parts[number - 1].intro),
        "think_of": words(questionnaire.think_of),
        "questions": [
            _question(participant, words, item, position, sheet.answers.get(item.id))
            for position, item in enumerate(items, before + 1)
        ],
    }


def _question(participant: Participant, words: Wording, item: Item, number: int, answer: int | None) -> Question:
    scale = participant.questionnaire.scale
    options = [Option(point.code, words(point.label), answer == int(point.code)) for point in scale]
    options.append(Option("x", words(participant.questionnaire.dont_know), answer == 9, stands_apart=True))
    return Question(item.id, number, words(item.text), options)


def closing_page(participant: Participant, sheet: Sheet, fault: str) -> dict[str, Any]:
    words, questionnaire = Wording(participant), participant.questionnaire
    return {
        "participant": participant,
        "fault": fault,
        "obstacles_question": words(questionnaire.obstacles_question),
        "obstacles_help": words(questionnaire.obstacles_help),
        "obstacles": [_obstacle(words, choice, sheet) for choice in questionnaire.obstacles],
        "open_question": words(questionnaire.open_question),
        "open_help": words(questionnaire.open_help),
        "remark": sheet.remark,
    }


def _obstacle(words: Wording, choice: Choice, sheet: Sheet) -> Option:
    return Option(choice.code, words(choice.label), choice.code in sheet.obstacles)


def result_page(participant: Participant, own: OwnResult | None, *, has_sheet: bool) -> dict[str, Any]:
    words = Wording(participant)
    page: dict[str, Any] = {
        "participant": participant,
        "own": own,
        "has_sheet": has_sheet,
        "results_on": results_day(participant.round),
    }
    if own:
        page["charts"] = [_chart(own, kind, words, participant) for kind in ("discipline", "area")]
    return page


def _chart(own: OwnResult, kind: str, words: Wording, participant: Participant) -> dict[str, Any]:
    figure = own.disciplines if kind == "discipline" else own.areas
    dimensions = participant.questionnaire.dimensions_of(kind)
    rows = [(words(d.name), words(d.meaning), own.scores[d.code]) for d in dimensions]
    return {"kind": kind, "image": data_uri(draw_radar(figure, follows_theme=True)), "rows": rows}
