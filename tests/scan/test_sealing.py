import pytest

from scan import ballot_box
from scan.ballot_box import Ballot
from scan.models import Remark, Round, Unit
from tests.cast import Cast
from tests.scan.asking import launched_round, stored_responses

COUNT = 60


def filled_round(cast: Cast) -> Round:
    """A round whose n-th response begins with n in base five; every third one has a remark."""
    round_ = launched_round(cast)
    units = list(Unit.objects.filter(round=round_).order_by("path_key"))
    for number in range(COUNT):
        answers = bytes([1 + number // 25, 1 + number // 5 % 5, 1 + number % 5, *[3] * 37])
        remark = f"Opmerking {number:02d}" if number % 3 == 0 else ""
        ballot_box.cast(round_, Ballot(units[number % len(units)].pk, answers, number % 8, remark))
    return round_


def test_the_order_of_submitting_is_lost(in_scope: Cast) -> None:
    round_ = filled_round(in_scope)
    before = [response.answers for response in stored_responses(round_)]
    assert before == sorted(before)
    ballot_box.seal(round_)
    after = [response.answers for response in stored_responses(round_)]
    assert after != before
    assert after != before[::-1]
    assert sorted(after) == before


def test_the_order_is_another_one_every_time(in_scope: Cast) -> None:
    round_ = filled_round(in_scope)
    orders = set()
    for _ in range(5):
        ballot_box.seal(round_)
        orders.add(tuple(response.answers for response in stored_responses(round_)))
    assert len(orders) == 5


def test_the_ids_are_new(in_scope: Cast) -> None:
    round_ = filled_round(in_scope)
    before = {response.id for response in stored_responses(round_)}
    ballot_box.seal(round_)
    after = {response.id for response in stored_responses(round_)}
    assert len(after) == COUNT
    assert before.isdisjoint(after)


def test_every_response_keeps_its_unit_its_answers_and_its_obstacles(in_scope: Cast) -> None:
    round_ = filled_round(in_scope)

    def contents() -> list[tuple[str, bytes, int]]:
        return sorted((str(row.unit_id), row.answers, row.obstacles) for row in stored_responses(round_))

    before = contents()
    ballot_box.seal(round_)
    assert contents() == before


def test_remarks_are_cut_loose_and_in_another_order(in_scope: Cast) -> None:
    round_ = filled_round(in_scope)
    written = [response.remark for response in stored_responses(round_) if response.remark]
    ballot_box.seal(round_)
    assert {response.remark for response in stored_responses(round_)} == {""}
    apart = [remark.text for remark in Remark.objects.filter(round=round_)]
    assert sorted(apart) == sorted(written)
    assert {remark.is_approved for remark in Remark.objects.filter(round=round_)} == {None}


def test_a_remark_knows_its_round_and_nothing_of_unit_or_person() -> None:
    assert {field.name for field in Remark._meta.get_fields()} == {"id", "round", "text", "is_approved", "edited"}


def test_sealing_twice_loses_and_doubles_nothing(in_scope: Cast) -> None:
    round_ = filled_round(in_scope)
    ballot_box.seal(round_)
    ballot_box.seal(round_)
    assert len(stored_responses(round_)) == COUNT
    assert Remark.objects.filter(round=round_).count() == COUNT // 3


def test_other_rounds_are_left_alone(in_scope: Cast) -> None:
    round_ = filled_round(in_scope)
    other = Round.objects.get(pk=round_.pk)
    other.pk, other.slug = Round().pk, "other"
    other.save(force_insert=True)
    ballot_box.seal(other)
    assert sum(bool(response.remark) for response in stored_responses(round_)) == COUNT // 3
    ballot_box.seal(round_)
    assert stored_responses(other) == []


def test_a_fault_halfway_leaves_the_box_as_it_was(in_scope: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = filled_round(in_scope)
    before = stored_responses(round_)

    def fall_over(*arguments: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(ballot_box, "cast_all", fall_over)
    with pytest.raises(OSError, match="disk"):
        ballot_box.seal(round_)
    assert stored_responses(round_) == before
    assert not Remark.objects.exists()


def test_answers_are_not_read_before_sealing(in_scope: Cast) -> None:
    round_ = filled_round(in_scope)
    with pytest.raises(RuntimeError, match="not sealed"):
        ballot_box.read(round_)


def test_a_sealed_box_gives_id_unit_answers_and_obstacles_only(in_scope: Cast) -> None:
    round_ = filled_round(in_scope)
    ballot_box.seal(round_)
    round_.is_sealed = True
    rows = list(ballot_box.read(round_))
    assert sorted(rows) == sorted((one.id, one.unit_id, one.answers, one.obstacles) for one in stored_responses(round_))


def test_many_put_in_at_once_do_not_keep_the_order_of_the_file(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    unit = Unit.objects.get(round=round_, path="Zorg")
    ballots = [Ballot(unit.pk, bytes([1 + number % 5] * 40), number) for number in range(600)]
    assert ballot_box.cast_all(round_, ballots) == 600
    stored = [response.obstacles for response in stored_responses(round_)]
    assert sorted(stored) == list(range(600))
    assert stored != sorted(stored)
