"""The likelihood of binary outcomes: levels of one effect beside the slopes, in products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from beholden.models.likelihood import Derivatives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from beholden.models.likelihood import Fit
    from beholden.models.samples import Sample

__all__ = ["LINKS", "Binary", "binary", "cloglog", "logistic"]

BLOCK = 1024
CEILING = 2**24
"""Cells of products of columns that are kept; beyond, they are taken anew in each step."""


def logistic(
    predictor: NDArray[np.float64], outcome: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Score and information of each row in its linear predictor, under the logit.

    Examples
    --------
    >>> [part.tolist() for part in logistic(np.zeros(2), np.array([0.0, 1.0]))]
    [[-0.5, 0.5], [0.25, 0.25]]
    """
    chance = np.negative(predictor)
    with np.errstate(over="ignore"):
        np.exp(chance, out=chance)
    chance += 1.0
    np.reciprocal(chance, out=chance)
    return outcome - chance, chance * (1.0 - chance)


def cloglog(
    predictor: NDArray[np.float64], outcome: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Score and observed information under the complementary log-log.

    Examples
    --------
    >>> [part.round(3).tolist() for part in cloglog(np.zeros(2), np.array([0.0, 1.0]))]
    [[-1.0, 0.582], [1.0, 0.339]]
    """
    rate = np.exp(np.minimum(predictor, 30.0))
    with np.errstate(over="ignore", invalid="ignore"):
        event = np.where(rate > 1e-8, rate / np.expm1(rate), 1.0 - rate / 2)
    # With small rates r + rate - 1 loses its digits: it is rate / 2 there.
    bend = np.where(rate > 1e-5, event + rate - 1.0, rate / 2 + rate**2 / 12)
    return (
        np.where(outcome > 0, event, -rate),
        np.where(outcome > 0, event * bend, rate),
    )


LINKS = {"logit": (logistic, np.pi**2 / 3), "cloglog": (cloglog, np.pi**2 / 6)}
"""Scores of each link, and the variance of its latent error."""


@dataclass(frozen=True)
class Binary:
    """The model of :func:`binary`.

    Attributes
    ----------
    table : ndarray, shape (n, p + 1)
        Columns and a one, rows sorted by level.
    outcome, weights : ndarray, shape (n,)
    order : ndarray of int, shape (n,)
        Rows of the sample.
    blocks : tuple of (int, int, int)
        First row, end and level of each block.
    products : ndarray, shape (n, (p + 1) (p + 2) / 2), or None
    scores : callable
        Of the link.
    start, fixed, noise
        As the protocol has them.
    """

    table: NDArray[np.float64]
    outcome: NDArray[np.float64]
    weights: NDArray[np.float64]
    order: NDArray[np.int64]
    blocks: tuple[tuple[int, int, int], ...]
    products: NDArray[np.float64] | None
    scores: Callable[..., tuple[NDArray[np.float64], NDArray[np.float64]]]
    start: NDArray[np.float64]
    fixed: int
    noise: float

    def _predictors(
        self, slopes: NDArray[np.float64], nuisance: NDArray[np.float64]
    ) -> Iterator[tuple[slice, int, NDArray[np.float64]]]:
        for first, end, level in self.blocks:
            rows = slice(first, end)
            joined = np.hstack([slopes, nuisance[:, level : level + 1]])
            yield rows, level, joined @ self.table[rows].T

    def derivatives(
        self, slopes: NDArray[np.float64], nuisance: NDArray[np.float64]
    ) -> Derivatives:
        """Gradient and information of all universes, block by block."""
        (u, p), levels = slopes.shape, nuisance.shape[1]
        pairs = (p + 1) * (p + 2) // 2
        gradient, outer = np.zeros((u, p)), np.zeros((u, levels))
        level_gradient, cross = np.zeros((u, levels)), np.zeros((u, levels, p))
        packed, furthest = np.zeros((u, pairs)), np.zeros(u)
        upper = np.triu_indices(p + 1)
        border = np.flatnonzero(upper[1] == p)
        for rows, level, predictor in self._predictors(slopes, nuisance):
            furthest = np.maximum(furthest, np.abs(predictor).max(axis=1))
            score, weight = self.scores(predictor, self.outcome[rows])
            score *= self.weights[rows]
            weight *= self.weights[rows]
            found = score @ self.table[rows]
            gradient += found[:, :p]
            level_gradient[:, level] += found[:, p]
            block = weight @ self._products(rows, upper)
            packed += block
            cross[:, level] += block[:, border[:-1]]
            outer[:, level] += block[:, border[-1]]
        inner = np.zeros((u, p + 1, p + 1))
        inner[:, upper[0], upper[1]] = packed
        inner[:, upper[1], upper[0]] = packed
        return Derivatives(gradient, level_gradient, inner[:, :p, :p], cross, outer, furthest)

    def feasible(self, nuisance: NDArray[np.float64]) -> NDArray[np.bool_]:
        """All levels have a likelihood."""
        return np.ones(len(nuisance), dtype=bool)

    def _products(
        self, rows: slice, upper: tuple[NDArray[np.int64], NDArray[np.int64]]
    ) -> NDArray[np.float64]:
        if self.products is not None:
            return self.products[rows]
        return self.table[rows][:, upper[0]] * self.table[rows][:, upper[1]]

    def contributions(
        self, fit: Fit, slopes: NDArray[np.float64], nuisance: NDArray[np.float64]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """Each row's score along a direction."""
        along = self._predictors(slopes, nuisance)
        for (rows, _, predictor), (_, _, weight) in zip(
            self._predictors(fit.slopes, fit.nuisance), along, strict=True
        ):
            score = self.scores(predictor, self.outcome[rows])[0] * self.weights[rows]
            yield self.order[rows], np.ascontiguousarray((score * weight).T)

    def spread(self, fit: Fit) -> NDArray[np.float64]:
        """Weighted variance of the linear predictors."""
        first, second = np.zeros(len(fit.slopes)), np.zeros(len(fit.slopes))
        for rows, _, predictor in self._predictors(fit.slopes, fit.nuisance):
            first += predictor @ self.weights[rows]
            second += predictor**2 @ self.weights[rows]
        total = self.weights.sum()
        result: NDArray[np.float64] = np.maximum(second / total - (first / total) ** 2, 0.0)
        return result

    def recession(self) -> sparse.csr_array:
        """Columns, then levels, each with the sign of the outcome."""
        n, p = len(self.table), self.table.shape[1] - 1
        sign = 2.0 * self.outcome - 1.0
        level = np.concatenate([np.full(end - first, at) for first, end, at in self.blocks])
        shape = (n, len(self.start))
        levels = sparse.csr_array((sign, (np.arange(n), level)), shape=shape)
        columns = sparse.csr_array(self.table[:, :p] * sign[:, None])
        return sparse.csr_array(sparse.hstack([columns, levels]))


def binary(sample: Sample, link: str = "logit") -> Binary:
    """The likelihood of a binary outcome with one effect's levels, or an intercept.

    Parameters
    ----------
    sample : Sample
        With outcomes 0 and 1.
    link : str
        One of `LINKS`.

    Returns
    -------
    Binary
    """
    order = np.argsort(sample.codes, kind="stable")
    ones = np.ones((len(order), 1))
    table = np.hstack([sample.table, ones])[order]
    counts = np.bincount(sample.codes)
    ends = np.cumsum(counts)
    blocks = tuple(
        (first, min(first + BLOCK, int(end)), level)
        for level, (end, count) in enumerate(zip(ends, counts, strict=True))
        for first in range(int(end - count), int(end), BLOCK)
    )
    upper = np.triu_indices(table.shape[1])
    small = len(table) * len(upper[0]) <= CEILING
    products = table[:, upper[0]] * table[:, upper[1]] if small else None
    weights, outcome = sample.weights[order], sample.outcome[order]
    share = (np.bincount(sample.codes, sample.outcome * sample.weights)) / np.bincount(
        sample.codes, sample.weights
    )
    share = np.clip(share, 1e-4, 1 - 1e-4)
    scores, noise = LINKS[link]
    start = np.log(share / (1 - share)) if link == "logit" else np.log(-np.log1p(-share))
    return Binary(
        *(table, outcome, weights, order, blocks, products, scores, start),
        *(len(counts), noise),
    )
