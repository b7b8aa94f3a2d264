"""The Cox partial likelihood with Efron's treatment of ties, over blocks of rows at risk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from beholden.models.likelihood import Derivatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from beholden.models.likelihood import Fit
    from beholden.models.samples import Sample

__all__ = ["Cox", "partial_likelihood"]


@dataclass(frozen=True)
class _Risk:
    """One block's weighted sums in u universes, with d events.

    Attributes
    ----------
    odds : ndarray, shape (u, rows)
        Relative hazards; events come first.
    totals : ndarray, shape (u, d)
        Hazards at risk as the events go out one by one, each in its turn in part.
    turns : ndarray, shape (d,)
        Share of the events' hazards that has gone out.
    """

    odds: NDArray[np.float64]
    totals: NDArray[np.float64]
    turns: NDArray[np.float64]

    @property
    def load(self) -> NDArray[np.float64]:
        """What each row's hazard is multiplied by to give its expected events, (u, rows)."""
        d, inverse = len(self.turns), 1.0 / self.totals
        load = np.repeat(inverse.sum(axis=1)[:, None], self.odds.shape[1], axis=1)
        load[:, :d] = ((1.0 - self.turns) * inverse).sum(axis=1)[:, None]
        return load

    def means(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Means at risk of values, shape (u or 1, rows, q), at each turn, shape (u, d, q)."""
        d = len(self.turns)
        weighted = self.odds[:, :, None] * values
        whole, events = weighted.sum(axis=1), weighted[:, :d].sum(axis=1)
        return np.asarray(
            (whole[:, None, :] - self.turns[None, :, None] * events[:, None, :])
            / self.totals[:, :, None]
        )


@dataclass(frozen=True)
class Cox:
    """The model of :func:`partial_likelihood`; it has no nuisances.

    Attributes
    ----------
    table : ndarray, shape (n, p)
        Columns of the rows at risk at each time of an event, events first.
    order : ndarray of int, shape (n,)
        Rows of the sample.
    blocks : tuple of (int, int, int)
        First row, end and number of events of each time.
    rows : int
        Of the sample.
    """

    table: NDArray[np.float64]
    order: NDArray[np.int64]
    blocks: tuple[tuple[int, int, int], ...]
    variance: NDArray[np.float64]
    start: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    fixed: int = 0
    noise: float = np.pi**2 / 6

    def _at_risk(self, slopes: NDArray[np.float64]) -> Iterator[tuple[slice, int, _Risk]]:
        for first, end, events in self.blocks:
            predictor = slopes @ self.table[first:end].T
            # A constant in a block cancels; with the largest at zero nothing overflows.
            odds = np.exp(predictor - predictor.max(axis=1, keepdims=True))
            turns = np.arange(events) / events
            gone = odds[:, :events].sum(axis=1)[:, None] * turns
            yield slice(first, end), events, _Risk(odds, odds.sum(axis=1)[:, None] - gone, turns)

    def derivatives(
        self,
        slopes: NDArray[np.float64],
        nuisance: NDArray[np.float64],
    ) -> Derivatives:
        """Gradient and information of all universes, time by time."""
        u, p = slopes.shape
        gradient, inner, furthest = np.zeros((u, p)), np.zeros((u, p, p)), np.zeros(u)
        upper = np.triu_indices(p)
        for rows, events, risk in self._at_risk(slopes):
            table = self.table[rows]
            expected = risk.odds * risk.load
            gradient += table[:events].sum(axis=0) - expected @ table
            packed = expected @ (table[:, upper[0]] * table[:, upper[1]])
            part = np.zeros((u, p, p))
            part[:, upper[0], upper[1]] = packed
            part[:, upper[1], upper[0]] = packed
            whole, out = risk.odds @ table, risk.odds[:, :events] @ table[:events]
            means = whole[:, None, :] - risk.turns[None, :, None] * out[:, None, :]
            means /= risk.totals[:, :, None]
            inner += part - np.matmul(means.transpose(0, 2, 1), means)
            furthest = np.maximum(furthest, -np.log(np.maximum(risk.odds.min(axis=1), 1e-300)))
        return Derivatives(gradient, nuisance, inner, np.zeros((u, 0, p)), nuisance, furthest)

    def feasible(self, nuisance: NDArray[np.float64]) -> NDArray[np.bool_]:
        """There are none to fail."""
        return np.ones(len(nuisance), dtype=bool)

    def contributions(
        self,
        fit: Fit,
        slopes: NDArray[np.float64],
        nuisance: NDArray[np.float64],  # noqa: ARG002 - there are none
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """Score residuals along a direction: events less what was expected of each row."""
        for rows, events, risk in self._at_risk(fit.slopes):
            along = slopes @ self.table[rows].T
            means = risk.means(along[:, :, None])[:, :, 0]
            ratio = means / risk.totals
            pull = np.repeat(ratio.sum(axis=1)[:, None], along.shape[1], axis=1)
            pull[:, :events] = (ratio * (1.0 - risk.turns)).sum(axis=1)[:, None]
            scores = risk.odds * (pull - risk.load * along)
            scores[:, :events] += along[:, :events] - means.mean(axis=1)[:, None]
            yield self.order[rows], np.ascontiguousarray(scores.T)

    def spread(self, fit: Fit) -> NDArray[np.float64]:
        """Variance over the sample of the linear predictors."""
        result: NDArray[np.float64] = np.einsum(
            "up,pq,uq->u", fit.slopes, self.variance, fit.slopes
        )
        return result

    def recession(self) -> sparse.csr_array:
        """Columns, then a threshold for each time: events above it, others at risk below."""
        n = len(self.table)
        sign, level = -np.ones(n), np.zeros(n, dtype=np.int64)
        for at, (first, end, events) in enumerate(self.blocks):
            sign[first : first + events] = 1.0
            level[first:end] = at
        own = sparse.csr_array((sign, (np.arange(n), level)), shape=(n, len(self.blocks)))
        columns = sparse.csr_array(self.table * sign[:, None])
        return sparse.csr_array(sparse.hstack([columns, own]))


def partial_likelihood(
    sample: Sample, start: NDArray[np.float64], stop: NDArray[np.float64]
) -> Cox:
    """The partial likelihood of rows that begin after `start` and end at `stop`.

    Parameters
    ----------
    sample : Sample
        Outcomes are 1 where the row ends with the event; its codes are strata.
    start, stop : ndarray, shape (design rows,)
        Times.

    Returns
    -------
    Cox
        A row stands in it once for each time of an event in its stratum at which it is at risk.

    References
    ----------
    .. [1] Efron, B. (1977). The efficiency of Cox's likelihood function for censored data. Journal
       of the American Statistical Association 72(359), 557-565.
       https://doi.org/10.1080/01621459.1977.10480613
    """
    begins, ends, event = start[sample.rows], stop[sample.rows], sample.outcome > 0
    order: list[NDArray[np.int64]] = []
    blocks, at = [], 0
    for stratum in range(int(sample.codes.max()) + 1):
        here = sample.codes == stratum
        for time in np.unique(ends[event & here]):
            dies = event & (ends == time) & here
            others = here & (begins < time) & (ends >= time) & ~dies
            rows = np.concatenate([np.flatnonzero(dies), np.flatnonzero(others)])
            order.append(rows)
            blocks.append((at, at + len(rows), int(dies.sum())))
            at += len(rows)
    rows = np.concatenate(order)
    centred = sample.table - sample.table.mean(axis=0)
    variance = centred.T @ centred / len(centred)
    return Cox(np.ascontiguousarray(sample.table[rows]), rows, tuple(blocks), variance)
