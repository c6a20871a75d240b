"""What one file holds, in one language: which groups, their rows with the texts beside them, and the reading guide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import date_format

from reports import wording
from reports.exports.naming import Naming
from reports.exports.rows import Row, rows_of, score_of, tenths_of
from reports.exports.texts import Phrases
from reports.published import HiddenUnit, Published, PublishedUnit, ShownUnit

Cell = str | int | None
CODEBOOK = ("group", "code", "name", "wording", "meaning", "unit")
SHARES = ("answer_1", "answer_2", "answer_3", "answer_4", "answer_5", "obstacle", "dont_know")


@dataclass(frozen=True)
class Entry:
    """A group in a file. `figures`: None where it is hidden."""

    path: str
    name: str
    """The path, or what the organisation is called."""
    level: int
    status: str
    """shown, hidden, or group_above: the figures that a hidden unit may use."""
    figures: ShownUnit | None


class Export:
    """One file about one unit, or (None) about all units of a round. The language must be active."""

    def __init__(self, published: Published, unit: PublishedUnit | None, language: str) -> None:
        self.published, self.unit, self.language = published, unit, language
        self.say = Phrases(language, published.release.content["words"])
        self.naming = Naming(published.questionnaire, self.say)
        self._bands: dict[tuple[int | None, int | None], str] = {}

    @cached_property
    def above(self) -> ShownUnit | None:
        """Whose figures stand in the file of a hidden unit."""
        return self.published.figures_for(self.unit) if isinstance(self.unit, HiddenUnit) else None

    @property
    def entries(self) -> Iterator[Entry]:
        """Of a hidden unit: its name alone, and then the group above."""
        units = self.published.units if self.unit is None else (self.unit,)
        for unit in units:
            is_shown = isinstance(unit, ShownUnit)
            yield self._entry(unit, "shown" if is_shown else "hidden", unit if isinstance(unit, ShownUnit) else None)
        if self.above:
            yield self._entry(self.above, "group_above", self.above)

    def _entry(self, unit: PublishedUnit, status: str, figures: ShownUnit | None) -> Entry:
        level = unit.path.count(" / ") + 1 if unit.path else 0
        return Entry(unit.path, self.name(unit), level, status, figures)

    def name(self, unit: PublishedUnit) -> str:
        return unit.path or self.published.round.organisation.name

    @property
    def lines(self) -> Iterator[tuple[Cell, ...]]:
        """The whole table of figures, in the columns of the codebook."""
        for entry in self.entries:
            yield from (self._cells(entry, row) for row in self._rows(entry))

    def _cells(self, entry: Entry, row: Row) -> tuple[Cell, ...]:
        return (
            self.reference,
            entry.name,
            entry.level,
            row.measure,
            row.code,
            self.naming.name(row.code),
            row.value,
            row.kind,
            row.low,
            row.high,
            row.margin,
            row.word,
            self._said(row),
            row.n,
        )

    def _rows(self, entry: Entry) -> Iterator[Row]:
        n = entry.figures.n if entry.figures else None
        yield Row("status", "", n, kind="word", word=entry.status)
        if entry.figures:
            yield from rows_of(entry.figures)

    def _said(self, row: Row) -> str:
        """As the report prints it."""
        if row.word:
            return self.say.name("word", row.word)
        if row.kind == "unknown":
            return self.say.name("kind", "unknown")
        if row.kind == "band":
            return self._band(row)
        if row.kind == "word":
            return row.said or self.naming.wording(row.code)
        if row.measure in SHARES:
            return wording.share_of_people(tenths_of(row))
        return wording.points(score_of(row))

    def _band(self, row: Row) -> str:
        limits = (row.low, row.high)
        if limits not in self._bands:
            self._bands[limits] = self.say("value", "margin", low=row.low, high=row.high)
        return self._bands[limits]

    @property
    def reference(self) -> str:
        round_ = self.published.round
        return f"{round_.organisation.slug}/{round_.slug}"

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """Round, dates, threshold and versions: what every file says of itself."""
        release, round_ = self.published.release, self.published.round
        first, last = (
            date_format(date.fromisoformat(release.content[key]), "j F Y") for key in ("opens_on", "last_day")
        )
        versions = {
            "questionnaire": f"{self.published.questionnaire.code} {self.published.questionnaire.number}",
            "rules": release.rules_version,
            "advice": release.advice_number,
            "number": release.number,
        }
        found = {
            "organisation": round_.organisation.name,
            "round": f"{round_.title} ({self.reference})",
            "period": first if first == last else self.say("value", "period", first=first, last=last),
            "about": self._about,
            "k": self.say("value", "k", k=release.content["k"]),
            "versions": self.say("value", "versions", **versions),
        }
        return [(self.say("label", code), value) for code, value in found.items()]

    @property
    def _about(self) -> str:
        if self.unit is None:
            return self.say("value", "about_round")
        if isinstance(self.unit, ShownUnit):
            return self.name(self.unit)
        if self.above is None:
            return self.say("value", "about_nothing", unit=self.name(self.unit))
        return self.say("value", "about_hidden", unit=self.name(self.unit), group=self.name(self.above))

    def guide(self, extension: str) -> list[str]:
        """How to read the figures."""
        content = self.published.release.content
        holds = {"", extension}
        holds |= {"assumed"} if content["is_assumed"] else set()
        holds |= {"round"} if self.unit is None else set()
        lines = []
        if isinstance(self.unit, HiddenUnit):
            lines.append(
                wording.hidden_text(None, self.published.round.organisation.name)
                if self.unit.path or self.above
                else wording.nothing_shown_text()
            )
            holds |= {"hidden"} if self.above else set()
        values = {"k": content["k"], "unit": self.name(self.unit) if self.unit else ""}
        return lines + [self.say.fill(line.text, **values) for line in self.say.texts.guide if line.when in holds]
