"""Two processes close the same round at the same moment: one release, with the numbers of one closing."""

import time
from collections import Counter

import pytest
from django.db import connection

from organisations.models import LogEntry
from reports.closing import close_here
from reports.models import Release
from scan.models import Remark, Round
from tests.cast import Cast, add_people
from tests.faults.closer import HOW, Closer
from tests.faults.scene import filled, patterns, release_by_path, stored_by_path
from tests.scan.asking import stored_responses

pytestmark = pytest.mark.django_db(transaction=True)

RESPONSES = 60
OVERLAP = 0.5


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    "times",
    [pytest.param(2, id="short", marks=pytest.mark.chaos), pytest.param(20, id="long", marks=pytest.mark.chaos)],
)
def test_there_is_one_release_with_the_same_numbers(in_scope: Cast, how: str, times: int) -> None:
    for path in ("zorg / wijkteam oost", "zorg / nachtdienst", "facilitair / keuken"):
        add_people(in_scope.departments[path], RESPONSES // 3)
    ballots, remarks = patterns(RESPONSES)
    alone, *rounds = [filled(in_scope, f"Scan {number}", ballots, remarks) for number in range(times + 1)]
    close_here(alone)
    expected = release_by_path(alone)
    closers = [Closer(how) for _process in range(2)]
    ends: Counter[str] = Counter()
    together = 0
    for round_ in rounds:
        moment = time.time() + 0.2
        for closer in closers:
            closer.tell(round_.pk, moment)
        (one, began, ended), (other, other_began, other_ended) = (closer.answer() for closer in closers)
        ends.update([f"{one} and {other}"])
        together += min(ended, other_ended) > max(began, other_began)
    for closer in closers:
        closer.end()
    for round_ in rounds:
        close_here(round_)  # where both gave way; otherwise it changes nothing
        found = Round.objects.get(pk=round_.pk)
        assert Release.objects.filter(round=found).count() == 1
        assert release_by_path(found) == expected
        assert stored_by_path(found, stored_responses(found)) == sorted(ballots)
        assert sorted(Remark.objects.filter(round=found).values_list("text", flat=True)) == sorted(remarks)
        assert LogEntry.objects.filter(action="close_round", subject=found.title).count() == 1
    print(f"{connection.vendor}, {how}: {times} rounds, {together} of them by both at once; {dict(ends)}")  # noqa: T201
    assert together >= OVERLAP * times
