"""Make a round, and launch it: tree, texts and promises are frozen, and everybody who takes part is invited."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from organisations import log
from organisations.commands import InputError
from organisations.departments import hold_tree
from organisations.models import Organisation, Person, User
from questionnaires.texts import DEFAULT_WORDS
from questionnaires.versions import published
from scan.links import open_links
from scan.links.codes import give_code
from scan.mailing.planning import plan_mailings
from scan.mailing.texts import DEFAULTS
from scan.models import Invitation, LeftOut, Plan, Round, Unit
from scan.preparing.checklist import check_ready
from scan.preparing.participation import Participation, PlannedUnit, participation_of
from scan.preparing.people_step import tree_faults

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
    base = slugify(title)[:50].rstrip("-_") or "scan"
    slug, number = base, 2
    while Round.objects.filter(organisation=organisation, slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


def launch_when_ready(round_: Round, user: User) -> None:
    """As the HR adviser does it: only when nothing on the checklist stands in the way. Raises InputError."""
    with transaction.atomic():
        held = _hold_draft(round_)
        participation = participation_of(held)
        check_ready(held, participation)
        _open(held, participation, user)


def launch(round_: Round, user: User | None = None) -> None:
    """Open a round for everybody who takes part, whatever the checklist says: the demo's has no future.

    Raises InputError when it is no draft, when nobody takes part, or when its tree of units cannot be made.
    """
    with transaction.atomic():
        held = _hold_draft(round_)
        _open(held, participation_of(held), user)


def _hold_draft(round_: Round) -> Round:
    """Nobody changes the round, nor the departments and people that it is made of, until the transaction ends."""
    held = Round.objects.select_for_update().get(pk=round_.pk)
    if held.state != Round.State.DRAFT:
        raise InputError(_("“%(title)s” has already been launched.") % {"title": held.title})
    hold_tree(held.organisation)
    return held


def _open(round_: Round, participation: Participation, user: User | None) -> None:
    if not participation.total:
        raise InputError(_("Nobody takes part yet: import a staff list first, and let a department take part."))
    for fault in tree_faults(participation):
        raise InputError(fault)
    invite(round_, freeze_tree(round_, participation.units))
    freeze_texts(round_)
    # Who was left out, and for what reason, is nobody's business from here on.
    LeftOut.objects.filter(round=round_).delete()
    round_.state = Round.State.OPEN
    round_.save(update_fields=["state", "words", "mail_texts"])
    Plan.objects.get_or_create(round=round_)
    plan_mailings(round_)
    log.record(round_.organisation, "launch_round", round_.title, user)


def freeze_texts(round_: Round) -> None:
    round_.words = frozen_words(round_.organisation)
    round_.mail_texts = {kind: texts | round_.mail_texts.get(kind, {}) for kind, texts in DEFAULTS.items()}


def frozen_words(organisation: Organisation) -> dict[str, dict[str, str]]:
    own = organisation.words
    return {language: words | own.get(language, {}) for language, words in DEFAULT_WORDS.items()}


def freeze_tree(round_: Round, planned: Sequence[PlannedUnit]) -> list[tuple[Unit, list[Person]]]:
    """Make the units, parents first, and under them the leaves "leaders"; each with the people who answer in it."""
    units: dict[UUID, Unit] = {}
    leaves: list[tuple[Unit, list[Person]]] = []
    for plan in planned:
        unit = Unit(
            round=round_,
            parent=units[plan.parent.id] if plan.parent else None,
            name=plan.name,
            path=plan.path,
            path_key=plan.path_key,
            invited=plan.staff_count,
            has_open_link=plan.has_open_link,
            expected=plan.expected,
        )
        units[plan.id] = unit
        if plan.leaders:
            leaf = Unit(round=round_, parent=unit, kind=Unit.Kind.LEADERS, name=LEADERS_NAME, invited=len(plan.leaders))
            leaves.append((leaf, plan.leaders))
    Unit.objects.bulk_create([*units.values(), *(leaf for leaf, _people in leaves)], batch_size=BATCH)
    links = [
        Unit.departments.through(unit_id=units[plan.id].pk, department_id=department.pk)
        for plan in planned
        for department in plan.departments
    ]
    Unit.departments.through.objects.bulk_create(links, batch_size=BATCH)
    return [*((units[plan.id], plan.staff) for plan in planned), *leaves]


def invite(round_: Round, seats: Sequence[tuple[Unit, list[Person]]]) -> None:
    """A personal invitation for who has an address, a code on paper for who has none, an open link where chosen."""
    invitations = []
    for unit, people in seats:
        if unit.has_open_link:
            open_links.make(unit)
        else:
            invitations += [invitation_for(round_, unit, person) for person in people]
    # The order of rows would say who is who after closing, when names are erased.
    shuffle(invitations)
    Invitation.objects.bulk_create(invitations, batch_size=BATCH)


def invitation_for(round_: Round, unit: Unit, person: Person) -> Invitation:
    """Not saved yet. Codes belong to nobody: who gets which slip is not known (R18), nor is it told by a language."""
    if person.email:
        language = person.language if person.language in round_.languages else round_.languages[0]
        return Invitation(round=round_, unit=unit, person=person, address=person.email, language=language)
    invitation = Invitation(round=round_, unit=unit, language=round_.languages[0])
    give_code(invitation)
    return invitation
