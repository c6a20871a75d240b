"""Beyond 5 and 95 items are alike: no name and no figure tells that everybody answered the same (R9, R17)."""

from reports.wording import item_points
from tests.reports.paper_rounds import PaperRound


def test_one_answer_among_all_fives_names_no_question() -> None:
    answers = [[5] * 40 for _person in range(5)]
    answers[0][6] = 4
    content = PaperRound().add("", [bytes(row) for row in answers]).shown()
    assert content["named"] == {"highest": [], "lowest": []}


def test_a_question_that_everybody_fully_agrees_with_prints_the_bound() -> None:
    items = PaperRound().add("", [bytes([5] * 40)] * 20).shown()["items"]
    assert set(items["values"].values()) == {95}
    assert item_points(95).startswith("95 ")
    assert item_points(94) == "94"
    assert item_points(5).startswith("5 ")
