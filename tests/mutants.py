"""Planted faults: a pytest plugin that breaks one rule in the source as it is imported, to see that a test notices.

MUTANT=<name> pytest -p tests.mutants ...
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import CodeType, ModuleType


@dataclass(frozen=True)
class Mutant:
    """Replaces one piece of text, which must occur exactly once, in one module."""

    module: str
    right: str
    wrong: str
    caught_by: str
    """The property that has to fail (tests/reports/release_properties.py)."""


MUTANTS = {
    "a threshold of 4": Mutant(
        "measurement.disclosure",
        "return max(k, OPEN_LINK_MINIMUM) if node.has_open_link else k",
        "return max(k, OPEN_LINK_MINIMUM) if node.has_open_link else k - 1",
        "nobody_stands_behind_a_figure_with_fewer_than_k",
    ),
    "nothing moves up": Mutant(
        "measurement.disclosure",
        "            carry += carries[child]",
        "            carry += _Carry()",
        "fewer_people_than_are_needed_count_elsewhere",
    ),
    "left-overs of 2 are shown": Mutant(
        "measurement.disclosure",
        "    if carry.staff_size >= needed:",
        "    if carry.staff_size >= (2 if node.parent is None else needed):",
        "nobody_stands_behind_a_figure_with_fewer_than_k",
    ),
    "a block is split at a finer level": Mutant(
        "measurement.disclosure",
        "            groups = tuple(group for index in carry for group in coarse.blocks[index].groups)",
        "            groups = tuple(group for index in carry for group in coarse.blocks[index].groups)[:1]",
        "a_finer_part_splits_no_block",
    ),
    "leaders make up the number": Mutant(
        "measurement.disclosure",
        "    if carry.staff_size >= needed:",
        "    if carry.staff_size + carry.leaders_size >= needed:",
        "leaders_never_make_up_the_number",
    ),
    "numbers instead of bands": Mutant(
        "reports.figures",
        '        return {"values": {item: band(value) for',
        '        return {"values": {item: whole(value) for',
        "questions_under_twenty_people_are_in_bands_only",
    ),
    "the number received is printed": Mutant(
        "reports.figures",
        "max(headcount.invited, tally.n)",
        "max(headcount.received, tally.n)",
        "the_number_received_is_nowhere",
    ),
    "a mean over those who answered": Mutant(
        "reports.figures",
        "            item_id: score(int(sums[position]), tally.n)",
        "            item_id: score(int(sums[position]), max(1, int(tally.answered[position])))",
        "complete_people_never_cancel_out",
    ),
    "a set that hides nobody's difference": Mutant(
        "measurement.disclosure",
        "        sets[node.id] = tuple(sorted([*own[node.id], *below]))",
        "        sets[node.id] = tuple(sorted([*own[node.id], *below]))[: None if node.parent else 1]",
        "a_unit_with_enough_people_of_its_own_has_a_report",
    ),
}


class _Planted(importlib.machinery.SourceFileLoader):
    """Compiles the changed source."""

    def __init__(self, mutant: Mutant, path: str) -> None:
        super().__init__(mutant.module, path)
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        source = self.get_data(self.path).decode()
        assert source.count(self._mutant.right) == 1, f"the text to break is not there once: {self._mutant.right}"
        return compile(source.replace(self._mutant.right, self._mutant.wrong), self.path, "exec")


class _Planting(importlib.abc.MetaPathFinder):
    """Finds the module of the mutant where it always is."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._mutant.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        assert spec is not None
        assert spec.origin is not None
        return importlib.util.spec_from_file_location(fullname, spec.origin, loader=_Planted(self._mutant, spec.origin))


if name := os.environ.get("MUTANT"):
    assert MUTANTS[name].module not in sys.modules
    sys.meta_path.insert(0, _Planting(MUTANTS[name]))
