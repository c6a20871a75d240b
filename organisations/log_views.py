"""The log: who did what, newest first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.access import Right
from organisations.log_words import about, sentence
from organisations.models import LogEntry, Organisation
from organisations.pages import member_page

PER_PAGE = 50


@require_safe
@member_page(Right.READ_LOG)
def log_page(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    entries = LogEntry.objects.filter(organisation=organisation)
    actions = {action: sentence(action) for action in entries.order_by().values_list("action", flat=True).distinct()}
    action = request.GET.get("action", "")
    if action:
        entries = entries.filter(action=action)
    pages = Paginator(entries.select_related("user").order_by("-at", "pk"), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "page": page,
        "rows": [(entry, sentence(entry.action), about(entry.action, entry.subject)) for entry in page],
        "actions": sorted(actions.items(), key=lambda one: one[1].casefold()),
        "action": action,
    }
    return render(request, "organisations/log.html", context)
