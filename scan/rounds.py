"""Make a round, and launch it: the tree, the words and the headcounts are frozen."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from organisations.commands import InputError
from organisations.models import Department, Organisation, Person
from questionnaires.texts import DEFAULT_WORDS
from questionnaires.versions import published
from scan.models import Invitation, Round, Unit

BATCH = 500
shuffle = secrets.SystemRandom().shuffle
LEADERS_NAME = "leaders"


def create_round(organisation: Organisation, title: str, opens_on: date, closes_on: date, **fields: Any) -> Round:
    """A round in preparation, with the newest questionnaire unless `version` says otherwise."""
    fields.setdefault("version", published())
    fields.setdefault("languages", ["nl", "en"])
    return Round.objects.create(
        organisation=organisation,
        title=title,
        slug=free_slug(organisation, title),
        opens_on=opens_on,
        closes_on=closes_on,
        **fields,
    )


def free_slug(organisation: Organisation, title: str) -> str:
    base = slugify(title)[:50] or "scan"
    slug, number = base, 2
    while Round.objects.filter(organisation=organisation, slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


def launch(round_: Round) -> None:
    """Open a round for everybody on today's staff list. Raises InputError when it is no draft or nobody is there."""
    with transaction.atomic():
        round_ = Round.objects.select_for_update().get(pk=round_.pk)
        if round_.state != Round.State.DRAFT:
            raise InputError(_("“%(title)s” has already been launched.") % {"title": round_.title})
        units = freeze_tree(round_, _current_departments(round_.organisation))
        if not invite_all(round_, units):
            raise InputError(_("Nobody is on the staff list yet; import a staff list first."))
        freeze_words(round_)
        round_.state = Round.State.OPEN
        round_.save(update_fields=["state", "words"])


def freeze_words(round_: Round) -> None:
    own = round_.organisation.words
    round_.words = {language: words | own.get(language, {}) for language, words in DEFAULT_WORDS.items()}


def _current_departments(organisation: Organisation) -> list[Department]:
    departments = Department.objects.filter(organisation=organisation, archived_on=None)
    return sorted(departments, key=lambda department: department.path_key)


def freeze_tree(round_: Round, departments: Iterable[Department]) -> dict[str, Unit]:
    """A unit for each department (parents first), by path key."""
    units: dict[str, Unit] = {}
    unit_of: dict[UUID | None, Unit] = {}
    for department in departments:
        unit = Unit(
            round=round_,
            parent=unit_of.get(department.parent_id),
            name=department.name,
            path=department.path,
            path_key=department.path_key,
        )
        units[department.path_key] = unit_of[department.pk] = unit
    Unit.objects.bulk_create(list(unit_of.values()), batch_size=BATCH)
    links = [Unit.departments.through(unit_id=unit.pk, department_id=pk) for pk, unit in unit_of.items()]
    Unit.departments.through.objects.bulk_create(links, batch_size=BATCH)
    return units


def invite_all(round_: Round, units: dict[str, Unit]) -> int:
    """An invitation for each person: leaders in the leaf "leaders" of the parent unit, the head in the root's (R3)."""
    people = Person.objects.filter(organisation=round_.organisation, left_on=None).select_related("department")
    invitations = []
    leaves: dict[object, Unit] = {}
    for person in people:
        unit = _unit_of(person, units)
        if person.is_leader:
            parent = unit.parent or unit
            unit = leaves.setdefault(
                parent.pk, Unit(round=round_, parent=parent, kind=Unit.Kind.LEADERS, name=LEADERS_NAME)
            )
        invitations.append(Invitation(round=round_, unit=unit, person=person, language=person.language))
    Unit.objects.bulk_create(list(leaves.values()), batch_size=BATCH)
    # The order of rows would say who is who after closing, when names are erased.
    shuffle(invitations)
    Invitation.objects.bulk_create(invitations, batch_size=BATCH)
    _count_invited([*units.values(), *leaves.values()], invitations)
    return len(invitations)


def _unit_of(person: Person, units: dict[str, Unit]) -> Unit:
    department = person.department
    if department.archived_on or department.path_key not in units:
        raise InputError(
            _("“%(department)s” is archived, but people still belong to it. Move them first.")
            % {"department": department}
        )
    return units[department.path_key]


def _count_invited(units: list[Unit], invitations: list[Invitation]) -> None:
    counts: dict[object, int] = {}
    for invitation in invitations:
        counts[invitation.unit_id] = counts.get(invitation.unit_id, 0) + 1
    for unit in units:
        unit.invited = counts.get(unit.pk, 0)
    Unit.objects.bulk_update(units, ["invited"], batch_size=BATCH)
