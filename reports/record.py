"""The record of the check that every release keeps, made when it is frozen and made again by whoever asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from measurement.checking import SCORES, Checked, check
from measurement.disclosure import LEVELS, RULES_VERSION, Block, Node
from reports.figures import Figures


class CheckFailedError(Exception):
    """The figures do not pass the disclosure check; nothing is frozen."""


def record_of(figures: Figures, contents: Mapping[str, Mapping[str, Any] | None]) -> dict[str, Any]:
    """Raises CheckFailedError when a shown set is no union of blocks, a block is too small, or people are in two."""
    groups = [group for block in figures.partition.blocks for group in block.groups]
    if len(groups) != len(set(groups)):
        raise CheckFailedError("a group of people is in two blocks")
    if wrong := [block for block in figures.partition.blocks if figures.tally_of([block]).n != block.size]:
        raise CheckFailedError(f"the block at {wrong[0].formed_at} does not hold the people it says")
    checked = check(figures.partition.blocks, figures.data.nodes, published_sizes(contents), figures.k)
    if checked.faults:
        raise CheckFailedError(str(checked.faults[0]))
    return _record(checked, figures.k)


def _record(checked: Checked, k: int) -> dict[str, Any]:
    return {
        "passed": True,
        "rules_version": RULES_VERSION,
        "k": k,
        "sets": checked.set_count,
        "smallest_block": checked.smallest_block,
        "blocks": [{"unit": block.formed_at, "size": block.size} for block in checked.blocks],
    }


def published_sizes(contents: Mapping[str, Mapping[str, Any] | None]) -> dict[str, dict[str, int]]:
    """Level -> unit -> the number of people that is printed with it."""
    shown = {unit: content for unit, content in contents.items() if content is not None}
    sizes = {SCORES: {unit: int(content["n"]) for unit, content in shown.items()}}
    for level in LEVELS:
        # Releases of format 1 have no agreement in words.
        sizes[level] = {unit: int(content[level]["n"]) for unit, content in shown.items() if content.get(level)}
    return sizes


def check_again(
    record: Mapping[str, Any], nodes: Sequence[Node], contents: Mapping[str, Mapping[str, Any] | None], k: int
) -> Checked:
    """From what a release keeps, without any answer."""
    blocks = [Block(entry["unit"], (), int(entry["size"])) for entry in record["blocks"]]
    return check(blocks, nodes, published_sizes(contents), k)
