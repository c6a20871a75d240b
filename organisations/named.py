"""Organisations as commands name them."""

from django.utils.translation import gettext as _

from organisations.commands import InputError
from organisations.creating import create_organisation
from organisations.models import Organisation
from organisations.names import MAX_NAME, clean_name


def find_organisation(name: str) -> Organisation | None:
    """By slug, else by name in any case."""
    return (
        Organisation.objects.filter(slug=name).first()
        or Organisation.objects.filter(name__iexact=clean_name(name)).first()
    )


def organisation_named(name: str, *, create: bool) -> Organisation:
    """Raises InputError when there is none, unless it is to be made."""
    organisation = find_organisation(name)
    if organisation:
        return organisation
    if not create:
        raise InputError(
            _("There is no organisation “%(name)s”. Check the name, or add --create to make it.") % {"name": name}
        )
    if not 1 <= len(clean_name(name)) <= MAX_NAME or "/" in name:
        raise InputError(
            _("“%(name)s” cannot be the name of an organisation; use 1 to %(most)s characters and no slash.")
            % {"name": name, "most": MAX_NAME}
        )
    return create_organisation(name)
