"""A round of hundreds; workers and web processes are killed at random, Redis comes back empty (`make chaos`)."""

import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.fleet import office
from tests.fleet.crowd import as_row, let_answer, people_of
from tests.fleet.machines import Fleet, Machine, answers, fleet
from tests.fleet.reference import figures_in_the_default_shape, figures_of
from tests.serving.own_process import steady_port
from tests.waiting import wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.django_db]

PEOPLE = int(os.environ.get("CHAOS_PEOPLE", "300"))
STAFF = office.Staff(("Zorg / Wijkteam Oost", "Zorg / Nachtdienst", "Keuken"), max(8, PEOPLE // 3))
MAILS_PER_MINUTE = "400"
# A small crowd has its mail before many can be killed.
LEAST_KILLS = max(1, min(4, PEOPLE // 40))
SECONDS_BETWEEN = (1.0, 4.0)
MAILS_BETWEEN = 10
MOST_DEATHS = 2
PATIENCE_SECONDS = 600
_chance = random.Random()  # noqa: S311 -- moments of killing


@dataclass
class Trouble:
    """Kills one of these machines after the other, and starts it again as a service manager would."""

    machines: list[Machine]
    start: Callable[[int], Machine]
    """Another one in the place of the machine with this index."""
    is_worth_it: Callable[[], bool]
    """Not when nothing happened since the last kill: machines that never get to work prove nothing."""
    kills: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self._over.wait(_chance.uniform(*SECONDS_BETWEEN)):
            if not self.is_worth_it():
                continue
            place = _chance.randrange(len(self.machines))
            self.machines[place].kill()
            self.kills += 1
            self.machines[place] = self.start(place)

    def end(self) -> None:
        self._over.set()


@contextmanager
def trouble(
    machines: list[Machine], start: Callable[[int], Machine], is_worth_it: Callable[[], bool]
) -> Iterator[Trouble]:
    made = Trouble(machines, start, is_worth_it)
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        yield made
    finally:
        made.end()
        thread.join()


def test_nothing_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    ports = (steady_port(), steady_port())
    with fleet(tmp_path, LEERSCAN_MAILS_PER_MINUTE=MAILS_PER_MINUTE) as machines:
        webs = [machines.web(port) for port in ports]
        password_path = office.found_organisation(machines)
        machines.wait_for_web(*ports)
        workers = [machines.worker(), machines.worker()]
        desk = office.come_in(password_path, *ports)
        office.import_staff(desk, *ports, STAFF)
        office.launch_round(desk, *ports)

        with trouble(workers, lambda _place: machines.worker(), _more_mails(machines)) as in_mailing:
            _restart_redis_in_the_middle(machines)
            wait_until("the mailing is done", lambda: _mailing_is_done(machines), PATIENCE_SECONDS)
        uncertain = machines.ask("SELECT count(*) FROM scan_delivery WHERE state = 'uncertain'")[0][0]
        people = people_of(machines.mails.received)

        with trouble(webs, lambda place: machines.web(ports[place]), lambda: all(map(answers, ports))) as in_answering:
            confirmed = let_answer(list(people.values()), ports)
        machines.wait_for_web(*ports)

        with trouble(workers, lambda _place: machines.worker(), _new_hands(machines)) as in_closing:
            office.close_round(desk.at(ports[0]))
            wait_until("it has results", lambda: machines.job("close_round")[0] == "done", PATIENCE_SECONDS)
            export = office.file_made_elsewhere(desk, *ports, f"{office.ROUND}export/json/nl/")
        responses = machines.ask("SELECT count(*) FROM scan_response")[0][0]
        tries = machines.ask("SELECT kind, state, tries FROM jobs_job ORDER BY created_at")
        complaints = machines.complaints()

    print(  # noqa: T201
        f"{len(STAFF.department_of)} people, {len(people)} mails, {uncertain} uncertain, {responses} responses; kills: "
        f"{in_mailing.kills} in mailing, {in_answering.kills} of web, {in_closing.kills} in closing; jobs {tries}"
    )
    assert in_mailing.kills >= LEAST_KILLS
    assert in_answering.kills >= 1
    assert set(machines.mails.counts.values()) == {1}
    assert uncertain <= in_mailing.kills
    assert len(people) >= len(STAFF.department_of) - uncertain
    assert sorted(confirmed) == list(range(len(people)))
    assert responses == len(people)
    rows = [as_row(STAFF.department_of[address], one) for address, one in people.items()]
    headcounts = dict.fromkeys(STAFF.departments, STAFF.each)
    assert figures_of(export.content) == figures_in_the_default_shape(rows, headcounts)
    assert complaints == []


def _restart_redis_in_the_middle(machines: Fleet) -> None:
    wait_until("a third of the mails is out", lambda: len(machines.mails.received) > STAFF.each, PATIENCE_SECONDS)
    machines.redis.kill()
    assert len(machines.mails.received) < len(STAFF.department_of)
    machines.redis.start()


def _more_mails(machines: Fleet) -> Callable[[], bool]:
    """Whether some went out since this last said yes."""
    before = len(machines.mails.received)

    def look() -> bool:
        nonlocal before
        now = len(machines.mails.received)
        is_more = now >= before + MAILS_BETWEEN
        before = now if is_more else before
        return is_more

    return look


def _new_hands(machines: Fleet) -> Callable[[], bool]:
    """Whether a worker has taken the closing up that had not before; twice, for a third death ends it, as it should."""
    seen: set[object] = set()

    def look() -> bool:
        state, _tries, claim = machines.job("close_round")
        is_new = state == "running" and claim not in seen and len(seen) < MOST_DEATHS
        seen.update([claim] if is_new else [])
        return is_new

    return look


def _mailing_is_done(machines: Fleet) -> bool:
    """More than one job may have worked on it: a third death ends a job, and the sweep asks for another."""
    return machines.ask("SELECT state FROM scan_mailing WHERE kind = 'invitation'") == [("done",)]
