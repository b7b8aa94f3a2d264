"""The joint posterior that a fit ends at, and what it says of items."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.curvature import joint_step
from beholden.latent.layout import LOAD
from beholden.latent.spread import joint_spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.curvature import Curvature, Pass, State
    from beholden.latent.observed import Answers
    from beholden.latent.spread import Spread

    Floats = NDArray[np.float64]

__all__ = ["Posterior", "item_errors"]


@dataclass(frozen=True, eq=False)
class Posterior:
    """The joint Gaussian posterior on the scale of the priors.

    Attributes
    ----------
    theta, psi : ndarray
        Centre of positions and of item parameters, turned to the anchors.
    sign : float
        -1 where that turned the scale over.
    answers : Answers
        What was fitted.
    state, found, factored
        Where the iterations ended, in their own direction.
    """

    theta: Floats
    psi: Floats
    sign: float
    answers: Answers
    state: State
    found: Pass
    factored: Curvature

    @cached_property
    def spread(self) -> Spread:
        """The spread of positions and items at the end of the iterations."""
        return joint_spread(self.answers, self.state, self.factored)

    def spans(self, right: Floats) -> tuple[Floats, Floats]:
        """The covariance of positions, and of item parameters, with some sums of positions.

        Parameters
        ----------
        right : ndarray, shape (nodes, sums)
            The weight of each position in each sum.
        """
        none = np.zeros(len(self.psi))
        pairs = [
            joint_step(
                self.answers,
                self.state.layout,
                replace(self.found, theta=column, psi=none),
                self.factored,
            )
            for column in right.T
        ]
        loads = self.state.layout.kind == LOAD
        turned = [np.where(loads, psi * self.sign, psi) * self.sign for _, psi in pairs]
        return np.column_stack([theta for theta, _ in pairs]), np.column_stack(turned)


def item_errors(
    posterior: Posterior, spans: Floats, middle: float, size: float
) -> tuple[Floats, Floats]:
    """Standard errors of items on a scale that positions define.

    Parameters
    ----------
    posterior : Posterior
        The joint posterior on the scale of the priors.
    spans : ndarray, shape (nodes, 2)
        The slopes of that scale's zero and unit in every position.
    middle, size : float
        Its zero and its unit.

    Returns
    -------
    loads : ndarray, shape (instances,)
        Of discriminations.
    cuts : ndarray, shape (instances, most - 1)
        Of cutpoints.
    """
    index, psi = posterior.state.layout.index, posterior.psi
    roots = posterior.spread.roots * _signs(index.shape[1], posterior.sign)[:, None]
    covariance = roots @ roots.transpose(0, 2, 1)
    solved, moves = posterior.spans(spans)
    inner = spans.T @ solved
    moves = moves[index]
    loads = psi[index[:, 0]]
    variance = size**2 * covariance[:, 0, 0] + 2 * loads * size * moves[:, 0, 1]
    variance = variance + loads**2 * inner[1, 1]
    slopes = _cut_slopes(psi[index])
    cuts = np.einsum("icm,imn,icn->ic", slopes, covariance, slopes)
    cuts = cuts - 2 * loads[:, None] * np.einsum("icm,im->ic", slopes, moves[:, :, 0])
    # The middle taken off is multiplied by the discrimination, which moves too.
    both = np.einsum("icm,im->ic", slopes, covariance[:, :, 0])
    cuts = cuts - 2 * middle * both + middle**2 * covariance[:, :1, 0]
    cuts = cuts + 2 * middle * (loads * moves[:, 0, 0])[:, None]
    cuts = cuts + (loads**2 * inner[0, 0])[:, None]
    return np.sqrt(np.maximum(variance, 0.0)), np.sqrt(np.maximum(cuts, 0.0))


def _signs(count: int, sign: float) -> Floats:
    """What turning the scale over does to an item's parameters."""
    signs = np.ones(count)
    signs[0] = sign
    return signs


def _cut_slopes(values: Floats) -> Floats:
    """How each cutpoint of each item moves with its parameters, shape (items, cuts, most)."""
    most = values.shape[1]
    slopes = np.zeros((len(values), most - 1, most))
    slopes[:, :, 1] = 1.0
    for m in range(2, most):
        slopes[:, m - 1 :, m] = np.exp(np.minimum(values[:, m], 3.0))[:, None]
    return slopes
