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

from organisations.models import Organisation
from reports.attention_facts import Facts, look_up
from scan.mailing.deliveries import ASKING, LEAVING_NOTHING
from scan.mailing.hours import sending_day
from scan.models import Mailing, Plan, Round
from scan.participants import deletion_day, today_in
from scan.remarks import fewest

SOON = timedelta(days=3)
A_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Attention:
    text: str
    action: str
    address: str


def attention(listed: Iterable[tuple[Organisation, list[Round]]]) -> dict[UUID, list[Attention]]:
    """{organisation id: what to do}; `listed`: the organisations that the user manages, with their rounds."""
    listed = list(listed)
    organisations = [organisation for organisation, _rounds in listed]
    with scope(organisation=organisations):
        facts = look_up(organisations)
    return {organisation.pk: list(_of_organisation(organisation, rounds, facts)) for organisation, rounds in listed}


def _of_organisation(organisation: Organisation, rounds: list[Round], facts: Facts) -> Iterator[Attention]:
    slug = organisation.slug
    if organisation.pk not in facts.staffed:
        yield Attention(
            _("There is nobody on the staff list yet."), _("Upload a staff list"), reverse("staff_list", args=[slug])
        )
    if found := facts.waiting.get(organisation.pk):
        yield Attention(
            _("The staff list “%(file)s” was read and not applied yet.") % {"file": found.file_name},
            _("See what would change"),
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


def _of_round(organisation: Organisation, round_: Round, facts: Facts) -> Iterator[Attention]:
    today = today_in(organisation)
    if round_.state == Round.State.DRAFT:
        yield _draft(organisation, round_, today)
    elif round_.state == Round.State.OPEN and round_.origin == Round.Origin.ASKED:
        yield from _open(organisation, round_, facts.mailings.get(round_.pk, []), today)
        yield from _before_it_begins(organisation, round_, facts, today)
        yield from _links(organisation, round_, facts, today)
        yield from _without_managers(organisation, round_, facts)
    elif round_.state == Round.State.CLOSED:
        yield from _closed(organisation, round_, facts, today)


def _draft(organisation: Organisation, round_: Round, today: date) -> Attention:
    day = {"title": round_.title, "date": date_format(round_.opens_on, "j F Y")}
    if round_.opens_on < today:
        text = _("“%(title)s” should have opened on %(date)s and has not been launched.") % day
    else:
        text = _("“%(title)s” is in preparation; the first day is %(date)s.") % day
    return Attention(text, _("Go on preparing"), reverse("prepare", args=[organisation.slug, round_.slug]))


def _open(organisation: Organisation, round_: Round, mailings: list[Mailing], today: date) -> Iterator[Attention]:
    yield from _troubled(organisation, round_, mailings)
    yield from _not_arrived(organisation, round_, mailings)
    if today <= round_.closes_on <= today + SOON:
        yield Attention(
            _("“%(title)s” closes after %(date)s.")
            % {"title": round_.title, "date": date_format(round_.closes_on, "j F Y")},
            _("Look at the response"),
            reverse("round", args=[organisation.slug, round_.slug]),
        )


def _before_it_begins(organisation: Organisation, round_: Round, facts: Facts, today: date) -> Iterator[Attention]:
    """What has to be done, or known, in the first days."""
    if round_.pk in facts.coded and today <= round_.opens_on + SOON:
        yield Attention(
            _("Print the codes for “%(title)s” and hand them out.") % {"title": round_.title},
            _("To the codes"),
            reverse("links", args=[organisation.slug, round_.slug]),
        )
    mailings = facts.mailings.get(round_.pk, [])
    planned = [m for m in mailings if m.kind == Mailing.Kind.INVITATION and m.state == Mailing.State.PLANNED]
    for mailing in planned if round_.pk in facts.mailed else []:
        day = sending_day(_plan(round_, facts), max(mailing.planned_on, today))
        yield Attention(
            _("The invitations of “%(title)s” go out on %(day)s.")
            % {"title": round_.title, "day": date_format(day, "l j F")},
            _("See the mails"),
            reverse("mailings", args=[organisation.slug, round_.slug]),
        )


def _not_arrived(organisation: Organisation, round_: Round, mailings: list[Mailing]) -> Iterator[Attention]:
    """Of reminders nothing is counted: who gets one is a secret."""
    counted = [mailing for mailing in mailings if mailing.kind not in LEAVING_NOTHING]
    page = reverse("mailings", args=[organisation.slug, round_.slug])
    if refused := sum(mailing.refused for mailing in counted):
        text = ngettext(
            "The mail server refused %(count)s address for “%(title)s”.",
            "The mail server refused %(count)s addresses for “%(title)s”.",
            refused,
        )
        yield Attention(text % {"count": refused, "title": round_.title}, _("See the refused addresses"), page)
    if uncertain := sum(mailing.uncertain for mailing in counted):
        text = ngettext(
            "Of %(count)s mail of “%(title)s” we do not know whether it went out.",
            "Of %(count)s mails of “%(title)s” we do not know whether they went out.",
            uncertain,
        )
        yield Attention(text % {"count": uncertain, "title": round_.title}, _("See which, and send again"), page)


def _closed(organisation: Organisation, round_: Round, facts: Facts, today: date) -> Iterator[Attention]:
    page = reverse("round", args=[organisation.slug, round_.slug])
    about = {"title": round_.title}
    mailings = facts.mailings.get(round_.pk, [])
    waiting = [mailing for mailing in mailings if mailing.state == Mailing.State.PLANNED]
    if round_.pk not in facts.released:
        if round_.is_past_retention:
            yield from _without_results(round_, today, page)
        elif str(round_.pk) in facts.failed:
            text = _("Working out the results of “%(title)s” did not succeed. On %(date)s its answers are deleted.")
            about["date"] = date_format(deletion_day(round_), "j F Y")
            yield Attention(text % about, _("See why"), page)
        else:
            text = _("“%(title)s” is closed; the results are being worked out.") % about
            yield Attention(text, _("See how far it has got"), page)
    elif not facts.released[round_.pk]:
        if round_.results_on and round_.results_on >= today:
            text = (
                _("“%(title)s” has no results that may be shown. Tell staff so on the day that you promised.") % about
            )
            yield Attention(text % about, _("Look at the scan"), page)
    elif waiting:
        first = min(waiting, key=lambda mailing: mailing.planned_on)
        day = date_format(sending_day(_plan(round_, facts), max(first.planned_on, today)), "l j F")
        text = _("The results of “%(title)s” are there; they are handed out from %(day)s on.") % {**about, "day": day}
        yield Attention(text, _("Read the results"), page)
    yield from _remarks(organisation, round_, facts, today)
    yield from _without_managers(organisation, round_, facts)
    # Closing erased the rows of those that asked for answers.
    yield from _not_arrived(organisation, round_, [mailing for mailing in mailings if mailing.kind not in ASKING])
    yield from _troubled(organisation, round_, mailings)


def _remarks(organisation: Organisation, round_: Round, facts: Facts, today: date) -> Iterator[Attention]:
    """While somebody may read them; of fewer nothing is said, not even that there are any (R15)."""
    is_enough = facts.remarks.get(round_.pk, 0) >= fewest(round_) and facts.released.get(round_.pk)
    if is_enough and not round_.is_past_retention and today < deletion_day(round_):
        about = {"title": round_.title, "date": date_format(deletion_day(round_), "j F Y")}
        text = _("The remarks of “%(title)s” wait to be read. On %(date)s all that nobody finished reading is deleted.")
        yield Attention(text % about, _("Read the remarks"), reverse("remarks", args=[organisation.slug, round_.slug]))


def _without_results(round_: Round, today: date, page: str) -> Iterator[Attention]:
    """For a month: nothing can be done about it any more, but tell staff."""
    if (round_.answers_deleted_on or today) > today - A_MONTH:
        text = _("“%(title)s” has no results: its answers were deleted before they could be worked out. Tell staff so.")
        yield Attention(text % {"title": round_.title}, _("Look at the scan"), page)


def _without_managers(organisation: Organisation, round_: Round, facts: Facts) -> Iterator[Attention]:
    """As long as their reports have still to be handed out."""
    mailings = facts.mailings.get(round_.pk, [])
    kind, planned = Mailing.Kind.MANAGERS, Mailing.State.PLANNED
    if organisation.pk not in facts.managed and any(m.kind == kind and m.state == planned for m in mailings):
        yield Attention(
            _("No manager has access yet, so nobody would get the reports of “%(title)s”.") % {"title": round_.title},
            _("Invite managers"),
            reverse("colleagues", args=[organisation.slug]),
        )


def _plan(round_: Round, facts: Facts) -> Plan:
    return facts.plans.get(round_.pk) or Plan(round=round_)


def _links(organisation: Organisation, round_: Round, facts: Facts, today: date) -> Iterator[Attention]:
    """Posters in the first days, and links that are nearly full, as of the daily refresh (R7)."""
    links = facts.links.get(round_.pk, [])
    page = reverse("links", args=[organisation.slug, round_.slug])
    if links and today <= round_.opens_on + SOON:
        text = _("Print the posters for “%(title)s” and hang them up.") % {"title": round_.title}
        yield Attention(text, _("To the posters"), page)
    for link in links:
        if link.is_near_limit:
            text = _("The open link of %(unit)s in “%(title)s” is nearly full.")
            about = {"unit": link.unit.name or organisation.name, "title": round_.title}
            yield Attention(text % about, _("Look at its limits"), page)


def _troubled(organisation: Organisation, round_: Round, mailings: list[Mailing]) -> Iterator[Attention]:
    shown = [mailing for mailing in mailings if mailing.kind != Mailing.Kind.NOTICE]
    if any(mailing.trouble and mailing.state != Mailing.State.DONE for mailing in shown):
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
