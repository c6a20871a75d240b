"""Advice as objects: for steps, dimensions and items, by level."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from questionnaires.texts import Text

LEVELS = ("gain", "under_way", "strength")
MOMENTS = ("two_weeks", "rhythm", "structural")


@dataclass(frozen=True)
class Action:
    moment: str
    who: Text
    what: Text
    when: Text
    sign: Text


@dataclass(frozen=True)
class StepAdvice:
    meaning: Text
    actions: tuple[Action, ...]
    question: Text


@dataclass(frozen=True)
class DimensionAdvice:
    sentence: Mapping[str, Text]
    paragraph: Mapping[str, Text]
    yourself: Text


@dataclass(frozen=True)
class Advice:
    """One version of all advice texts. Keys: (step number, level), dimension code, item id."""

    number: int
    steps: Mapping[tuple[int, str], StepAdvice]
    dimensions: Mapping[str, DimensionAdvice]
    tips: Mapping[str, Text]

    @classmethod
    def from_content(cls, number: int, content: Mapping[str, Any]) -> Self:
        return cls(
            number,
            {(entry["step"], entry["level"]): _step(entry) for entry in content["advice"]},
            {entry["code"]: _dimension(entry) for entry in content["dimension"]},
            {entry["item"]: Text(**entry["text"]) for entry in content["tip"]},
        )


def _step(entry: Mapping[str, Any]) -> StepAdvice:
    actions = tuple(
        Action(a["moment"], Text(**a["who"]), Text(**a["what"]), Text(**a["when"]), Text(**a["sign"]))
        for a in entry["action"]
    )
    return StepAdvice(Text(**entry["meaning"]), actions, Text(**entry["question"]))


def _dimension(entry: Mapping[str, Any]) -> DimensionAdvice:
    return DimensionAdvice(
        {level: Text(**entry["sentence"][level]) for level in LEVELS},
        {level: Text(**entry["paragraph"][level]) for level in LEVELS},
        Text(**entry["yourself"]),
    )
