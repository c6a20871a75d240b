"""Every figure of the reference, computed with R, is either given again by our functions or left out for a reason."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from math import isclose, sqrt
from typing import Any

import numpy as np
import pytest

from measurement.statistics import (
    NULL_SLIGHT_SKEW,
    NULL_UNIFORM,
    Floats,
    average_deviation,
    benjamini_hochberg,
    corrected_item_total,
    cronbach_alpha,
    feldt_interval,
    hedges_g,
    holm,
    icc,
    one_factor,
    rwg_j,
    shrunken,
    standard_error_now,
    welch,
)
from measurement.statistics.arrays import covariance
from tests.measurement.reference import Row, answers_of, expected, needs_reference, rows_of

pytestmark = needs_reference

WITHIN = 1e-6
WITHIN_FOR_OMEGA = 1e-4

LEFT_OUT = {
    "meta.*": "which versions of R computed it",
    "*.note": "a sentence",
    "*.guttman_lambda6": "no function: measurement.md asks for alpha and omega",
    "*.mean_inter_item_r": "no function: it is alpha of standardised items, written differently",
    "*.omega_ml.chisq": "how well the model fits: measurement.md does not ask for it",
    "*.omega_ml.df": "the same",
    "*.omega_ml.cfi": "the same",
    "*.omega_ml.rmsea": "the same",
    "*.omega_ml.srmr": "the same",
    "*.icc.reml.tau2": "no function for restricted maximum likelihood; what follows from it is compared",
    "*.icc.reml.sigma2": "the same",
    "*.rwg.mean_lindell": "no function: measurement.md has James, Demaree & Wolf only",
    "*.rwgj_lindell": "the same",
    "cohesion.lindell.*": "the same",
    "lq2002.LEAD_compare.*.J_approx": "we use the exact correction, which is compared",
    "lq2002.LEAD_compare.*.g_ci_normal.*": "we use the noncentral interval, which is compared",
    "lq2002.LEAD_compare.*.g_var_normal": "the same",
}
"""Patterns of keys, each with its reason."""

Answers = dict[str, Any]


def leaves(content: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its path, such as lq2002.LEAD_groups.0.mean."""
    if isinstance(content, Mapping):
        children: Any = content.items()
    elif isinstance(content, list):
        children = enumerate(content)
    else:
        yield path, content
        return
    for key, child in children:
        yield from leaves(child, f"{path}.{key}" if path else str(key))


@cache
def theirs() -> Answers:
    return dict(leaves(expected()))


@cache
def ours() -> Answers:
    """By the same paths: what our functions make of the same data."""
    return dict(leaves({"lq2002": _lq2002(rows_of("lq2002.csv")), "cohesion": _cohesion(rows_of("cohesion.csv"))}))


def _lq2002(rows: list[Row]) -> Answers:
    small = [row for group in _group_names(rows) for row in [row for row in rows if row["COMPID"] == group][:8]]
    return {
        **{scale: _of_scale(rows, scale, scale) for scale in ("LEAD", "TSIG", "HOSTIL")},
        "SMALL8_LEAD": _of_scale(small, "LEAD", "SMALL8_LEAD"),
        "LEAD_groups": _groups(rows),
        "LEAD_compare": {f"group_{a}_vs_{b}": _compared(rows, a, b) for a, b in (("2", "3"), ("38", "16"))},
    }


def _of_scale(rows: list[Row], prefix: str, name: str) -> Answers:
    """Everything about one scale; `name` is where R put it."""
    x = answers_of(rows, prefix)
    items = [item for item in rows[0] if item.startswith(prefix)]
    return {"scale": _scale(x, items), "icc": _icc(rows, x, name), "rwg": _agreement(rows, x)}


def _scale(x: Floats, items: list[str]) -> Answers:
    alpha = cronbach_alpha(x)
    standardised = x / x.std(axis=0, ddof=1)
    sd = x.mean(axis=1).std(ddof=1)
    feldt = feldt_interval(alpha, *x.shape)
    assert feldt is not None
    return {
        "n": len(x),
        "k": len(items),
        "alpha": alpha,
        "alpha_multilevel": alpha,
        "alpha_standardised": cronbach_alpha(standardised),
        "feldt_ci": {"lower": feldt[0], "upper": feldt[1]},
        # Not ours but numpy's: they show that the file is read as R read it.
        "item_mean": dict(zip(items, x.mean(axis=0), strict=True)),
        "item_sd": dict(zip(items, x.std(axis=0, ddof=1), strict=True)),
        "sd_scale_mean": sd,
        "corrected_item_total": dict(zip(items, corrected_item_total(x), strict=True)),
        "alpha_if_deleted": {
            item: cronbach_alpha(np.delete(x, position, axis=1)) for position, item in enumerate(items)
        },
        "sem_scale_mean": sd * sqrt(1 - alpha),
        "omega_ml": _omega(x, standardised),
    }


