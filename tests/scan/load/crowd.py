"""Everybody of a round at once: reached in every way, in several units, with a limited number of open connections."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from uuid import UUID

from django.urls import reverse

from organisations.departments import ensure_departments
from organisations.models import Department
from organisations.models import Person as Staff
from scan.links import codes, open_links
from scan.models import Invitation, OpenLink, PlannedOpenLink, Round
from scan.rounds import create_round, launch
from scan.tokens import token_of
from tests import own_loop
from tests.cast import CLOSES, OPENS, Cast, add_people
from tests.scan.load.browser import Browser, Traffic
from tests.scan.load.people import Person, person
from tests.scan.load.taking_part import Confirmation, SurpriseError, TakingPart

BY_MAIL = ("zorg / wijkteam oost", "zorg / wijkteam west", "zorg / dagdienst")
BY_CODE = ("zorg / nachtdienst", "facilitair / schoonmaak")
BY_OPEN_LINK = "facilitair / keuken"
PATHS = ("Zorg / Wijkteam West", "Zorg / Dagdienst", "Facilitair / Schoonmaak")


@dataclass
class Course:
    """How it went."""

    traffic: Traffic = field(default_factory=Traffic)
    confirmations: list[Confirmation] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def in_figures(self) -> str:
        cut_points = quantiles(self.traffic.seconds, n=100)
        p50, p95, p99 = (f"{cut_points[percent - 1] * 1000:.0f}" for percent in (50, 95, 99))
        count, sent_again = len(self.traffic.seconds), sum(one.was_sent_again for one in self.confirmations)
        return (
            f"{len(self.confirmations)} confirmed in {self.seconds:.0f} s; {count} requests, "
            f"{count / self.seconds:.0f}/s, p50 {p50}, p95 {p95}, p99 {p99} ms; "
            f"most open {self.traffic.most_open}, cuts noticed {self.traffic.cuts_noticed}, "
            f"surprises {len(self.surprises)}; sent again {sent_again}"
        )


def round_for(cast: Cast, count: int) -> Round:
    """So many people take part: about a seventh by an open link, a quarter with a code. Call it inside a scope."""
    departments = ensure_departments(cast.organisation, PATHS)
    by_link, by_code = max(10, count // 7), count // 4
    by_mail = count - by_link - by_code
    for paths, people, has_address in ((BY_MAIL, by_mail, True), (BY_CODE, by_code, False)):
        for place, path in enumerate(paths):
            _staff(departments[path], people // len(paths) + (place < people % len(paths)), has_address=has_address)
    _staff(departments[BY_OPEN_LINK], by_link, has_address=True)
    round_ = create_round(cast.organisation, "Leerscan nu", OPENS, CLOSES, contact="Anna", remark_reader="Anna")
    PlannedOpenLink.objects.create(round=round_, department=departments[BY_OPEN_LINK], expected=by_link)
    launch(round_)
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def _staff(department: Department, count: int, *, has_address: bool) -> None:
    people = add_people(department, count)
    if not has_address:
        Staff.objects.filter(pk__in=[one.pk for one in people]).update(email="")


def everybody(round_: Round, obstacles: Sequence[str]) -> list[Person]:
    """Who can take part: those who were invited, and as many as the open link is for."""
    ways = [
        (reverse("scan:code"), codes.given_code(invitation), invitation.unit_id)
        if invitation.code_hash
        else (reverse("scan:start", args=[token_of(invitation.pk)]), "", invitation.unit_id)
        for invitation in Invitation.objects.filter(round=round_)
    ]
    link = OpenLink.objects.get(unit__round=round_)
    ways += [_by(link)] * link.submit_limit
    return [person(number, *way, obstacles) for number, way in enumerate(ways)]


def too_late(round_: Round, count: int, obstacles: Sequence[str]) -> list[Person]:
    """As many more by the open link."""
    return [person(number, *_by(OpenLink.objects.get(unit__round=round_)), obstacles) for number in range(count)]


def _by(link: OpenLink) -> tuple[str, str, UUID]:
    return reverse("scan:open", args=[open_links.token_of(link)]), "", link.unit_id


def let_answer(
    people: Sequence[Person],
    port: int,
    parts: Sequence[Sequence[str]],
    most_open: int,
    kind: type[TakingPart] = TakingPart,
) -> Course:
    """All of them, as many at a time as there may be open connections."""
    course = Course()
    began = time.perf_counter()
    own_loop.run(lambda: _all(people, port, parts, most_open, course, kind))
    course.seconds = time.perf_counter() - began
    return course


async def _all(
    people: Sequence[Person],
    port: int,
    parts: Sequence[Sequence[str]],
    most_open: int,
    course: Course,
    kind: type[TakingPart],
) -> None:
    places = asyncio.Semaphore(most_open)

    async def one(person: Person) -> None:
        async with places:
            browser = Browser(port, course.traffic)
            try:
                course.confirmations.append(await kind(person, browser, parts).until_confirmed())
            except (SurpriseError, TimeoutError, AssertionError) as surprise:
                course.surprises.append(f"participant {person.number}: {surprise!r}")
            finally:
                browser.hang_up()

    async with asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(one(person))
