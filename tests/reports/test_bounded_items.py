"""Beyond 5 and 95 items are alike: no name and no figure tells that everybody answered the same (R9, R17)."""

from collections.abc import Sequence

import numpy as np

from measurement.disclosure import Group, Node
from questionnaires.loading import load_questionnaire
from questionnaires.scales import scales_of
from reports.figures import Figures, Headcount, Input
from reports.wording import item_points

ITEMS = [f"q{number:02d}" for number in range(1, 41)]


def unit_of(answers: Sequence[Sequence[int]]) -> dict[str, object]:
    data = Input(
        nodes=[Node("root", None, len(answers))],
        group_list=[Group("root", is_leaders=False)],
        groups=np.zeros(len(answers), dtype=np.int64),
        answers=np.array(answers, dtype=np.uint8),
        headcounts={"root": Headcount(None, len(answers))},
        item_ids=ITEMS,
        scales=scales_of(load_questionnaire("leerscan", 1)),
        k=5,
    )
    content = Figures(data).unit("root")
    assert content is not None
    return content


def test_one_answer_among_all_fives_names_no_question() -> None:
    answers = [[5] * 40 for _person in range(5)]
    answers[0][6] = 4
    content = unit_of(answers)
    assert content["named"] == {"highest": [], "lowest": []}


def test_a_question_that_everybody_fully_agrees_with_prints_the_bound() -> None:
    items = unit_of([[5] * 40 for _person in range(20)])["items"]
    assert isinstance(items, dict)
    assert set(items["values"].values()) == {95}
    assert item_points(95).startswith("95 ")
    assert item_points(94) == "94"
    assert item_points(5).startswith("5 ")