def _omega(x: Floats, standardised: Floats) -> Answers:
    factor, standard = one_factor(covariance(x)), one_factor(covariance(standardised))
    assert factor is not None
    assert standard is not None
    return {
        "omega": factor.omega,
        "loadings": factor.loadings.tolist(),
        "residual_variances": factor.uniquenesses.tolist(),
        "std_loadings": standard.loadings.tolist(),
        "omega_standardised": standard.omega,
    }


def _icc(rows: list[Row], x: Floats, name: str) -> Answers:
    scores, groups = x.mean(axis=1), np.array([row["COMPID"] for row in rows])
    found = icc(scores, groups)
    assert found is not None
    squares_between = found.msb * found.df_between
    reml = expected()["lq2002"][name]["icc"]["reml"]
    means, sizes = _means_and_sizes(rows, scores)
    return {
        "N": found.persons,
        "J": found.groups,
        "mean_group_size": found.mean_size,
        "n0_searle": found.n0,
        "MSB": found.msb,
        "MSW": found.msw,
        "F": found.f,
        "p": found.p,
        "icc1": found.icc1_mean_size,
        "icc2": found.icc2,
        "icc1_with_n0": found.icc1,
        "icc1_ci_kbar": list(found.icc1_mean_size_interval),
        "icc1_ci_n0": list(found.icc1_interval),
        "eta_squared": squares_between / (squares_between + found.msw * found.df_within),
        "reml": {
            "icc1": reml["tau2"] / (reml["tau2"] + reml["sigma2"]),
            "grand_mean": shrunken(means, sizes, reml["sigma2"], reml["tau2"]).mu,
        },
    }


def _agreement(rows: list[Row], x: Floats) -> Answers:
    groups = []
    for name in _group_names(rows):
        here = _of_group(rows, x, name)
        groups.append(
            {
                "group": name,
                "n": len(here),
                "rwgj_uniform": rwg_j(here, NULL_UNIFORM),
                "rwgj_slight_skew": rwg_j(here, NULL_SLIGHT_SKEW),
                "adm": average_deviation(here),
            }
        )
    columns = {key: np.array([group[key] for group in groups]) for key in groups[0]}
    uniform, skewed = columns["rwgj_uniform"], columns["rwgj_slight_skew"]
    return {
        "null_uniform_var": NULL_UNIFORM,
        "null_slight_skew_var": NULL_SLIGHT_SKEW,
        "mean_uniform": uniform.mean(),
        "median_uniform": np.median(uniform),
        "share_ge_70_uniform": (uniform >= 0.7).mean(),
        "mean_slight_skew": skewed.mean(),
        "median_slight_skew": np.median(skewed),
        "share_ge_70_skew": (skewed >= 0.7).mean(),
        "mean_adm": columns["adm"].mean(),
        "groups": groups,
    }


def _groups(rows: list[Row]) -> list[Answers]:
    """Each group by itself, against the rest, and drawn towards the mean of all with R's variances."""
    scores = answers_of(rows, "LEAD").mean(axis=1)
    means, sizes = _means_and_sizes(rows, scores)
    reml = expected()["lq2002"]["LEAD"]["icc"]["reml"]
    drawn = shrunken(means, sizes, reml["sigma2"], reml["tau2"])
    names = _group_names(rows)
    raw = np.array([_against_the_rest(rows, scores, name) for name in names])
    by_holm, by_bh = holm(raw), benjamini_hochberg(raw)
    return [
        {
            "group": int(name),
            **_alone(_of_group(rows, scores, name)),
            "reliability_lambda": drawn.weights[index],
            "eb_mean": drawn.means[index],
            "p_welch_vs_rest": raw[index],
            "p_holm": by_holm[index],
            "p_bh": by_bh[index],
        }
        for index, name in enumerate(names)
    ]


def _alone(scores: Floats) -> Answers:
    mean, sd, n = scores.mean(), scores.std(ddof=1), len(scores)
    # Against people who all say 0, Welch's interval is that of one mean.
    alone = welch(scores, np.zeros(2))
    assert alone is not None
    return {
        "n": n,
        "mean": mean,
        "sd": sd,
        "score100": (mean - 1) * 25,
        "se": standard_error_now(sd, n, 0.0, 1.0),
        "ci_low": alone.interval[0],
        "ci_high": alone.interval[1],
        "se_fpc_80pct": standard_error_now(sd, n, 0.8, 1.0),
    }


