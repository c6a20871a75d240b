"""The guard itself (tests/conftest.py): without it, tests about the ballot box prove nothing."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from scan import ballot_box
from scan.ballot_box import Ballot
from scan.models import Response, Round, Unit
from tests.cast import Cast
from tests.conftest import BallotBoxOpenedError
from tests.scan.asking import launched_round, stored_responses


def raw_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM scan_response")


WAYS: dict[str, Callable[[], object]] = {
    "counting": Response.objects.count,
    "reading": lambda: list(Response.objects.all()),
    "deleting": lambda: Response.objects.all().delete(),
    "changing": lambda: Response.objects.update(obstacles=0),
    "joining": lambda: list(Unit.objects.raw("SELECT u.* FROM scan_unit u JOIN scan_response r ON r.unit_id = u.id")),
    "raw": raw_sql,
}


@pytest.mark.parametrize("way", WAYS)
def test_sql_on_responses_from_elsewhere_is_stopped(in_scope: Cast, way: str) -> None:
    with pytest.raises(BallotBoxOpenedError):
        WAYS[way]()


def test_storing_a_response_from_elsewhere_is_stopped(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    unit = Unit.objects.get(round=round_, path="Zorg")
    with pytest.raises(BallotBoxOpenedError), transaction.atomic():
        Response.objects.create(round=round_, unit=unit, answers=bytes(40))
    assert stored_responses(round_) == []


def test_the_ballot_box_itself_goes_on(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    unit = Unit.objects.get(round=round_, path="Zorg")
    ballot_box.cast(round_, Ballot(unit.pk, bytes(40), 0))
    assert len(stored_responses(round_)) == 1


def test_deleting_a_round_does_not_look_for_its_responses(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    Round.objects.filter(pk=round_.pk).delete()
    assert not Round.objects.filter(pk=round_.pk).exists()
