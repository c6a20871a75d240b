"""The tree of departments: find one by its path, make those that are missing, hold it still while it changes."""

from collections.abc import Collection, Iterable
from itertools import batched

from django.db import transaction

from organisations.models import Department, EarlierPath, Organisation
from organisations.names import join_path, path_key, split_path

BATCH = 500


def root_of(organisation: Organisation) -> Department:
    """The organisation itself as the top of its tree."""
    root, _ = Department.objects.get_or_create(
        organisation=organisation, parent=None, defaults={"name": organisation.name}
    )
    return root


def rename_root(organisation: Organisation) -> None:
    """The organisation has another name; files may still have the earlier one as their highest level."""
    root = root_of(organisation)
    if earlier := path_key(root.name):
        remember_earlier(root, earlier)
    Department.objects.filter(pk=root.pk).update(name=organisation.name)


def by_path(organisation: Organisation) -> dict[str, Department]:
    """Today's departments by path key, the root under the empty one."""
    departments = Department.objects.filter(organisation=organisation, archived_on=None)
    return {department.path_key: department for department in departments}


def hold_tree(organisation: Organisation) -> None:
    """Who changes the tree waits here until who came earlier has finished. Call it in a transaction.

    Two moves at once could each be allowed and together make a circle. `no_key`: others may still write rows that only
    point at the organisation. SQLite needs no lock, for its transactions take turns.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def ensure_departments(organisation: Organisation, paths: Iterable[str]) -> dict[str, Department]:
    """Make the departments of these paths, and those above them, that do not exist yet."""
    with transaction.atomic():
        hold_tree(organisation)
        root = root_of(organisation)
        known = by_path(organisation)
        made: dict[str, Department] = {}
        for path in paths:
            parent = root
            for name in split_path(path):
                here = join_path((*split_path(parent.path), name))
                key = path_key(here)
                if key not in known:
                    known[key] = made[key] = Department(
                        organisation=organisation, parent=parent, name=name, path=here, path_key=key
                    )
                parent = known[key]
        # Those above come before those below them.
        Department.objects.bulk_create(made.values(), batch_size=BATCH)
        forget_earlier(organisation, made)
    return known


def remember_earlier(department: Department, key: str) -> None:
    """Under this path the department was known; the HR system may go on calling it so."""
    EarlierPath.objects.update_or_create(
        organisation_id=department.organisation_id, path_key=key, defaults={"department": department}
    )


def forget_earlier(organisation: Organisation, keys: Collection[str]) -> None:
    """A new department has this path now."""
    for batch in batched(keys, BATCH, strict=False):
        EarlierPath.objects.filter(organisation=organisation, path_key__in=batch).delete()
