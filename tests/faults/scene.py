"""Three rounds at work at the same time: one is answered, one sends its invitations, one is closed."""

import random
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from jobs.models import Job
from reports.ending import close_early
from reports.models import Release, ReleaseUnit
from scan import ballot_box
from scan.ballot_box import Ballot
from scan.models import Invitation, Mailing, Plan, Round, Unit
from scan.participants import today_in
from scan.rounds import create_round, launch
from tests.cast import CLOSES, OPENS, Cast, add_people
from tests.scan.load.crowd import round_for

REMARKS = 7


@dataclass
class Scene:
    answered: Round
    mailing: Mailing
    closing: Round
    twin: Round
    """With the same answers in the same tree as the one that is closed."""
    ballots: list[tuple[str, bytes, int]]
    remarks: list[str]


def scene(cast: Cast, people: int, mails: int, responses: int) -> Scene:
    """Call it inside the scope of the first organisation."""
    answered = round_for(cast, people)
    ballots, remarks = patterns(responses)
    closing, twin = (filled(cast, title, ballots, remarks) for title in ("Wordt gesloten", "Ernaast"))
    # Nobody is invited by mail but by the mailing that is watched.
    Mailing.objects.all().delete()
    return Scene(answered, mailing_of_many(cast, mails), closing, twin, ballots, remarks)


def patterns(count: int) -> tuple[list[tuple[str, bytes, int]], list[str]]:
    """Paths, answers and obstacles: each response its own; and remarks."""
    chance = random.Random("patterns")  # noqa: S311 -- to be repeated
    paths = cycle(["Zorg / Wijkteam Oost", "Zorg / Nachtdienst", "Facilitair / Keuken"])
    rows = []
    for number in range(count):
        digits = [number // 5**place % 5 + 1 for place in range(6)]
        answers = bytes([*digits, *(chance.choice([0, 1, 2, 3, 4, 4, 5, 5, 9]) for _item in range(34))])
        rows.append((next(paths), answers, chance.randrange(8)))
    return rows, [f"Opmerking {number}" for number in range(0, count, REMARKS)]


def filled(cast: Cast, title: str, ballots: list[tuple[str, bytes, int]], remarks: list[str]) -> Round:
    round_ = create_round(cast.organisation, title, OPENS, CLOSES, contact="Anna", remark_reader="Anna")
    launch(round_)
    units = {unit.path: unit.pk for unit in Unit.objects.filter(round=round_)}
    left = iter(remarks)
    rows = [
        Ballot(units[path], answers, obstacles, next(left, "") if number % REMARKS == 0 else "")
        for number, (path, answers, obstacles) in enumerate(ballots)
    ]
    with transaction.atomic():
        ballot_box.cast_all(round_, rows)
    # As if these had answered: what sealing has to forget.
    some = Invitation.objects.filter(round=round_).values_list("pk", flat=True)[: len(ballots)]
    Invitation.objects.filter(pk__in=list(some)).update(used=True)
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def mailing_of_many(cast: Cast, mails: int) -> Mailing:
    """In the other organisation, due at any hour."""
    organisation = cast.other_organisation
    with scope(organisation=organisation):
        from organisations.models import Department  # noqa: PLC0415

        department = Department.objects.filter(organisation=organisation).order_by("path").last()
        assert department is not None
        add_people(department, mails)
        today = today_in(organisation)
        round_ = create_round(organisation, "Wordt verstuurd", today, today + timedelta(days=9), contact="Otto")
        Plan.objects.create(round=round_, on_any_day=True, first_hour=0, last_hour=24)
        launch(round_)
        return Mailing.objects.get(round=round_, kind=Mailing.Kind.INVITATION)


def close(scene: Scene, cast: Cast) -> Job:
    """As the HR adviser asks for it on the page."""
    job = close_early(scene.closing, cast.anna)
    # The workers of these tests hurry (tests/faults/worker.py); this process does not.
    Job.objects.filter(pk=job.pk).update(sweep_at=timezone.now())
    return job


def release_by_path(round_: Round) -> tuple[Any, ...]:
    """All that the one release of this round says, by path instead of id."""
    (release,) = Release.objects.filter(round=round_)
    paths = {str(pk): path for pk, path in Unit.objects.filter(round=round_).values_list("pk", "path")}
    units = sorted(
        (paths[str(row.unit_id)], row.unit.kind, row.is_shown, _named(row.content, paths))
        for row in ReleaseUnit.objects.filter(release=release).select_related("unit")
    )
    return release.number, _named(release.content, paths), units


def _named(content: object, paths: dict[str, str]) -> str:
    """Without ids, which differ in every round."""
    text = repr(content)
    for pk, path in paths.items():
        text = text.replace(pk, path)
    return text


def stored_by_path(round_: Round, rows: list[Any]) -> list[tuple[str, bytes, int]]:
    paths: dict[UUID, str] = dict(Unit.objects.filter(round=round_).values_list("pk", "path"))
    return sorted((paths[row.unit_id], row.answers, row.obstacles) for row in rows)
