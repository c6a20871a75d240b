"""The step of the checklist about who takes part: how many, how they are reached, and what would be wrong."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.models import Organisation, Person
from scan.models import LeftOutDepartment, Round
from scan.preparing.choosing import expected_fault
from scan.preparing.participation import Alone, EndedJoin, Participation, PlannedUnit
from scan.preparing.steps import Link, Step, page_of


def people_step(round_: Round, participation: Participation) -> Step:
    alone = participation.alone_with_a_code()
    return Step(
        _("Who takes part"),
        page_of(round_, "prepare_people"),
        _summary(participation),
        todo=_too_few(round_, participation) or " ".join(_faults(round_, participation)),
        note=" ".join([*(ended_text(ended) for ended in participation.ended_joins), *merged_notes(round_)]),
        links=tuple(_link_to(found.person, round_.organisation) for found in alone),
    )


def _summary(participation: Participation) -> str:
    by_link = sum(unit.expected or 0 for unit in participation.units)
    mailed, coded = participation.mail_count, participation.code_count
    parts = [
        (mailed, ngettext("%(n)s person by mail", "%(n)s people by mail", mailed)),
        (coded, ngettext("%(n)s person with a code", "%(n)s people with a code", coded)),
        (by_link, ngettext("%(n)s person by an open link", "%(n)s people by an open link", by_link)),
    ]
    return ", ".join(text % {"n": count} for count, text in parts if count)


def _too_few(round_: Round, participation: Participation) -> str:
    if not participation.total:
        return nobody(round_.organisation)
    if participation.total < round_.k:
        return _("Fewer than %(k)s people take part: there would be no results for anybody.") % {"k": round_.k}
    return ""


def nobody(organisation: Organisation) -> str:
    """Why nobody takes part."""
    if Person.objects.filter(organisation=organisation, left_on=None).exists():
        return _("No department with people in it takes part. Choose at least one.")
    return _("Nobody is on the staff list yet. Upload one first.")


def _faults(round_: Round, participation: Participation) -> Iterator[str]:
    yield from tree_faults(participation)
    for unit in participation.expected_too_high():
        yield expected_fault(unit.departments[0], len(unit.staff))
    if alone := participation.alone_with_a_code():
        yield _alone_with_a_code(round_, alone)


def tree_faults(participation: Participation) -> Iterator[str]:
    """Why these units cannot be made, and what to do about it."""
    if twice := participation.names_twice():
        yield _(
            "Departments that form one group both have one with this name below them: %(names)s. Give one of the two "
            "another name, or separate the group again under “Which reports to expect”."
        ) % {"names": ", ".join(sorted({unit.name for unit in twice}))}
    if deep := participation.too_deep():
        yield _(
            "With the name of the group in it, the path of these departments is too long: %(names)s. Choose shorter "
            "names, or separate the group again under “Which reports to expect”."
        ) % {"names": ", ".join(sorted({unit.name for unit in deep}))}


def ended_text(ended: EndedJoin) -> str:
    """What became of two departments that were to form one group."""
    return _(
        "“%(one)s” and “%(other)s” no longer form one group: they are not side by side any more, or one of them does "
        "not take part."
    ) % {"one": ended.department.name, "other": ended.into.name}


def merged_notes(round_: Round) -> Iterator[str]:
    """Whoever was left out with a department takes part again when that was merged into another."""
    rows = LeftOutDepartment.objects.filter(round=round_).select_related("department__merged_into")
    departments = [row.department for row in rows.order_by("department__path_key")]
    for department in departments:
        if department.merged_into and department.merged_into not in departments:
            yield _("“%(name)s”, which you had left out, was merged into “%(into)s”: its people now take part.") % {
                "name": department.path,
                "into": department.merged_into,
            }


def _alone_with_a_code(round_: Round, alone: list[Alone]) -> str:
    """A code for one person is that person's: whoever prints it could see whether it was used (R18)."""
    who = [f"{_name_of(found.person)} ({_group(found, round_)})" for found in alone]
    text = _(
        "One person alone would get a code in a group: %(who)s. That code would tell whether this person answered. "
        "Add an address, or leave this person out."
    ) % {"who": ", ".join(who)}
    if all(found.is_leader or found.unit.parent is None for found in alone):
        return text
    return text + " " + _("Or let the department form one group with another.")


def _group(found: Alone, round_: Round) -> str:
    return _group_name(found.unit, round_, is_leaders=found.is_leader)


def _group_name(unit: PlannedUnit, round_: Round, *, is_leaders: bool) -> str:
    name = unit.path or round_.organisation.name
    return _("the leaders of %(unit)s") % {"unit": name} if is_leaders else name


def _name_of(person: Person) -> str:
    return str(person) or person.number or _("somebody without a name")


def _link_to(person: Person, organisation: Organisation) -> Link:
    text = _("Add an address for %(name)s") % {"name": _name_of(person)}
    return Link(text, reverse("person", args=[organisation.slug, person.pk]))


def few_codes_warning(round_: Round, participation: Participation) -> str:
    """Two to four codes in a group are allowed, with care."""
    few = participation.few_codes()
    if not few:
        return ""
    names = ", ".join(_group_name(unit, round_, is_leaders=is_leaders) for unit, is_leaders in few)
    return _(
        "Only two to four people get a code in these groups: %(names)s. Whoever has the sheet can try the codes and "
        "see how many were used. Hand them out folded, and let nobody keep a copy."
    ) % {"names": names}
