"""Write down who did what."""

from django.db.models import QuerySet

from organisations.models import LogEntry, Organisation, User

BATCH = 500


def record(organisation: Organisation, action: str, subject: str, user: User | None = None) -> None:
    LogEntry.objects.create(organisation=organisation, user=user, action=action, subject=subject[:300])


def forget_names(entries: QuerySet[LogEntry], subject: str) -> int:
    """Let a batch of these entries be about `subject` only; answers how many, 0 when all of them are."""
    ids = list(entries.exclude(subject=subject).values_list("pk", flat=True)[:BATCH])
    LogEntry.objects.filter(pk__in=ids).update(subject=subject)
    return len(ids)
