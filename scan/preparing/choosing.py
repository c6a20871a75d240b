"""Choose who takes part in a round in preparation, and which departments answer together. Raises InputError."""

from collections import Counter
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from measurement.disclosure import OPEN_LINK_MINIMUM
from organisations.commands import InputError
from organisations.models import Department, Person
from scan.models import LeftOut, LeftOutDepartment, PlannedJoin, PlannedOpenLink, Round
from scan.preparing.participation import MOST_EXPECTED, most_expected, participation_of


def hold_draft(round_: Round) -> Round:
    """The round, locked, while it is still in preparation. Call it in a transaction."""
    found = Round.objects.select_for_update().get(pk=round_.pk)
    if found.state != Round.State.DRAFT:
        raise InputError(_("“%(title)s” has been launched; who takes part is fixed.") % {"title": found.title})
    return found


def choose(round_: Round, taking_part: Collection[UUID], expected: Mapping[UUID, int]) -> None:
    """Both choices at once: all of it, or nothing."""
    with transaction.atomic():
        choose_departments(round_, taking_part)
        choose_open_links(round_, expected)


def choose_departments(round_: Round, taking_part: Collection[UUID]) -> None:
    """These departments take part, the others do not. One below a department that is left out is left out with it."""
    with transaction.atomic():
        hold_draft(round_)
        departments = Department.objects.filter(organisation=round_.organisation_id, archived_on=None)
        others = departments.exclude(parent=None).exclude(pk__in=taking_part)
        LeftOutDepartment.objects.filter(round=round_).delete()
        LeftOutDepartment.objects.bulk_create(
            [LeftOutDepartment(round=round_, department=department) for department in others]
        )


def choose_open_links(round_: Round, expected: Mapping[UUID, int]) -> None:
    """{department: expected headcount} of the departments whose staff answer by one open link."""
    with transaction.atomic():
        hold_draft(round_)
        _forget_ended(round_, expected)
        joins = PlannedJoin.objects.filter(round=round_)
        joined = joins.filter(Q(department__in=list(expected)) | Q(into__in=list(expected))).first()
        if joined:
            raise InputError(
                _("“%(name)s” forms one group with another department; end that first, then choose an open link.")
                % {"name": joined.department.name}
            )
        _check_expected(round_, expected)
        PlannedOpenLink.objects.filter(round=round_).delete()
        PlannedOpenLink.objects.bulk_create(
            [PlannedOpenLink(round=round_, department_id=pk, expected=count) for pk, count in expected.items()]
        )


def _check_expected(round_: Round, expected: Mapping[UUID, int]) -> None:
    counts = staff_counts(round_)
    for department in Department.objects.filter(organisation=round_.organisation_id, pk__in=list(expected)):
        if expected[department.pk] < OPEN_LINK_MINIMUM:
            raise InputError(too_few_fault(department))
        if expected[department.pk] > most_expected(counts.get(department.pk, 0)):
            raise InputError(expected_fault(department, counts.get(department.pk, 0)))


def staff_counts(round_: Round) -> dict[UUID, int]:
    """How many people of each department can be asked, its leaders left aside: they answer one level up."""
    people = Person.objects.filter(organisation=round_.organisation_id, left_on=None, is_leader=False)
    absent = LeftOut.objects.filter(round=round_).values("person_id")
    return Counter(people.exclude(pk__in=absent).values_list("department_id", flat=True))


def too_few_fault(department: Department) -> str:
    """Anybody with the poster can try how often the link still starts: of a few people that tells who answered."""
    return _(
        "“%(name)s”: an open link is for %(least)s people or more. With fewer, whoever has the poster could find out "
        "whether somebody in particular has answered. Choose “Mail or code”."
    ) % {"name": department.name or department.path, "least": OPEN_LINK_MINIMUM}


def expected_fault(department: Department, staff: int) -> str:
    """What is wrong with an expected number that is too high, and what would be right."""
    name = department.name
    if staff:
        text = _(
            "“%(name)s”: at most %(most)s people can be expected to answer by the open link, for so many are on the "
            "staff list there, its leaders left aside. Choose that number or a lower one."
        )
        return text % {"name": name, "most": staff}
    text = _("“%(name)s”: at most %(most)s people can be expected to answer by an open link. Choose a lower number.")
    return text % {"name": name, "most": MOST_EXPECTED}


def leave_out(round_: Round, person: Person) -> None:
    with transaction.atomic():
        LeftOut.objects.get_or_create(round=hold_draft(round_), person=person)


def take_back(round_: Round, person: Person) -> None:
    with transaction.atomic():
        LeftOut.objects.filter(round=hold_draft(round_), person=person).delete()


def join(round_: Round, department: Department, into: Department) -> None:
    """For this round the two answer together; what was joined with either joins in."""
    with transaction.atomic():
        hold_draft(round_)
        both = (department.pk, into.pk)
        if department.pk == into.pk or not _stand_side_by_side(round_, department, into):
            raise InputError(_("Only departments side by side, under the same department, can form one group."))
        if PlannedOpenLink.objects.filter(round=round_, department__in=both).exists():
            raise InputError(_("A department with an open link stays a group of its own; end the open link first."))
        _forget_ended(round_, both)
        joins = PlannedJoin.objects.filter(round=round_)
        target = _target(round_, into.pk)
        moved = {department.pk, _target(round_, department.pk)} - {target}
        moved |= set(joins.filter(into__in=moved).values_list("department_id", flat=True))
        joins.filter(department__in=moved).delete()
        PlannedJoin.objects.bulk_create(
            [PlannedJoin(round=round_, department_id=pk, into_id=target) for pk in moved - {target}]
        )
        _check_names(round_)


def _stand_side_by_side(round_: Round, one: Department, other: Department) -> bool:
    """Under the same department, or under departments that form one group."""
    if one.parent_id is None or other.parent_id is None:
        return False
    if one.parent_id == other.parent_id:
        return True
    units = participation_of(round_).units
    place = {department.pk: unit.id for unit in units for department in unit.departments}
    return one.parent_id in place and place[one.parent_id] == place.get(other.parent_id)


def _forget_ended(round_: Round, departments: Collection[UUID]) -> None:
    """Who chooses anew for a department has no use for a join that ended when it, or the other one, was moved."""
    for ended in participation_of(round_).ended_joins:
        if ended.department.pk in departments or ended.into.pk in departments:
            PlannedJoin.objects.filter(round=round_, department=ended.department).delete()


def _target(round_: Round, department_id: UUID) -> UUID:
    earlier = PlannedJoin.objects.filter(round=round_, department=department_id).first()
    return earlier.into_id if earlier else department_id


def _check_names(round_: Round) -> None:
    participation = participation_of(round_)
    for unit in participation.names_twice():
        raise InputError(
            _("Both have a department “%(name)s” below them; give one of these another name first.")
            % {"name": unit.name}
        )
    for unit in participation.too_deep():
        raise InputError(
            _("With the name of the group, the path of “%(name)s” becomes too long. Choose shorter names first.")
            % {"name": unit.name}
        )


def separate(round_: Round, department: Department) -> None:
    """The departments that answer together with this one answer by themselves again."""
    with transaction.atomic():
        hold_draft(round_)
        PlannedJoin.objects.filter(Q(department=department) | Q(into=department), round=round_).delete()
