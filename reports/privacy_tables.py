"""What the privacy file makes itself: who may do what, the levels of detail, the questions, and the forecast."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from organisations.access import RIGHTS, Right
from organisations.models import Role
from questionnaires.questionnaire import Questionnaire
from reports.forecast import SHARES, forecast_of
from reports.frozen_units import FrozenUnit
from reports.privacy_facts import Units
from reports.wording import Words, detail_text
from scan.fitted_texts import GAP, Entry, Fitting
from scan.preparing.participation import PlannedUnit

DEEPEST = 4
"""So many levels are set in; what lies deeper stands under the last one."""
TOGETHER = 2
_GAP = re.compile("|".join(rf"{re.escape(opening)}[^\]]*\]" for opening in GAP.values()))


def marked(text: str) -> SafeString:
    """Escaped, with each gap that is still to be filled in made visible."""
    parts: list[str] = []
    at = 0
    for gap in _GAP.finditer(text):
        parts += [text[at : gap.start()], format_html("<mark>{}</mark>", gap[0])]
        at = gap.end()
    return format_html_join("", "{}", ([part] for part in [*parts, text[at:]]))


@dataclass(frozen=True)
class Cell:
    text: str
    style: str = ""

    @property
    def html(self) -> SafeString:
        return marked(self.text)


@dataclass(frozen=True)
class Table:
    """The first cell of a row is its heading."""

    style: str
    caption: str
    head: list[Cell]
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def groups(self) -> list[list[list[Cell]]]:
        """The last rows stay together, so that none stands alone on a page."""
        if len(self.rows) <= TOGETHER:
            return [self.rows]
        return [self.rows[:-TOGETHER], self.rows[-TOGETHER:]]


def cells(texts: Sequence[str]) -> list[Cell]:
    return [Cell(text) for text in texts]


def access_table(caption: str, names: Mapping[str, Entry], fitting: Fitting) -> Table:
    """The table of organisations/access.py, role by right; `names` says what each right is in words."""
    roles = [fitting.facts["council_short"] if role == Role.WORKS_COUNCIL else str(role.label) for role in RIGHTS]
    rows = [
        [Cell(fitting.text(names[right.name])), *(_may(right in RIGHTS[role]) for role in RIGHTS)] for right in Right
    ]
    return Table("access", caption, cells([_("What"), *roles]), rows)


def _may(is_allowed: bool) -> Cell:  # noqa: FBT001 -- one word for one thing
    return Cell(_("yes"), "is-yes") if is_allowed else Cell(_("no"), "is-no")


def question_lists(questionnaire: Questionnaire, words: Words) -> list[tuple[str, list[str]]]:
    """The questions by part, in the order in which they are asked."""
    parts = enumerate(questionnaire.parts, 1)
    return [
        (words(part.title), [words(item.text) for item in questionnaire.items_of_part(number)])
        for number, part in parts
    ]


def forecast_table(caption: str, units: Units, k: int, organisation: str) -> Table:
    rows = forecast_of([*units], k)
    head = [_("Department"), _("Asked"), *(f"{share}%" for share in SHARES)]
    table = Table("forecast", caption, [Cell(head[0]), Cell(head[1], "count"), *cells(head[2:])])
    for row in rows:
        name = Cell(row.unit.name if row.unit.path else organisation, f"depth-{min(row.unit.depth, DEEPEST)}")
        details = [Cell(detail_text(detail), "" if detail.is_shown else "is-no") for detail in row.details]
        table.rows.append([name, Cell(_asked(row.unit, row.invited), "count"), *details])
    totals = [sum(row.details[number].is_shown for row in rows) for number in range(len(SHARES))]
    table.rows.append([Cell(_("With a report"), "total"), Cell(""), *(Cell(str(total), "total") for total in totals)])
    return table


def _asked(unit: PlannedUnit | FrozenUnit, invited: int) -> str:
    added = unit.added if isinstance(unit, FrozenUnit) else 0
    return f"{invited} (+{added})" if added else str(invited)
