"""Rounds and units as rows of a page."""

from dataclasses import dataclass
from uuid import UUID

from reports.published import ShownUnit
from reports.reading import RoundView
from scan.models import Unit
from scan.progress import RunningResponse


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
