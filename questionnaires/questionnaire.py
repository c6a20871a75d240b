"""A questionnaire as objects: items, dimensions, steps, and all texts of answering."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from questionnaires.texts import Text

DISCIPLINES = ("SV", "MM", "PM", "TL", "ST")
AREAS = ("T", "V", "E", "K", "R", "F")
DIMENSIONS = DISCIPLINES + AREAS
STEPS = (1, 2, 3, 4, 5, 6, 7)
ITEM_COUNT = 40


def _text(entry: Mapping[str, Any]) -> Text:
    return Text(nl=entry["nl"], en=entry["en"])


@dataclass(frozen=True)
class Item:
    id: str
    discipline: str
    area: str
    steps: tuple[int, ...]
    """The first is the main one."""
    referent: str
    text: Text
    topic: Text
    """A noun phrase that fits after "the questions about"."""


@dataclass(frozen=True)
class Dimension:
    code: str
    kind: str
    name: Text
    short: Text
    meaning: Text


@dataclass(frozen=True)
class Step:
    number: int
    name: Text
    line: Text
    meaning: Text


@dataclass(frozen=True)
class Choice:
    """Something to tick: a point of the scale (code "1" to "5"), or an obstacle."""

    code: str
    label: Text
    phrase: Text


@dataclass(frozen=True)
class Part:
    area: str
    title: Text
    intro: Text


@dataclass(frozen=True)
class Questionnaire:
    code: str
    number: int
    items: tuple[Item, ...]
    dimensions: tuple[Dimension, ...]
    steps: tuple[Step, ...]
    scale: tuple[Choice, ...]
    dont_know: Text
    obstacles: tuple[Choice, ...]
    obstacles_question: Text
    obstacles_help: Text
    open_question: Text
    open_help: Text
    think_of: Text
    words: Mapping[str, Text]
    parts: tuple[Part, ...]

    @classmethod
    def from_content(cls, code: str, number: int, content: Mapping[str, Any]) -> Self:
        """From the data files' entries, or from a QuestionnaireVersion's content; they have the same shape."""
        return cls(
            code=code,
            number=number,
            items=tuple(
                Item(
                    entry["id"],
                    entry["discipline"],
                    entry["area"],
                    tuple(entry["steps"]),
                    entry["referent"],
                    _text(entry["text"]),
                    _text(entry["topic"]),
                )
                for entry in content["item"]
            ),
            dimensions=tuple(
                Dimension(e["code"], e["kind"], _text(e["name"]), _text(e["short"]), _text(e["meaning"]))
                for e in content["dimension"]
            ),
            steps=tuple(
                Step(e["number"], _text(e["name"]), _text(e["line"]), _text(e["meaning"])) for e in content["step"]
            ),
            scale=tuple(
                Choice(str(e["value"]), _text(e["label"]), _text(e["label"])) for e in content["scale"]["option"]
            ),
            dont_know=_text(content["dont_know"]["label"]),
            obstacles=tuple(Choice(e["code"], _text(e["label"]), _text(e["phrase"])) for e in content["obstacle"]),
            obstacles_question=_text(content["obstacles_question"]["text"]),
            obstacles_help=_text(content["obstacles_question"]["help"]),
            open_question=_text(content["open_question"]["text"]),
            open_help=_text(content["open_question"]["help"]),
            think_of=_text(content["think_of"]["text"]),
            words={e["code"]: _text(e["text"]) for e in content["word"]},
            parts=tuple(Part(e["area"], _text(e["title"]), _text(e["intro"])) for e in content["part"]),
        )

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each item's answer stands in a packed response."""
        return {item.id: position for position, item in enumerate(self.items)}

    def item(self, item_id: str) -> Item:
        return self.items[self.positions[item_id]]

    def dimension(self, code: str) -> Dimension:
        return next(dimension for dimension in self.dimensions if dimension.code == code)

    def dimensions_of(self, kind: str) -> tuple[Dimension, ...]:
        return tuple(dimension for dimension in self.dimensions if dimension.kind == kind)

    def step(self, number: int) -> Step:
        return self.steps[number - 1]

    def items_of_part(self, number: int) -> tuple[Item, ...]:
        """The items of part 1 to 6, in the order in which they are asked."""
        area = self.parts[number - 1].area
        return tuple(item for item in self.items if item.area == area)

    def items_of_step(self, number: int) -> tuple[Item, ...]:
        return tuple(item for item in self.items if number in item.steps)
