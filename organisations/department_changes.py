"""Change the tree of departments by hand: add, rename, move, merge, archive.

All of them raise InputError, with a text that says what would be right, and change nothing then. A round that has been
launched keeps the tree of its launch. Archived departments keep the path that they had.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations import log
from organisations.commands import InputError
from organisations.days import today_in
from organisations.departments import forget_earlier, hold_tree, remember_earlier
from organisations.models import Department, Membership, Organisation, Person, User
from organisations.names import MAX_NAME, MAX_PATH, clean_name, join_path, path_key, split_path
from organisations.tree import below, departments_in_order, depth_of, label_of


def add_department(organisation: Organisation, parent_id: UUID, name: str, user: User | None = None) -> Department:
    with _changing(organisation) as departments:
        parent = _find(departments, parent_id)
        name = _checked_name(name)
        path = join_path((*split_path(parent.path), name))
        _check_path(path)
        _check_free(departments, path, parent, {})
        department = Department.objects.create(
            organisation=organisation, parent=parent, name=name, path=path, path_key=path_key(path)
        )
        forget_earlier(organisation, [department.path_key])
        log.record(organisation, "add_department", path, user)
    return department


def rename_department(organisation: Organisation, department_id: UUID, name: str, user: User | None = None) -> None:
    with _changing(organisation) as departments:
        department = _find_below_root(departments, department_id)
        parent = _find(departments, department.parent_id)
        old = department.path
        department.name = _checked_name(name)
        _place([department], parent, departments)
        if department.path != old:
            log.record(organisation, "rename_department", f"{old} → {department.path}", user)


def move_department(organisation: Organisation, department_id: UUID, parent_id: UUID, user: User | None = None) -> None:
    with _changing(organisation) as departments:
        department = _find_below_root(departments, department_id)
        parent = _find(departments, parent_id)
        _refuse_below(department, parent, departments)
        old = department.path
        _place([department], parent, departments)
        if department.path != old:
            log.record(organisation, "move_department", f"{old} → {department.path}", user)


def merge_departments(organisation: Organisation, department_id: UUID, into_id: UUID, user: User | None = None) -> None:
    """Its people, the departments under it and its managers go to the other one; it is archived."""
    with _changing(organisation) as departments:
        department = _find_below_root(departments, department_id)
        into = _find(departments, into_id)
        _refuse_below(department, into, departments)
        children = [child for child in departments if child.parent_id == department.pk]
        _archive([department], today_in(organisation), into)
        departments.remove(department)
        _place(children, into, departments)
        Person.objects.filter(organisation=organisation, department=department).update(department=into)
        for membership in Membership.objects.filter(departments=department):
            membership.departments.add(into)
            membership.departments.remove(department)
        log.record(organisation, "merge_departments", f"{department.path} → {label_of(into)}", user)


def archive_department(organisation: Organisation, department_id: UUID, user: User | None = None) -> None:
    """With the departments below it; only when nobody is on the staff list there."""
    with _changing(organisation) as departments:
        department = _find_below_root(departments, department_id)
        going = below(department, departments)
        people = Person.objects.filter(department__in=going, left_on=None).count()
        if people:
            raise InputError(_still_there(people) % {"count": people, "name": department.name})
        _archive(going, today_in(organisation))
        log.record(organisation, "archive_department", department.path, user)


def _still_there(people: int) -> str:
    return ngettext(
        "“%(name)s” cannot be archived yet: %(count)s person on the staff list is still there or below it. Give this"
        " person another department first.",
        "“%(name)s” cannot be archived yet: %(count)s people on the staff list are still there or below it. Give them"
        " another department first, or merge this one into another.",
        people,
    )


@contextmanager
def _changing(organisation: Organisation) -> Iterator[list[Department]]:
    """Today's departments in path order; nobody else changes the tree until the end."""
    with transaction.atomic():
        hold_tree(organisation)
        yield departments_in_order(organisation)


def _find(departments: list[Department], department_id: UUID | None) -> Department:
    for department in departments:
        if department.pk == department_id:
            return department
    raise InputError(_("This department has been archived or merged meanwhile. Choose another one."))


def _find_below_root(departments: list[Department], department_id: UUID) -> Department:
    department = _find(departments, department_id)
    if department.parent_id is None:
        raise InputError(
            _("This is the organisation itself: it cannot be moved, merged or archived. Its name is in the settings.")
        )
    return department


def _checked_name(text: str) -> str:
    name = clean_name(text)
    if not name:
        raise InputError(_("Give the department a name."))
    if "/" in name:
        raise InputError(
            _("A name holds no “/”: that sign stands between a department and the one above it. Write “-” or “and”.")
        )
    if len(name) > MAX_NAME:
        raise InputError(
            _("This name has %(length)s characters; at most %(most)s fit.") % {"length": len(name), "most": MAX_NAME}
        )
    return name


def _refuse_below(department: Department, other: Department, departments: list[Department]) -> None:
    if other == department:
        raise InputError(_("This is “%(name)s” itself. Choose another department.") % {"name": department.name})
    if other in below(department, departments):
        raise InputError(
            _("“%(other)s” lies below “%(name)s”. Choose a department that does not.")
            % {"other": other.name, "name": department.name}
        )


def _check_path(path: str) -> None:
    if max(len(path), len(path_key(path))) > MAX_PATH:
        raise InputError(
            _("“%(path)s…” gets too long: all names from the top together have room for %(most)s characters.")
            % {"path": path[:60], "most": MAX_PATH}
        )


def _check_free(departments: list[Department], path: str, parent: Department, own: dict[UUID, Department]) -> None:
    key = path_key(path)
    for other in departments:
        if other.path_key == key and other.pk not in own:
            raise InputError(
                _("There is already a department “%(name)s” under “%(parent)s”. Choose another name, or merge the two.")
                % {"name": other.name, "parent": label_of(parent)}
            )


def _place(moving: list[Department], parent: Department, departments: list[Department]) -> None:
    """Hang these departments under this parent; the paths of all below follow."""
    subtrees = [below(department, departments) for department in moving]
    own = {department.pk: department for subtree in subtrees for department in subtree}
    # One level after the other: a path may be one that somebody higher up has just left.
    in_order = sorted(own.values(), key=depth_of)
    for department in moving:
        department.parent = parent
    paths: dict[UUID | None, str] = {parent.pk: parent.path}
    for department in in_order:
        paths[department.pk] = join_path((*split_path(paths[department.parent_id]), department.name))
        _check_path(paths[department.pk])
    for department in moving:
        _check_free(departments, paths[department.pk], parent, own)
    for department in in_order:
        earlier = department.path_key
        department.path = paths[department.pk]
        department.path_key = path_key(department.path)
        department.save(update_fields=["parent", "name", "path", "path_key"])
        if department.path_key != earlier:
            remember_earlier(department, earlier)


def _archive(departments: list[Department], today: date, into: Department | None = None) -> None:
    for department in departments:
        department.archived_on, department.merged_into = today, into
        department.save(update_fields=["archived_on", "merged_into"])
