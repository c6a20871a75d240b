"""Today's departments in the order of their paths: for selects, for trees of checkboxes, and with headcounts."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from organisations.models import Department, Organisation, Person
from organisations.names import split_path


@dataclass
class Node:
    """A department of today, with how many people are on the staff list."""

    department: Department
    depth: int
    people: int = 0
    """In the department itself, its leaders included."""
    leaders: int = 0
    """How many of these answer with the leaders of the department above."""
    total: int = 0
    """With everybody below."""
    children: list["Node"] = field(default_factory=list)


def departments_in_order(organisation: Organisation) -> list[Department]:
    """Parents before children, siblings by name. One query; call it inside the organisation's scope."""
    departments = Department.objects.filter(organisation=organisation, archived_on=None)
    return sorted(departments, key=lambda department: split_path(department.path_key))


def depth_of(department: Department) -> int:
    """0 for the organisation itself."""
    return len(split_path(department.path))


def label_of(department: Department) -> str:
    """The path; the organisation's own name for the organisation itself."""
    return department.path or department.name


def department_choices(organisation: Organisation) -> list[tuple[UUID, str]]:
    """For a select: every department of today by its path, the organisation first."""
    return [(department.pk, label_of(department)) for department in departments_in_order(organisation)]


def department_tree(organisation: Organisation) -> list[Node]:
    """Every department of today in path order, the organisation first; in two queries."""
    nodes = {department.pk: Node(department, depth_of(department)) for department in departments_in_order(organisation)}
    for department_id, people, leaders in _headcounts(organisation):
        if department_id in nodes:
            node = nodes[department_id]
            node.people, node.leaders, node.total = people, leaders, people
    for node in nodes.values():
        if node.department.parent_id in nodes:
            nodes[node.department.parent_id].children.append(node)
    for node in reversed(nodes.values()):  # children before parents
        if node.department.parent_id in nodes:
            nodes[node.department.parent_id].total += node.total
    return list(nodes.values())


def below(department: Department, departments: list[Department]) -> list[Department]:
    """The department itself and all below it, out of departments that are in path order."""
    ids = {department.pk}
    for other in departments:
        if other.parent_id in ids:
            ids.add(other.pk)
    return [other for other in departments if other.pk in ids]


def _headcounts(organisation: Organisation) -> list[tuple[UUID, int, int]]:
    staff = Person.objects.filter(organisation=organisation, left_on=None)
    counted = (
        staff.order_by().values("department_id").annotate(people=Count("pk"), leading=Count("pk", Q(is_leader=True)))
    )
    return list(counted.values_list("department_id", "people", "leading"))
