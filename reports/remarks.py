"""The remarks of a round that may be read: those a reviewer let pass, frozen once beside the release (R15)."""

from reports.models import PublishedRemarks
from scan.models import Round


def approved_remarks(round_: Round) -> list[str]:
    """For the organisation's report only, in random order; empty when there are none. One query."""
    texts: list[str] | None = PublishedRemarks.objects.filter(round=round_).values_list("texts", flat=True).first()
    return texts or []
