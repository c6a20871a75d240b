"""What codes are called, and the codebook: every code that stands in a file, its wording and what it means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from questionnaires.questionnaire import Dimension, Item, Questionnaire, Step
from reports.exports.texts import Phrases

TOTAL = "total"


@dataclass(frozen=True)
class CodebookEntry:
    group: str
    """column, measure, kind, word, theme, step, item or obstacle."""
    code: str
    name: str
    wording: str
    meaning: str
    unit: str

    @property
    def cells(self) -> tuple[str, ...]:
        return self.group, self.code, self.name, self.wording, self.meaning, self.unit


class Naming:
    def __init__(self, questionnaire: Questionnaire, say: Phrases) -> None:
        self._questionnaire, self._say = questionnaire, say
        self._entries = {entry.code: entry for entry in self._coded_entries()}

    def name(self, code: str) -> str:
        """Of a theme, step, question or obstacle; empty for an empty code."""
        return self._entries[code].name if code else ""

    def wording(self, code: str) -> str:
        return self._entries[code].wording

    def codebook(self) -> list[CodebookEntry]:
        return [*self._table_entries(), *self._entries.values()]

    def _table_entries(self) -> Iterator[CodebookEntry]:
        fill = self._say.fill
        for table, coded in self._say.texts.coded.items():
            for one in coded.values():
                unit = fill(one.unit) if one.unit else ""
                yield CodebookEntry(table, one.code, fill(one.name), "", fill(one.meaning), unit)

    def _coded_entries(self) -> Iterator[CodebookEntry]:
        questionnaire, say = self._questionnaire, self._say
        wording = say("value", "total_wording")
        yield self._score("theme", TOTAL, say("value", "total"), wording, questionnaire.items)
        for dimension in questionnaire.dimensions:
            yield self._dimension(dimension)
        for step in questionnaire.steps:
            yield self._step(step)
        for item in questionnaire.items:
            yield self._item(item)
        for choice in questionnaire.obstacles:
            name, wording = say.fill(choice.phrase), say.fill(choice.label)
            yield CodebookEntry("obstacle", choice.code, name, wording, "", self._unit("obstacle"))

    def _dimension(self, dimension: Dimension) -> CodebookEntry:
        items = [item for item in self._questionnaire.items if dimension.code in (item.discipline, item.area)]
        name, wording = self._say.fill(dimension.name), self._say.fill(dimension.meaning)
        return self._score("theme", dimension.code, name, wording, items)

    def _step(self, step: Step) -> CodebookEntry:
        name = f"{self._say.fill(step.name)}: {self._say.fill(step.line)}"
        items = self._questionnaire.items_of_step(step.number)
        return self._score("step", f"step{step.number}", name, self._say.fill(step.meaning), items)

    def _score(self, group: str, code: str, name: str, wording: str, items: Sequence[Item]) -> CodebookEntry:
        meaning = self._say("value", "items", count=len(items), items=", ".join(item.id for item in items))
        return CodebookEntry(group, code, name, wording, meaning, self._unit("score"))

    def _item(self, item: Item) -> CodebookEntry:
        discipline, area = (self._questionnaire.dimension(code) for code in (item.discipline, item.area))
        meaning = self._say(
            "value",
            "item",
            discipline=f"{discipline.code} ({self._say.fill(discipline.name)})",
            area=f"{area.code} ({self._say.fill(area.name)})",
            steps=", ".join(self._say("value", "step", number=number) for number in item.steps),
        )
        name, wording = self._say.fill(item.topic), self._say.fill(item.text)
        return CodebookEntry("item", item.id, name, wording, meaning, self._unit("item"))

    def _unit(self, measure: str) -> str:
        unit = self._say.texts.coded["measure"][measure].unit
        return self._say.fill(unit) if unit else ""
