"""The file for works council and privacy officer, made from the real settings of a round. No answer is ever read."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from organisations.commands import InputError
from questionnaires.questionnaire import Questionnaire
from questionnaires.versions import questionnaire_of
from reports.document import stylesheet
from reports.privacy_facts import privacy_facts, units_of
from reports.privacy_tables import Table, access_table, cells, forecast_table, marked, question_lists
from reports.wording import Words
from scan.fitted_texts import Entry, Fitting
from scan.models import Round

TEXTS = Path(__file__).resolve().parent / "texts" / "privacy_file.toml"
STYLE = "privacy_file.css"


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, a note, a list or a table."""

    kind: str
    text: SafeString | str = ""
    lines: list[SafeString] = field(default_factory=list)
    table: Table | None = None


@dataclass(frozen=True)
class Section:
    id: str
    number: int
    title: str
    blocks: list[Block]


@dataclass(frozen=True)
class PrivacyFile:
    language: str
    round: Round
    title: str
    for_whom: str
    as_of: str
    sections: list[Section]


def check_possible(round_: Round) -> None:
    """Raises InputError for answers that were collected elsewhere: what was promised there, nobody can read here."""
    if round_.origin == Round.Origin.IMPORTED:
        raise InputError(
            _(
                "The answers of “%(title)s” were collected elsewhere and read from a file. Leerscan does not know what "
                "staff were promised there, so it cannot make a privacy file of it."
            )
            % {"title": round_.title}
        )


def document(round_: Round, language: str) -> str:
    """The file as one HTML document. Call it inside the organisation's scope. Raises InputError."""
    check_possible(round_)
    with translation.override(language):
        return render_to_string("reports/privacy_file.html", {"file": privacy_file(round_, language)})


def style() -> str:
    return stylesheet(STYLE)


def file_name(round_: Round, language: str) -> str:
    with translation.override(language):
        return f"{round_.organisation.slug}-{round_.slug}-{slugify(_('Privacy file'))}-{language}.pdf"


def privacy_file(round_: Round, language: str) -> PrivacyFile:
    with translation.override(language):
        return _Writer(round_, language).write()


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


class _Writer:
    def __init__(self, round_: Round, language: str) -> None:
        self._round = round_
        self._units = units_of(round_)
        self._fit = Fitting(privacy_facts(round_, self._units, language), _content()["missing"], language)
        self._questionnaire: Questionnaire = questionnaire_of(round_.version_id)
        self._words = Words(language, {language: self._fit.facts})

    def write(self) -> PrivacyFile:
        sections = [
            Section(entry["id"], number, self._fit.text(entry["title"]), list(self._blocks(entry["block"])))
            for number, entry in enumerate(_content()["section"], 1)
        ]
        cover = _content()["cover"]
        return PrivacyFile(
            self._fit.language,
            self._round,
            self._fit.text(cover["title"]),
            self._fit.text(cover["for_whom"]),
            self._fit.text(cover["as_of"]),
            sections,
        )

    def _blocks(self, entries: Iterable[Entry]) -> Iterator[Block]:
        """Lines of a list, and rows of a table, come together."""
        for entry in (entry for entry in entries if self._fit.fits(entry)):
            if "rows" in entry:
                yield Block("table", table=self._table(entry))
            elif "lines" in entry:
                fitting = [line for line in entry["lines"] if self._fit.fits(line)]
                yield Block("list", lines=[marked(self._fit.text(line)) for line in fitting])
            elif "made" in entry:
                yield from self._made(entry)
            else:
                yield Block(entry.get("kind", "text"), marked(self._fit.text(entry)))

    def _table(self, entry: Entry) -> Table:
        rows = [cells(self._fit.texts(row)) for row in entry["rows"] if self._fit.fits(row)]
        return Table(entry["style"], self._fit.text(entry["caption"]), cells(self._fit.texts(entry["head"])), rows)

    def _made(self, entry: Entry) -> Iterator[Block]:
        caption = self._fit.text(entry["caption"]) if "caption" in entry else ""
        match entry["made"]:
            case "questions":
                for title, questions in question_lists(self._questionnaire, self._words):
                    yield Block("questions", title, [marked(question) for question in questions])
            case "obstacles":
                labels = [self._words(choice.label) for choice in self._questionnaire.obstacles]
                yield Block("questions", lines=[marked(label) for label in labels])
            case "access":
                yield Block("table", table=access_table(caption, _content()["rights"], self._fit))
            case "forecast":
                organisation = self._round.organisation.name
                yield Block("table", table=forecast_table(caption, self._units, self._round.k, organisation))
