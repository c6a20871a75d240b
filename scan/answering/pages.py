"""What the templates of answering get: texts in the participant's language, words filled in."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from charts.svg import data_uri, draw_radar
from measurement.scoring import MIN_ANSWERED
from questionnaires.questionnaire import Choice
from questionnaires.texts import DEFAULT_WORDS, Text, with_capitals
from scan.answering.boxes import Sheet
from scan.answering.forms import shown_in_closing, shown_in_part
from scan.answering.given import ANSWER_TEXTS, now_in_ms
from scan.answering.own_result import OwnResult
from scan.answering.packing import MAX_REMARK, answered_count
from scan.answering.promise import promise_of
from scan.answering.question_pieces import Option, pieces_of
from scan.mailing.result_days import results_day
from scan.participants import Participant

OWN_WORDS = ("customers", "manager", "managers", "management", "department")


@dataclass(frozen=True)
class Section:
    number: int
    title: str
    intro: str
    fieldsets: str
    """Its questions."""
    links: str
    """To each of them from the page of checking, shown where it is open."""
    has_open: bool
    shown: str
    """What of them was answered when the page was made: see scan/answering/forms.py."""


class Wording:
    """Turns a Text into the participant's language and the organisation's words."""

    def __init__(self, participant: Participant) -> None:
        self._language = get_language() or "nl"
        self.own: dict[str, str] = participant.round.words.get(self._language, {})
        self._values = with_capitals(DEFAULT_WORDS[self._language] | self.own)

    def __call__(self, text: Text) -> str:
        return text.filled(self._language, self._values)


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


def questions_page(
    participant: Participant, sheet: Sheet, current: str, *, fault: str = "", comes_from_check: bool = False
) -> dict[str, Any]:
    """All pages from the first part to the check in one, `current` of them in sight: the script needs no line to turn
    a page. Without script each is a page of its own."""
    words, questionnaire = Wording(participant), participant.questionnaire
    sections = _sections(participant, words, sheet, marks_open=comes_from_check)
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
        "comes_from_check": comes_from_check,
    }


def _sections(participant: Participant, words: Wording, sheet: Sheet, *, marks_open: bool) -> list[Section]:
    questionnaire = participant.questionnaire
    pieces = pieces_of(questionnaire, participant.round.version_id, words.own, words)

    sections = []
    for number, part in enumerate(questionnaire.parts, 1):
        items = questionnaire.items_of_part(number)
        answers = {item.id: ANSWER_TEXTS[sheet.answers[item.id]] if item.id in sheet.answers else "" for item in items}
        section = Section(
            number,
            words(part.title),
            words(part.intro),
            pieces.fieldsets_with(answers, marks_open=marks_open),
            pieces.links_with(answers, participant.token),
            has_open=not all(answers.values()),
            shown=shown_in_part(items, sheet),
        )
        sections.append(section)
    return sections


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
