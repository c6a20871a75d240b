"""Which organisations may stand side by side for a user, and what is published of each.

Every one of them agreed, and shows its newest scan with results; all asked the same questionnaire. Whoever is not there
is named with the reason, to people with a role at that organisation only.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from uuid import UUID

from django_scopes import scope

from organisations.access import Right, rights_by_organisation
from organisations.models import Organisation, User
from questionnaires.questionnaire import Questionnaire
from questionnaires.versions import questionnaire_of
from reports.models import Release, ReleaseUnit
from reports.published import ShownUnit, read_unit
from scan.models import Round

LEAST = 2


class Why(Enum):
    """An organisation is not there."""

    NOT_AGREED = auto()
    SECOND_STEP = auto()
    NO_RESULTS = auto()
    OTHER_QUESTIONNAIRE = auto()
    ALONE = auto()


@dataclass(frozen=True)
class Standing:
    """An organisation as a whole."""

    organisation: Organisation
    release: Release
    unit: ShownUnit


@dataclass(frozen=True)
class Absent:
    organisation: Organisation
    why: Why


@dataclass(frozen=True)
class Beside:
    """By name. `standing` is empty, or holds two or more."""

    standing: Sequence[Standing]
    absent: Sequence[Absent]

    @property
    def questionnaire(self) -> Questionnaire:
        """What all of them asked."""
        return questionnaire_of(self.standing[0].release.version_id)


def organisations_read(user: User) -> list[Organisation]:
    """By name: those of which this user may read all results."""
    return [found for found, rights in rights_by_organisation(user).items() if Right.READ_ALL_UNITS in rights]


def ready(organisations: Iterable[Organisation], closed_off: Collection[Organisation]) -> list[Organisation]:
    """Those that agreed, without those whose second step is still to be taken."""
    return [one for one in organisations if one.allows_comparison and one not in closed_off]


def newest_results(organisations: Collection[Organisation]) -> dict[UUID, UUID]:
    """By organisation, the row of it as a whole in its newest scan that shows results; in one query.

    Of each scan its last release only: what a correction hides stays hidden.
    """
    with scope(organisation=list(organisations)):
        rows = ReleaseUnit.objects.filter(
            release__round__organisation__in=organisations,
            release__round__state=Round.State.CLOSED,
            unit__parent=None,
        ).order_by("-release__round__opens_on", "-release__round__created_at", "-release__number")
        listed = list(rows.values_list("release__round__organisation", "release__round", "pk", "is_shown"))
    found: dict[UUID, UUID] = {}
    looked_at: set[UUID] = set()
    for organisation, round_, row, is_shown in listed:
        if is_shown and round_ not in looked_at:
            found.setdefault(organisation, row)
        looked_at.add(round_)
    return found


def can_compare(organisations: Collection[Organisation]) -> bool:
    """Is there something to see for who may read these?"""
    return len(organisations) >= LEAST and len(newest_results(organisations)) >= LEAST


def side_by_side(organisations: Sequence[Organisation], closed_off: Collection[Organisation]) -> Beside:
    """`organisations`: those that the user may read, by name."""
    found = _read(ready(organisations, closed_off))
    version = _most_asked(found.values())
    standing = [one for one in found.values() if one.release.version_id == version]
    if len(standing) < LEAST:
        standing = []
    names = {one.organisation.pk for one in standing}
    return Beside(
        standing,
        [Absent(one, _why(one, closed_off, found, version)) for one in organisations if one.pk not in names],
    )


def _read(organisations: Sequence[Organisation]) -> dict[UUID, Standing]:
    newest = newest_results(organisations)
    with scope(organisation=list(organisations)):
        rows = ReleaseUnit.objects.filter(pk__in=newest.values()).select_related("unit", "release__round")
        found = {row.release.round.organisation_id: row for row in rows.defer("release__check_record")}
    units = {pk: (row.release, read_unit(row)) for pk, row in found.items()}
    return {
        one.pk: Standing(one, release, unit)
        for one in organisations
        if one.pk in units
        for release, unit in [units[one.pk]]
        if isinstance(unit, ShownUnit)
    }


def _most_asked(found: Iterable[Standing]) -> UUID | None:
    """The version that most of them asked; of as many the newest."""
    counts = Counter(one.release.version_id for one in found)
    return max(counts, key=lambda version: (counts[version], questionnaire_of(version).number), default=None)


def _why(
    organisation: Organisation, closed_off: Collection[Organisation], found: dict[UUID, Standing], version: UUID | None
) -> Why:
    if not organisation.allows_comparison:
        return Why.NOT_AGREED
    if organisation in closed_off:
        return Why.SECOND_STEP
    if organisation.pk not in found:
        return Why.NO_RESULTS
    return Why.ALONE if found[organisation.pk].release.version_id == version else Why.OTHER_QUESTIONNAIRE
