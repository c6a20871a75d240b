"""Two closed rounds of 500 units in the database, with everything in their releases; one holds a million answers."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

import numpy as np
from django.core.management import call_command
from django.db import connection, transaction
from django_scopes import scope

from organisations.creating import create_organisation
from organisations.models import Membership, Organisation, Role, User
from reports.models import Release, ReleaseUnit
from reports.release import build_release
from scan.models import Round, Unit
from scan.rounds import create_round

UNITS, IN_A_UNIT, MANY = 500, 20, 1_000_000
DAY = date(2026, 3, 9)
BATCH = 50_000


def make() -> tuple[User, Round, Round]:
    """A consultant, the round with 10,000 answers, and the same results over a round with 1,000,000."""
    call_command("migrate", verbosity=0)
    organisation = create_organisation("Zorggroep De Linde")
    user = User.objects.create_user("cas@example.test", name="Cas")
    Membership.objects.create(organisation=organisation, user=user, role=Role.CONSULTANT)
    with scope(organisation=organisation):
        few, many = _round(organisation, "Leerscan klein"), _round(organisation, "Leerscan groot")
        _answers(few, UNITS * IN_A_UNIT)
        _answers(many, MANY)
        release = build_release(few)
        _same_results(release, many)
    return user, few, many


def _round(organisation: Organisation, title: str) -> Round:
    """A root with departments of five units each."""
    round_ = create_round(organisation, title, DAY, DAY, state=Round.State.CLOSED, closed_on=DAY, is_sealed=True)
    units = [Unit(round=round_, name=organisation.name, invited=0)]
    for number in range(1, UNITS + 1):
        parent = units[0] if number % 6 == 1 else units[number - (number - 1) % 6]
        name = f"Afdeling {number:03d}"
        path = f"{parent.path} / {name}" if parent.path else name
        units.append(Unit(round=round_, parent=parent, name=name, path=path, path_key=path.lower(), invited=IN_A_UNIT))
    Unit.objects.bulk_create(units)
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def _answers(round_: Round, count: int) -> None:
    """Some units are lower than others, and so are some people."""
    random = np.random.default_rng(1)
    units = list(
        Unit.objects.filter(round=round_).exclude(parent=None).order_by("path_key").values_list("pk", flat=True)
    )
    middles = random.normal(3.4, 0.3, (UNITS, 1))
    for start in range(0, count, BATCH):
        people = np.arange(start, min(count, start + BATCH))
        each = middles[people % UNITS] + random.normal(0, 0.5, (len(people), 1))
        answers = np.clip(np.rint(each + random.normal(0, 0.8, (len(people), 40))), 1, 5).astype(np.uint8)
        _store(round_, [(units[person % UNITS], row.tobytes()) for person, row in zip(people, answers, strict=True)])


def _store(round_: Round, rows: Iterable[tuple[UUID, bytes]]) -> None:
    """In bulk, as nothing in the product does."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO scan_response (id, round_id, unit_id, answers, obstacles, remark) "
            "VALUES (%s, %s, %s, %s, 0, '')",
            [(uuid4().hex, round_.pk.hex, unit.hex, answers) for unit, answers in rows],
        )


def _same_results(release: Release, round_: Round) -> None:
    """Another round gets this release: to build that of a million answers is another benchmark (bench/release.py)."""
    ids = dict(Unit.objects.filter(round=round_).values_list("path", "pk"))
    rows = list(ReleaseUnit.objects.filter(release=release).select_related("unit"))
    release.pk, release.round = uuid4(), round_
    release.save(force_insert=True)
    for row in rows:
        row.pk, row.release, row.unit_id = uuid4(), release, ids[row.unit.path]
    ReleaseUnit.objects.bulk_create(rows, batch_size=UNITS)
