"""What a report holds, as texts ready to print: the page, the PDF and the slides are drawn from these objects."""

from dataclasses import dataclass, field

from charts.figure import Figure
from reports.conversation import Conversation


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
    signs: list[str]
    """What is more than chance: clearly higher or lower than the own other themes, or than the rest."""


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
    spread: str
    """A drawing of how the answers are divided; empty where that may not be shown."""
    spread_text: str


@dataclass(frozen=True)
class StandsOut:
    """Questions that stand out, as far as they may be shown: named, in bands, or with numbers; and what else does."""

    themes: list[str]
    """Sentences about themes that differ clearly from the own other themes; one that says so when none does."""
    highest: list[str]
    lowest: list[tuple[str, str]]
    """Question and tip."""
    bands: list[tuple[str, list[str]]]
    bands_n: int
    items: list[ItemRow]
    items_n: int
    agreement: list[tuple[str, str]]
    """Discipline, and in a few words how far people agree."""
    agreement_text: str
    obstacles: list[tuple[str, str]]
    """What holds learning back, and the share that ticked it."""
    dont_know: list[tuple[str, str]]
    """Questions that many could not answer, and their share."""
    words_n: int
    """How many questionnaires agreement, obstacles and "don't know" come from; 0: they may not be shown."""
    change: list[str] = field(default_factory=list)
    """Since the scan before this one."""


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
class About:
    """What stands at the head of every report."""

    language: str
    organisation: str
    unit: str
    path: str
    round_title: str
    period: str
    k: int
    talk: Conversation

    @property
    def title(self) -> str:
        return f"{self.unit} · {self.round_title}"


@dataclass(frozen=True)
class Report(About):
    versions: str
    minute: Minute
    disciplines: ThemePage
    areas: ThemePage
    stands_out: StandsOut
    first_steps: list[StepText]
    order: str
    """How certain it is that these steps come first."""
    other_steps: list[StepText]
    share: list[tuple[str, str]]
    """What others can learn from this unit: in one sentence, and a question to talk about."""
    margins: str
    is_root: bool
    knows_headcounts: bool
    remarks: list[str] = field(default_factory=list)
    """Approved ones, in the organisation's report only (R15)."""


@dataclass(frozen=True)
class HiddenReport(About):
    """Of a unit without results of its own: nothing in it is about that unit but its name."""

    text: str
    above: Report | None
    """Of the smallest shown group above it."""
