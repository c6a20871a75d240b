"""A whole round over two web processes and two workers on PostgreSQL and Redis, of which a worker and Redis are killed.

What comes out is what the same answers give in the default shape.
"""

from pathlib import Path

import pytest

from tests.fleet import office
from tests.fleet.crowd import as_row, let_answer, people_of
from tests.fleet.desk import Desk
from tests.fleet.machines import Fleet, Machine, fleet
from tests.fleet.reference import figures_in_the_default_shape, figures_of
from tests.scan.load.people import Person
from tests.serving.own_process import steady_port
from tests.waiting import wait_until

STAFF = office.Staff(("Zorg / Wijkteam Oost", "Zorg / Nachtdienst", "Keuken"), 8)
SENT_BEFORE_THE_KILL = 8
# A quarter of a second between mails, so that there is a middle in which to kill.
MAILS_PER_MINUTE = "240"
WITHOUT_REDIS = 2
MOST_TRIES_TO_LOG_IN = 5
TOO_MANY_TRIES = "Wacht vijf minuten"
# Of a request that has to find out that Redis is away.
QUICK_SECONDS = 5


@pytest.mark.django_db
def test_a_round_is_the_same_as_on_one_machine(tmp_path: Path) -> None:
    first, second = steady_port(), steady_port()
    with fleet(tmp_path, LEERSCAN_MAILS_PER_MINUTE=MAILS_PER_MINUTE) as machines:
        machines.web(first)
        machines.web(second)
        password_path = office.found_organisation(machines)
        machines.wait_for_web(first, second)
        worker = machines.worker()
        desk = office.come_in(password_path, first, second)
        office.import_staff(desk, first, second, STAFF)

        office.launch_round(desk, first, second)
        _another_worker_takes_the_mailing_over(machines, worker)
        people = people_of(machines.mails.received)
        _tries_to_log_in_count_together(first, second)
        *most, one, another = people.values()
        confirmed = let_answer(most, [first, second])

        machines.redis.kill()
        confirmed += let_answer([one, another], [first, second])
        desk = Desk(first)
        assert "log-in" not in desk.log_in(office.EMAIL, office.PASSWORD).path
        assert office.close_round(desk) < QUICK_SECONDS
        assert machines.job("close_round")[:2] == ("waiting", 0)
        machines.redis.start()
        wait_until("the sweep has offered the closing again", lambda: machines.job("close_round")[0] == "done")

        figures = figures_of(office.file_made_elsewhere(desk, first, second, f"{office.ROUND}export/json/nl/").content)
        report = office.file_made_elsewhere(desk, first, second, _report_of_the_whole(machines))
        states = machines.ask("SELECT kind, state, tries FROM jobs_job ORDER BY kind")
        (responses,) = machines.ask("SELECT count(*) FROM scan_response")[0]
        codes = {machine.name: machine.stop() for machine in machines.machines if machine.is_running}
        complaints, said = machines.complaints(), "".join(machine.said for machine in machines.machines)

    assert sorted(confirmed) == list(range(len(people)))
    assert responses == len(people)
    assert figures == _figures_on_one_machine(people)
    assert report.content.startswith(b"%PDF")
    assert all(state == "done" for _kind, state, _tries in states), states
    assert {kind: tries for kind, _state, tries in states if tries != 1} == {"send_mailing": 2}
    assert codes == {"web-1": 0, "web-2": 0, "worker-2": 0}
    assert complaints == []
    assert "the queue did not take job" in said
    assert not any(person.way_in in said for person in people.values())


def _another_worker_takes_the_mailing_over(machines: Fleet, worker: Machine) -> None:
    machines.worker()
    wait_until("mails go out", lambda: len(machines.mails.received) >= SENT_BEFORE_THE_KILL)
    state, tries, claim = machines.job("send_mailing")
    assert (state, tries) == ("running", 1)
    worker.kill()
    assert len(machines.mails.received) < len(STAFF.department_of)  # killed in the middle
    wait_until("the other worker has it", lambda: machines.job("send_mailing")[1] == 2)
    assert machines.job("send_mailing")[2] != claim
    wait_until("the mailing is done", lambda: machines.job("send_mailing")[0] == "done")
    # The mail that was in hand may have gone out, or not: nobody knows, so it is not sent again (decision 0008).
    uncertain = machines.ask("SELECT count(*) FROM scan_delivery WHERE state = 'uncertain'")[0][0]
    assert uncertain <= 1
    assert set(machines.mails.counts.values()) == {1}
    assert len(machines.mails.counts) >= len(STAFF.department_of) - uncertain


def _tries_to_log_in_count_together(first: int, second: int) -> None:
    """Three at the one and two at the other; then there is one limit for both."""
    tries = [Desk([first, second][number % 2]) for number in range(MOST_TRIES_TO_LOG_IN)]
    assert not any(TOO_MANY_TRIES in desk.log_in("mo@delinde.test", "geraden").text for desk in tries)
    assert TOO_MANY_TRIES in Desk(first).log_in("mo@delinde.test", "geraden").text
    assert TOO_MANY_TRIES in Desk(second).log_in("mo@delinde.test", "geraden").text


def _report_of_the_whole(machines: Fleet) -> str:
    ((unit,),) = machines.ask("SELECT id FROM scan_unit WHERE parent_id IS NULL")
    return f"{office.ROUND}u/{unit}/pdf/nl/"


def _figures_on_one_machine(people: dict[str, Person]) -> dict[str, object]:
    rows = [as_row(STAFF.department_of[address], one) for address, one in people.items()]
    return figures_in_the_default_shape(rows, dict.fromkeys(STAFF.departments, STAFF.each))
