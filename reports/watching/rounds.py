"""How many scans are open or being closed, over all organisations."""

from django.db.models import Count, Exists, OuterRef, Q
from django_scopes import scopes_disabled

from reports.models import Release
from scan.models import Round


def count_open_and_closing() -> tuple[int, int]:
    """Open ones, and closed ones that wait for their results: as reports/ending.py finds them."""
    has_release = Exists(Release._base_manager.filter(round=OuterRef("pk")))  # noqa: SLF001 -- over all organisations
    begun = Q(state=Round.State.CLOSED, is_past_retention=False) & ~Q(has_release)
    with scopes_disabled():
        asked = Round.objects.filter(origin=Round.Origin.ASKED).annotate(has_release=has_release)
        found = asked.aggregate(
            open=Count("pk", filter=Q(state=Round.State.OPEN)),
            closing=Count("pk", filter=begun),
        )
    return found["open"], found["closing"]
