"""What the script of the page sends, as JSON.

{"changes": {"q01": ["4", moment], "obstacles": [["time_pressure"], moment], "remark": ["text", moment]}}, where a
moment is in milliseconds since 1970 by the server's clock. With sending also "answers" ({"q01": "4"}: all that the page
shows) and "again" (true: sent before, but no answer came back).
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from questionnaires.questionnaire import Questionnaire
from scan.answering.boxes import OBSTACLES, REMARK, Sheet
from scan.answering.given import (
    ANSWER_TEXTS,
    FormFaultError,
    now_in_ms,
    read_answer,
    read_obstacles,
    read_remark,
    too_many,
)


def read(body: bytes) -> Mapping[str, Any]:
    """Raises FormFaultError."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise FormFaultError("json") from None
    if not isinstance(content, dict):
        raise FormFaultError("json")
    return content


def changes_in(content: Mapping[str, Any], questionnaire: Questionnaire, *, asks_remark: bool) -> Sheet:
    """A moment never lies in the future, whatever clock it was read from. Raises FormFaultError."""
    items = {item.id for item in questionnaire.items}
    answers, moments, obstacles, remark, now = {}, {}, [], "", now_in_ms()
    for key, value, moment in _triples(content.get("changes", {})):
        if key in items:
            answers[key] = read_answer(value)
        elif key == OBSTACLES:
            obstacles = read_obstacles(value, questionnaire)
        elif key == REMARK and asks_remark:
            remark = read_remark(value)
        else:
            raise FormFaultError(key)
        moments[key] = min(moment, now)
    if too_many(obstacles):
        raise FormFaultError(OBSTACLES)
    return Sheet(answers, obstacles, remark, moments)


def copy_in(content: Mapping[str, Any], questionnaire: Questionnaire) -> Sheet | None:
    """The answers that the page shows, when it sends them again; else None. Raises FormFaultError."""
    copied = content.get("answers", {})
    if not isinstance(copied, dict) or not {item.id for item in questionnaire.items}.issuperset(copied):
        raise FormFaultError("answers")
    sheet = Sheet({key: read_answer(value) for key, value in copied.items()})
    return sheet if content.get("again") is True else None


def newer_than(changes: Sheet, sheet: Sheet) -> dict[str, object]:
    """What another device gave later than these changes, for the page to show."""
    later = {key for key, moment in changes.moments.items() if sheet.moment(key) > moment}
    newer: dict[str, object] = {key: ANSWER_TEXTS[sheet.answers[key]] for key in later & sheet.answers.keys()}
    if OBSTACLES in later:
        newer[OBSTACLES] = sheet.obstacles
    if REMARK in later:
        newer[REMARK] = sheet.remark
    return newer


def _triples(changes: object) -> Iterable[tuple[str, object, int]]:
    if not isinstance(changes, dict):
        raise FormFaultError("changes")
    for key, pair in changes.items():
        if not isinstance(pair, list) or len(pair) != 2:
            raise FormFaultError(key)
        value, moment = pair
        if not isinstance(moment, int) or isinstance(moment, bool) or moment < 0:
            raise FormFaultError(key)
        yield key, value, moment
