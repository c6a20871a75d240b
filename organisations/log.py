"""Write down who did what."""

from organisations.models import LogEntry, Organisation, User


def record(organisation: Organisation, action: str, subject: str, user: User | None = None) -> None:
    LogEntry.objects.create(organisation=organisation, user=user, action=action, subject=subject[:300])
