from django.apps import AppConfig
from django_scopes.manager import DisabledQuerySet


class OrganisationsConfig(AppConfig):
    name = "organisations"

    def ready(self) -> None:
        # django-scopes leaves these open; a test goes over every public method of a queryset.
        for method in ("exists", "explain", "aiterator", "bulk_create", "bulk_update"):
            setattr(DisabledQuerySet, method, DisabledQuerySet.error)
