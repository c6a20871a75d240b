"""What may still change about people while a round is open: add, correct an address, send again, move.

None of it says, or depends in anything that can be seen on, whether somebody has answered. So a mail is always sent,
used link or not, and a move is always accepted. Only an unused invitation really moves; the person keeps the unit of
the launch on every page and in every number (`Invitation.asked_in`), and no headcount follows (`Unit.invited` stays as
it was), because what follows would tell who has not answered yet.

All raise InputError with a text that says what would be right.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from organisations import log
from organisations.commands import InputError
from organisations.models import Person, User
from organisations.people import checked_address, name_of, one_at_a_time
from scan.locks import hold_open, move_unused
from scan.mailing.planning import hold, send_single
from scan.models import Invitation, Mailing, Plan, Round, Unit
from scan.participants import accepts_answers
from scan.rounds import LEADERS_NAME, invitation_for
from scan.tree import tree_of
from scan.unit_names import unit_name


def add_person(round_: Round, person: Person, unit: Unit, *, as_leader: bool, user: User | None = None) -> bool:
    """Invite somebody of today's staff list. Whether a mail goes out right now: a round that begins later needs none.

    Only with an address. A code on paper made for one person would tell who answers with it, and a sheet of all codes
    printed anew would hand out some of them twice.
    """
    with _held(round_):
        person = Person.objects.get(pk=person.pk)
        if person.left_on:
            raise InputError(_("%(name)s has left, according to the staff list.") % {"name": name_of(person)})
        if not person.email:
            raise InputError(
                _(
                    "%(name)s has no e-mail address. A code made now would be for one person only, and would tell who "
                    "answers with it. Add an address on the staff list first."
                )
                % {"name": name_of(person)}
            )
        if Invitation.objects.filter(round=round_, person=person).exists():
            raise InputError(_("%(name)s takes part in this scan already.") % {"name": name_of(person)})
        place = _place(round_, unit, as_leader=as_leader)
        Plan._base_manager.get_or_create(round=round_)  # noqa: SLF001 -- plain: scan/locks.py
        Plan._base_manager.filter(round=round_).update(added_by_hand=F("added_by_hand") + 1)  # noqa: SLF001
        Unit._base_manager.filter(pk=place.pk).update(invited=F("invited") + 1, added=F("added") + 1)  # noqa: SLF001
        invitation = invitation_for(round_, place, person)
        invitation.was_added = True
        invitation.save(force_insert=True)
        subject = f"{round_.title}: {name_of(person)} → {_name_of(round_, place)}"
        log.record(round_.organisation, "invite_person", subject, user)
        is_sent = _has_begun_to_mail(round_)
        if is_sent:
            send_single(round_, invitation)
    return is_sent


def correct_address(round_: Round, person: Person, text: str, user: User | None = None) -> bool:
    """On the staff list, and send the link to the new address; False: it goes there with the invitations."""
    with _held(round_):
        invitation = _invitation_of(round_, person)
        person = invitation.person  # type: ignore[assignment]
        email = checked_address(person, text)
        if not email:
            raise InputError(_("Give an address. Without one nobody can be reached by mail."))
        Person.objects.filter(pk=person.pk).update(email=email)
        person.email = email
        log.record(round_.organisation, "correct_address", f"{round_.title}: {name_of(person)}", user)
        is_sent = _has_begun_to_mail(round_)
        if is_sent:
            send_single(round_, invitation)
    return is_sent


def send_again(round_: Round, person: Person, user: User | None = None) -> None:
    """Always the same link."""
    with _held(round_):
        invitation = _invitation_of(round_, person)
        send_single(round_, invitation)
        log.record(round_.organisation, "send_again", f"{round_.title}: {name_of(person)}", user)


def move_person(round_: Round, person: Person, unit: Unit, *, as_leader: bool, user: User | None = None) -> None:
    """Let somebody answer in another unit, if the questionnaire is not in yet; nobody learns which (see above)."""
    with _held(round_):
        invitation = _invitation_of(round_, person)
        place = _place(round_, unit, as_leader=as_leader)
        move_unused(invitation.pk, place.pk)
        subject = f"{round_.title}: {name_of(person)} → {_name_of(round_, place)}"
        log.record(round_.organisation, "move_participant", subject, user)


@contextmanager
def _held(round_: Round) -> Iterator[None]:
    """The round stays open until the end, and one change comes after the other.

    Held as planning a mail holds it, from the start: two that share a lock first would wait for each other.
    """
    with transaction.atomic(), one_at_a_time(round_.organisation):
        hold(round_)
        if not hold_open(round_.pk):
            raise InputError(_("This scan is not open (any more), so nobody can be added or changed."))
        yield


def _invitation_of(round_: Round, person: Person) -> Invitation:
    found = Invitation.objects.filter(round=round_, person=person).select_related("person__organisation").first()
    if found is None or found.person is None:
        raise InputError(_("%(name)s has no link in this scan.") % {"name": name_of(person)})
    if found.person.left_on:
        raise InputError(_("%(name)s has left, according to the staff list.") % {"name": name_of(person)})
    return found


def _place(round_: Round, unit: Unit, *, as_leader: bool) -> Unit:
    """Where somebody of this unit answers: leaders in the leaf “leaders” of the unit above, made when missing."""
    if as_leader:
        leaf, _is_new = Unit.objects.get_or_create(
            round=round_,
            parent_id=unit.parent_id or unit.pk,
            kind=Unit.Kind.LEADERS,
            defaults={"name": LEADERS_NAME, "invited": 0},
        )
        return leaf
    if unit.has_open_link:
        raise InputError(
            _("“%(unit)s” answers by one open link, for as many people as were expected. Give this person that link.")
            % {"unit": unit.path or unit.name}
        )
    return unit


def _has_begun_to_mail(round_: Round) -> bool:
    """Until the invitation goes out, whoever is added, or has a new address, gets it with the others."""
    waits = Mailing.objects.filter(round=round_, kind=Mailing.Kind.INVITATION, state=Mailing.State.PLANNED).exists()
    return accepts_answers(round_) and not waits


def _name_of(round_: Round, unit: Unit) -> str:
    return unit_name(unit, tree_of(round_))
