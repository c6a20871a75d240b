"""Make an organisation with its root department."""

from django.db import transaction
from django.utils.text import slugify
from django_scopes import scope

from organisations.departments import root_of
from organisations.models import Organisation
from organisations.names import clean_name


def create_organisation(name: str, **fields: object) -> Organisation:
    with transaction.atomic():
        organisation = Organisation.objects.create(name=clean_name(name), slug=free_slug(name), **fields)
        with scope(organisation=organisation):
            root_of(organisation)
    return organisation


def free_slug(name: str) -> str:
    base = slugify(name)[:50].rstrip("-_") or "organisation"
    slug, number = base, 2
    while Organisation.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug
