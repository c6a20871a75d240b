"""Trees of units for the tests of disclosure control: written down by hand, or random ones from Hypothesis."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from measurement.disclosure import MAXIMUM_K, MINIMUM_K, Node, Partition

Family = Mapping[str, frozenset[str]]


def worked_example(c: int = 6) -> list[Node]:
    """org { A { A1 8, A2 7, A3 3 }, B { B1 9, B2 6 }, C 6 } of measurement.md 8."""
    return [
        Node("org", None, 0),
        Node("A", "org", 0),
        Node("A1", "A", 8),
        Node("A2", "A", 7),
        Node("A3", "A", 3),
        Node("B", "org", 0),
        Node("B1", "B", 9),
        Node("B2", "B", 6),
        Node("C", "org", c),
    ]


def shown(partition: Partition) -> dict[str, int]:
    """The shown units with the number of people in their figures."""
    return {unit: partition.size(unit) for unit in partition.sets if partition.is_shown(unit)}


def needed(node: Node, k: int) -> int:
    """How many people it takes to show this unit (R1, R18)."""
    return max(k, 10) if node.has_open_link else k


def below(nodes: Sequence[Node], unit: str) -> list[Node]:
    """The unit and everything under it."""
    found = [node for node in nodes if node.id == unit]
    for node in found:  # grows while we go
        found.extend(child for child in nodes if child.parent == node.id)
    return found


def people_of_blocks(nodes: Sequence[Node], partition: Partition) -> list[frozenset[str]]:
    """The persons in each block, by name: "A1 staff 3" is the third of A1's own people."""
    by_id = {node.id: node for node in nodes}
    blocks = []
    for block in partition.blocks:
        people: set[str] = set()
        for group in block.groups:
            node, kind = by_id[group.node], "leader" if group.is_leaders else "staff"
            count = node.leaders if group.is_leaders else node.people
            people |= {f"{node.id} {kind} {number}" for number in range(count)}
        blocks.append(frozenset(people))
    return blocks


def people_shown(nodes: Sequence[Node], partition: Partition) -> dict[str, frozenset[str]]:
    """The persons in the figures of each shown unit."""
    blocks = people_of_blocks(nodes, partition)
    return {
        unit: frozenset().union(*(blocks[index] for index in indices))
        for unit, indices in partition.sets.items()
        if indices
    }


@st.composite
def trees(draw: st.DrawFn, max_units: int = 12, max_people: int = 12) -> list[Node]:
    """A tree of up to `max_units` units in any order, some with leaders, open links, or too many responses."""
    nodes = []
    for number in range(draw(st.integers(1, max_units))):
        has_open_link = draw(st.booleans()) and draw(st.booleans())
        node = Node(
            id=f"u{number}",
            parent=f"u{draw(st.integers(0, number - 1))}" if number else None,
            people=draw(st.integers(0, max_people)),
            leaders=draw(st.integers(0, 8)),
            has_open_link=has_open_link,
            is_overfull=has_open_link and draw(st.booleans()),
        )
        nodes.append(node)
    return draw(st.permutations(nodes))


thresholds = st.one_of(st.just(MINIMUM_K), st.integers(MINIMUM_K, MAXIMUM_K))
