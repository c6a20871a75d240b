"""Who gets a mailing. Of managers and results a room above says who, and where the link leads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from organisations.models import Person, User
from scan.answering.preview import preview_token
from scan.models import Delivery, Invitation, Mailing, Round
from scan.tokens import link_of

Recipients = Callable[[Round], Iterable[User | Person] | None]
Link = Callable[[Round], str]


def round_link(round_: Round) -> str:
    return settings.BASE_URL + reverse("round", args=[round_.organisation.slug, round_.slug])


@dataclass(frozen=True)
class Source:
    """`recipients` answers None while it is not yet possible to say who."""

    recipients: Recipients
    link: Link = round_link


_sources: dict[str, Source] = {}


def register_recipients(kind: str, recipients: Recipients, link: Link = round_link) -> None:
    _sources[str(kind)] = Source(recipients, link)


def are_known(mailing: Mailing) -> bool:
    """Whether it can be said now who gets a mailing after closing. What a query answers is not yet fetched."""
    source = _sources.get(mailing.kind)
    return source is not None and source.recipients(mailing.round) is not None


def deliveries_for(mailing: Mailing) -> list[Delivery]:
    """Not stored yet, in no particular order."""
    if mailing.kind in (Mailing.Kind.INVITATION, Mailing.Kind.REMINDER):
        return [Delivery(mailing=mailing, invitation=invitation) for invitation in _invited(mailing)]
    source = _sources.get(mailing.kind)
    found = source.recipients(mailing.round) if source else None
    return [_to(mailing, recipient) for recipient in found or ()]


def _invited(mailing: Mailing) -> Iterable[Invitation]:
    """Also for a reminder everybody: fewer rows, or a shorter job, would tell how many have not answered (R7).

    Who has is left out at the last moment, in deliveries.claim().
    """
    invitations = Invitation.objects.filter(round=mailing.round, person__left_on=None).exclude(person=None)
    if mailing.kind == Mailing.Kind.REMINDER:
        invitations = invitations.filter(gets_reminders=True)
    return invitations.exclude(address="").only("pk")


def _to(mailing: Mailing, recipient: User | Person) -> Delivery:
    if isinstance(recipient, User):
        return Delivery(mailing=mailing, user=recipient)
    return Delivery(mailing=mailing, person=recipient)


def link_for(delivery: Delivery, round_: Round) -> str:
    if delivery.invitation_id:
        return link_of(delivery.invitation_id)
    source = _sources.get(delivery.mailing.kind)
    return (source.link if source else round_link)(round_)


def example_link(kind: str, round_: Round) -> str:
    """Where the link of an example leads: never to anybody's questionnaire."""
    if kind in (Mailing.Kind.MANAGERS, Mailing.Kind.RESULTS):
        return round_link(round_)
    return settings.BASE_URL + reverse("scan:start", args=[preview_token(round_)])
