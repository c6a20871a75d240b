"""Every answer that was shown as saved is in the response, one response each: whatever goes wrong on the way."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django_scopes import scope
from playwright.sync_api import Browser

from scan.models import Draft, Invitation, Round
from tests.cast import Cast
from tests.e2e.bad_luck import Taps, Unlucky
from tests.rounds import open_round, tokens
from tests.scan.asking import stored_responses
from tests.serving.answering_server import AnsweringServer, answering_server
from tests.serving.cutting_proxy import CuttingProxy, cutting_proxy

PER_TEST, IN_SHORT = 6, 3
SHORT = (1,)
LONG = (2, *range(10, 10 + int(os.environ.get("CHAOS_BROWSERS", "100")) // PER_TEST + 1))
CUT_SHARE = 0.05
TEXTS = {1: "1", 2: "2", 3: "3", 4: "4", 5: "5", 9: "x", 0: ""}


@pytest.fixture
def running(transactional_db: None, cast: Cast) -> Round:
    return open_round(cast, people=PER_TEST)


@pytest.fixture
def server(running: Round, tmp_path: Path) -> Iterator[AnsweringServer]:
    with answering_server(tmp_path / "server.log") as server:
        yield server


@pytest.fixture
def proxy(server: AnsweringServer, request: pytest.FixtureRequest) -> Iterator[CuttingProxy]:
    with cutting_proxy(server.port, CUT_SHARE, request.node.name) as proxy:
        yield proxy


def play(
    browser: Browser, server: AnsweringServer, proxy: CuttingProxy, round_: Round, seed: int, people: int = PER_TEST
) -> None:
    happened: Counter[str] = Counter()
    known: set[UUID] = set()
    longest = 0.0
    for number, token in enumerate(tokens(round_)[:people]):
        person = Unlucky(browser, server, proxy, token, f"{seed} {number}")
        try:
            person.answer_everything_and_send()
        finally:
            person.put_everything_back()
        happened += person.happened
        longest = max(longest, person.sending_took)
        with scope(organisation=round_.organisation):
            (response,) = [one for one in stored_responses(round_) if one.id not in known]
        known.add(response.id)
        check_response(round_, response.answers, person.taps)
    with scope(organisation=round_.organisation):
        assert Invitation.objects.filter(used=True).count() == people
        assert not Draft.objects.exists()
    assert not server.complaints()
    assert happened["saved"] > people
    assert happened.total() - happened["saved"] > people, "too little happened to prove anything"
    print(f"seed {seed}: {dict(happened)}, {proxy.cuts.total()} connections cut, sent in {longest:.0f} s at most")  # noqa: T201


def check_response(round_: Round, answers: bytes, taps: Taps) -> None:
    items = [entry["id"] for entry in round_.version.content["item"]]
    for item, value in zip(items, answers, strict=True):
        assert taps.allows(item, TEXTS[value]), (
            f"{item}: {TEXTS[value]!r} is stored; shown as saved: {taps.claimed.get(item)!r}, "
            f"tapped since: {taps.since_saved.get(item)}"
        )


@pytest.mark.parametrize("seed", SHORT)
def test_what_was_shown_as_saved_is_sent(
    browser: Browser, server: AnsweringServer, proxy: CuttingProxy, running: Round, seed: int
) -> None:
    """Three people, of whom everything is known beforehand but the timing."""
    play(browser, server, proxy, running, seed, IN_SHORT)


@pytest.mark.chaos
@pytest.mark.parametrize("seed", LONG)
def test_two_hundred_times(
    browser: Browser, server: AnsweringServer, proxy: CuttingProxy, running: Round, seed: int
) -> None:
    """A hundred on SQLite and a hundred on PostgreSQL."""
    play(browser, server, proxy, running, seed)
