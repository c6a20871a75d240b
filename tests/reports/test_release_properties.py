"""No attack on any release: 250 random rounds here, 5,000 in `make properties`."""

import os
import random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.reports.release_properties import PROPERTIES
from tests.reports.worlds import World, worlds

CASES = int(os.environ.get("RELEASE_CASES", "125"))
ONLY = os.environ.get("RELEASE_PROPERTIES", "").split()
# Of a planted fault nobody needs the smallest case.
PHASES = (Phase.generate,) if ONLY else tuple(Phase)


@settings(max_examples=CASES, deadline=None, phases=PHASES, report_multiple_bugs=False)
@given(worlds(), st.integers(0, 2**32))
def test_every_property_holds_of_every_release(world: World, seed: int) -> None:
    for name, check in PROPERTIES.items():
        if not ONLY or name in ONLY:
            check(world, random.Random(f"{name} {seed}"))  # noqa: S311 -- Hypothesis chooses the seed
