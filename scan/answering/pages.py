"""What the templates of answering get: texts in the participant's language, words filled in."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils.translation import get_language

from charts.svg import data_uri, draw_radar
from measurement.scoring import MIN_ANSWERED
from questionnaires.questionnaire import Choice, Item
from questionnaires.texts import Text
from scan.answering.boxes import Sheet
from scan.answering.forms import shown_in_closing, shown_in_part
from scan.answering.given import now_in_ms
from scan.answering.own_result import OwnResult
from scan.answering.packing import MAX_REMARK, answered_count
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
    is_open: bool


@dataclass(frozen=True)
class Section:
    number: int
    title: str
    intro: str
    questions: list[Question]
    shown: str
    """What of them was answered when the page was made: see scan/answering/forms.py."""

    @property
    def has_open(self) -> bool:
        return any(question.is_open for question in self.questions)


class Wording:
    """Turns a Text into the participant's language and the organisation's words."""

    def __init__(self, participant: Participant) -> None:
        self._language = get_language() or "nl"
        self._words = participant.round.words

    def __call__(self, text: Text) -> str:
        return text.in_language(self._language, self._words)


def start_page(participant: Participant, sheet: Sheet) -> dict[str, Any]:
    words = Wording(participant)
    return {
        "answered": len(sheet.answers),
        "go_on_at": _first_open_part(participant, sheet),
        "participant": participant,
        "word_texts": [words(text) for text in participant.questionnaire.words.values()],
        "item_count": len(participant.questionnaire.items),
        **promise_of(participant),
        # The organisation's own words, for the sentences of this page.
        **{code: words(Text(f"{{{code}}}", f"{{{code}}}")) for code in OWN_WORDS},
    }


def _first_open_part(participant: Participant, sheet: Sheet) -> int:
    """Of who comes back; 0 where every question is answered."""
    for number in range(1, len(participant.questionnaire.parts) + 1):
        if any(item.id not in sheet.answers for item in participant.questionnaire.items_of_part(number)):
            return number
    return 0


def questions_page(participant: Participant, sheet: Sheet, current: str, *, fault: str = "") -> dict[str, Any]:
    """All pages from the first part to the check in one, `current` of them in sight: the script needs no line to turn
    a page. Without script each is a page of its own."""
    words, questionnaire = Wording(participant), participant.questionnaire
    sections = _sections(participant, words, sheet)
    answered = answered_count(sheet.answers.values())
    return {
        "participant": participant,
        "current": current,
        "current_title": next((section.title for section in sections if str(section.number) == current), ""),
        "sections": sections,
        "part_count": len(questionnaire.parts),
        "think_of": words(questionnaire.think_of),
        "now": now_in_ms(),
        "answered": answered,
        "item_count": len(questionnaire.items),
        "minimum": MIN_ANSWERED,
        "is_too_little": answered < MIN_ANSWERED,
        "has_open_questions": any(section.has_open for section in sections),
        **_closing(words, participant, sheet),
        "fault": fault,
    }


def _sections(participant: Participant, words: Wording, sheet: Sheet) -> list[Section]:
    questionnaire = participant.questionnaire
    numbers = count(1)
    sections = []
    for number, part in enumerate(questionnaire.parts, 1):
        items = questionnaire.items_of_part(number)
        questions = [_question(participant, words, item, next(numbers), sheet.answers.get(item.id)) for item in items]
        title, intro, shown = words(part.title), words(part.intro), shown_in_part(items, sheet)
        sections.append(Section(number, title, intro, questions, shown))
    return sections


def _question(participant: Participant, words: Wording, item: Item, number: int, answer: int | None) -> Question:
    scale = participant.questionnaire.scale
    options = [Option(point.code, words(point.label), answer == int(point.code)) for point in scale]
    options.append(Option("x", words(participant.questionnaire.dont_know), answer == 9, stands_apart=True))
    return Question(item.id, number, words(item.text), options, is_open=answer is None)


def _closing(words: Wording, participant: Participant, sheet: Sheet) -> dict[str, Any]:
    questionnaire = participant.questionnaire
    return {
        "obstacles_question": words(questionnaire.obstacles_question),
        "obstacles_help": words(questionnaire.obstacles_help),
        "obstacles": [_obstacle(words, choice, sheet) for choice in questionnaire.obstacles],
        "open_question": words(questionnaire.open_question),
        "open_help": words(questionnaire.open_help),
        "remark": sheet.remark,
        "max_remark": MAX_REMARK,
        "shown_in_closing": shown_in_closing(sheet),
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
