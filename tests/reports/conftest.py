from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest

from tests.reports.sample_rounds import ROUNDS, Frozen, freeze

_frozen: dict[str, Frozen] = {}


@pytest.fixture
def frozen(db: None, tmp_path: Path) -> Callable[[str], Frozen]:
    """The sample rounds by name, each imported and closed once per worker; no row of them stays behind.

    A test gets a copy of its own: what it changes does not reach the next one.
    """

    def by_name(name: str) -> Frozen:
        if name not in _frozen:
            _frozen[name] = freeze(name, tmp_path)
        return deepcopy(_frozen[name])

    return by_name


@pytest.fixture(params=ROUNDS)
def sample(request: pytest.FixtureRequest, frozen: Callable[[str], Frozen]) -> Frozen:
    """Each of the sample rounds."""
    return frozen(request.param)


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture(autouse=True)
def _no_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    """The heart of a job beats in a thread: on SQLite it would wait for the transaction that a test is wrapped in."""
    monkeypatch.setattr("jobs.progress.HEARTBEAT_SECONDS", 3600)


@pytest.fixture
def no_clean_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Inside a test's transaction the clean-up cannot run; answers a list that grows with each call."""
    calls: list[str] = []
    monkeypatch.setattr("scan.cleaning.clean_up", lambda: calls.append("clean_up"))
    return calls
