"""Who learns from whom: an assignment in which everybody gives at most twice and takes at most twice.

Heavy (scipy.optimize): used by jobs and commands only.
"""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from measurement.pairing import AT_MOST, Offer


def assign(offers: Sequence[Offer], kept: Sequence[Offer] = ()) -> list[Offer]:
    """The offers to propose, in the order given, beside those that are `kept` and count already.

    As many pairs as possible come first; among equally many those that differ most in points together. For what a talk
    yields does not grow with the points: half of a difference between two strong units is chance, but a unit that is
    left without a partner learns nothing at all. So the points only decide between plans that reach equally many.

    Givers and takers are the two sides of a graph, so its matrix is totally unimodular: the optimum is found exactly,
    and the same offers in the same order give the same pairs.
    """
    free = [offer for offer in offers if offer not in kept]
    if not free:
        return []
    sides = _sides(free)
    done = Counter(side for offer in kept for side in (("gives", offer.giver), ("takes", offer.taker)))
    left = [max(0, AT_MOST - done[side]) for side in sides]
    found = milp(
        c=-_worth(free),
        constraints=LinearConstraint(_matrix(list(sides.values()), len(free)), -np.inf, left),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(free), int),
        options={"mip_rel_gap": 0},
    )
    if not found.success:
        raise ArithmeticError(f"no assignment was found: {found.message}")
    return [offer for offer, chosen in zip(free, found.x, strict=True) if chosen > 0.5]


def _worth(offers: Sequence[Offer]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A pair more is worth more than all differences in points that pairs together can make."""
    gains = np.array([offer.gain for offer in offers], float)
    takers, givers = len({offer.taker for offer in offers}), len({offer.giver for offer in offers})
    most = AT_MOST * min(takers, givers)
    return gains + 1 + most * float(np.ptp(gains))


def _sides(offers: Sequence[Offer]) -> dict[tuple[str, UUID], list[int]]:
    """Each unit as giver and as taker, with the places of the offers that it is in."""
    found: dict[tuple[str, UUID], list[int]] = {}
    for place, offer in enumerate(offers):
        found.setdefault(("gives", offer.giver), []).append(place)
        found.setdefault(("takes", offer.taker), []).append(place)
    return found


def _matrix(rows: Sequence[Sequence[int]], width: int) -> csr_array:
    columns = np.concatenate([np.asarray(row) for row in rows])
    starts = np.cumsum([0, *map(len, rows)])
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(rows), width))
