"""Check a release again from what it keeps, without any answer: what `manage.py check_release` prints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from measurement.checking import NO_UNION, SCORES, SMALL_BLOCK, TOO_LITTLE_OF_IT, Checked, Fault
from measurement.disclosure import LEVELS
from reports.inputs import nodes_of
from reports.models import Release, ReleaseUnit
from reports.record import check_again, published_sizes
from scan.models import Unit
from scan.tree import Tree, tree_of


@dataclass(frozen=True)
class CheckOfRelease:
    release: Release
    tree: Tree
    contents: Mapping[str, Mapping[str, Any] | None]
    checked: Checked

    @property
    def passed(self) -> bool:
        return not self.checked.faults

    def lines(self) -> Iterator[str]:
        """In the language that is active."""
        yield self._heading()
        yield from self._blocks()
        yield from self._sets()
        for fault in self.checked.faults:
            yield _("WRONG: %(fault)s") % {"fault": self._fault(fault)}
        yield self._conclusion()

    def _heading(self) -> str:
        release = self.release
        return _("%(round)s, release %(number)s, rules %(rules)s, at least %(k)s people in every group") % {
            "round": release.round.reference,
            "number": release.number,
            "rules": release.rules_version,
            "k": release.content["k"],
        }

    def _blocks(self) -> Iterator[str]:
        blocks = self.checked.blocks
        if not blocks:
            yield _("There are no groups: nothing is shown of this scan.")
            return
        text = ngettext(
            "%(count)s group that everything shown is put together from; it holds %(smallest)s people:",
            "%(count)s groups that everything shown is put together from; the smallest holds %(smallest)s people:",
            len(blocks),
        )
        yield text % {"count": len(blocks), "smallest": self.checked.smallest_block}
        for block in sorted(blocks, key=lambda one: self._name(one.formed_at)):
            yield "  " + _("%(unit)s: %(size)s people") % {"unit": self._name(block.formed_at), "size": block.size}

    def _sets(self) -> Iterator[str]:
        sizes = published_sizes(self.contents)
        if not sizes[SCORES]:
            return
        yield _("What is shown of each department, and of how many people:")
        for unit, n in sizes[SCORES].items():
            groups = len(self.checked.sets[SCORES].get(unit, ()))
            parts = [f"{_level_name(level)} {sizes[level][unit]}" for level in LEVELS if unit in sizes[level]]
            text = ngettext(
                "%(unit)s: scores %(n)s (%(groups)s group)", "%(unit)s: scores %(n)s (%(groups)s groups)", groups
            )
            line = text % {"unit": self._name(unit), "n": n, "groups": groups}
            yield "  " + ", ".join([line, *parts])

    def _conclusion(self) -> str:
        if self.passed:
            return _("Right: all that is shown is put together from these groups, and each is large enough.")
        return ngettext(
            "NOT right: %(count)s fault. Do not hand these results out, and report it to who maintains Leerscan.",
            "NOT right: %(count)s faults. Do not hand these results out, and report it to who maintains Leerscan.",
            len(self.checked.faults),
        ) % {"count": len(self.checked.faults)}

    def _fault(self, fault: Fault) -> str:
        texts = {
            SMALL_BLOCK: _("the group of %(unit)s holds %(found)s people; there have to be at least %(right)s."),
            NO_UNION: _(
                "%(unit)s, %(level)s: shown of %(found)s people, but the groups in it hold %(right)s; so this is not "
                "put together from whole groups."
            ),
            TOO_LITTLE_OF_IT: _(
                "%(unit)s, %(level)s: shown of %(found)s of its %(right)s people; that is less than two thirds."
            ),
        }
        text = texts.get(fault.kind, _("%(unit)s, %(level)s: there is no such department in this scan."))
        return text % {
            "unit": self._name(fault.unit),
            "level": _level_name(fault.level),
            "found": fault.found,
            "right": fault.right,
        }

    def _name(self, unit_id: str) -> str:
        unit = self._units.get(unit_id)
        return unit_id if unit is None else unit.path or unit.name

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {str(unit.pk): unit for unit in self.tree.departments}


def check_release(release: Release) -> CheckOfRelease:
    tree = tree_of(release.round)
    rows = {row.unit_id: row for row in ReleaseUnit.objects.filter(release=release)}
    nodes = list(nodes_of(tree, {}, {}))  # the tree and its open links; nobody is counted
    contents = {str(unit_id): rows[unit_id].content for unit_id in _in_order(tree, rows)}
    return CheckOfRelease(
        release, tree, contents, check_again(release.check_record, nodes, contents, release.content["k"])
    )


def _in_order(tree: Tree, rows: Mapping[UUID, ReleaseUnit]) -> list[UUID]:
    """As in the tree; what is not in it comes last, and is a fault."""
    places = {unit.pk: place for place, unit in enumerate(tree.departments)}
    return sorted(rows, key=lambda unit_id: places.get(unit_id, len(places)))


def _level_name(level: str) -> str:
    return {
        SCORES: pgettext("part of a report", "scores"),
        "bands": pgettext("part of a report", "questions in bands"),
        "words": pgettext("part of a report", "agreement and obstacles"),
        "items": pgettext("part of a report", "questions with figures"),
    }[level]
