"""The release of 1,000,000 responses in 500 units, against a bare numpy count of the same answers in memory.

Read, scored, decided, checked and made ready to freeze; without the interval of omega, and without sealing.
Then the sets of 1,800 units alone, and how much memory a release takes.
"""

import resource
import threading
from collections.abc import Callable, Iterator
from uuid import UUID

import numpy as np

from measurement.disclosure import Node, decide
from questionnaires.loading import load_questionnaire
from reports.annex import annex_of
from reports.figures import Figures
from reports.inputs import Row, gather, input_of
from reports.members import packed_members
from reports.record import record_of
from reports.release import contents_of
from scan.models import Unit
from scan.tree import Tree

PEOPLE, UNITS, MANY_UNITS = 1_000_000, 500, 1_800
QUESTIONNAIRE = load_questionnaire("leerscan", 1)


def run(compare: Callable[..., None]) -> None:
    random = np.random.default_rng(1)
    tree = _tree(UNITS)
    units = list(tree.units)
    groups = random.integers(1, UNITS + 1, PEOPLE)
    answers = random.integers(1, 6, (PEOPLE, 40)).astype(np.uint8)

    def ours() -> None:
        figures = Figures(input_of(5, tree, QUESTIONNAIRE, gather(_rows(units, groups, answers), 40)))
        contents = contents_of(tree, figures)
        record_of(figures, contents)
        packed_members(figures)
        annex_of(figures, has_omega_intervals=False)

    def reference() -> None:
        for unit in range(1, UNITS + 1):
            here = answers[groups == unit]
            for value in range(1, 6):
                (here == value).sum(axis=0)

    print(f"release    {_peak_above_start(ours):9.0f} MB above start at the most")
    compare("release", ours, reference, f"{PEOPLE} responses, {UNITS} units; a bare numpy count of the answers")
    _sets(compare)


def _sets(compare: Callable[..., None]) -> None:
    random = np.random.default_rng(2)
    nodes = [Node("u0", None, 0)]
    nodes += [
        Node(f"u{number}", f"u{(number - 1) // 4}", int(people))
        for number, people in enumerate(random.integers(0, 15, MANY_UNITS - 1), start=1)
    ]

    def reference() -> None:
        """Nothing but the sums over the tree."""
        totals = {node.id: node.people for node in nodes}
        for node in reversed(nodes):
            if node.parent is not None:
                totals[node.parent] += totals[node.id]

    compare("sets", lambda: decide(nodes, 5), reference, f"the sets of {MANY_UNITS} units; the sums over the tree")


def _tree(count: int) -> Tree:
    """A root with departments of five units each."""
    root = Unit(id=UUID(int=1, version=4), name="root", path="", invited=0)
    units = [root]
    for number in range(1, count + 1):
        parent = root if number % 6 == 1 else units[number - (number - 1) % 6]
        path = f"{parent.path} / u{number}" if parent.path else f"u{number}"
        unit = Unit(id=UUID(int=number + 1, version=4), parent=parent, name=f"u{number}", path=path, invited=3_000)
        units.append(unit)
    return Tree({unit.pk: unit for unit in units})


def _rows(units: list[UUID], groups: np.ndarray, answers: np.ndarray) -> Iterator[Row]:
    """As the ballot box gives them."""
    for number, (group, row) in enumerate(zip(groups, answers, strict=True)):
        yield UUID(int=number), units[group], row.tobytes(), number & 511


def _peak_above_start(work: Callable[[], None]) -> float:
    """In MB, by looking at the resident memory every 10 ms."""
    seen, done = [_resident()], threading.Event()

    def look() -> None:
        while not done.wait(0.01):
            seen.append(_resident())

    thread = threading.Thread(target=look)
    thread.start()
    work()
    done.set()
    thread.join()
    return max(seen) - seen[0]


def _resident() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 -- read a hundred times a second
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6
