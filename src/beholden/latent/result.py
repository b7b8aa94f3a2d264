"""What a fit yields: positions, items, draws, predictions, all with their uncertainty."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from beholden.latent.curvature import joint_step
from beholden.latent.kernels import log_probabilities
from beholden.latent.layout import LOAD
from beholden.latent.problems import LatentError
from beholden.latent.spread import joint_spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.curvature import Curvature, Pass, State
    from beholden.latent.model import Model
    from beholden.latent.observed import Answers
    from beholden.latent.spread import Spread

    Floats = NDArray[np.float64]

__all__ = ["Fit", "Posterior"]


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


@dataclass(frozen=True, eq=False)
class Fit:
    """Positions of units at times, the items, and how sure both are.

    Attributes
    ----------
    answers : Answers
        What was fitted.
    model : Model
        What was assumed.
    posterior : Posterior
        The joint posterior on the scale of the priors.
    iterations : int
        Iterations taken.
    converged : bool
        Whether the last one moved no position by more than the tolerance.
    moved : float
        By how much it did.
    likelihood : float
        Log likelihood averaged over the posterior.
    anchors_hold : float
        The share of times at which positive anchors stand above negative ones.
    """

    answers: Answers
    model: Model
    posterior: Posterior
    iterations: int
    converged: bool
    moved: float
    likelihood: float
    anchors_hold: float

    @cached_property
    def _frame(self) -> tuple[float, float]:
        """Mean and standard deviation of positions with an answer: zero and unit of the scale."""
        answered = self.answers.node_answers > 0
        theta = self.posterior.theta[answered]
        return float(theta.mean()), float(theta.std())

    @property
    def mean(self) -> Floats:
        """Positions, shape (nodes,), with mean 0 and standard deviation 1."""
        middle, size = self._frame
        return (self.posterior.theta - middle) / size

    @cached_property
    def sd(self) -> Floats:
        """Standard errors of positions, shape (nodes,), items' uncertainty included."""
        spans = self._spans
        solved, _ = self.posterior.spans(spans)
        variance = self.posterior.spread.sd**2
        # Reported positions have a fixed mean and spread: what moves all alike is no error.
        inner = spans.T @ solved
        weights = self._weights
        variance = variance - 2 * np.sum(weights * solved, axis=1)
        variance = variance + np.einsum("ni,ij,nj->n", weights, inner, weights)
        return np.asarray(np.sqrt(np.maximum(variance, 0.0)) / self._frame[1])

    @cached_property
    def _spans(self) -> Floats:
        """How the mean and the spread of reported positions hang on each position."""
        answered = (self.answers.node_answers > 0).astype(float)
        count = answered.sum()
        middle, size = self._frame
        away = (self.posterior.theta - middle) * answered
        return np.column_stack([answered / count, away / (count * size)])

    @property
    def _weights(self) -> Floats:
        """How each reported position hangs on that mean and that spread."""
        return np.column_stack([np.ones(len(self.mean)), self.mean])

    @property
    def sd_within(self) -> Floats:
        """Standard errors once each time's mean and size are taken as known, shape (nodes,)."""
        return self.posterior.spread.within / self._frame[1]

    def times(self) -> pl.DataFrame:
        """A row for each time: the `mean` of its positions, its `sd`, the units' `spread`.

        The mean is what all units did together; where little is bridged it is the least
        certain part of a position. `spread` is the standard deviation of positions. Units
        without an answer at the time are left out of both.
        """
        data = self.answers
        answered = data.node_answers > 0
        time = data.node_time[answered]
        count = np.maximum(np.bincount(time, minlength=len(data.times)), 1)
        mean = np.bincount(time, self.mean[answered], len(data.times)) / count
        square = np.bincount(time, self.mean[answered] ** 2, len(data.times)) / count
        solved, _ = self.posterior.spans(self._spans)
        shares = [np.bincount(time, column[answered], len(data.times)) / count
                  for column in solved.T]  # fmt: skip
        weights = np.column_stack([np.ones(len(mean)), mean])
        variance = self.posterior.spread.common**2
        variance = variance - 2 * np.sum(weights * np.column_stack(shares), axis=1)
        variance = variance + np.einsum("ti,ij,tj->t", weights, self._spans.T @ solved, weights)
        return pl.DataFrame(
            {
                "time": data.times,
                "mean": mean,
                "sd": np.sqrt(np.maximum(variance, 0.0)) / self._frame[1],
                "spread": np.sqrt(np.maximum(square - mean**2, 0.0)),
            }
        )

    @property
    def step_sd(self) -> float:
        """The standard deviation of a unit's step in a unit of time, on the reported scale."""
        return float(np.sqrt(self.posterior.state.paths.step_variance)) / self._frame[1]

    def positions(self) -> pl.DataFrame:
        """A row for each unit at each time: `mean`, `sd`, and the number of `answers` it gave.

        A unit has a row for the times without an answer between its first and last, too.
        """
        data = self.answers
        return pl.DataFrame(
            {
                "unit": [data.units[u] for u in data.node_unit],
                "time": data.times[data.node_time],
                "mean": self.mean,
                "sd": self.sd,
                "answers": data.node_answers,
            }
        )

    def items(self) -> pl.DataFrame:
        """A row for each item at each time: `discrimination`, its `sd`, and the `cutpoints`.

        Cutpoints come with their standard errors, `cutpoint_sds`. All are on the reported
        scale: a unit at x answers below cutpoint c with probability F(c - discrimination x). The
        errors are those of the items so reported: that positions may be stretched or moved
        together is in. An item bridged over times has the same figures in each row.
        """
        middle, size = self._frame
        data, layout = self.answers, self.posterior.state.layout
        loads, cuts = self._item_values(self.posterior.psi)
        sds, cut_sds = self._item_errors
        return pl.DataFrame(
            {
                "item": [data.items[i] for i in data.instance_item],
                "time": data.times[data.instance_time],
                "discrimination": loads * size,
                "sd": sds,
                "cutpoints": [
                    (cut[: k - 1] - load * middle).tolist()
                    for cut, load, k in zip(cuts, loads, layout.sizes, strict=True)
                ],
                "cutpoint_sds": [
                    errors[: k - 1].tolist()
                    for errors, k in zip(cut_sds, layout.sizes, strict=True)
                ],
                "answers": np.diff(data.instance_start),
            }
        )

    @cached_property
    def _item_errors(self) -> tuple[Floats, Floats]:
        """Standard errors of discriminations and of cutpoints on the reported scale."""
        posterior, size = self.posterior, self._frame[1]
        index, psi = posterior.state.layout.index, posterior.psi
        roots = posterior.spread.roots * _signs(index.shape[1], posterior.sign)[:, None]
        covariance = roots @ roots.transpose(0, 2, 1)
        solved, moves = posterior.spans(self._spans)
        inner = self._spans.T @ solved
        moves = moves[index]
        loads = psi[index[:, 0]]
        variance = size**2 * covariance[:, 0, 0] + 2 * loads * size * moves[:, 0, 1]
        variance = variance + loads**2 * inner[1, 1]
        slopes = _cut_slopes(psi[index])
        cuts = np.einsum("icm,imn,icn->ic", slopes, covariance, slopes)
        cuts = cuts - 2 * loads[:, None] * np.einsum("icm,im->ic", slopes, moves[:, :, 0])
        # The middle taken off is multiplied by the discrimination, which moves too.
        middle = self._frame[0]
        both = np.einsum("icm,im->ic", slopes, covariance[:, :, 0])
        cuts = cuts - 2 * middle * both + middle**2 * covariance[:, :1, 0]
        cuts = cuts + 2 * middle * (loads * moves[:, 0, 0])[:, None]
        cuts = cuts + (loads**2 * inner[0, 0])[:, None]
        return np.sqrt(np.maximum(variance, 0.0)), np.sqrt(np.maximum(cuts, 0.0))

    def _item_values(self, psi: Floats) -> tuple[Floats, Floats]:
        """Discrimination and cutpoints of each instance on the scale of the priors."""
        layout = self.posterior.state.layout
        values = psi[layout.index]
        steps = np.exp(np.minimum(values[:, 2:], 3.0))
        cuts = np.cumsum(np.concatenate([values[:, 1:2], steps], axis=1), axis=1)
        return values[:, 0], cuts

    def draws(self, count: int = 200, seed: int = 0) -> Floats:
        """Draws of all positions from the joint posterior.

        Parameters
        ----------
        count : int
            How many.
        seed : int
            The same seed gives the same draws.

        Returns
        -------
        ndarray, shape (count, nodes)
            Each with mean 0 and standard deviation 1 over the unit-times with an answer.
        """
        theta = self._raw_draws(count, seed)
        answered = self.answers.node_answers > 0
        middle = theta[:, answered].mean(axis=1, keepdims=True)
        return np.asarray((theta - middle) / theta[:, answered].std(axis=1, keepdims=True))

    def _raw_draws(self, count: int, seed: int) -> Floats:
        generator = np.random.default_rng(seed)
        own = generator.standard_normal((len(self.posterior.theta), count))
        shared = generator.standard_normal((len(self.posterior.state.layout.shared), count))
        moved = self.posterior.factored.fronts.back(np.concatenate([own, shared]))
        return self.posterior.theta + moved[: len(own)].T * self.posterior.sign

    def predict(self, unit: object, time: float, item: object) -> dict[Any, float]:
        """The probability of each answer of a unit at a time to an item of the fit.

        The uncertainty of the position is averaged out. An item put at several times with
        drifting cutpoints is taken as at the time nearest.

        Raises
        ------
        LatentError
            When the item is unknown.
        AnswersError
            When the unit has no position at that time.
        """
        data = self.answers
        if item not in data.items:
            raise LatentError(
                f"expected one of the {len(data.items)} items, received {item!r}. Items that all "
                "answered alike were left out"
            )
        node = data.place(unit, time)
        places = np.flatnonzero(data.instance_item == data.items.index(item))
        away = np.abs(data.times[data.instance_time[places]] - time)
        instance = int(places[np.argmin(away)])
        loads, cuts = self._item_values(self.posterior.psi)
        k = int(self.posterior.state.layout.sizes[instance])
        logs = self._log_probabilities(
            np.arange(k), np.full(k, node), np.full(k, instance), loads, cuts
        )
        scale = data.scales[data.items.index(item)]
        return dict(zip(scale, np.exp(logs).tolist(), strict=True))

    def log_scores(self, held: pl.DataFrame) -> Floats:
        """Log probability of answers that were held out.

        Parameters
        ----------
        held : polars.DataFrame
            Columns `node`, `instance` and `code`, as places in this fit's answers.

        Returns
        -------
        ndarray, shape (rows,)
        """
        loads, cuts = self._item_values(self.posterior.psi)
        node, instance, code = (held[name].to_numpy() for name in ("node", "instance", "code"))
        return self._log_probabilities(code, node, instance, loads, cuts)

    def _log_probabilities(
        self,
        code: NDArray[Any],
        node: NDArray[Any],
        instance: NDArray[Any],
        loads: Floats,
        cuts: Floats,
    ) -> Floats:
        out = np.empty(len(code))
        log_probabilities(
            code.astype(np.int64), self.posterior.state.layout.sizes[instance], loads[instance],
            cuts[instance], self.posterior.theta[node], self.posterior.state.sd[node] ** 2,
            self.model.link == "probit", out,
        )  # fmt: skip
        return out


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
