"""How a unit is called towards people, the leaves "leaders" included."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from scan.models import Unit
from scan.tree import Tree


def unit_name(unit: Unit, tree: Tree) -> str:
    """By its path."""
    parent = _parent_of_leaders(unit, tree)
    return _leaders_of(unit_name(parent, tree)) if parent else unit.path or unit.name


def short_name(unit: Unit, tree: Tree) -> str:
    parent = _parent_of_leaders(unit, tree)
    return _leaders_of(parent.name) if parent else unit.name


def _leaders_of(name: str) -> str:
    return _("%(unit)s: managers") % {"unit": name}


def _parent_of_leaders(unit: Unit, tree: Tree) -> Unit | None:
    if unit.kind != Unit.Kind.LEADERS or unit.parent_id is None:
        return None
    return tree.units[unit.parent_id]


def in_order(tree: Tree) -> Iterator[Unit]:
    """Departments in the order of their paths, each followed by its leaf "leaders"."""
    leaves = {unit.parent_id: unit for unit in tree.units.values() if unit.kind == Unit.Kind.LEADERS}
    for unit in tree.departments:
        yield unit
        if unit.pk in leaves:
            yield leaves[unit.pk]
