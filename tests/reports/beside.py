"""Organisations side by side: who may read them, and scans with results that are there at once."""

from datetime import date, timedelta
from typing import Any

from django_scopes import scope, scopes_disabled

from organisations.models import Membership, Organisation, Role, User
from questionnaires.models import QuestionnaireVersion
from reports.models import Release, ReleaseUnit
from reports.published import Published
from scan.models import Round, Unit
from scan.rounds import create_round

FIRST = date(2026, 3, 9)


def let_read(user: User, *organisations: Organisation, role: Role = Role.CONSULTANT) -> None:
    for organisation in organisations:
        Membership.objects.get_or_create(organisation=organisation, user=user, role=role)


def show(
    organisation: Organisation,
    release: Release,
    root: dict[str, Any] | None,
    *,
    title: str = "Leerscan 2026",
    opens_on: date = FIRST,
    version: QuestionnaireVersion | None = None,
) -> Release:
    """A closed scan whose release says `root` of the organisation as a whole (None: too few to show)."""
    with scope(organisation=organisation):
        round_ = create_round(organisation, title, opens_on, opens_on + timedelta(days=11), state=Round.State.CLOSED)
        unit = Unit.objects.create(round=round_, name=organisation.name)
        return _release(round_, unit, release, root, 1, version)


def correct(release: Release, root: dict[str, Any] | None) -> None:
    """The same scan again, with a release that goes before."""
    with scopes_disabled():
        unit = ReleaseUnit.objects.select_related("unit").get(release=release).unit
        _release(release.round, unit, release, root, release.number + 1, None)


def _release(
    round_: Round,
    unit: Unit,
    like: Release,
    root: dict[str, Any] | None,
    number: int,
    version: QuestionnaireVersion | None,
) -> Release:
    made = Release.objects.create(
        round=round_,
        number=number,
        format=like.format,
        rules_version=like.rules_version,
        version_id=version.pk if version else round_.version_id,
        advice_number=like.advice_number,
        inputs_hash=like.inputs_hash,
        check_record=like.check_record,
        content=like.content,
    )
    ReleaseUnit.objects.create(release=made, unit=unit, is_shown=root is not None, content=root)
    return made


def show_the_same(published: Published, organisation: Organisation) -> None:
    """What is published of one organisation as a whole, of another."""
    row = ReleaseUnit.objects.get(release=published.release, unit_id=published.root.id)
    show(organisation, published.release, row.content)
