"""/healthz answers whatever is away; /readyz says what is. Both to whoever asks, by any name and without https."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reports.watching import probe_views
from reports.watching.readiness import GOOD, TOO_LATE, Watch
from tests.conftest import ROOT
from tests.waiting import wait_until


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe_views, "watch", Watch())


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/readyz")
    return answer.status_code, json.loads(answer.content)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_any_host_and_plain_http_will_do(path: str, client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["scan.linde.test"]
    answer = client.get(path, headers={"host": "10.4.5.6:8000"})
    assert answer.status_code == 200
    assert "Content-Security-Policy" in answer.headers
    assert not client.cookies
    assert client.get("/", headers={"host": "scan.linde.test"}).status_code == 301
    assert client.get("/accounts/login/", secure=True, headers={"host": "10.4.5.6"}).status_code == 400


def test_the_process_answers_without_a_database(client: Client) -> None:
    """This test has none: a query would fail."""
    assert client.get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_one_machine_is_ready_with_its_database_and_tables(client: Client) -> None:
    assert ready(client) == (200, {"ready": True, "database": GOOD, "tables": GOOD})


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """A real Redis on a socket of its own, and what stops it."""
    program = shutil.which("redis-server")
    assert program, "install redis-server"
    path = f"/tmp/leerscan-{os.getpid()}-{time.monotonic_ns()}.sock"  # noqa: S108 -- a socket's path must be short
    command = [program, "--port", "0", "--unixsocket", path, "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def stop() -> None:
        process.kill()
        process.wait()

    wait_until("Redis listens", Path(path).exists)
    yield f"unix://{path}", stop
    stop()
    Path(path).unlink(missing_ok=True)


@pytest.mark.django_db
def test_without_queue_and_cache_of_a_fleet_people_go_on_answering_and_it_is_said(
    client: Client, settings: Any, redis: tuple[str, Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, stop = redis
    settings.QUEUE_URL = url
    settings.CACHE_URL = url
    good = {"database": GOOD, "tables": GOOD, "queue": GOOD, "cache": GOOD}
    assert ready(client) == (200, {"ready": True, **good})
    stop()
    monkeypatch.setattr(probe_views, "watch", Watch())
    away = "cannot be reached"
    assert ready(client) == (200, {"ready": True, **good, "queue": away, "cache": away})
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_who_takes_a_line_and_says_nothing_does_not_hold_up_the_answer(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(client)  # the first time everything is loaded
    monkeypatch.setattr(probe_views, "watch", Watch())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.QUEUE_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        status, found = ready(client)
    # A second for each thing that is asked of it, three in all.
    assert found["queue"] in ("cannot be reached", TOO_LATE)
    assert (status, found["database"]) == (200, GOOD)
    assert time.monotonic() - begun < 6


def test_a_look_that_hangs_is_not_waited_for_and_none_is_begun_beside_it() -> None:
    looks = []
    go_on = __import__("threading").Event()

    def hang(found: dict[str, str]) -> None:
        looks.append(1)
        found["database"] = TOO_LATE
        go_on.wait(20)
        found["database"] = GOOD

    watch = Watch(look=hang, seconds=0.05)
    assert watch.findings() == {"database": TOO_LATE}
    watch._found_at = 0  # a second later
    assert watch.findings() == {"database": TOO_LATE}
    assert len(looks) == 1
    go_on.set()
    assert watch._looking is not None
    watch._looking.join()
    assert watch.findings() == {"database": GOOD}


def test_what_was_found_counts_for_a_second() -> None:
    looks = []

    def look(found: dict[str, str]) -> None:
        looks.append(1)
        found["database"] = GOOD

    watch = Watch(look=look)
    for _ in range(5):
        watch.findings()
    assert len(looks) == 1
    watch._found_at -= 1.1
    watch.findings()
    assert len(looks) == 2


ASK = """
import django; django.setup()
from django.test import Client
for path in ("/healthz", "/readyz"):
    answer = Client().get(path)
    print(answer.status_code, answer.content.decode())
"""


@pytest.mark.parametrize(
    ("database", "says"),
    [
        ("", '"database": "ok", "tables": "run manage.py migrate"'),
        ("postgresql://nobody@127.0.0.1:9/none", '"database": "cannot be reached", "tables": "cannot be reached"'),
    ],
    ids=["no tables yet", "no server"],
)
def test_a_new_process_says_what_its_database_lacks(database: str, says: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment |= {"LEERSCAN_HOME": str(tmp_path), "DATABASE_URL": database}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["200 ok", f'503 {{"ready": false, {says}}}']
