"""McDonald's omega (measurement.md 2): one factor by maximum likelihood, and its interval in portions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import optimize

from measurement.statistics.arrays import CONFIDENCE, ROUNDING, Floats, Interval, Numbers, complete, covariance, tail

DRAWS = 1_000
PERSONS_IN_A_DRAW = 2_000
"""The interval is that of so many persons, scaled: a larger draw costs time and adds nothing."""
MIN_SHARE_OF_DRAWS = 0.9
"""With more draws that have no omega there is no interval: those that have one would be the lucky ones."""

MOST_STEPS, STILL = 500, 1e-8
"""Of the EM algorithm: a draw is ready when its omega moves by less than this. Only where there is hardly a factor does
it go on for longer, and there the interval says little anyway."""

MIN_ITEMS = 3
"""Two items have one covariance, and two loadings would have to come from it."""
LOWEST_UNIQUENESS = 1e-5
"""As a share of an item's variance. Where the likelihood wants it below 0 (Heywood 1931), it stays here."""
SINGULAR = 1e-8
"""A smallest eigenvalue of the correlations under this: one item follows from the others."""


@dataclass(frozen=True)
class OneFactor:
    """Items = loadings * factor + what is their own: the model loadings loadings' + diag(uniquenesses)."""

    loadings: Floats
    uniquenesses: Floats

    @property
    def omega(self) -> float:
        """Omega total (McDonald 1999): (sum of loadings)^2 / ((sum of loadings)^2 + sum of uniquenesses)."""
        common = float(self.loadings.sum()) ** 2
        return common / (common + float(self.uniquenesses.sum()))


def mcdonald_omega(x: Numbers) -> float | None:
    """Omega total of persons x items, one factor, maximum likelihood (McDonald 1999); what lavaan says within 1e-4.

    Between 0 and 1. An item that the factor explains entirely, or more than that (a Heywood case), keeps a uniqueness
    of nearly 0, where lavaan would go below 0. Persons who miss an answer are left out, as in lavaan; an item without
    variance adds nothing. None when it is not defined: fewer than three items with variance, no more persons than
    items, or an item that follows from the others.
    """
    factor = _factor_of(complete(x))
    return None if factor is None else factor.omega


def covariances_of_draws(x: Numbers, seed: int, start: int, stop: int) -> Floats:
    """Of the draws start to stop (not included) of DRAWS from persons x items: draws x items x items.

    A draw is min(n, 2,000) persons with replacement (an m out of n bootstrap: Bickel, Götze & van Zwet 1997). It
    depends on the persons in their order, the seed and its own number only, so it does not matter in which portions a
    caller asks for them. Persons have no missing answers here, and there are at least two.
    """
    size = min(len(x), PERSONS_IN_A_DRAW)
    draws = (np.random.default_rng([seed, draw]).integers(len(x), size=size) for draw in range(start, stop))
    return np.array([covariance(x[draw]) for draw in draws]).reshape(-1, x.shape[1], x.shape[1])


def omega_draws(x: Numbers, seed: int, start: int, stop: int) -> list[float | None]:
    """Omega of the draws start to stop from persons x items, for the interval. None as for `omegas_of_draws`.

    Persons who miss an answer are left out.
    """
    x = complete(x)
    all_together = _factor_of(x)
    if all_together is None:
        return [None] * (stop - start)
    return omegas_of_draws(covariances_of_draws(x, seed, start, stop), all_together)


def omegas_of_draws(covariances: Floats, all_together: OneFactor) -> list[float | None]:
    """Omega from each of the covariances (draws x items x items), within 1e-4.

    All draws at once, by the EM algorithm (Rubin & Thayer 1982) from the factor of all persons together: near the
    answer already, so that a thousand draws take less than one search each. None for a draw whose omega is not defined.
    """
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    usual = (variances > ROUNDING * variances.max(axis=1, initial=0.0, keepdims=True)).all(axis=1)
    if (all_together.uniquenesses <= 0).any():
        usual[:] = False  # an item without variance: one by one
    omegas = np.full(len(covariances), np.nan)
    omegas[usual] = _together(covariances[usual], all_together)
    factors = {draw: one_factor(covariances[draw]) for draw in map(int, np.flatnonzero(~usual))}
    one_by_one = {draw: factor.omega for draw, factor in factors.items() if factor is not None}
    return [
        float(omega) if there else one_by_one.get(draw)
        for draw, (omega, there) in enumerate(zip(omegas, usual, strict=True))
    ]


def _together(s: Floats, all_together: OneFactor) -> Floats:
    """Each draw stops by itself, so that it does not matter which others are there."""
    loadings = np.tile(all_together.loadings, (len(s), 1))
    uniquenesses = np.tile(all_together.uniquenesses, (len(s), 1))
    omegas = np.zeros(len(s))
    busy = np.arange(len(s))
    for _step in range(MOST_STEPS):
        if not len(busy):
            break
        loadings[busy], uniquenesses[busy] = _step_nearer(s[busy], loadings[busy], uniquenesses[busy])
        common = loadings[busy].sum(axis=1) ** 2
        found = common / (common + uniquenesses[busy].sum(axis=1))
        moved = np.abs(found - omegas[busy]) >= STILL
        omegas[busy] = found
        busy = busy[moved]
    return omegas


