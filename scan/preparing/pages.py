"""What the pages of preparing a round share: showing a form, saving a draft, and going back to the list."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from scan.models import Round
from scan.preparing.choosing import hold_draft


def save_draft(round_: Round, save: Callable[[], object]) -> None:
    """Not when somebody launched the round meanwhile, in another window: what was frozen stays as it is."""
    with transaction.atomic():
        hold_draft(round_)
        save()


def saved(request: HttpRequest, round_: Round) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("prepare", round_.organisation.slug, round_.slug)


def form_page(request: HttpRequest, form: Any, context: dict[str, Any], template: str) -> HttpResponse:
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, {**context, "form": form}, status=status)
