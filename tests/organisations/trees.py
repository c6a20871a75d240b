"""What tests about the tree of departments look at."""

from organisations.models import Department, Organisation
from organisations.names import join_path, path_key


def living(organisation: Organisation) -> dict[str, Department]:
    """Today's departments by path."""
    departments = Department.objects.filter(organisation=organisation, archived_on=None)
    return {department.path: department for department in departments.select_related("parent")}


def paths(organisation: Organisation) -> list[str]:
    return sorted(living(organisation))


def faults_of(organisation: Organisation) -> list[str]:
    """What is wrong with the tree; nothing, whatever was done to it."""
    departments = list(living(organisation).values())
    by_id = {department.pk: department for department in departments}
    faults = []
    if [department.parent_id for department in departments].count(None) != 1:
        faults.append("not one root")
    if len({department.path_key for department in departments}) != len(departments):
        faults.append("a path twice")
    for department in departments:
        names: list[str] = []
        node, steps = department, 0
        while node.parent_id is not None and steps <= len(departments):
            names.insert(0, node.name)
            if node.parent_id not in by_id:
                faults.append(f"{department.path} hangs under a department that is gone")
                break
            node, steps = by_id[node.parent_id], steps + 1
        if steps > len(departments):
            faults.append(f"{department.path} is in a circle")
        path = join_path(tuple(names))
        if (department.path, department.path_key) != (path, path_key(path)):
            faults.append(f"{department.path} should be {path}")
    return faults
