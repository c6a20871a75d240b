"""Nobody gets a page that says "our fault", whatever they send: to every address, with every form, as who may.

The short form is the same every time. The long one, `FUZZ_CASES=200` (make properties), is not.
"""

import os
import traceback
from collections import Counter
from collections.abc import Callable
from zlib import crc32

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.fuzz.paths import mutated_paths
from tests.fuzz.requests import Request, requests
from tests.fuzz.sending import Sender
from tests.fuzz.world import Target, targets
from tests.test_url_walk import addresses as addresses  # noqa: PLC0414 -- the fixture

CASES = int(os.environ.get("FUZZ_CASES", "0"))
IS_SHORT = not CASES
SHORT = {"GET": 1, "POST": 3, "paths": 150}
Run = Callable[[st.SearchStrategy[Request], Sender, str, int], str]


@pytest.fixture
def senders(cast: Cast) -> Callable[[str], Client]:
    """One browser for each role."""
    made: dict[str, Client] = {}

    def log_in(role: str) -> Client:
        if role not in made:
            made[role] = Client()
            if user := cast.everybody[role]:
                made[role].force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return made[role]

    return log_in


@pytest.fixture
def found(addresses: dict[str, str], senders: Callable[[str], Client]) -> list[Target]:
    return targets(addresses, senders)


def run(cases: st.SearchStrategy[Request], sender: Sender, name: str, count: int) -> str:
    """What went wrong, in words; empty when nothing did."""

    @settings(
        max_examples=max(CASES, count),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
        print_blob=False,
    )
    @given(cases)
    def every(request: Request) -> None:
        sender.send(request)

    try:
        (seed(crc32(name.encode()))(every) if IS_SHORT else every)()
    except BaseExceptionGroup as faults:
        return "\n".join(f"{name}: {_words(fault)}" for fault in faults.exceptions)
    except Exception as fault:
        return f"{name}: {_words(fault)}"
    return ""


def _words(fault: BaseException) -> str:
    """Where in our own code, what, and upon which request."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "/site-packages/" not in frame.filename]
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    note = next((note for note in getattr(fault, "__notes__", ()) if note.startswith("sent: ")), "")
    return f"{type(fault).__name__} at {place}: {str(fault)[:1_000]} {note[:1_000]}"


def every_one(method: str, found: list[Target], senders: Callable[[str], Client]) -> Counter[int]:
    """The statuses that came back. Fails with all that went wrong."""
    statuses: Counter[int] = Counter()
    wrong = []
    for target in (one for one in found if one.method == method):
        sender = Sender(senders(target.role))
        cases = requests(method, target.address, target.forms)
        wrong.append(run(cases, sender, f"{method} {target.example} as {target.role}", SHORT[method]))
        statuses.update(sender.statuses)
    assert not any(wrong), "\n".join(filter(None, wrong))
    return statuses


def test_every_form_with_every_fault(found: list[Target], senders: Callable[[str], Client]) -> None:
    with_fields = {target.example for target in found if target.method == "POST" and any(target.forms)}
    known = {"basics", "who takes part", "part", "staff list", "settings", "login", "join", "add reminder", "person"}
    assert known <= with_fields
    assert len(with_fields) > 60
    # It came through to the pages, and was refused there.
    assert {200, 302, 400, 422} <= set(every_one("POST", found, senders))


def test_every_page_with_any_question_and_addresses_that_nobody_has(
    found: list[Target], senders: Callable[[str], Client]
) -> None:
    assert every_one("GET", found, senders)[200] > 60
    sender = Sender(senders("hr_advisor"))
    known = sorted({target.address for target in found})
    wrong = run(mutated_paths(known), sender, "paths", SHORT["paths"])
    assert not wrong, wrong
    assert {404, 405} <= set(sender.statuses)
