"""What may still change about people while a round is open: add, correct an address, send again, move.

None of it says, or depends in anything that can be seen on, whether somebody has answered. So a mail is always sent,
used link or not, and a move is always accepted. Only an unused invitation really moves; the person keeps the unit of
the launch on every page and in every number (`Invitation.asked_in`), and no headcount follows (`Unit.invited` stays as
it was), because what follows would tell who has not answered yet.

All raise InputError with a text that says what would be right.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations import log
from organisations.commands import InputError
from organisations.models import LogEntry, Person, User
from organisations.people import checked_address, name_of, one_at_a_time
from scan.locks import hold_open, move_unused
from scan.mailing import planning
from scan.mailing.deliveries import link_is_out, settle_replaced
from scan.mailing.planning import hold, send_notice, send_single
from scan.models import Delivery, Invitation, Mailing, Plan, Round, Unit
from scan.participants import accepts_answers
from scan.rounds import LEADERS_NAME, invitation_for
from scan.tree import tree_of
from scan.unit_names import unit_name

A_DAY = timedelta(days=1)
MOST_A_DAY = 3


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
        _count(round_, "added_by_hand")
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
    """On the staff list, and send a link to the new address; False: it goes there with the invitations.

    A link that is out already is replaced by another one, so that whoever reads at the new address finds no answers
    that were filled in before; the former address is told; and no reminder goes to either (docs/decisions/0009).
    """
    with _held(round_):
        invitation = _invitation_of(round_, person)
        person = invitation.person  # type: ignore[assignment]
        email = checked_address(person, text)
        if not email:
            raise InputError(_("Give an address. Without one nobody can be reached by mail."))
        _check_not_too_often(round_, person)
        Person.objects.filter(pk=person.pk).update(email=email)
        log.record(round_.organisation, "correct_address", _subject(round_, person), user)
        if email != invitation.address:
            _count(round_, "addresses_changed")
            invitation = _address_to(round_, invitation, email)
        else:
            _count(round_, "links_sent_again")
        is_sent = _has_begun_to_mail(round_)
        if is_sent:
            send_single(round_, invitation)
    return is_sent


def _address_to(round_: Round, invitation: Invitation, email: str) -> Invitation:
    if not link_is_out(invitation):
        invitation.address = email
        invitation.save(update_fields=["address"])
        return invitation
    former = invitation.address
    settle_replaced(invitation.pk)
    invitation.delete()
    invitation.pk, invitation.address = uuid4(), email
    invitation.was_mailed = invitation.gets_reminders = False
    invitation.save(force_insert=True)
    send_notice(round_, invitation, former)
    return invitation


def send_again(round_: Round, person: Person, user: User | None = None) -> None:
    """Always the same link, to the same address."""
    with _held(round_):
        invitation = _invitation_of(round_, person)
        _check_not_too_often(round_, person)
        _count(round_, "links_sent_again")
        send_single(round_, invitation)
        log.record(round_.organisation, "send_again", _subject(round_, person), user)


def send_delivery_again(delivery: Delivery, user: User | None = None) -> None:
    """The same, from the list of mails that were refused or are uncertain."""
    round_ = delivery.mailing.round
    with _held(round_):
        person = delivery.invitation.person if delivery.invitation else None
        if person is not None:
            _check_not_too_often(round_, person)
            _count(round_, "links_sent_again")
            log.record(round_.organisation, "send_again", _subject(round_, person), user)
        planning.send_again(delivery)


def move_person(round_: Round, person: Person, unit: Unit, *, as_leader: bool, user: User | None = None) -> None:
    """Let somebody answer in another unit, if the questionnaire is not in yet; nobody learns which (see above)."""
    with _held(round_):
        invitation = _invitation_of(round_, person)
        place = _place(round_, unit, as_leader=as_leader)
        _count(round_, "moves_asked")
        Invitation._base_manager.filter(pk=invitation.pk).update(move_asked_to=place)  # noqa: SLF001 -- used or not
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
            raise InputError(
                _("This scan is not open (any more), so you can no longer add anybody or change anything.")
            )
        yield


def _count(round_: Round, what: str) -> None:
    """The works council sees how often each of these was done (R18)."""
    Plan._base_manager.get_or_create(round=round_)  # noqa: SLF001 -- plain: scan/locks.py
    Plan._base_manager.filter(round=round_).update(**{what: F(what) + 1})  # noqa: SLF001


def _check_not_too_often(round_: Round, person: Person) -> None:
    """A mailbox is no place to fill."""
    sent = LogEntry.objects.filter(
        organisation=round_.organisation_id,
        action__in=("send_again", "correct_address"),
        subject=_subject(round_, person),
        at__gt=timezone.now() - A_DAY,
    )
    if sent.count() >= MOST_A_DAY:
        raise InputError(
            _("%(name)s was sent the link three times in the past day. Call this person, or wait until tomorrow.")
            % {"name": name_of(person)}
        )


def _subject(round_: Round, person: Person) -> str:
    """As the log names it."""
    return f"{round_.title}: {name_of(person)}"


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
            _(
                "“%(unit)s” takes part with one open link, so nobody there gets a link of their own. Give this person "
                "the open link."
            )
            % {"unit": unit.path or unit.name}
        )
    return unit


def _has_begun_to_mail(round_: Round) -> bool:
    """Until the invitation goes out, whoever is added, or has a new address, gets it with the others."""
    waits = Mailing.objects.filter(round=round_, kind=Mailing.Kind.INVITATION, state=Mailing.State.PLANNED).exists()
    return accepts_answers(round_) and not waits


def _name_of(round_: Round, unit: Unit) -> str:
    return unit_name(unit, tree_of(round_))
