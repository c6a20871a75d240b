"""What a report holds, as texts ready to print: the page and the PDF are drawn from these objects."""

from dataclasses import dataclass

from charts.figure import Figure


@dataclass(frozen=True)
class ScoreText:
    points: str
    margin: str
    level: str


@dataclass(frozen=True)
class ThemeRow:
    name: str
    score: ScoreText
    beside: str
    bar: str
    bar_text: str
    sentence: str


@dataclass(frozen=True)
class ThemePage:
    """Five disciplines or six success areas: a radar with its table."""

    title: str
    intro: str
    figure: Figure
    image: str
    image_text: str
    rows: list[ThemeRow]
    focus: list[tuple[str, str]]
    """Name and paragraph of the themes that the report dwells on."""


@dataclass(frozen=True)
class ItemRow:
    text: str
    points: str


@dataclass(frozen=True)
class StandsOut:
    """Questions that stand out, as far as they may be shown: named, in bands, or with numbers."""

    highest: list[str]
    lowest: list[tuple[str, str]]
    """Question and tip."""
    bands: list[tuple[str, list[str]]]
    bands_n: int
    items: list[ItemRow]
    items_n: int


@dataclass(frozen=True)
class ActionText:
    moment: str
    who: str
    what: str
    when: str
    sign: str


@dataclass(frozen=True)
class StepText:
    number: int
    name: str
    line: str
    level: str
    score: str
    why: str
    meaning: str
    actions: list[ActionText]
    question: str


@dataclass(frozen=True)
class Minute:
    """Page 1: in one minute."""

    basis: str
    same_as: str
    strengths: list[str]
    chances: list[str]
    steps: list[tuple[str, str]]
    caution: str
    total: ScoreText
    total_text: str


@dataclass(frozen=True)
class Report:
    language: str
    organisation: str
    unit: str
    path: str
    round_title: str
    period: str
    k: int
    versions: str
    minute: Minute
    disciplines: ThemePage
    areas: ThemePage
    stands_out: StandsOut
    first_steps: list[StepText]
    other_steps: list[StepText]
    share: list[tuple[str, str]]
    margins: str
    is_root: bool
    knows_headcounts: bool

    @property
    def title(self) -> str:
        return f"{self.unit} · {self.round_title}"
