import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.loading import load_questionnaire
from scan.answering.packing import answered_count, obstacle_mask, pack, unpack
from tests.scan.asking import ITEM_IDS

QUESTIONNAIRE = load_questionnaire("leerscan", 1)
ITEMS = QUESTIONNAIRE.items
SHEETS = st.dictionaries(st.sampled_from(ITEM_IDS), st.sampled_from([0, 1, 2, 3, 4, 5, 9]))


@given(SHEETS)
def test_answers_come_back_as_they_went_in(sheet: dict[str, int]) -> None:
    packed = pack(sheet, ITEMS)
    assert len(packed) == 40
    assert unpack(packed, ITEMS) == dict.fromkeys(ITEM_IDS, 0) | sheet


def test_answers_stand_in_the_order_of_the_questionnaire() -> None:
    assert pack({"q40": 5, "q01": 1, "q02": 9}, ITEMS) == bytes([1, 9, *[0] * 37, 5])


@pytest.mark.parametrize("value", [6, 7, 8, 10, 255])
def test_another_value_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="answers must be"):
        pack({"q07": value}, ITEMS)


@pytest.mark.parametrize("value", [-1, 256])
def test_a_value_that_is_no_byte_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        pack({"q07": value}, ITEMS)


def test_dont_know_and_open_are_not_answered() -> None:
    assert answered_count(bytes([0, 9, 1, 2, 3, 4, 5])) == 5


def test_each_obstacle_has_a_bit_of_its_own() -> None:
    masks = [obstacle_mask([choice.code], QUESTIONNAIRE.obstacles) for choice in QUESTIONNAIRE.obstacles]
    assert masks == [1 << position for position in range(len(QUESTIONNAIRE.obstacles))]


def test_obstacles_add_up_in_any_order_and_doubles_count_once() -> None:
    codes = [choice.code for choice in QUESTIONNAIRE.obstacles[:3]]
    assert obstacle_mask([*reversed(codes), *codes], QUESTIONNAIRE.obstacles) == 0b111


def test_no_obstacle_is_an_answer_too() -> None:
    assert obstacle_mask([], QUESTIONNAIRE.obstacles) == 0


def test_four_obstacles_are_too_many() -> None:
    with pytest.raises(ValueError, match="at most 3"):
        obstacle_mask([choice.code for choice in QUESTIONNAIRE.obstacles[:4]], QUESTIONNAIRE.obstacles)


def test_an_unknown_obstacle_is_named() -> None:
    with pytest.raises(ValueError, match="moon_phase"):
        obstacle_mask(["moon_phase"], QUESTIONNAIRE.obstacles)
