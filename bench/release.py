"""The figures of 100,000 responses in 500 units, against a bare numpy count over the same answers in memory."""

from collections.abc import Callable

import numpy as np

from measurement.disclosure import Group, Node
from questionnaires.loading import load_questionnaire
from questionnaires.scales import scales_of
from reports.figures import Figures, Headcount, Input

PEOPLE, UNITS = 100_000, 500


def run(compare: Callable[..., None]) -> None:
    data = _input()

    def ours() -> None:
        figures = Figures(data)
        for node in data.nodes:
            figures.unit(node.id)

    def reference() -> None:
        for unit in range(UNITS):
            here = data.answers[data.groups == unit]
            for value in range(1, 6):
                (here == value).sum(axis=0)

    compare("release", ours, reference, f"{PEOPLE} responses, {UNITS} units; a bare numpy count of the answers")


def _input() -> Input:
    random = np.random.default_rng(1)
    questionnaire = load_questionnaire("leerscan", 1)
    groups = random.integers(0, UNITS, PEOPLE)
    sizes = np.bincount(groups, minlength=UNITS)
    names = [f"u{number:03d}" for number in range(UNITS)]
    nodes = [Node("root", None, 0), *(Node(name, "root", int(size)) for name, size in zip(names, sizes, strict=True))]
    return Input(
        nodes=nodes,
        group_list=[Group(name, is_leaders=False) for name in names],
        groups=groups,
        answers=random.integers(1, 6, (PEOPLE, 40)).astype(np.uint8),
        headcounts={node.id: Headcount(node.people * 2, node.people) for node in nodes},
        item_ids=[item.id for item in questionnaire.items],
        scales=scales_of(questionnaire),
        k=5,
    )
