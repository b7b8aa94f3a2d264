"""The prior on paths: how positions start and move, as precisions between neighbouring times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.chain import pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.model import Model
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Paths", "paths", "time_frame"]


@dataclass(frozen=True, eq=False)
class Paths:
    """Who goes on from each time to the next, who begins, and by how much positions move.

    Attributes
    ----------
    bounds : ndarray, shape (times + 1,)
        Where the nodes of each time begin.
    before, after : list of ndarray
        Nodes that go on from each time, and the same units' nodes at the next.
    begins : ndarray of bool, shape (nodes,)
        Whether a node is its unit's first.
    lengths : ndarray, shape (times - 1,)
        Distances between neighbouring times.
    order, starts : ndarray
        Nodes by unit and time, and where each unit begins.
    start_variance, step_variance, shock_variance, carry : float
        As in :class:`beholden.latent.model.Model`, squared.
    ridge : float
        Precision with which every position is held to the middle: the multiplier of the
        condition that positions have a standard deviation of 1.
    """

    bounds: Ints
    before: list[Ints]
    after: list[Ints]
    begins: NDArray[np.bool_]
    lengths: Floats
    order: Ints
    starts: Ints
    start_variance: float
    step_variance: float
    shock_variance: float
    carry: float
    ridge: float = 0.0

    def with_step(self, variance: float) -> Paths:
        """The same paths with another variance of steps."""
        start = self.start_variance
        if self.carry < 1:
            start = variance / (1 - self.carry**2)
        return replace(self, step_variance=variance, start_variance=start)

    def _weights(self, t: int) -> tuple[float, float]:
        """Precision of a step at time t, and what the common shock takes from every pair."""
        own = 1.0 / (self.step_variance * self.lengths[t])
        count = len(self.before[t])
        whole = self.step_variance + count * self.shock_variance
        return own, own * self.shock_variance / whole

    def _carry(self, t: int) -> float:
        return float(self.carry ** self.lengths[t])

    def precision(self, diagonal: Floats) -> tuple[list[Floats], list[Floats]]:
        """Blocks of the prior's precision, with the answers' own curvature on the diagonal."""
        full = diagonal + self.begins / self.start_variance + self.ridge
        blocks = [np.diag(full[a:b]) for a, b in pieces(self.bounds)]
        bonds = []
        for t, (before, after) in enumerate(zip(self.before, self.after, strict=True)):
            own, common = self._weights(t)
            phi = self._carry(t)
            rows, columns = before - self.bounds[t], after - self.bounds[t + 1]
            step = np.full((len(before), len(before)), -common)
            step[np.diag_indices(len(before))] += own
            blocks[t][np.ix_(rows, rows)] += phi * phi * step
            blocks[t + 1][np.ix_(columns, columns)] += step
            bond = np.zeros((len(blocks[t]), len(blocks[t + 1])))
            bond[np.ix_(rows, columns)] = -phi * step
            bonds.append(bond)
        return blocks, bonds

    def pull(self, theta: Floats) -> tuple[Floats, float]:
        """Gradient and value of the prior's log density at positions (up to a constant)."""
        held = self.begins / self.start_variance + self.ridge
        gradient = -theta * held
        value = -0.5 * float(np.sum(theta**2 * held))
        for t, (before, after) in enumerate(zip(self.before, self.after, strict=True)):
            own, common = self._weights(t)
            phi = self._carry(t)
            step = theta[after] - phi * theta[before]
            force = own * step - common * step.sum()
            gradient[after] -= force
            gradient[before] += phi * force
            value -= 0.5 * float(step @ force)
        return gradient, value

    def step_terms(self, t: int, theta: Floats, joint: Floats, gap: int) -> tuple[float, int]:
        """What the steps after one time add to the EM sum of their squares, and their number.

        `joint` is the covariance of the time's nodes and, from row `gap` on, the next's.
        """
        before, after = self.before[t], self.after[t]
        n = len(before)
        if n < 2:
            return 0.0, 0
        phi = self._carry(t)
        rows, columns = before - self.bounds[t], gap + after - self.bounds[t + 1]
        cross = phi * joint[np.ix_(rows, columns)]
        spread = phi * phi * joint[np.ix_(rows, rows)] + joint[np.ix_(columns, columns)]
        step = theta[after] - phi * theta[before]
        # Around their common mean, so that the shock takes no part.
        total = float(np.sum((step - step.mean()) ** 2) + np.trace(spread) - 2 * np.trace(cross))
        total -= float(spread.sum() - 2 * cross.sum()) / n
        return total / float(self.lengths[t]), n - 1


def paths(answers: Answers, model: Model, step_sd: float) -> Paths:
    """Lay out the paths of a table of answers under a model."""
    times, unit = answers.node_time, answers.node_unit
    order = np.lexsort((times, unit))
    follows = np.flatnonzero(unit[order][1:] == unit[order][:-1])
    nexts = np.full(len(unit), -1)
    nexts[order[follows]] = order[follows + 1]
    begins = np.ones(len(unit), dtype=bool)
    begins[order[follows + 1]] = False
    bounds = np.searchsorted(times, np.arange(len(answers.times) + 1))
    before = [a + np.flatnonzero(nexts[a:b] >= 0) for a, b in pieces(bounds)[:-1]]
    starts = np.append(np.flatnonzero(begins[order]), len(unit))
    start = model.start_sd**2 if model.carry == 1 else step_sd**2 / (1 - model.carry**2)
    return Paths(
        bounds=bounds,
        before=before,
        after=[nexts[nodes] for nodes in before],
        begins=begins,
        lengths=np.diff(answers.times),
        order=order,
        starts=starts,
        start_variance=start,
        step_variance=step_sd**2,
        shock_variance=model.shock_sd**2,
        carry=model.carry,
    )


def time_frame(theta: Floats, known: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """How the mean and the size of a time hang on its positions, and these on them.

    Returns
    -------
    spans : ndarray, shape (nodes, 2)
        The slopes of mean and of relative size in every position; those not in `known` have none.
    weights : ndarray, shape (nodes, 2)
        The slopes of every position in mean and relative size.

    Examples
    --------
    >>> spans, weights = time_frame(np.array([-1.0, 0.0, 1.0]), np.ones(3, bool))
    >>> (spans.T @ weights).round(12)
    array([[1., 0.],
           [0., 1.]])
    """
    share = known / max(int(known.sum()), 1)
    away = theta - float(theta @ share)
    square = float(away**2 @ share)
    stretch = away * share / square if square > 0 else np.zeros(len(theta))
    return np.column_stack([share, stretch]), np.column_stack([np.ones(len(theta)), away])
