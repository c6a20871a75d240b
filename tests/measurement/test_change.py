"""Change between two rounds: the rule of measurement.md 6, by hand and at its edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.change import Changed, Followed, Part, RoundSpread, changes, pooled, together

counts = st.integers(5, 400)
points = st.integers(5, 95)
followed = st.builds(Followed, points, points, counts, counts, st.floats(5, 40))


def test_a_worked_example() -> None:
    """s = 18, n = 9 and 12: SE = 18 sqrt(1/9 + 1/12) = 7.937; t(.975; 60) = 2.0003, so the margin is 15.9.

    p of 20 points is .0144, of 16 points .0483 and of 4 points .616. Of three at once Benjamini-Hochberg makes of them
    .0433, .0725 and .616: only the first is more than chance.
    """
    three = [Followed(50, 70, 9, 12, 18), Followed(50, 66, 9, 12, 18), Followed(54, 50, 9, 12, 18)]
    assert changes(three, 60) == [Changed(20, 16, "higher"), Changed(16, 16, None), Changed(-4, 16, None)]
    assert changes(three[1:2], 60) == [Changed(16, 16, "higher")]


def test_with_an_assumed_spread_the_normal_distribution_is_used() -> None:
    """s = 20, n = 8 and 8: SE = 10, margin 19.6."""
    assert changes([Followed(40, 60, 8, 8, 20), Followed(60, 41, 8, 8, 20)], None) == [
        Changed(20, 20, None),
        Changed(-19, 20, None),
    ]
    assert changes([Followed(60, 40, 8, 8, 20)], None) == [Changed(-20, 20, "lower")]


def test_a_spread_is_pooled_by_freedom() -> None:
    earlier, later = RoundSpread(30, {"SV": 20.0}), RoundSpread(10, {"SV": 10.0})
    both = pooled(earlier, later, ["SV"])
    assert both.freedom == 40
    assert both.sds["SV"] == pytest.approx(325**0.5)


def test_an_assumed_spread_weighs_nothing_beside_one_that_was_estimated() -> None:
    assumed, estimated = RoundSpread(None, {"SV": 20.0}), RoundSpread(60, {"SV": 15.0})
    for pair in ((assumed, estimated), (estimated, assumed)):
        both = pooled(*pair, ["SV"])
        assert both.freedom == 60
        assert both.sds["SV"] == pytest.approx(15)
    assert pooled(assumed, assumed, ["SV"]) == RoundSpread(None, {"SV": 20.0})
    assert pooled(RoundSpread(None, {}), RoundSpread(None, {}), ["SV"]) == RoundSpread(None, {"SV": 20.0})


def test_nothing_followed_gives_nothing() -> None:
    assert changes([], 60) == []


@pytest.mark.parametrize(("n_before", "n_after"), [(0, 5), (5, 0)])
def test_a_group_of_nobody_is_refused(n_before: int, n_after: int) -> None:
    with pytest.raises(ValueError, match="Nobody"):
        changes([Followed(50, 50, n_before, n_after, 20)], 60)


def test_without_any_difference_nothing_is_claimed_however_many_people_there_are() -> None:
    assert changes([Followed(50, 50, 10**6, 10**6, 5)], 60) == [Changed(0, 0, None)]


@given(family=st.lists(followed, max_size=30), freedom=st.one_of(st.none(), st.integers(10, 500)))
def test_what_is_claimed_lies_outside_its_margin_and_says_which_way(
    family: list[Followed], freedom: int | None
) -> None:
    for one, found in zip(family, changes(family, freedom), strict=True):
        assert found.difference == one.after - one.before
        if found.verdict:
            assert abs(found.difference) >= found.margin
            assert found.verdict == ("higher" if found.difference > 0 else "lower")


@given(family=st.lists(followed, min_size=1, max_size=20))
def test_backwards_in_time_every_change_is_its_opposite(family: list[Followed]) -> None:
    back = [Followed(one.after, one.before, one.n_after, one.n_before, one.sd) for one in family]
    opposite = {"higher": "lower", "lower": "higher", None: None}
    assert [(-one.difference, one.margin, opposite[one.verdict]) for one in changes(family, 99)] == [
        (one.difference, one.margin, one.verdict) for one in changes(back, 99)
    ]


def test_units_put_together_weigh_as_many_people_as_their_figures_hold() -> None:
    """(10 x 60 + 20 x 45) / 30 = 50; margins 12 and 9: sqrt((10 x 12)^2 + (20 x 9)^2) / 30 = 7.2."""
    assert together([Part(60, 48, 72, 10), Part(45, 36, 54, 20)]) == (50, 43, 57)
    assert together([Part(50, 50, 50, 5), Part(51, 51, 51, 5)]) == (51, 51, 51)  # half up
    assert together([Part(94, 80, 100, 5), Part(94, 80, 100, 5)]) == (94, 84, 100)


def test_one_alone_stays_as_it_is_printed_and_none_is_refused() -> None:
    assert together([Part(94, 81, 100, 5)]) == (94, 81, 100)
    with pytest.raises(ValueError, match="mean"):
        together([])


def claimed(chance: np.random.Generator, departments: int, people: int, lower_by: int = 0) -> bool:
    """Whether a pair of rounds without any true change (but this one) leads to a claim; whole, printed figures."""
    spread = 18.0
    shared = chance.normal(size=(2, departments, people, 1)) * 0.6**0.5
    own = chance.normal(size=(2, departments, people, 11)) * 0.4**0.5
    scores = 60 + spread * (shared + own)
    scores = np.concatenate([scores, scores.mean(axis=3, keepdims=True)], axis=3)
    means = np.rint(scores.mean(axis=2)).astype(int)
    means[1, 0, 0] -= lower_by
    deviations = scores - scores.mean(axis=2, keepdims=True)
    freedom = 2 * departments * (people - 1)
    sds = np.sqrt((deviations**2).sum(axis=(0, 1, 2)) / freedom)
    family = [
        Followed(int(means[0, unit, code]), int(means[1, unit, code]), people, people, float(sds[code]))
        for unit in range(departments)
        for code in range(12)
    ]
    found = changes(family, freedom)
    return found[0].verdict == "lower" if lower_by else any(one.verdict for one in found)


def claims(runs: int) -> float:
    """In what part of pages of 20 departments of 30 something is claimed."""
    chance = np.random.default_rng(20261128)
    return sum(claimed(chance, 20, 30) for _ in range(runs)) / runs


def test_at_most_6_percent_of_pages_claim_a_change_where_there_is_none() -> None:
    assert claims(1000) <= 0.06


def test_without_the_correction_nearly_every_page_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("measurement.comparison.benjamini_hochberg", lambda p: p)
    assert claims(50) > 0.9


@pytest.mark.parametrize(("lower_by", "found_in"), [(25, 0.9), (20, 0.6)])
def test_a_department_of_30_that_lost_so_many_points_on_one_theme_is_found(lower_by: int, found_in: float) -> None:
    chance = np.random.default_rng(20261129)
    assert sum(claimed(chance, 20, 30, lower_by) for _ in range(100)) >= found_in * 100
