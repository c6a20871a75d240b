"""For machines: does the process answer, can it do its work, how does the installation stand."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.watching.readiness import is_ready, watch


@require_safe
@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Touches nothing: whoever restarts a process that does not answer must not do so because a database is away."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    found = watch.findings()
    ready = is_ready(found)
    return JsonResponse({"ready": ready, **found}, status=200 if ready else 503)


@require_safe
@login_not_required
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Without the right word it is a page that does not exist, whether there is such a word or not."""
    if not _may_read(request):
        raise Http404
    from reports.watching.metrics import CONTENT_TYPE, written  # noqa: PLC0415 -- only where somebody asks

    return HttpResponse(written(), content_type=CONTENT_TYPE)


def _may_read(request: HttpRequest) -> bool:
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    token: str = settings.METRICS_TOKEN
    return bool(token) and scheme.lower() == "bearer" and constant_time_compare(given.strip(), token)
