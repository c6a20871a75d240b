"""What every page of an organisation has in common: membership, the right, the second step, the scope, no caching."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django_scopes import scope

from organisations.access import Right, organisation_for, rights_in
from organisations.logins import note_opening
from organisations.models import User
from organisations.second_factor import forget_asking, lead_to_second_step, took_second_step

View = Callable[..., HttpResponseBase]


def member_page(*any_of: Right) -> Callable[[View], View]:
    """A view of an organisation, for members with one of these rights (none named: for every member).

    Replaces the address's short name by the organisation. Templates find `request.organisation`, and what the user may
    as `request.may.manage_people` and so on.
    """

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def inside(request: HttpRequest, organisation: str, **kwargs: Any) -> HttpResponseBase:
            user = user_of(request)
            found = organisation_for(user, organisation)
            rights = rights_in(user, found)
            if any_of and rights.isdisjoint(any_of):
                raise PermissionDenied
            if found.requires_second_factor:
                if not took_second_step(request, user):
                    return lead_to_second_step(request, user, found)
                forget_asking(request)
            note_opening(request, found, user)
            request.organisation = found  # type: ignore[attr-defined]
            request.may = {right.name.lower(): True for right in rights}  # type: ignore[attr-defined]
            with scope(organisation=found):
                return view(request, found, **kwargs)

        return inside

    return decorate


def user_of(request: HttpRequest) -> User:
    """Who is logged in; only for pages behind login."""
    return cast("User", request.user)
