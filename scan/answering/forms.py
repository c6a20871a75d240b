"""What the forms send: a Sheet of what was changed on this page.

A form holds everything that its page shows, also what nobody touched. Its field "shown" says what that was, so that a
page that was opened earlier undoes nothing that was answered since on another device.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

from django.http import QueryDict

from questionnaires.questionnaire import Item, Questionnaire
from scan.answering.boxes import OBSTACLES, REMARK, Sheet
from scan.answering.given import ANSWER_TEXTS, now_in_ms, read_answer, read_obstacles, read_remark

OPEN = "-"


def shown_in_part(items: Iterable[Item], sheet: Sheet) -> str:
    """One sign for each question: its answer, or that it is open."""
    return "".join(ANSWER_TEXTS[sheet.answers[item.id]] if item.id in sheet.answers else OPEN for item in items)


def shown_in_closing(sheet: Sheet) -> str:
    return f"{_mark(sheet.obstacles)} {_mark(sheet.remark)}"


def read_part(data: QueryDict, items: Sequence[Item]) -> Sheet:
    """The answers of one part that were given on this page. Raises FormFaultError on another value."""
    shown = dict(zip((item.id for item in items), data.get("shown", ""), strict=False))
    given = {item.id: text for item in items if (text := data.get(item.id, ""))}
    values = {item_id: read_answer(text) for item_id, text in given.items()}
    answers = {item_id: value for item_id, value in values.items() if given[item_id] != shown.get(item_id, OPEN)}
    return Sheet(answers, moments=dict.fromkeys(answers, now_in_ms()))


def read_closing(data: QueryDict, questionnaire: Questionnaire, *, asks_remark: bool) -> Sheet:
    """The obstacles and the remark, each if it was changed on this page. Raises FormFaultError.

    More than three obstacles are read too, for the person to see; the view refuses them.
    """
    obstacles = read_obstacles(data.getlist(OBSTACLES), questionnaire)
    remark = read_remark(data.get(REMARK, "")) if asks_remark else ""
    shown_obstacles, _space, shown_remark = data.get("shown", "").partition(" ")
    changed = [OBSTACLES] if shown_obstacles != _mark(obstacles) else []
    changed += [REMARK] if asks_remark and shown_remark != _mark(remark) else []
    return Sheet(
        obstacles=obstacles if OBSTACLES in changed else [],
        remark=remark if REMARK in changed else "",
        moments=dict.fromkeys(changed, now_in_ms()),
    )


def _mark(value: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]
