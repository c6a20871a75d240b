"""How `manage.py serve` stops: at once, quietly, and with all that it has started."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jobs.serving import Address, _web
from tests.fleet.machines import Machine
from tests.serving.own_process import environment_of_the_test, steady_port
from tests.waiting import PATIENCE_SECONDS, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def serving(folder: Path, *before: str) -> Iterator[Machine]:
    port = steady_port()
    environment = environment_of_the_test() | {
        "LEERSCAN_HOME": str(folder),
        "LEERSCAN_BASE_URL": f"http://127.0.0.1:{port}",
    }
    # Who runs the tests under nohup hands that on.
    command = ["env", "--default-signal=HUP", *before, sys.executable, "manage.py", "serve", "--port", str(port)]
    machine = Machine("serve", command, environment, folder)
    try:
        wait_until(
            "it serves", lambda: "Leerscan runs on" in machine.said or not machine.is_running, told=lambda: machine.said
        )
        assert machine.is_running, machine.said
        yield machine
        wait_until("all have ended", lambda: not machine.numbers, told=lambda: f"{machine.numbers} {machine.said}")
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
    finally:
        machine.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_ctrl_c_and_a_closed_terminal_end_all_of_it_quietly(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path) as machine:
        said = machine.said
        os.killpg(machine.process.pid, number)
        assert machine.process.wait(PATIENCE_SECONDS) == 0
        # A web server that is told twice, by the terminal and by us, says after ten seconds that it had to be killed.
        assert machine.said == said


def test_when_the_first_process_is_killed_the_others_do_not_stay(tmp_path: Path) -> None:
    with serving(tmp_path) as machine:
        assert len(machine.numbers) == 4
        machine.process.kill()
        machine.process.wait(PATIENCE_SECONDS)


def test_when_the_web_server_is_killed_its_processes_do_not_keep_the_port(tmp_path: Path) -> None:
    with serving(tmp_path) as machine:
        os.kill(web_server_of(machine), signal.SIGKILL)
        assert machine.process.wait(PATIENCE_SECONDS) == 1
        assert "stopped by itself" in machine.said


def test_nor_does_one_that_was_still_being_started(tmp_path: Path) -> None:
    """It has its handlers of signals from the first process until it is there."""
    port = steady_port()
    server = Machine("web", _web(Address("127.0.0.1", port), 1), environment_of_the_test(), tmp_path)
    try:
        wait_until("it starts another", lambda: len(server.numbers) == 2)
        server.process.kill()
        server.process.wait(PATIENCE_SECONDS)
        wait_until("all have ended", lambda: not server.numbers)
    finally:
        server.kill()


def web_server_of(machine: Machine) -> int:
    pid = machine.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    (found,) = (int(one) for one in children if b"granian" in Path(f"/proc/{one}/cmdline").read_bytes())
    return found


def test_under_nohup_a_closed_terminal_ends_nothing(tmp_path: Path) -> None:
    with serving(tmp_path, "nohup") as machine:
        before = machine.numbers
        os.killpg(machine.process.pid, signal.SIGHUP)
        time.sleep(1)
        assert machine.process.poll() is None
        assert before == machine.numbers
        assert machine.stop() == 0
