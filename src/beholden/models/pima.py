"""Which single universes may be called: family-wise control by sign flips of clusters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import linalg

from beholden.models.design import plan
from beholden.models.stage import TOLERANCE, scores, solved, staged
from beholden.models.wild import Crossed, draw_weights, enough, without_exposure
from beholden.models.within import compact

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.models.design import Design, Specifications
    from beholden.models.stage import Solved, Stage

__all__ = ["FamilyWise", "family_wise", "step_down"]

ALTERNATIVES = (-1, 0, 1)


@dataclass(frozen=True)
class FamilyWise:
    """What may be said of each universe and of all together.

    Attributes
    ----------
    statistic : ndarray, shape (u,)
        Of each universe; NaN where it has no estimate.
    p : ndarray, shape (u,)
        Of each universe alone.
    adjusted_p : ndarray, shape (u,)
        Under this, all universes at most the level may be called together: the chance that any of
        them is called wrongly is no larger.
    global_p : float
        That no universe has an effect: the least adjusted one.
    alternative : int
        0 two-sided, 1 or -1 in that sign alone.
    draws : int
    seed : int
    """

    statistic: NDArray[np.float64]
    p: NDArray[np.float64]
    adjusted_p: NDArray[np.float64]
    global_p: float
    alternative: int
    draws: int
    seed: int


def step_down(
    statistic: NDArray[np.float64],
    drawn: NDArray[np.float64],
    *,
    alternative: int = 0,
    seed: int = 0,
) -> FamilyWise:
    """Adjust for all universes by the largest statistic of each draw, step by step.

    Parameters
    ----------
    statistic : ndarray, shape (u,)
        Such as t ratios; NaN where a universe has none.
    drawn : ndarray, shape (u, draws)
        The same under the null hypothesis, each draw of all universes together, such as the
        `ratios` of :func:`~beholden.models.wild.wild_bootstrap`. NaN speaks for no effect.
    alternative : int
        0 two-sided, 1 or -1 in that sign alone.
    seed : int
        Of the draws, kept in the result.

    Returns
    -------
    FamilyWise

    Raises
    ------
    ValueError
        When shapes differ, the alternative is another, or no universe has a statistic.

    References
    ----------
    .. [1] Westfall, P. H., and Young, S. S. (1993). Resampling-Based Multiple Testing. Wiley.

    Examples
    --------
    >>> found = step_down(np.array([3.0, 0.5]), np.array([[1.0, -2, 0, 1], [0, 1, -1, 2]]))
    >>> found.p.tolist(), found.adjusted_p.tolist(), found.global_p
    ([0.2, 0.8], [0.2, 0.8], 0.2)
    """
    if drawn.ndim != 2 or len(drawn) != len(statistic):
        raise ValueError(f"expected draws of {len(statistic)} universes, found {drawn.shape}")
    if alternative not in ALTERNATIVES:
        raise ValueError(f"expected alternative 0, 1 or -1, found {alternative}")
    own = _directed(statistic, alternative)
    order = np.argsort(-np.where(np.isnan(own), -np.inf, own), kind="stable")
    order = order[np.isfinite(own[order])]
    if not len(order):
        raise ValueError("expected at least one universe with a statistic, found none")
    # Sums of the same figures in another order may differ in the last digits.
    least = own[order] - 1e-10 * np.maximum(np.abs(own[order]), 1e-10)
    draws = drawn.shape[1]
    single, largest = np.zeros(len(order)), np.zeros(len(order))
    for at in range(0, draws, 64):
        some = _directed(drawn[order, at : at + 64], alternative)
        some = np.where(np.isnan(some), -np.inf, some)
        single += (some >= least[:, None]).sum(axis=1)
        running = np.maximum.accumulate(some[::-1], axis=0)[::-1]
        largest += (running >= least[:, None]).sum(axis=1)
    p, adjusted = np.full(len(own), np.nan), np.full(len(own), np.nan)
    p[order] = (1 + single) / (1 + draws)
    adjusted[order] = np.maximum.accumulate((1 + largest) / (1 + draws))
    return FamilyWise(statistic, p, adjusted, float(adjusted[order[0]]), alternative, draws, seed)


def _directed(statistic: NDArray[np.float64], alternative: int) -> NDArray[np.float64]:
    return np.abs(statistic) if alternative == 0 else alternative * statistic


def family_wise(
    design: Design,
    specs: Specifications,
    *,
    flips: int = 999,
    seed: int = 0,
    alternative: int = 0,
    singletons: str = "keep",
    tolerance: float = TOLERANCE,
) -> FamilyWise:
    """Test every universe of least squares, and all of them together, by flipped scores.

    Parameters
    ----------
    design : Design
        As :func:`~beholden.models.wild.wild_bootstrap` wants it.
    specs : Specifications
        u universes.
    flips : int
        Draws; each flips the signs of the same clusters in all universes.
    seed : int
        The same seed gives the same flips.
    alternative : int
        0 two-sided, 1 or -1 in that sign alone.
    singletons, tolerance
        As in :func:`~beholden.models.curve.estimate`.

    Returns
    -------
    FamilyWise
        Statistics are effective scores over the root of their clusters' squares.

    Raises
    ------
    ValueError
        As `wild_bootstrap` and `step_down` do.

    Notes
    -----
    The effective score of an exposure is its product with the residuals of the regression without
    it, once controls and effects are taken out of both; its parts are summed by cluster, and flips
    multiply each cluster's sum by -1 or 1. Estimating controls and effects makes the variance of a
    flipped score less than that of the score itself; each is divided by its own (standardised
    scores). A factor of the universe that no flip changes then makes universes alike in scale.

    References
    ----------
    .. [1] Girardi, P., Vesely, A., Lakens, D., Altoè, G., Pastore, M., Calcagnì, A., and Finos, L.
       (2024). Post-selection inference in multiverse analysis (PIMA). Psychometrika 89(2),
       542-568. https://doi.org/10.1007/s11336-024-09973-6
    .. [2] Hemerik, J., Goeman, J. J., and Finos, L. (2020). Robust testing in generalized linear
       models by sign flipping score contributions. Journal of the Royal Statistical Society B
       82(3), 841-864. https://doi.org/10.1111/rssb.12369

    Examples
    --------
    >>> from beholden.models.design import Design, every_subset
    >>> random = np.random.default_rng(1)
    >>> x = random.normal(size=(200, 1))
    >>> design = Design(x + random.normal(size=(200, 1)), x, x**2, {}, np.arange(200) // 10)
    >>> family_wise(design, every_subset(design)).adjusted_p.tolist()
    [0.001, 0.001]
    """
    clusters = int(design.cluster_codes.max()) + 1
    signs = draw_weights("rademacher", clusters, flips, seed)
    found = np.full(len(specs), np.nan)
    drawn = np.full((len(specs), flips), np.nan)
    cells = None
    for group in plan(design, specs, singletons=singletons):
        if not len(group.rows):
            continue
        mine = specs.take(group.universes)
        stage = staged(design, mine, group, "CR1", cells)
        cells = stage.cells
        here = signs[compact(design.cluster_codes[group.rows])[1]]
        null = without_exposure(solved(design, mine, stage, tolerance))
        own = scores(null, stage.packed[0])
        size = np.sqrt((own**2).sum(axis=1))
        usable = (null.pivots > tolerance) & enough(stage, null) & (size > 0)
        at = np.flatnonzero(usable)
        found[group.universes[at]] = own[at].sum(axis=1) / size[at]
        cross = Crossed.of(stage)
        for some in np.array_split(at, len(at) // 32 + 1):
            if len(some):
                shares = _shares(cross, stage, null, some, here)
                flipped = (own[some] / size[some, None]) @ here
                drawn[group.universes[some]] = flipped / np.sqrt(shares)
    return step_down(found, drawn, alternative=alternative, seed=seed)


def _shares(
    cross: Crossed,
    stage: Stage,
    null: Solved,
    some: NDArray[np.int64],
    signs: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Variance of each flipped score over that of the score itself, shape (some, flips)."""
    loads = [_loads(cross, stage, null, int(u)) for u in some]
    counts = np.array([len(load) for load in loads])
    lost = np.zeros((len(some), signs.shape[1]))
    if counts.sum():
        squares = (np.vstack(loads) @ signs) ** 2
        starts = np.cumsum(counts) - counts
        there = counts > 0
        lost[there] = np.add.reduceat(squares, starts[there], axis=0)
    # Rounding can leave less than nothing of a score that controls and effects explain.
    return np.maximum(1.0 - lost / null.effects[some, :1], 1e-12)


def _loads(cross: Crossed, stage: Stage, null: Solved, u: int) -> NDArray[np.float64]:
    """What controls and effects take of each cluster's exposure, as orthogonal parts.

    Shape (parts, clusters): the squares of its product with the flips add up to the variance that
    estimating controls and effects takes from the flipped score.
    """
    taken = null.members[u] >= 0
    members = null.members[u][taken]
    mix = np.zeros(stage.table.shape[1])
    mix[members] = null.effects[u][taken]
    parts = []
    controls = members[1:]
    if len(controls):
        root = linalg.cholesky(stage.gram[np.ix_(controls, controls)], lower=True)
        across = (cross.blocks[:, controls] @ mix).T
        parts.append(linalg.solve_triangular(root, across, lower=True))
    if cross.factor is not None:
        sums = cross.sums_of(stage, mix).T
        parts.append(linalg.solve_triangular(np.tril(cross.factor[0]), sums, lower=True))
    return np.vstack(parts) if parts else np.zeros((0, stage.grouping.clusters))
