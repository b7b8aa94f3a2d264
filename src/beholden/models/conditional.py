"""The conditional logit: which rows of a level have the ones, given how many do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from beholden.models.kernels import compiled
from beholden.models.likelihood import Derivatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from beholden.models.likelihood import Fit
    from beholden.models.samples import Sample

__all__ = ["Conditional", "chances", "conditional_logit", "inclusions"]


def chances(predictor: NDArray[np.float64], ones: int, out: NDArray[np.float64]) -> None:
    """Independent chances, proportional in odds to exp(predictor), that add up to `ones`.

    Shifting all predictors changes no conditional probability; with this shift the given number of
    ones is near the most likely one, so that nothing underflows.
    """
    shift = -predictor.mean() + np.log(ones / (len(predictor) - ones))
    for _ in range(60):
        total, slope = 0.0, 0.0
        for t in range(len(predictor)):
            z = min(max(predictor[t] + shift, -500.0), 500.0)
            chance = 1.0 / (1.0 + np.exp(-z))
            out[t] = chance
            total += chance
            slope += chance * (1.0 - chance)
        step = (ones - total) / max(slope, 1e-12)
        if abs(step) < 1e-3:
            break
        shift += min(max(step, -2.0), 2.0)


def inclusions(
    p: NDArray[np.float64], k: int, first: NDArray[np.float64], second: NDArray[np.float64]
) -> None:
    """Chances of each row, and covariances of each pair, of having one of k ones.

    `p` are the rows' independent chances, `first` has shape (t,), `second` (t, t). Sums run
    forwards from each row and backwards from the end, as probabilities, so no digits are lost.
    """
    t = len(p)
    # after[i, s]: chance of s ones among rows i, i + 1, ...
    after = np.zeros((t + 1, k + 1))
    after[t, 0] = 1.0
    for i in range(t - 1, -1, -1):
        after[i, 0] = after[i + 1, 0] * (1.0 - p[i])
        for s in range(1, k + 1):
            after[i, s] = after[i + 1, s] * (1.0 - p[i]) + after[i + 1, s - 1] * p[i]
    total = after[0, k]
    before, along = np.zeros(k + 1), np.zeros(k + 1)
    before[0] = 1.0
    for i in range(t):
        both = 0.0
        # Ones before row j when row i has one.
        along[0] = 0.0
        for s in range(k):
            both += before[s] * after[i + 1, k - 1 - s]
            along[s + 1] = before[s] * p[i]
        first[i] = both * p[i] / total
        for j in range(i + 1, t):
            both = 0.0
            for s in range(1, k):
                both += along[s] * after[j + 1, k - 1 - s]
            second[i, j] = both * p[j] / total
            for s in range(k, 0, -1):
                along[s] = along[s] * (1.0 - p[j]) + along[s - 1] * p[j]
        for s in range(k, 0, -1):
            before[s] = before[s] * (1.0 - p[i]) + before[s - 1] * p[i]
        before[0] *= 1.0 - p[i]
    for i in range(t):
        second[i, i] = first[i] * (1.0 - first[i])
        for j in range(i + 1, t):
            second[i, j] -= first[i] * first[j]
            second[j, i] = second[i, j]


@dataclass(frozen=True)
class Conditional:
    """The model of :func:`conditional_logit`; it has no nuisances.

    Attributes
    ----------
    table : ndarray, shape (n, p)
        Columns, rows sorted by level.
    outcome : ndarray, shape (n,)
    order : ndarray of int, shape (n,)
        Rows of the sample.
    ends : ndarray of int, shape (levels + 1,)
        Where levels begin and end.
    """

    table: NDArray[np.float64]
    outcome: NDArray[np.float64]
    order: NDArray[np.int64]
    ends: NDArray[np.int64]
    start: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    fixed: int = 0
    noise: float = np.pi**2 / 3

    def _moments(
        self, predictor: NDArray[np.float64]
    ) -> Iterator[tuple[slice, NDArray[np.float64], NDArray[np.float64]]]:
        """Conditional chances and covariances of one universe, level by level."""
        for start, end in zip(self.ends[:-1], self.ends[1:], strict=True):
            rows, t = slice(int(start), int(end)), int(end - start)
            ones = int(self.outcome[rows].sum())
            # The fewer of ones and zeros is the shorter sum.
            sign = 1.0 if 2 * ones <= t else -1.0
            fewer = min(ones, t - ones)
            chance, first, second = np.empty(t), np.empty(t), np.empty((t, t))
            compiled(chances)(sign * predictor[rows], fewer, chance)
            compiled(inclusions)(chance, fewer, first, second)
            yield rows, first if sign > 0 else 1.0 - first, second

    def derivatives(
        self,
        slopes: NDArray[np.float64],
        nuisance: NDArray[np.float64],
    ) -> Derivatives:
        """Gradient and information, one universe after the other."""
        u, p = slopes.shape
        gradient, inner = np.zeros((u, p)), np.zeros((u, p, p))
        predictors = slopes @ self.table.T
        spread = np.zeros(u)
        for at in range(u):
            for rows, first, second in self._moments(predictors[at]):
                table = self.table[rows]
                gradient[at] += (self.outcome[rows] - first) @ table
                inner[at] += table.T @ (second @ table)
            starts = self.ends[:-1]
            high = np.maximum.reduceat(predictors[at], starts)
            spread[at] = (high - np.minimum.reduceat(predictors[at], starts)).max()
        return Derivatives(gradient, nuisance, inner, np.zeros((u, 0, p)), nuisance, spread)

    def feasible(self, nuisance: NDArray[np.float64]) -> NDArray[np.bool_]:
        """There are none to fail."""
        return np.ones(len(nuisance), dtype=bool)

    def contributions(
        self,
        fit: Fit,
        slopes: NDArray[np.float64],
        nuisance: NDArray[np.float64],  # noqa: ARG002 - there are none
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """Each row's part in its level's score; only sums over whole levels mean anything."""
        along, scores = slopes @ self.table.T, np.empty((len(self.table), len(slopes)))
        for at, predictor in enumerate(fit.slopes @ self.table.T):
            for rows, first, _ in self._moments(predictor):
                scores[rows, at] = (self.outcome[rows] - first) * along[at, rows]
        yield self.order, scores

    def spread(self, fit: Fit) -> NDArray[np.float64]:
        """Variance of the linear predictors, without the levels' own."""
        result: NDArray[np.float64] = (fit.slopes @ self.table.T).var(axis=1)
        return result

    def recession(self) -> sparse.csr_array:
        """As for indicators of the levels: ones above a level's threshold, zeros below."""
        sign = 2.0 * self.outcome - 1.0
        n, levels = len(sign), len(self.ends) - 1
        level = np.repeat(np.arange(levels), np.diff(self.ends))
        own = sparse.csr_array((sign, (np.arange(n), level)), shape=(n, levels))
        return sparse.csr_array(sparse.hstack([sparse.csr_array(self.table * sign[:, None]), own]))


def conditional_logit(sample: Sample) -> Conditional:
    """The likelihood of binary outcomes given each level's number of ones.

    Parameters
    ----------
    sample : Sample
        Its codes are the levels; the outcome varies in each.

    Returns
    -------
    Conditional

    References
    ----------
    .. [1] Chamberlain, G. (1980). Analysis of covariance with qualitative data. Review of Economic
       Studies 47(1), 225-238. https://doi.org/10.2307/2297110
    .. [2] Chen, S. X., and Liu, J. S. (1997). Statistical applications of the Poisson-binomial and
       conditional Bernoulli distributions. Statistica Sinica 7(4), 875-892.
    """
    order = np.argsort(sample.codes, kind="stable")
    ends = np.concatenate([[0], np.cumsum(np.bincount(sample.codes))])
    table = sample.table[order]
    counts = np.diff(ends)
    means = np.add.reduceat(table, ends[:-1], axis=0) / counts[:, None]
    # A level's own constant changes nothing; without it, predictors are small.
    return Conditional(
        np.ascontiguousarray(table - np.repeat(means, counts, axis=0)),
        sample.outcome[order],
        order,
        ends,
    )
