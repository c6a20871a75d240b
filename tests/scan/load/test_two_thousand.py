"""2,000 complete participants on a real server, 1% of their connections cut (`make chaos`); 40 of them always."""

import os
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from questionnaires.versions import questionnaire_of
from scan.models import Draft, Invitation, OpenLink
from tests.cast import Cast
from tests.scan.asking import stored_responses
from tests.scan.load.crowd import everybody, let_answer, round_for, too_late
from tests.scan.load.people import as_stored
from tests.serving.answering_server import answering_server
from tests.serving.cutting_proxy import Cut, cutting_proxy

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = int(os.environ.get("CHAOS_PEOPLE", "2000"))
MOST_OPEN = 200
PROCESSES = 2
TOO_LATE = 3


@pytest.mark.parametrize(
    ("people", "share"), [(40, 0.15), pytest.param(PEOPLE, 0.01, marks=pytest.mark.chaos)], ids=["few", "many"]
)
def test_responses_stored_are_confirmations_shown(in_scope: Cast, tmp_path: Path, people: int, share: float) -> None:
    round_ = round_for(in_scope, people)
    questionnaire = questionnaire_of(round_.version_id)
    obstacles = [choice.code for choice in questionnaire.obstacles]
    parts = [
        [item.id for item in questionnaire.items_of_part(number)] for number in range(1, len(questionnaire.parts) + 1)
    ]
    crowd = everybody(round_, obstacles)
    assert len(crowd) == people
    with (
        answering_server(tmp_path / "server.log", PROCESSES) as server,
        cutting_proxy(server.port, share, people) as proxy,
    ):
        course = let_answer(crowd, proxy.port, parts, MOST_OPEN)
        late = let_answer(too_late(round_, TOO_LATE, obstacles), server.port, parts, MOST_OPEN)
    cuts = {kind.name: proxy.cuts[kind] for kind in Cut}
    print(f"{connection.vendor}: {course.in_figures()}; {proxy.connections} connections, {cuts} cut")  # noqa: T201

    assert server.complaints() == [], server.log.read_text()[-5000:]
    assert course.surprises == []
    assert sorted(shown.number for shown in course.confirmations) == list(range(people))
    stored = [(row.unit_id, row.answers, row.obstacles, row.remark) for row in stored_responses(round_)]
    assert Counter(stored) == Counter(as_stored(one, obstacles) for one in crowd)
    by_number = {one.number: one for one in crowd}
    assert all(shown.has_own_picture for shown in course.confirmations if by_number[shown.number].is_sure_of_a_picture)

    assert late.confirmations == []
    assert len(late.surprises) == TOO_LATE
    assert all("sending: 409" in told for told in late.surprises)
    assert Draft.objects.count() == TOO_LATE  # of nobody else
    assert not Invitation.objects.filter(used=False, unit__has_open_link=False).exists()
    (link,) = OpenLink.objects.all()
    assert Invitation.objects.filter(used=True, unit=link.unit_id).count() == link.submit_limit

    assert all(cuts.values()), cuts
    assert 0.7 * share <= proxy.cuts.total() / proxy.connections <= 1.3 * share
    assert course.traffic.most_open <= MOST_OPEN
