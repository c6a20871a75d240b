"""The page on which a member shares a report of a unit, and withdraws links to it."""

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.access import Right
from organisations.commands import InputError
from organisations.models import Organisation, User
from organisations.pages import member_page, user_of
from reports.models import SharedReport
from reports.published import Published
from reports.reading import RoundView, round_for
from reports.sharing.forms import ShareForm
from reports.sharing.links import Wish, last_day_of, make_link, withdraw
from reports.sharing.sharers import Sharers, shareable
from scan.mailing.result_days import results_day
from scan.participants import today_in


@dataclass(frozen=True)
class Row:
    link: SharedReport
    name: str
    """Of the unit."""
    last_day: date
    works: bool
    can_withdraw: bool


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.SHARE_REPORTS)
def share_unit(request: HttpRequest, organisation: Organisation, round_slug: str, unit_id: UUID) -> HttpResponse:
    user = user_of(request)
    view = round_for(user, organisation, round_slug)
    view.unit(unit_id)
    if unit_id not in shareable(user, organisation, view):
        raise PermissionDenied
    if "withdraw" in request.POST:
        return _withdraw(request, view, unit_id, user)
    form = ShareForm(request.POST) if request.method == "POST" else ShareForm(initial={"key": uuid4()})
    made = _make(form, view, unit_id, user) if form.is_bound and form.is_valid() else ""
    status = 422 if form.errors else 200
    if made:
        form = ShareForm(initial={"key": uuid4()})
    context = _context(view, unit_id, user) | {"form": form, "made": made}
    return render(request, "reports/share.html", context, status=status)


def _make(form: ShareForm, view: RoundView, unit_id: UUID, user: User) -> str:
    """The address; empty, with the reason in the form, when there can be none."""
    published, data = cast("Published", view.published), form.cleaned_data
    try:
        return make_link(
            published.release, view.tree.units[unit_id], Wish(data["key"], data["days"], data["note"]), user
        )
    except InputError as fault:
        form.add_error(None, str(fault))
        return ""


def _withdraw(request: HttpRequest, view: RoundView, unit_id: UUID, user: User) -> HttpResponse:
    found = {str(row.link.pk): row for row in _rows(view, user) if row.can_withdraw}
    row = found.get(request.POST["withdraw"])
    if row:
        withdraw(row.link, user)
        messages.success(request, _("The link was withdrawn: it does not work any more."))
    else:
        messages.warning(request, _("That link is not there any more."))
    return redirect("share_unit", view.round.organisation.slug, view.round.slug, unit_id)


def _context(view: RoundView, unit_id: UUID, user: User) -> dict[str, object]:
    rows, round_ = _rows(view, user), view.round
    heard = results_day(round_)
    unit = view.tree.units[unit_id]
    return {
        "organisation": round_.organisation,
        "round": round_,
        "unit": unit,
        "name": unit.name if unit.path else round_.organisation.name,
        "rows": [row for row in rows if row.link.unit_id == unit_id],
        "others": [row for row in rows if row.link.unit_id != unit_id],
        "staff_hear_on": heard if heard and heard > today_in(round_.organisation) else None,
    }


def _rows(view: RoundView, user: User) -> list[Row]:
    """Links to what the user may share; for the HR adviser, who may withdraw all, that is every report of the round."""
    organisation = view.round.organisation
    links = SharedReport.objects.filter(release__round=view.round, ends_at__gt=timezone.now())
    links = links.select_related("unit", "made_by", "release__round__organisation").order_by("ends_at", "pk")
    own = shareable(user, organisation, view)
    found = [link for link in links if link.unit_id in own]
    sharers = Sharers(view.round, {link.made_by_id for link in found})
    withdraws_all = Right.MANAGE_ROUNDS in view.rights
    newest = cast("Published", view.published).release.pk
    return [
        Row(
            link,
            link.unit.name if link.unit.path else organisation.name,
            last_day_of(link),
            works=link.release_id == newest and sharers.may(link.made_by_id, link.unit_id),
            can_withdraw=withdraws_all or link.made_by_id == user.pk,
        )
        for link in found
    ]
