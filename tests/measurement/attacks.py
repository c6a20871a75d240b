"""The exact check of measurement.md 8: can anything be computed from shown sets about fewer than k people?"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction
from itertools import combinations


def attack_exists[Person](sets: Collection[frozenset[Person]], k: int) -> bool:
    """Whether some sum of shown totals, with any weights, is about fewer than k people.

    Cells are the people with the same memberships, P the 0/1 matrix sets x cells. An attack inside a group Z of cells
    with fewer than k people exists exactly when rank(P) > rank(P without the columns of Z).
    """
    people = frozenset[Person]().union(*sets)
    cells = Counter(tuple(person in shown for shown in sets) for person in people)
    columns = list(cells)
    full = rank(columns)
    return any(
        rank([column for column in columns if column not in group]) < full
        for group in _small_groups([(column, cells[column]) for column in columns], k)
    )


def _small_groups(cells: Sequence[tuple[tuple[bool, ...], int]], k: int) -> Iterable[frozenset[tuple[bool, ...]]]:
    small = [(column, size) for column, size in cells if size < k]
    for count in range(1, len(small) + 1):
        for chosen in combinations(small, count):
            if sum(size for _, size in chosen) < k:
                yield frozenset(column for column, _ in chosen)


def rank(vectors: Iterable[Sequence[int]]) -> int:
    """The rank of these vectors, in exact arithmetic."""
    basis: list[list[Fraction]] = []
    for vector in vectors:
        rest = [Fraction(value) for value in vector]
        for row in basis:
            pivot = next(index for index, value in enumerate(row) if value)
            factor = rest[pivot] / row[pivot]
            rest = [value - factor * other for value, other in zip(rest, row, strict=True)]
        if any(rest):
            basis.append(rest)
    return len(basis)
