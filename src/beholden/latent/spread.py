"""The joint spread of positions and items that a factored curvature stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.chain import pieces
from beholden.latent.paths import time_frame
from beholden.latent.spread_kernels import time_spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.curvature import Curvature, State
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]

__all__ = ["Spread", "carried", "joint_spread"]


@dataclass(frozen=True, eq=False)
class Spread:
    """How uncertain positions and items are together.

    Attributes
    ----------
    sd, roots, tilt : ndarray
        As in :class:`beholden.latent.curvature.State`.
    step : float
        The variance of steps that fits these positions and their covariances (EM).
    within : ndarray, shape (nodes,)
        Standard deviations of positions once each time's mean and size are taken as known.
    common : ndarray, shape (times,)
        Standard deviations of each time's mean position.
    """

    sd: Floats
    roots: Floats
    tilt: Floats
    step: float
    within: Floats
    common: Floats


def joint_spread(answers: Answers, state: State, factored: Curvature) -> Spread:
    """The spread of every position together with every item that it answers.

    Positions and items are uncertain together: a bloc that may lie further out makes the items
    that set it apart uncertain in step. Averaging over each alone would stretch the scale.
    """
    layout, order = state.layout, factored.fronts.order
    roots, tilt = np.zeros_like(state.roots), np.zeros_like(state.tilt)
    spans = pieces(np.searchsorted(answers.instance_time, np.arange(len(answers.times) + 1)))
    bounds = state.paths.bounds
    variance, within = np.empty(len(state.theta)), np.empty(len(state.theta))
    common, total, steps = np.empty(len(spans)), 0.0, 0
    for t, covariance in factored.fronts.covariances():
        here, panel = slice(bounds[t], bounds[t + 1]), factored.panels[t]
        nodes = len(panel)
        variance[here] = np.diag(covariance)[:nodes]
        within[here], common[t] = aligned(
            covariance[:nodes, :nodes], state.theta[here], answers.node_answers[here] > 0
        )
        # Column by column, as the loops over items read it.
        solved = np.asfortranarray(covariance[:nodes, :nodes] @ panel)
        time_spread(
            *spans[t], answers.instance_start, answers.node, int(bounds[t]), layout.sizes,
            layout.local, layout.index, layout.split, order.where[t], factored.items, panel,
            solved, covariance, roots, tilt,
        )  # fmt: skip
        if t + 1 < len(spans):
            part, count = state.paths.step_terms(t, state.theta, covariance, len(order.inner[t]))
            total, steps = total + part, steps + count
    step = total / steps if steps else state.paths.step_variance
    return Spread(np.sqrt(variance), roots, tilt, step, np.sqrt(within), np.sqrt(common))


def aligned(covariance: Floats, theta: Floats, known: NDArray[np.bool_]) -> tuple[Floats, float]:
    """What a time's covariance leaves of each position beside the time's mean and size.

    Mean and size are those of the positions in `known`.

    Returns
    -------
    within : ndarray, shape (nodes,)
        Variances of positions with the mean and the size of their time held.
    common : float
        The variance of the mean.

    Examples
    --------
    >>> aligned(np.eye(4), np.array([-1.0, 0.0, 0.0, 1.0]), np.ones(4, bool))[1]
    0.25
    """
    spans, weights = time_frame(theta, known)
    solved = covariance @ spans
    inner = spans.T @ solved
    within = np.diag(covariance) - 2 * np.sum(weights * solved, axis=1)
    within = within + np.einsum("ni,ij,nj->n", weights, inner, weights)
    return np.maximum(within, 0.0), max(float(inner[0, 0]), 0.0)


def carried(answers: Answers, before: Floats, after: Floats, roots: Floats) -> Floats:
    """The spread of items taken along when all positions of their times move together.

    What is known of an item is where it splits the units of its times. When these move by d,
    its cutpoint moves by d times its discrimination; when they stretch, that shrinks.

    Returns
    -------
    ndarray, shape (instances, most, most)
        Lower roots of the items' covariances (no longer lower: columns are axes).
    """
    known = answers.node_answers > 0
    (middle, size), (fresh, wide) = (_frames(answers, x, known) for x in (before, after))
    item = answers.instance_item
    old, new, ratio = (
        (np.bincount(item, x[answers.instance_time]) / np.bincount(item))[item]
        for x in (middle, fresh, size / wide)
    )
    out = roots.copy()
    out[:, 0] = roots[:, 0] * ratio[:, None]
    out[:, 1] = roots[:, 1] - old[:, None] * roots[:, 0] + new[:, None] * out[:, 0]
    return out


def _frames(answers: Answers, theta: Floats, known: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the positions of each time."""
    time = answers.node_time[known]
    count = np.maximum(np.bincount(time, minlength=len(answers.times)), 1)
    mean = np.bincount(time, theta[known], len(answers.times)) / count
    square = np.bincount(time, (theta[known] - mean[time]) ** 2, len(answers.times)) / count
    return mean, np.sqrt(np.maximum(square, 1e-6))