def _step_nearer(s: Floats, loadings: Floats, uniquenesses: Floats) -> tuple[Floats, Floats]:
    """One step of the EM algorithm for each of the draws."""
    variances = np.diagonal(s, axis1=1, axis2=2)
    scaled = loadings / uniquenesses
    weights = scaled / (1 + (loadings * scaled).sum(axis=1, keepdims=True))
    shared = np.einsum("dij,dj->di", s, weights)
    factor = 1 - (weights * loadings).sum(axis=1) + (weights * shared).sum(axis=1)
    nearer = shared / factor[:, None]
    return nearer, np.maximum(variances - nearer * shared, LOWEST_UNIQUENESS * variances)


def omega_interval(omega: float, draws: Sequence[float | None], n: int, level: float = CONFIDENCE) -> Interval | None:
    """The interval of omega over n persons, from all draws: percentiles, drawn towards omega by sqrt(m / n).

    m = min(n, 2,000) is how many persons were in a draw; as an error shrinks with the root of persons, an interval of n
    is sqrt(m / n) times as wide. It lies between 0 and 1 and holds omega. None without draws, without persons, and when
    less than nine in ten of the draws have an omega.
    """
    defined = [draw for draw in draws if draw is not None]
    if n < 1 or not defined or len(defined) < MIN_SHARE_OF_DRAWS * len(draws):
        return None
    upper = tail(level)
    scale = sqrt(min(n, PERSONS_IN_A_DRAW) / n)
    low, high = omega + scale * (np.quantile(defined, [1 - upper, upper]) - omega)
    return max(0.0, min(omega, float(low))), min(1.0, max(omega, float(high)))


def one_factor(s: Floats) -> OneFactor | None:
    """One factor from the covariances s, items x items, by maximum likelihood (Jöreskog 1967).

    Fitted to the correlations, which gives the same factor in better numbers. An item without variance has loading and
    uniqueness 0. The sign is the one in which the loadings add up to more than 0. None as for `mcdonald_omega`.
    """
    variances = np.diag(s)
    varied = variances > ROUNDING * variances.max(initial=0.0)
    if varied.sum() < MIN_ITEMS:
        return None
    spreads = np.sqrt(variances[varied])
    correlations = s[np.ix_(varied, varied)] / np.outer(spreads, spreads)
    if np.linalg.eigvalsh(correlations)[0] < SINGULAR:
        return None
    unique = _uniquenesses(correlations)
    loadings, uniquenesses = np.zeros(len(s)), np.zeros(len(s))
    loadings[varied] = spreads * _loadings(correlations, unique)
    uniquenesses[varied] = spreads**2 * unique
    return OneFactor(loadings if loadings.sum() >= 0 else -loadings, uniquenesses)


def _factor_of(x: Numbers) -> OneFactor | None:
    persons, items = x.shape
    if persons <= items or items < MIN_ITEMS:
        return None
    return one_factor(covariance(x))


def _uniquenesses(correlations: Floats) -> Floats:
    """The uniquenesses with the largest likelihood, each a share of its item's variance."""
    # Half of what an item has that the others do not predict: where R's factanal begins.
    start = np.clip(0.5 / np.diag(np.linalg.inv(correlations)), LOWEST_UNIQUENESS, 1.0)
    found = optimize.minimize(
        _misfit,
        np.log(start),
        args=(correlations,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(np.log(LOWEST_UNIQUENESS), 0.0)] * len(start),
        options={"ftol": 1e-13, "gtol": 1e-8, "maxiter": 500},
    )
    return np.exp(np.asarray(found.x, dtype=np.float64))


def _misfit(logs: Floats, correlations: Floats) -> tuple[float, Floats]:
    """Minus the log likelihood of these logs of uniquenesses with the best loadings for them, and its slope.

    With theta and w the eigenvalues and vectors of the scaled correlations, all but the largest (Lawley & Maxwell
    1971): sum of theta - log theta - 1, and for uniqueness i: - sum over the j of w_ij^2 (theta_j - 1).
    """
    values, vectors = _scaled(correlations, np.exp(logs))
    rest, w = np.maximum(values[:-1], np.finfo(np.float64).tiny), vectors[:, :-1]
    return float((rest - np.log(rest) - 1).sum()), -(w**2 @ (rest - 1))


def _loadings(correlations: Floats, unique: Floats) -> Floats:
    values, vectors = _scaled(correlations, unique)
    return np.asarray(np.sqrt(unique) * vectors[:, -1] * sqrt(max(0.0, values[-1] - 1)), dtype=np.float64)


def _scaled(correlations: Floats, unique: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues, the largest last, and eigenvectors of unique^-1/2 correlations unique^-1/2."""
    roots = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlations / np.outer(roots, roots))
    return values, vectors
