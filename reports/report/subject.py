"""Of whom a report is, and in which language: what every part of it needs."""

from dataclasses import dataclass
from typing import Self

from reports import wording
from reports.contents import ScoreText
from reports.published import Published, Score, ShownUnit
from reports.wording import Words


@dataclass(frozen=True)
class Subject:
    published: Published
    unit: ShownUnit
    words: Words
    beside: ShownUnit | None
    """The organisation, beside a unit; nothing beside the organisation itself."""
    follows_theme: bool
    """Whether charts are for a screen, which may be dark."""

    @classmethod
    def of(cls, published: Published, unit: ShownUnit, language: str, *, follows_theme: bool) -> Self:
        root = published.root
        return cls(
            published,
            unit,
            Words(language, published.release.content["words"]),
            root if isinstance(root, ShownUnit) and root.id != unit.id else None,
            follows_theme,
        )

    @property
    def is_root(self) -> bool:
        return self.published.parents[self.unit.id] is None

    @property
    def organisation_name(self) -> str:
        return self.published.round.organisation.name

    @property
    def own_name(self) -> str:
        return self.organisation_name if self.is_root else self.unit.name

    def theme_name(self, code: str) -> str:
        return self.words(self.published.questionnaire.dimension(code).name)

    def theme_line(self, code: str) -> str:
        return f"{self.theme_name(code)} ({wording.points(self.unit.scores[code])})"

    def step_name(self, number: int) -> str:
        step = self.published.questionnaire.step(number)
        return f"{self.words(step.name)}: {self.words(step.line)}"

    def score_text(self, score: Score) -> ScoreText:
        return ScoreText(wording.points(score), wording.margin(score), wording.level_name(wording.level(score)))

    def item_texts(self) -> dict[str, str]:
        return {item.id: self.words(item.text) for item in self.published.questionnaire.items}
