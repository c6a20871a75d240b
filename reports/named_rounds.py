"""A round and its units as a command names them: organisation/round, and names joined by " / "."""

import difflib

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_scopes import scope

from organisations.commands import InputError
from organisations.named import find_organisation
from organisations.names import path_key
from reports.models import Release
from reports.published import Published, PublishedUnit, read_release
from scan.models import Round


def find_round(reference: str) -> Round:
    """The round of "organisation/round". Raises InputError, with the rounds there are."""
    organisation_name, slash, slug = reference.partition("/")
    organisation = find_organisation(organisation_name.strip())
    if not slash or organisation is None:
        raise InputError(
            _("“%(reference)s” names no organisation; write organisation/round, such as zorggroep/leerscan-2026.")
            % {"reference": reference}
        )
    with scope(organisation=organisation):
        rounds = Round.objects.filter(organisation=organisation).select_related("organisation", "version")
        # As it is written first: the short name of a long title may end where it was cut, in a hyphen.
        found = rounds.filter(slug=slug.strip()).first() or rounds.filter(slug=slugify(slug)).first()
        if found:
            return found
        known = ", ".join(round_.reference for round_ in rounds.order_by("slug")) or _("none")
    raise InputError(
        _("There is no round “%(round)s” in %(organisation)s; there are: %(known)s.")
        % {"round": slug, "organisation": organisation.name, "known": known}
    )


def published_of(round_: Round) -> Published:
    """The newest release. Raises InputError while there is none."""
    release = Release.objects.filter(round=round_).select_related("round__organisation").order_by("-number").first()
    if release is None:
        raise InputError(
            _("“%(title)s” has no results yet. Run first: manage.py close_round %(reference)s")
            % {"title": round_.title, "reference": round_.reference}
        )
    return read_release(release)


def find_unit(published: Published, path: str) -> PublishedUnit:
    """The unit with this path, in any case; the organisation for an empty one. Raises InputError."""
    by_key = {path_key(unit.path): unit for unit in published.units}
    key = path_key(path)
    if key in by_key:
        return by_key[key]
    nearest = difflib.get_close_matches(key, list(by_key), n=1, cutoff=0)
    raise InputError(
        _("There is no unit “%(unit)s” in this round; the nearest is “%(nearest)s”.")
        % {"unit": path, "nearest": by_key[nearest[0]].path if nearest else ""}
    )
