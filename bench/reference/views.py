"""Storing one row; a form with its page of thanks; pages of a given size."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from bench.reference.forms import NAMES, Questions
from bench.reference.models import Row


@require_POST
def store(request: HttpRequest) -> HttpResponse:
    """Reference 1: forty fields become one row of forty bytes."""
    Row.objects.create(answers=bytes(int(request.POST.get(name) or 0) for name in NAMES))
    return HttpResponse("Bedankt.")


def form(request: HttpRequest) -> HttpResponse:
    """Reference 2."""
    filled_in = Questions(request.POST or None)
    if request.method == "POST" and filled_in.is_valid():
        Row.objects.create(answers=bytes(int(filled_in.cleaned_data[name] or 0) for name in NAMES))
        return redirect("thanks")
    return render(request, "form.html", {"form": filled_in})


@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "thanks.html")


@require_GET
@ensure_csrf_cookie
def page(request: HttpRequest, size: int) -> HttpResponse:
    """A page of about `size` bytes with one query: paragraphs, each filled in and escaped by the template."""
    line = "Een regel tekst van ongeveer honderd tekens, zoals die op een gewone pagina staan, met een getal: "
    lines = [f"{line}{number}" for number in range(max(1, size // 113))]
    return render(request, "page.html", {"rows": Row.objects.count(), "lines": lines})
