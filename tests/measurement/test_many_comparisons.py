"""What is left of p values when many are looked at: Bonferroni, Holm, Benjamini-Hochberg."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.statistics import Floats, benjamini_hochberg, bonferroni, holm

NAN = float("nan")
ALL = [bonferroni, holm, benjamini_hochberg]
Rule = Callable[[list[float]], Floats]
Family = st.lists(st.floats(0, 1), max_size=20)


def test_the_worked_example() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx(np.array([0.03, 0.06, 0.06]))
    assert benjamini_hochberg([0.01, 0.04, 0.03]) == pytest.approx(np.array([0.03, 0.04, 0.04]))
    assert bonferroni([0.01, 0.04, 0.03]) == pytest.approx(np.array([0.03, 0.12, 0.09]))


@pytest.mark.parametrize("rule", ALL)
def test_one_alone_stays_and_of_none_nothing_is_left(rule: Rule) -> None:
    assert rule([0.2]).tolist() == [0.2]
    assert rule([]).tolist() == []


@pytest.mark.parametrize("rule", ALL)
def test_a_test_that_could_not_be_made_is_never_claimed_and_costs_the_others_nothing(rule: Rule) -> None:
    assert rule([0.01, NAN, 0.03]).tolist() == [rule([0.01, 0.03])[0], 1.0, rule([0.01, 0.03])[1]]
    assert rule([NAN, NAN]).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("rule", ALL)
@pytest.mark.parametrize("p", [-0.1, 1.1, float("inf")])
def test_what_is_no_p_value_is_refused(rule: Rule, p: float) -> None:
    with pytest.raises(ValueError, match="p value"):
        rule([0.5, p])


@given(family=Family)
def test_each_rule_is_at_least_as_strict_as_the_next_and_none_as_lax_as_the_raw_p(family: list[float]) -> None:
    raw = np.array(family)
    strictest, strict, lax = bonferroni(family), holm(family), benjamini_hochberg(family)
    assert (strictest <= 1).all()
    assert (strict <= strictest + 1e-12).all()
    assert (lax <= strict + 1e-12).all()
    assert (raw <= lax).all()


@pytest.mark.parametrize("rule", ALL)
@given(family=Family)
def test_a_smaller_p_never_ends_above_a_larger_one(rule: Rule, family: list[float]) -> None:
    assert (np.diff(rule(sorted(family))) >= 0).all()


@pytest.mark.parametrize("rule", ALL)
@given(family=Family, data=st.data())
def test_the_order_in_which_they_come_does_not_matter(rule: Rule, family: list[float], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(family))))
    assert rule([family[index] for index in order]).tolist() == rule(family)[order].tolist()
