"""What needs the HR adviser's attention now, over all organisations in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scope

from organisations.models import Organisation, Person, StaffImport
from reports.models import Release
from scan.mailing.hours import sending_day
from scan.models import Invitation, Mailing, Plan, Round
from scan.participants import today_in

SOON = timedelta(days=3)


@dataclass(frozen=True)
class Attention:
    text: str
    action: str
    address: str


@dataclass(frozen=True)
class _Facts:
    """What was looked up for all organisations together."""

    staffed: set[UUID]
    waiting: dict[UUID, StaffImport]
    coded: set[UUID]
    plans: dict[UUID, Plan]
    mailings: dict[UUID, list[Mailing]]
    released: set[UUID]


def attention(listed: Iterable[tuple[Organisation, list[Round]]]) -> dict[UUID, list[Attention]]:
    """{organisation id: what to do}; `listed`: the organisations that the user manages, with their rounds."""
    listed = list(listed)
    organisations = [organisation for organisation, _rounds in listed]
    with scope(organisation=organisations):
        facts = _look_up(organisations)
    return {organisation.pk: list(_of_organisation(organisation, rounds, facts)) for organisation, rounds in listed}


def _look_up(organisations: list[Organisation]) -> _Facts:
    people = Person.objects.filter(organisation__in=organisations, left_on=None)
    mailings: dict[UUID, list[Mailing]] = {}
    for mailing in Mailing.objects.filter(round__organisation__in=organisations):
        mailings.setdefault(mailing.round_id, []).append(mailing)
    released = Release.objects.filter(round__organisation__in=organisations).values_list("round_id", flat=True)
    imports = StaffImport.objects.filter(organisation__in=organisations, state=StaffImport.State.READ)
    coded = Invitation.objects.filter(round__organisation__in=organisations, round__state=Round.State.OPEN)
    return _Facts(
        staffed=set(people.values_list("organisation_id", flat=True).distinct()),
        waiting={found.organisation_id: found for found in imports.defer("content").order_by("created_at")},
        coded=set(coded.exclude(code_hash=None).values_list("round_id", flat=True).distinct()),
        plans={plan.round_id: plan for plan in Plan.objects.filter(round__organisation__in=organisations)},
        mailings=mailings,
        released=set(released),
    )


def _of_organisation(organisation: Organisation, rounds: list[Round], facts: _Facts) -> Iterator[Attention]:
    slug = organisation.slug
    if organisation.pk not in facts.staffed:
        yield Attention(
            _("There is nobody on the staff list yet."), _("Upload a staff list"), reverse("staff_list", args=[slug])
        )
    if found := facts.waiting.get(organisation.pk):
        yield Attention(
            _("The staff list “%(file)s” was read and not applied yet.") % {"file": found.file_name},
            _("Look what would change"),
            reverse("staff_import", args=[slug, found.pk]),
        )
    elif organisation.pk in facts.staffed and not rounds:
        yield Attention(
            _("The staff list is there. You can prepare the first scan."),
            _("Prepare a scan"),
            reverse("round_new", args=[slug]),
        )
    for round_ in rounds:
        yield from _of_round(organisation, round_, facts)


def _of_round(organisation: Organisation, round_: Round, facts: _Facts) -> Iterator[Attention]:
    today = today_in(organisation)
    if round_.state == Round.State.DRAFT:
        yield _draft(organisation, round_, today)
    elif round_.state == Round.State.OPEN and round_.origin == Round.Origin.ASKED:
        yield from _open(organisation, round_, facts.mailings.get(round_.pk, []), today)
        yield from _before_it_begins(organisation, round_, facts, today)
    elif round_.state == Round.State.CLOSED and round_.pk not in facts.released:
        yield Attention(
            _("“%(title)s” is closed; the results are being worked out.") % {"title": round_.title},
            _("Look how far it is"),
            reverse("round", args=[organisation.slug, round_.slug]),
        )
    if round_.state == Round.State.CLOSED:
        yield from _troubled(organisation, round_, facts.mailings.get(round_.pk, []))


def _draft(organisation: Organisation, round_: Round, today: date) -> Attention:
    day = {"title": round_.title, "date": date_format(round_.opens_on, "j F Y")}
    if round_.opens_on < today:
        text = _("“%(title)s” should have opened on %(date)s and has not been launched.") % day
    else:
        text = _("“%(title)s” is in preparation; the first day is %(date)s.") % day
    return Attention(text, _("Go on preparing"), reverse("prepare", args=[organisation.slug, round_.slug]))


def _open(organisation: Organisation, round_: Round, mailings: list[Mailing], today: date) -> Iterator[Attention]:
    yield from _troubled(organisation, round_, mailings)
    # Of reminders nothing is counted: who gets one is a secret.
    refused = sum(mailing.refused for mailing in mailings if mailing.kind == Mailing.Kind.INVITATION)
    if refused:
        yield Attention(
            ngettext(
                "The mail server refused %(count)s address for “%(title)s”.",
                "The mail server refused %(count)s addresses for “%(title)s”.",
                refused,
            )
            % {"count": refused, "title": round_.title},
            _("Correct them"),
            reverse("mailings", args=[organisation.slug, round_.slug]),
        )
    if today <= round_.closes_on <= today + SOON:
        yield Attention(
            _("“%(title)s” closes after %(date)s.")
            % {"title": round_.title, "date": date_format(round_.closes_on, "j F Y")},
            _("Look at the response"),
            reverse("round", args=[organisation.slug, round_.slug]),
        )


def _before_it_begins(organisation: Organisation, round_: Round, facts: _Facts, today: date) -> Iterator[Attention]:
    """What has to be done, or known, in the first days."""
    if round_.pk in facts.coded and today <= round_.opens_on + SOON:
        yield Attention(
            _("Print the codes for “%(title)s” and hand them out.") % {"title": round_.title},
            _("To the codes"),
            reverse("links", args=[organisation.slug, round_.slug]),
        )
    mailings = facts.mailings.get(round_.pk, [])
    planned = [m for m in mailings if m.kind == Mailing.Kind.INVITATION and m.state == Mailing.State.PLANNED]
    for mailing in planned:
        plan = facts.plans.get(round_.pk) or Plan(round=round_)
        day = sending_day(plan, max(mailing.planned_on, today))
        yield Attention(
            _("The invitations of “%(title)s” go out on %(day)s.")
            % {"title": round_.title, "day": date_format(day, "l j F")},
            _("See the mails"),
            reverse("mailings", args=[organisation.slug, round_.slug]),
        )


def _troubled(organisation: Organisation, round_: Round, mailings: list[Mailing]) -> Iterator[Attention]:
    if any(mailing.trouble and mailing.state != Mailing.State.DONE for mailing in mailings):
        yield Attention(
            _("The mails of “%(title)s” are not going out.") % {"title": round_.title},
            _("See why, and what to do"),
            reverse("mailings", args=[organisation.slug, round_.slug]),
        )
    if any(mailing.state == Mailing.State.STOPPED for mailing in mailings):
        yield Attention(
            _("A mailing of “%(title)s” was stopped halfway.") % {"title": round_.title},
            _("Go on with it"),
            reverse("mailings", args=[organisation.slug, round_.slug]),
        )
