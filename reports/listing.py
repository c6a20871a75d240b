"""Rounds and units as rows of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.published import ShownUnit
from reports.reading import RoundView
from scan.models import Round, Unit
from scan.participants import last_day, today_in
from scan.progress import RunningResponse


@dataclass(frozen=True)
class RoundCard:
    title: str
    slug: str
    opens_on: date
    last_day: date
    state: str
    """In words: a launched scan that has not begun is not open yet."""
    is_open: bool


def round_cards(rounds: Iterable[Round]) -> list[RoundCard]:
    return [_card(round_) for round_ in rounds]


def _card(round_: Round) -> RoundCard:
    is_open = round_.state == Round.State.OPEN
    begins = begins_on(round_)
    state = _("Begins on %(date)s") % {"date": date_format(begins, "j F")} if begins else round_.get_state_display()
    return RoundCard(round_.title, round_.slug, round_.opens_on, last_day(round_), state, is_open and begins is None)


def begins_on(round_: Round) -> date | None:
    """The first day of a launched scan that has still to begin."""
    waits = round_.state == Round.State.OPEN and round_.opens_on > today_in(round_.organisation)
    return round_.opens_on if waits else None


@dataclass(frozen=True)
class UnitRow:
    id: UUID
    name: str
    depth: int
    invited: int | None
    is_shown: bool
    is_readable: bool
    n: int | None
    percent: str


def unit_rows(view: RoundView, running: RunningResponse | None) -> list[UnitRow]:
    """The units that this user may know of: all for who may read or follow all, else the own ones."""
    invited = view.tree.invited() or {}
    rows = []
    for unit in view.tree.departments:
        if not view.may_follow and unit.pk not in view.readable:
            continue
        published = view.published.by_id.get(unit.pk) if view.published else None
        rows.append(
            UnitRow(
                id=unit.pk,
                name=_name(view, unit),
                depth=view.tree.depth(unit),
                invited=invited.get(unit.pk),
                is_shown=isinstance(published, ShownUnit),
                is_readable=published is not None and unit.pk in view.readable,
                n=published.n if isinstance(published, ShownUnit) and unit.pk in view.readable else None,
                percent=_percent(running.tenths.get(unit.pk)) if running else "",
            )
        )
    return rows


def _name(view: RoundView, unit: Unit) -> str:
    return view.round.organisation.name if unit.parent_id is None else unit.name


def _percent(tenths: int | None) -> str:
    """In steps of 10%, at most "90% or more" (R7); rounded down, so the lowest step says "under 10%"."""
    if tenths is None:
        return ""
    if tenths >= 9:
        return "≥ 90%"
    return f"{10 * tenths}%" if tenths else "< 10%"
