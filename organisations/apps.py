from django.apps import AppConfig
from django_scopes.manager import DisabledQuerySet

# What django-scopes leaves open outside a scope; a test goes over every public method of a queryset.
# resolve_expression: an unscoped queryset as part of another query.
LEFT_OPEN = (
    "aiterator",
    "alias",
    "bulk_create",
    "bulk_update",
    "defer",
    "difference",
    "distinct",
    "exclude",
    "exists",
    "explain",
    "extra",
    "fetch_mode",
    "intersection",
    "prefetch_related",
    "resolve_expression",
    "select_related",
)


class OrganisationsConfig(AppConfig):
    name = "organisations"

    def ready(self) -> None:
        for method in LEFT_OPEN:
            setattr(DisabledQuerySet, method, DisabledQuerySet.error)
        self._register_jobs()

    def _register_jobs(self) -> None:
        from jobs import kinds
        from jobs.daily import every_day
        from organisations.staff_list import importing

        kinds.register(importing.READ, importing.read_work)
        kinds.register(importing.APPLY, importing.apply_work)
        every_day(importing.erase_old)
