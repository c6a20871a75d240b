"""How often a comparison page is wrong, and how often it sees what is there: a thousand organisations of each kind.

The bounds were set before anything was built (the issue "Reports people use"); they are not to be tuned.
"""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import pytest

from measurement import comparison
from questionnaires.questionnaire import DIMENSIONS
from tests.measurement.simulated import ANSWERS, Organisation, organisation, own_themes, page

RUNS, SEED = 1_000, 20260309
SIZES = (30, 6)


@cache
def organisations(size: int) -> list[Organisation]:
    random = np.random.default_rng([SEED, size])
    return [organisation(random, size) for _run in range(RUNS)]


def share(made: Sequence[Organisation], holds: Callable[[Organisation], bool]) -> float:
    return sum(holds(one) for one in made) / len(made)


def claims_something(made: Organisation) -> bool:
    return any(verdict for department in page(made) for verdict in department.values())


def test_the_people_are_as_they_should_be() -> None:
    scores = np.concatenate([25 * (one.sums.reshape(-1, 11) / ANSWERS - 1) for one in organisations(30)[:20]])
    assert scores.std(axis=0) == pytest.approx(18, abs=0.5)
    correlations = np.corrcoef(scores.T)[np.triu_indices(11, 1)]
    assert correlations == pytest.approx(0.6, abs=0.03)


def test_who_answers_lower_scores_so_much_lower() -> None:
    made = organisations(30)[0]
    before, after = (one.sums[0].mean(axis=0) * 25 / ANSWERS for one in (made, made.with_lower(20, "TL")))
    assert before[DIMENSIONS.index("TL")] - after[DIMENSIONS.index("TL")] == pytest.approx(20, abs=1)
    assert (before - after).sum() == pytest.approx(20, abs=1)


@pytest.mark.parametrize("size", SIZES)
def test_of_equal_departments_hardly_any_page_claims_a_difference(size: int) -> None:
    assert share(organisations(size), claims_something) <= 0.06


@pytest.mark.parametrize("size", SIZES)
def test_without_the_correction_nearly_every_page_would(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "benjamini_hochberg", lambda p: p)
    assert share(organisations(size)[:100], claims_something) > 0.9


@pytest.mark.parametrize(("points", "at_least"), [(20, 0.95), (15, 0.65)])
def test_a_department_of_30_that_is_lower_on_one_theme_is_found(points: int, at_least: float) -> None:
    made = [one.with_lower(points, "TL") for one in organisations(30)]
    assert share(made, lambda one: page(one)[0]["TL"] == "lower") >= at_least


def test_a_team_of_6_sees_which_of_its_own_themes_is_lower() -> None:
    """A discipline and an area: each is looked at beside the others of its kind only."""
    found = [own_themes(one.with_lower(20, "TL", "K")) for one in organisations(6)]
    for theme in ("TL", "K"):
        assert sum(verdicts[theme] == "lower" for verdicts in found) >= 0.80 * RUNS