def _against_the_rest(rows: list[Row], scores: Floats, name: str) -> float:
    here = np.array([row["COMPID"] == name for row in rows])
    test = welch(scores[here], scores[~here])
    assert test is not None
    return test.p


def _compared(rows: list[Row], one: str, other: str) -> Answers:
    scores = answers_of(rows, "LEAD").mean(axis=1)
    a, b = _of_group(rows, scores, one), _of_group(rows, scores, other)
    effect, test = hedges_g(a, b), welch(a, b)
    # Of two groups F is the square of Student's t.
    student = icc(np.concatenate([a, b]), np.repeat([0, 1], [len(a), len(b)]))
    assert effect is not None
    assert test is not None
    assert student is not None
    assert student.f is not None
    return {
        "n1": len(a),
        "n2": len(b),
        "mean1": a.mean(),
        "mean2": b.mean(),
        "sd1": a.std(ddof=1),
        "sd2": b.std(ddof=1),
        "diff": test.difference,
        "cohen_d": effect.d,
        "J_exact": effect.correction,
        "hedges_g": effect.g,
        "g_ci_noncentral": list(effect.interval),
        "welch": {"t": test.t, "df": test.df, "p": test.p, "ci": list(test.interval)},
        "student": {"t": np.sign(effect.d) * sqrt(student.f), "df": student.df_within, "p": student.p},
    }


def _cohesion(rows: list[Row]) -> Answers:
    platoons: dict[str, list[Row]] = {f"{row['UNIT']} {row['PLATOON']}": [] for row in rows}
    for row in rows:
        platoons[f"{row['UNIT']} {row['PLATOON']}"].append(row)
    of_all = {name: answers_of(members, "COH") for name, members in platoons.items()}
    of_complete = {name: x[~np.isnan(x).any(axis=1)] for name, x in of_all.items()}
    return {key: _of_platoons(x) for key, x in (("rwgj", of_all), ("rwgj_listwise", of_complete))}


def _of_platoons(platoons: Mapping[str, Floats]) -> list[Answers]:
    return [
        {"grpid": name, "_row": name, "gsize": len(x), "rwg.j": rwg_j(x, NULL_UNIFORM)} for name, x in platoons.items()
    ]


def _group_names(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(row["COMPID"] for row in rows))


def _of_group(rows: list[Row], x: Floats, name: str) -> Floats:
    here: Floats = x[np.array([row["COMPID"] == name for row in rows])]
    return here


def _means_and_sizes(rows: list[Row], scores: Floats) -> tuple[Floats, Floats]:
    groups = [_of_group(rows, scores, name) for name in _group_names(rows)]
    return np.array([group.mean() for group in groups]), np.array([float(len(group)) for group in groups])


def is_left_out(path: str) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in LEFT_OUT)


def agrees(path: str, mine: Any, other: Any) -> bool:
    if isinstance(other, str):
        return bool(mine == other)
    if ".omega_ml." in path:
        return isclose(mine, other, rel_tol=0, abs_tol=WITHIN_FOR_OMEGA)
    # Of figures under 1 a share, or a p value of 1e-25 might as well be 0.
    return isclose(mine, other, rel_tol=0, abs_tol=WITHIN * min(1.0, abs(other)))


def test_every_figure_is_given_again() -> None:
    wrong = {
        path: (mine, theirs()[path])
        for path, mine in ours().items()
        if path in theirs() and not agrees(path, mine, theirs()[path])
    }
    assert wrong == {}


def test_every_key_is_compared_or_left_out_for_a_reason() -> None:
    assert [path for path in theirs() if path not in ours() and not is_left_out(path)] == []


def test_no_key_is_both_compared_and_left_out() -> None:
    assert [path for path in ours() if is_left_out(path)] == []


def test_everything_that_is_compared_is_in_the_reference() -> None:
    assert [path for path in ours() if path not in theirs()] == []


@pytest.mark.parametrize("pattern", LEFT_OUT)
def test_what_is_left_out_is_there(pattern: str) -> None:
    assert any(fnmatchcase(path, pattern) for path in theirs())


def test_the_worked_example_of_lead() -> None:
    """As measurement.md 10 writes it."""
    written = {
        "scale.alpha": 0.902237,
        "scale.feldt_ci.lower": 0.8958,
        "scale.feldt_ci.upper": 0.9084,
        "scale.omega_ml.omega": 0.903634,
        "icc.icc1_with_n0": 0.088678,
        "icc.icc2": 0.800754,
        "rwg.mean_uniform": 0.8678,
        "rwg.mean_slight_skew": 0.4103,
    }
    for path, figure in written.items():
        decimals = len(str(figure)) - 2
        assert round(float(ours()[f"lq2002.LEAD.{path}"]), decimals) == figure, path
