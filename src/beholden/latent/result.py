"""What a fit yields: positions, items, draws, predictions, all with their uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from beholden.latent.elsewhere import place_at
from beholden.latent.kernels import log_probabilities
from beholden.latent.new_items import NewItem, chances, coded, given_answers, given_parameters
from beholden.latent.posterior import item_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from beholden.latent.model import Model
    from beholden.latent.observed import Answers
    from beholden.latent.posterior import Posterior

    Floats = NDArray[np.float64]

__all__ = ["Fit"]


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
        return item_errors(self.posterior, self._spans, *self._frame)

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

    def position_at(self, unit: object, time: float) -> tuple[float, float]:
        """Mean and standard error of a unit's position at any time.

        Beyond the unit's first and last answer the path goes on as the prior says, and between
        times it is filled in; both less surely (:func:`beholden.latent.elsewhere.place_at`).

        Raises
        ------
        AnswersError
            When the unit is unknown.
        """
        mean, variance = self._place(unit, time)
        return mean, float(np.sqrt(variance))

    def _place(self, unit: object, time: float) -> tuple[float, float]:
        """Mean and variance of a position on the reported scale, stretch and shift held."""
        middle, size = self._frame
        mean, variance = place_at(self.answers, self.posterior, unit, time)
        return (mean - middle) / size, variance / size**2

    def predict(self, unit: object, time: float, item: object) -> dict[Any, float]:
        """The probability of each answer of a unit at a time to an item of the fit.

        The uncertainty of the position is averaged out. The time need not be one at which the
        unit answered. An item put at several times with drifting cutpoints is taken as at the
        time nearest.

        Raises
        ------
        AnswersError
            When the item or the unit is unknown.
        """
        instance = [self.answers.put(item, time)]
        mean, variance = place_at(self.answers, self.posterior, unit, time)
        loads, cuts = self._item_values(self.posterior.psi)
        k = int(self.posterior.state.layout.sizes[instance[0]])
        probit = self.model.link == "probit"
        each = chances(loads[instance], cuts[instance, : k - 1], mean, variance, probit=probit)
        return dict(zip(self.answers.scale_of(instance[0]), each[0].tolist(), strict=True))

    def known_item(
        self, discrimination: float, cutpoints: Sequence[float], scale: Sequence[Any] | None = None
    ) -> NewItem:
        """An item that was not fitted, by its parameters on the reported scale.

        Raises
        ------
        LatentError
            When the cutpoints do not rise, or the scale has not one category more.
        """
        probit = self.model.link == "probit"
        return given_parameters(discrimination, cutpoints, scale, self._place, probit=probit)

    def new_item(self, known: pl.DataFrame, scale: Sequence[Any]) -> NewItem:
        """An item that was not fitted, by some answers to it; `predict` then tells the others.

        Parameters
        ----------
        known : polars.DataFrame
            Columns `unit`, `time` and `answer`. Without rows the prior speaks.
        scale : sequence
            The categories, lowest first.

        Raises
        ------
        AnswersError
            When a column is missing, an answer is off the scale or a unit is unknown.
        """
        code = coded(known, scale)
        places = [place_at(self.answers, self.posterior, *pair)
                  for pair in known.select("unit", "time").iter_rows()]  # fmt: skip
        mean, variance = np.array(places).reshape(-1, 2).T
        probit = self.model.link == "probit"
        prior = self.posterior.state.prior
        loads, cuts, weights = given_answers(code, mean, variance, len(scale), prior, probit=probit)
        middle, size = self._frame
        cuts = cuts - middle * loads[:, None]
        return NewItem(tuple(scale), loads * size, cuts, weights, probit, self._place)

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
