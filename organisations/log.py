"""Write down who did what."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from organisations.models import LogEntry, Organisation, User

BATCH = 500


def record(organisation: Organisation, action: str, subject: str, user: User | None = None) -> None:
    LogEntry.objects.create(organisation=organisation, user=user, action=action, subject=subject[:300])


def record_once_a_day(organisation: Organisation, action: str, subject: str, user: User) -> None:
    """For what somebody does again and again, such as opening a page while working on it."""
    today = timezone.localdate()
    entries = LogEntry.objects.filter(organisation=organisation, user=user, action=action, subject=subject[:300])
    if not entries.filter(at__date=today).exists():
        record(organisation, action, subject, user)


def record_at_each(organisations: Iterable[Organisation], action: str, subject: str, user: User) -> None:
    LogEntry.objects.bulk_create(
        LogEntry(organisation=organisation, user=user, action=action, subject=subject[:300])
        for organisation in organisations
    )


def forget_names(entries: QuerySet[LogEntry], subject: str) -> int:
    """Let a batch of these entries be about `subject` only; answers how many, 0 when all of them are."""
    ids = list(entries.exclude(subject=subject).values_list("pk", flat=True)[:BATCH])
    LogEntry.objects.filter(pk__in=ids).update(subject=subject)
    return len(ids)
