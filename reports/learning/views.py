"""Pages about learning pairs: HR proposes and releases, the managers of both units find a conversation card."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jobs.models import Job
from jobs.running import request as request_job
from organisations.access import Right, fetch
from organisations.commands import InputError
from organisations.models import Organisation
from organisations.pages import member_page, user_of
from reports.learning import card_job
from reports.learning.card import card_of, file_name
from reports.learning.labels import log_subject
from reports.learning.page import pairs_page
from reports.learning.proposing import KIND
from reports.learning.releasing import release_pairs, withdraw_pairs
from reports.models import LearningPair
from reports.pdf_pages import Wanted, hand_out
from reports.published import Published
from reports.reading import RoundView, managers_read_from, round_for
from reports.wording import nothing_shown_text
from scan.participants import today_in


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.READ_ALL_UNITS)
def learning_pairs(request: HttpRequest, organisation: Organisation, round_slug: str) -> HttpResponse:
    """Who reads all units sees the proposals; who manages rounds decides."""
    view = round_for(user_of(request), organisation, round_slug)
    if request.method == "POST":
        if Right.MANAGE_ROUNDS not in view.rights:
            raise PermissionDenied
        _decide(request, _published(view))
        return redirect("learning_pairs", organisation.slug, round_slug)
    published = _published(view)
    page = pairs_page(published, view.tree, get_language() or settings.LANGUAGE_CODE)
    context = {
        "organisation": organisation,
        "round": view.round,
        "page": page,
        "nothing_shown": "" if published.shown else nothing_shown_text(),
        "managers_from": _still_to_come(view),
        "is_busy": page.is_to_be_worked_out and _is_busy(published),
    }
    return render(request, "reports/learning_pairs.html", context)


def _still_to_come(view: RoundView) -> date | None:
    """The day from which managers see what is released, while they still wait for it."""
    day = managers_read_from(view.round)
    return day if day and day > today_in(view.round.organisation) else None


def _published(view: RoundView) -> Published:
    if view.published is None:
        raise Http404
    return view.published


def _is_busy(published: Published) -> bool:
    jobs = Job.objects.filter(kind=KIND, key=str(published.release.pk), state__in=Job.UNFINISHED)
    return jobs.exists()


def _decide(request: HttpRequest, published: Published) -> None:
    match request.POST.get("do"):
        case "work_out":
            request_job(KIND, str(published.release.pk))
        case "release" | "withdraw" as what:
            try:
                _release_or_withdraw(request, published, what)
            except InputError as fault:
                messages.warning(request, str(fault))
        case _:
            messages.warning(request, _("Nothing was changed: this button is not known. Use those on this page."))


def _release_or_withdraw(request: HttpRequest, published: Published, what: str) -> None:
    ids = [_id(text) for text in request.POST.getlist("pair")]
    if not ids:
        raise InputError(_("No pair was ticked, so nothing was changed. Tick one or more, and try again."))
    user = user_of(request)
    if what == "release":
        count = release_pairs(published.release, ids, user)
        done = ngettext(
            "Released %(count)s pair: the managers of both departments see it.",
            "Released %(count)s pairs: the managers of the departments see them.",
            count,
        )
    else:
        count = withdraw_pairs(published.release, ids, user)
        done = ngettext(
            "Withdrew %(count)s pair: managers do not see it any more.",
            "Withdrew %(count)s pairs: managers do not see them any more.",
            count,
        )
    messages.success(request, done % {"count": count})


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InputError(
            _("“%(text)s” is no pair of this scan. Tick the boxes on this page.") % {"text": text[:60]}
        ) from None


@require_safe
@member_page()
def conversation_card(request: HttpRequest, organisation: Organisation, round_slug: str, pair_id: UUID) -> HttpResponse:
    view = round_for(user_of(request), organisation, round_slug)
    pair = _pair_for(view, pair_id)
    context = {
        "organisation": organisation,
        "round": view.round,
        "pair": pair,
        "card": card_of(pair, view.tree, get_language() or settings.LANGUAGE_CODE),
    }
    return render(request, "reports/conversation_card.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def card_pdf(
    request: HttpRequest, organisation: Organisation, round_slug: str, pair_id: UUID, language: str
) -> HttpResponse:
    view = round_for(user_of(request), organisation, round_slug)
    pair = _pair_for(view, pair_id)
    wanted = Wanted(
        card_job.KIND,
        card_job.job_key(pair, language),
        card_job.find_pdf(pair, view.tree, language),
        file_name(pair, view.tree, language),
        "download_card",
        log_subject(pair),
        back=reverse("conversation_card", args=[organisation.slug, round_slug, pair_id]),
        back_name=_("Conversation card"),
    )
    return hand_out(request, view.round, wanted)


def _pair_for(view: RoundView, pair_id: UUID) -> LearningPair:
    """Of the newest results. Who may not read all units learns of a pair only when it is released."""
    pairs = LearningPair.objects.filter(release=_published(view).release)
    if Right.READ_ALL_UNITS not in view.rights:
        pairs = pairs.exclude(released_on=None)
    pair = fetch(pairs.select_related("release__round__organisation", "giver", "taker"), pk=pair_id)
    if view.readable.isdisjoint({pair.giver_id, pair.taker_id}):
        raise PermissionDenied
    return pair
