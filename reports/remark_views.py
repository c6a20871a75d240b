"""The page on which a reviewer reads the remarks of a closed scan, and lets them pass or not (R15)."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from organisations import log
from organisations.commands import InputError
from organisations.pages import user_of
from reports import remarks
from reports.errors import bad_request
from scan.answering.given import FormFaultError
from scan.models import Remark, Round
from scan.participants import deletion_day
from scan.remarks import (
    GoneError,
    MeanwhileError,
    Pile,
    Verdict,
    decide,
    fewest,
    place_of_next,
    seen,
    seen_all,
    some_of,
)
from scan.retention import is_over
from scan.round_page import managed_round

ON_A_PAGE = 20
MEANWHILE = 409


@dataclass(frozen=True)
class Row:
    number: int
    remark: Remark
    seen: str
    typed: str
    """What stands in the field: what was sent and refused, else what is kept."""
    fault: str = ""


@dataclass(frozen=True)
class Refused:
    """What was sent about a remark, and why it was not taken."""

    remark_id: UUID
    typed: str
    fault: str
    status: int


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@managed_round(Round.State.CLOSED)
def remarks_page(request: HttpRequest, round_: Round) -> HttpResponse:
    pile = remarks.pile_to_review(round_)
    if pile is None:
        return _nothing_to_review(request, round_)
    if request.method == "POST":
        return _decide(request, round_, pile)
    log.record_once_a_day(round_.organisation, "read_remarks", round_.title, user_of(request))
    return _review(request, round_, pile, _page_number(request.GET.get("page"), pile))


def _nothing_to_review(request: HttpRequest, round_: Round) -> HttpResponse:
    """Finished, over, or fewer than may be read: the same page whatever that number is."""
    if request.method == "POST":
        return redirect("remarks", round_.organisation.slug, round_.slug)
    context = _context(round_) | {"texts": remarks.published(round_), "is_over": round_.is_past_retention}
    return render(request, "reports/remarks_done.html", context)


def _context(round_: Round) -> dict[str, object]:
    return {
        "organisation": round_.organisation,
        "round": round_,
        "fewest": fewest(round_),
        "deletion_day": deletion_day(round_),
    }


def _decide(request: HttpRequest, round_: Round, pile: Pile) -> HttpResponse:
    page = _page_number(request.POST.get("page"), pile)
    try:
        remark_id, verdict = UUID(request.POST.get("remark", "")), Verdict(request.POST.get("verdict", ""))
        typed = request.POST.get("text", "")
        decide(round_, remark_id, verdict, typed, request.POST.get("seen", ""))
    except (ValueError, FormFaultError):
        return bad_request(request)
    except GoneError:
        messages.warning(request, _("That remark is not there any more: somebody has finished meanwhile."))
        return redirect("remarks", round_.organisation.slug, round_.slug)
    except InputError as fault:
        refused = Refused(remark_id, typed, str(fault), 422)
    except MeanwhileError:
        text = _(
            "Somebody else decided about this remark meanwhile; what you see now is their decision. Yours was not "
            "saved. Choose again if you see it differently."
        )
        refused = Refused(remark_id, typed if verdict is Verdict.EDIT else "", text, MEANWHILE)
    else:
        return redirect(_address_of_next(round_, remark_id, page))
    return _review(request, round_, pile, page, refused)


def _address_of_next(round_: Round, after: UUID, page: int) -> str:
    address = reverse("remarks", args=[round_.organisation.slug, round_.slug])
    found = place_of_next(round_, after)
    if found is None:
        return f"{address}?page={page}#finish"
    place, remark_id = found
    return f"{address}?page={place // ON_A_PAGE + 1}#remark-{remark_id}"


def _review(request: HttpRequest, round_: Round, pile: Pile, page: int, refused: Refused | None = None) -> HttpResponse:
    first = (page - 1) * ON_A_PAGE
    rows = [_row(first + place, remark, refused) for place, remark in enumerate(some_of(round_, first, ON_A_PAGE), 1)]
    context = _context(round_) | {
        "pile": pile,
        "is_late": is_over(round_),
        "rows": rows,
        "page": page,
        "pages": _pages(pile),
        "seen_all": "" if pile.waiting else seen_all(round_),
        "has_refused": refused is not None,
    }
    return render(request, "reports/remarks.html", context, status=refused.status if refused else 200)


def _row(number: int, remark: Remark, refused: Refused | None) -> Row:
    typed = remark.edited or remark.text
    if refused and refused.remark_id == remark.pk:
        return Row(number, remark, seen([remark]), refused.typed or typed, refused.fault)
    return Row(number, remark, seen([remark]), typed)


def _pages(pile: Pile) -> int:
    return -(-pile.total // ON_A_PAGE)


def _page_number(text: str | None, pile: Pile) -> int:
    with suppress(ValueError):
        return max(1, min(int(text or 1), _pages(pile)))
    return 1


@require_POST
@managed_round(Round.State.CLOSED)
def finish_remarks(request: HttpRequest, round_: Round) -> HttpResponse:
    try:
        remarks.finish(round_, request.POST.get("seen", ""), user_of(request))
    except InputError as fault:
        messages.warning(request, str(fault))
    except MeanwhileError:
        messages.warning(
            request, _("Somebody else decided about a remark meanwhile. Look at the remarks once more, then finish.")
        )
    except GoneError:
        pass  # finished before, or over: the page says which
    return redirect("remarks", round_.organisation.slug, round_.slug)
