"""How a unit is called towards people, the leaves "leaders" included."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from scan.models import Unit
from scan.tree import Tree


def unit_name(unit: Unit, tree: Tree) -> str:
    if unit.kind == Unit.Kind.LEADERS and unit.parent_id is not None:
        return _("%(unit)s: managers") % {"unit": unit_name(tree.units[unit.parent_id], tree)}
    return unit.path or unit.name


def in_order(tree: Tree) -> Iterator[Unit]:
    """Departments in the order of their paths, each followed by its leaf "leaders"."""
    leaves = {unit.parent_id: unit for unit in tree.units.values() if unit.kind == Unit.Kind.LEADERS}
    for unit in tree.departments:
        yield unit
        if unit.pk in leaves:
            yield leaves[unit.pk]
