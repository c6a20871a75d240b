"""Single values that participants send, read with care: a browser can send anything."""

import time
import unicodedata

from questionnaires.questionnaire import Questionnaire
from scan.answering.boxes import OBSTACLES, REMARK
from scan.answering.packing import MAX_OBSTACLES, MAX_REMARK

ANSWER_VALUES = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "x": 9}
ANSWER_TEXTS = {value: text for text, value in ANSWER_VALUES.items()}


class FormFaultError(Exception):
    """It holds something that our page cannot send."""


def now_in_ms() -> int:
    """Milliseconds since 1970, as browsers count."""
    return time.time_ns() // 1_000_000


def read_answer(text: object) -> int:
    if not isinstance(text, str) or text not in ANSWER_VALUES:
        raise FormFaultError("answer")
    return ANSWER_VALUES[text]


def read_obstacles(codes: object, questionnaire: Questionnaire) -> list[str]:
    known = {choice.code for choice in questionnaire.obstacles}
    if not isinstance(codes, list) or not all(isinstance(code, str) and code in known for code in codes):
        raise FormFaultError(OBSTACLES)
    return list(dict.fromkeys(codes))


def too_many(obstacles: list[str]) -> bool:
    return len(obstacles) > MAX_OBSTACLES


def read_remark(text: object) -> str:
    """Line ends as one sign each, without the control characters that only a program can send."""
    if not isinstance(text, str) or "\x00" in text or any(unicodedata.category(sign) == "Cs" for sign in text):
        raise FormFaultError(REMARK)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    return kept.strip()[:MAX_REMARK]
