"""A curve of ordered logits: proportional odds, every universe by maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from beholden.models.binary import BLOCK
from beholden.models.conditional import Conditional, conditional_logit
from beholden.models.fitting import curve_of
from beholden.models.likelihood import Derivatives
from beholden.models.samples import Method
from beholden.models.stage import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from beholden.models.curve import Curve
    from beholden.models.design import Design, Group, Specifications
    from beholden.models.likelihood import Fit
    from beholden.models.samples import Sample

__all__ = ["Ordered", "blown_up", "estimate_ordered", "proportional_odds"]

MOST = 20
"""Categories beyond which an outcome passes for continuous."""


@dataclass(frozen=True)
class _Cuts:
    """A block's chances: below the upper cut, below the lower, between, and their slopes."""

    upper: NDArray[np.float64]
    above: NDArray[np.float64]
    lower: NDArray[np.float64]
    chance: NDArray[np.float64]
    upper_density: NDArray[np.float64]
    lower_density: NDArray[np.float64]


def _logistic(z: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(over="ignore"):
        return np.asarray(1.0 / (1.0 + np.exp(-z)))


def _cuts(predictor: NDArray[np.float64], nuisance: NDArray[np.float64], category: int) -> _Cuts:
    ends = nuisance.shape[1]
    zero, one = np.zeros_like(predictor), np.ones_like(predictor)
    upper, above, lower, beyond = one, zero, zero, one
    if category < ends:
        z = nuisance[:, category : category + 1] - predictor
        upper, above = _logistic(z), _logistic(-z)
    if category > 0:
        z = nuisance[:, category - 1 : category] - predictor
        lower, beyond = _logistic(z), _logistic(-z)
    # Differences of the smaller tails keep their digits.
    chance = np.where(lower > 0.5, beyond - above, upper - lower)
    return _Cuts(upper, above, lower, np.maximum(chance, 1e-300), upper * above, lower * beyond)


@dataclass(frozen=True)
class Ordered:
    """The model of :func:`proportional_odds`; cuts are its nuisances.

    Attributes
    ----------
    table : ndarray, shape (n, p)
        Columns, rows sorted by category.
    weights : ndarray, shape (n,)
    order : ndarray of int, shape (n,)
        Rows of the sample.
    blocks : tuple of (int, int, int)
        First row, end and category of each block.
    start, fixed, noise
        As the protocol has them.
    """

    table: NDArray[np.float64]
    weights: NDArray[np.float64]
    order: NDArray[np.int64]
    blocks: tuple[tuple[int, int, int], ...]
    start: NDArray[np.float64]
    fixed: int
    noise: float = np.pi**2 / 3

    def derivatives(
        self, slopes: NDArray[np.float64], nuisance: NDArray[np.float64]
    ) -> Derivatives:
        """Gradient and information of all universes, block by block."""
        (u, p), ends = slopes.shape, nuisance.shape[1]
        gradient, level_gradient = np.zeros((u, p)), np.zeros((u, ends))
        cross, outer = np.zeros((u, ends, p)), np.zeros((u, ends, ends))
        packed, furthest = np.zeros((u, p * (p + 1) // 2)), np.zeros(u)
        upper = np.triu_indices(p)
        for first, end, k in self.blocks:
            table, weights = self.table[first:end], self.weights[first:end]
            predictor = slopes @ table.T
            furthest = np.maximum(furthest, np.abs(predictor).max(axis=1))
            cut = _cuts(predictor, nuisance, k)
            gradient += ((cut.lower - cut.above) * weights) @ table
            bend = (cut.upper_density + cut.lower_density) * weights
            packed += bend @ (table[:, upper[0]] * table[:, upper[1]])
            up, down = cut.upper_density / cut.chance, cut.lower_density / cut.chance
            if k < ends:
                level_gradient[:, k] += up @ weights
                cross[:, k] -= (cut.upper_density * weights) @ table
                outer[:, k, k] += (up * (up - (cut.above - cut.upper))) @ weights
            if k > 0:
                level_gradient[:, k - 1] -= down @ weights
                cross[:, k - 1] -= (cut.lower_density * weights) @ table
                outer[:, k - 1, k - 1] += (down * (down + 1 - 2 * cut.lower)) @ weights
            if 0 < k < ends:
                both = (up * down) @ weights
                outer[:, k, k - 1] -= both
                outer[:, k - 1, k] -= both
        inner = np.zeros((u, p, p))
        inner[:, upper[0], upper[1]] = packed
        inner[:, upper[1], upper[0]] = packed
        return Derivatives(gradient, level_gradient, inner, cross, outer, furthest)

    def feasible(self, nuisance: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Cuts must rise."""
        return np.asarray((np.diff(nuisance, axis=1) > 0).all(axis=1))

    def contributions(
        self, fit: Fit, slopes: NDArray[np.float64], nuisance: NDArray[np.float64]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """Each row's score along a direction."""
        ends = nuisance.shape[1]
        for first, end, k in self.blocks:
            table, weights = self.table[first:end], self.weights[first:end]
            cut = _cuts(fit.slopes @ table.T, fit.nuisance, k)
            score = (cut.lower - cut.above) * (slopes @ table.T)
            if k < ends:
                score += cut.upper_density / cut.chance * nuisance[:, k : k + 1]
            if k > 0:
                score -= cut.lower_density / cut.chance * nuisance[:, k - 1 : k]
            yield self.order[first:end], np.ascontiguousarray((score * weights).T)

    def spread(self, fit: Fit) -> NDArray[np.float64]:
        """Weighted variance of the linear predictors."""
        total = self.weights.sum()
        mean = (self.weights @ self.table) / total
        centred = self.table - mean
        moments = centred.T @ (centred * (self.weights / total)[:, None])
        result: NDArray[np.float64] = np.einsum("up,pq,uq->u", fit.slopes, moments, fit.slopes)
        return result

    def recession(self) -> sparse.csr_array:
        """Columns and cuts: below the upper cut of the row's category, above the lower."""
        ends, parts = len(self.start), []
        for first, end, k in self.blocks:
            table = sparse.csr_array(self.table[first:end])
            for cut, sign in ((k, 1.0), (k - 1, -1.0)):
                if 0 <= cut < ends:
                    level = np.zeros((end - first, ends))
                    level[:, cut] = sign
                    parts.append(sparse.hstack([-sign * table, sparse.csr_array(level)]))
        return sparse.csr_array(sparse.vstack(parts))


def proportional_odds(sample: Sample) -> Ordered:
    """The likelihood of an ordered outcome; all effects are among its columns.

    Parameters
    ----------
    sample : Sample
        Its outcomes' distinct values are the categories, in ascending order.

    Returns
    -------
    Ordered
    """
    category = np.unique(sample.outcome, return_inverse=True)[1]
    order = np.argsort(category, kind="stable")
    ends = np.cumsum(np.bincount(category))
    firsts = np.concatenate([[0], ends[:-1]])
    blocks = tuple(
        (at, min(at + BLOCK, int(end)), k)
        for k, (first, end) in enumerate(zip(firsts, ends, strict=True))
        for at in range(int(first), int(end), BLOCK)
    )
    share = np.cumsum(np.bincount(category, sample.weights))[:-1] / sample.weights.sum()
    start = np.log(share / (1 - share))
    return Ordered(sample.table[order], sample.weights[order], order, blocks, start, len(start))


def blown_up(sample: Sample) -> Conditional:
    """The conditional logits of an ordered outcome cut in two at each of its values.

    Parameters
    ----------
    sample : Sample
        With the effect that is conditioned on as its codes.

    Returns
    -------
    Conditional
        Each row as often as there are cuts at which its level varies.

    References
    ----------
    .. [1] Baetschmann, G., Staub, K. E., and Winkelmann, R. (2015). Consistent estimation of the
       fixed effects ordered logit model. Journal of the Royal Statistical Society A 178(3),
       685-703. https://doi.org/10.1111/rssa.12090
    """
    values = np.unique(sample.outcome)
    levels = int(sample.codes.max()) + 1
    places, outcomes, codes = [], [], []
    for k, cut in enumerate(values[1:]):
        high = (sample.outcome >= cut).astype(float)
        share = np.bincount(sample.codes, high, levels) / np.bincount(sample.codes)
        some = np.flatnonzero((share > 0)[sample.codes] & (share < 1)[sample.codes])
        places.append(some)
        outcomes.append(high[some])
        codes.append(sample.codes[some] + k * levels)
    at = np.concatenate(places)
    stacked = replace(
        sample,
        outcome=np.concatenate(outcomes),
        table=sample.table[at],
        weights=sample.weights[at],
        codes=np.unique(np.concatenate(codes), return_inverse=True)[1].astype(np.int64),
        rows=sample.rows[at],
    )
    model = conditional_logit(stacked)
    return replace(model, order=at[model.order])


def estimate_ordered(
    design: Design,
    specs: Specifications,
    *,
    errors: str = "CR1",
    conditional: tuple[str, ...] = ("unit", "dyad"),
    level: float = 0.95,
    tolerance: float = TOLERANCE,
    groups: Iterable[Group] | None = None,
) -> Curve:
    """Estimate every universe by ordered logit with cluster-robust errors.

    Parameters
    ----------
    design : Design
        Its outcomes have at most 20 distinct values, in order of size.
    specs : Specifications
        u universes.
    errors : str
        ``"CR1"`` one way, ``"two-way"`` or ``"dyadic"``.
    conditional : tuple of str
        Effects that are conditioned on, by conditional logits of the outcome cut at each of its
        values ("blow up and cluster"); clusters must not divide their levels. All others enter as
        indicators.
    level, tolerance, groups
        As in :func:`~beholden.models.curve.estimate`.

    Returns
    -------
    Curve
        Coefficients in log odds of a higher category, the same at every cut; statuses and
        `outcome_sd` as in :func:`~beholden.models.logit.estimate_logit`. K counts the cuts.

    Raises
    ------
    ValueError
        When an outcome has more values.

    References
    ----------
    .. [1] McCullagh, P. (1980). Regression models for ordinal data. Journal of the Royal
       Statistical Society B 42(2), 109-142. https://doi.org/10.1111/j.2517-6161.1980.tb01109.x

    Examples
    --------
    >>> from beholden.models.design import Design, every_subset
    >>> random = np.random.default_rng(2)
    >>> x = random.normal(size=(900, 1))
    >>> y = np.digitize(x + random.logistic(size=(900, 1)), [-1.0, 1.0]).astype(float)
    >>> design = Design(y, x, np.empty((900, 0)), {}, np.arange(900))
    >>> curve = estimate_ordered(design, every_subset(design))
    >>> bool(curve.low[0] < 1 < curve.high[0])
    True
    """
    for column in np.unique(specs.outcome):
        known = design.outcomes[:, column]
        count = len(np.unique(known[np.isfinite(known)]))
        if count > MOST:
            raise ValueError(
                f"expected an outcome of at most {MOST} ordered values, found {count}; "
                "use least squares, or cut it into categories first"
            )
    method = Method(proportional_odds, False, conditional, blown_up)
    return curve_of(
        design, specs, method, errors=errors, level=level, tolerance=tolerance, groups=groups
    )
