"""What participants send, read with care: a browser can send anything."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from questionnaires.questionnaire import Item, Questionnaire
from scan.answering.boxes import Sheet
from scan.answering.packing import MAX_OBSTACLES, MAX_REMARK

ANSWER_VALUES = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "x": 9}


class FormFaultError(Exception):
    """The form holds something that our page cannot send."""


def read_part(data: QueryDict, items: Iterable[Item]) -> dict[str, int]:
    """{item id: value} of the answered items of one part. Raises FormFaultError on another value."""
    answers = {}
    for item in items:
        text = data.get(item.id, "")
        if text in ANSWER_VALUES:
            answers[item.id] = ANSWER_VALUES[text]
        elif text:
            raise FormFaultError(item.id)
    return answers


def with_part(sheet: Sheet, items: Iterable[Item], answers: Mapping[str, int]) -> Sheet:
    """The sheet with the answers of one part replaced; an item that is not in `answers` is open again."""
    asked = {item.id for item in items}
    kept = {item_id: value for item_id, value in sheet.answers.items() if item_id not in asked}
    return Sheet({**kept, **answers}, sheet.obstacles, sheet.remark)


def read_closing(data: QueryDict, questionnaire: Questionnaire, *, asks_remark: bool) -> tuple[list[str], str]:
    """The chosen obstacles and the remark. Raises FormFaultError on an unknown obstacle; more than three are kept
    for the person to see, and refused by the view."""
    known = {choice.code for choice in questionnaire.obstacles}
    chosen = data.getlist("obstacles")
    if not known.issuperset(chosen):
        raise FormFaultError("obstacles")
    remark = data.get("remark", "").strip() if asks_remark else ""
    if "\x00" in remark:
        raise FormFaultError("remark")
    return list(dict.fromkeys(chosen)), remark[:MAX_REMARK]


def too_many(obstacles: list[str]) -> bool:
    return len(obstacles) > MAX_OBSTACLES
