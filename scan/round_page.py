"""What the pages about one round share: the right to manage it, and the state it must be in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from organisations.access import Right, fetch
from organisations.commands import InputError
from organisations.models import Organisation
from organisations.pages import View, member_page
from scan.models import Round


def managed_round(*states: Round.State) -> Callable[[View], View]:
    """A view of a round for who may manage it. In another state than these it leads to the round's own page."""

    def decorate(view: View) -> View:
        @member_page(Right.MANAGE_ROUNDS)
        @wraps(view)
        def inside(
            request: HttpRequest, organisation: Organisation, round_slug: str, **kwargs: Any
        ) -> HttpResponseBase:
            rounds = Round.objects.filter(organisation=organisation).select_related("organisation", "version", "plan")
            round_ = fetch(rounds, slug=round_slug)
            if states and round_.state not in states:
                return redirect("round", organisation.slug, round_.slug)
            return view(request, round_, **kwargs)

        return inside

    return decorate


def draft_page(view: View) -> View:
    """A view of a round in preparation. Who launched it meanwhile, in another window, is told so."""

    @managed_round(Round.State.DRAFT)
    @wraps(view)
    def inside(request: HttpRequest, round_: Round, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, round_, **kwargs)
        except InputError as fault:
            messages.error(request, str(fault))
            return redirect("round", round_.organisation.slug, round_.slug)

    return inside


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None while the form is only shown."""
    return request.POST if request.method == "POST" else None
