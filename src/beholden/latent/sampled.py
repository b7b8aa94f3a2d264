"""What the sampler yields: draws of positions and items, and how well they have mixed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from beholden.latent.diagnostics import mixing
from beholden.latent.extra import needed
from beholden.latent.gibbs.kernels import mean_probabilities
from beholden.latent.gibbs.scales import HYPER
from beholden.latent.problems import LatentError
from beholden.latent.start import anchored

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.diagnostics import Mixing
    from beholden.latent.layout import Layout
    from beholden.latent.model import Model
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Sample"]

# Draws that predictions are averaged over.
PREDICTING = 200
BATCH = 20_000


@dataclass(frozen=True, eq=False)
class Sample:
    """Draws from the joint posterior, each on the reported scale.

    Every draw has mean 0 and standard deviation 1 over the unit-times with an answer, and the
    positive anchors above the negative ones.

    Attributes
    ----------
    answers, model, layout : Answers, Model, Layout
        The data, what was assumed, and the order of the items' parameters.
    theta : ndarray, shape (chains, draws, nodes)
        Positions.
    psi : ndarray, shape (chains, draws, parameters)
        Discriminations, first cutpoints, and logs of the distances between cutpoints.
    hyper : ndarray, shape (chains, draws, 6)
        Standard deviations of steps and discriminations (on the reported scale); mean and
        standard deviation of first cutpoints, and of logs of distances.
    seed, warmup, thin : int
        As they were asked for.
    ridge : float
        Under ``scale="pool"``, the precision that kept positions at their size.
    taken : ndarray, shape (3, 2)
        Proposals taken and made after the warmup: of paths, of items, of levels.
    finished : bool
        Whether all draws asked for are there.
    """

    answers: Answers
    model: Model
    layout: Layout
    theta: NDArray[np.float32]
    psi: NDArray[np.float32]
    hyper: Floats
    seed: int
    warmup: int
    thin: int
    ridge: float
    taken: Floats
    finished: bool

    @cached_property
    def mean(self) -> Floats:
        """Posterior means of positions, shape (nodes,)."""
        return np.asarray(self.theta.mean(axis=(0, 1), dtype=np.float64))

    @cached_property
    def sd(self) -> Floats:
        """Posterior standard deviations of positions, shape (nodes,)."""
        return np.asarray(self.theta.std(axis=(0, 1), dtype=np.float64, ddof=1))

    @cached_property
    def _mixing(self) -> Mixing:
        return mixing(self.theta)

    @cached_property
    def _item_mixing(self) -> Mixing:
        return mixing(self.psi)

    @property
    def step_sd(self) -> float:
        """Posterior mean of the standard deviation of a unit's step in a unit of time."""
        return float(self.hyper[:, :, 0].mean())

    @cached_property
    def anchors_hold(self) -> float:
        """The share of times and draws at which positive anchors stand above negative ones."""
        data = self.answers
        plus, minus = anchored(data, self.model.anchors)
        held, times = 0.0, 0
        for t in range(len(data.times)):
            here = data.node_time == t
            p, m = plus[data.node_unit[here]] > 0, minus[data.node_unit[here]] > 0
            if p.any() and m.any():
                part = self.theta[:, :, here]
                times += 1
                held += float(np.mean(part[:, :, p].mean(axis=2) > part[:, :, m].mean(axis=2)))
        return held / times if times else 1.0

    def positions(self, level: float = 0.95) -> pl.DataFrame:
        """A row for each unit at each time.

        Columns `mean`, `sd`, the ends `low` and `high` of the middle `level` of draws, the number
        of `answers`, and how well draws have mixed: effective sample sizes `ess` (bulk) and
        `ess_tail`, and `rhat`.
        """
        data = self.answers
        low, high = _ends(self.theta, level)
        return pl.DataFrame(
            {
                "unit": [data.units[u] for u in data.node_unit],
                "time": data.times[data.node_time],
                "mean": self.mean,
                "sd": self.sd,
                "low": low,
                "high": high,
                "answers": data.node_answers,
                "ess": self._mixing.bulk,
                "ess_tail": self._mixing.tail,
                "rhat": self._mixing.rhat,
            }
        )

    def items(self, level: float = 0.95) -> pl.DataFrame:
        """A row for each item at each time: its `discrimination` and mean `cutpoints`.

        The discrimination has `sd`, `low`, `high`, `ess` and `rhat` as positions have.
        """
        data, place = self.answers, self.layout.index[:, 0]
        loads = self.psi[:, :, place]
        low, high = _ends(loads, level)
        cuts = _mean_cuts(self.psi, self.layout)
        return pl.DataFrame(
            {
                "item": [data.items[i] for i in data.instance_item],
                "time": data.times[data.instance_time],
                "discrimination": loads.mean(axis=(0, 1), dtype=np.float64),
                "sd": loads.std(axis=(0, 1), dtype=np.float64, ddof=1),
                "low": low,
                "high": high,
                "cutpoints": [
                    cut[: k - 1].tolist() for cut, k in zip(cuts, self.layout.sizes, strict=True)
                ],
                "answers": np.diff(data.instance_start),
                "ess": self._item_mixing.bulk[place],
                "rhat": self._item_mixing.rhat[place],
            }
        )

    def draws(self, count: int | None = None) -> Floats:
        """Draws of all positions, chain after chain; `count` of them at even distances.

        Returns
        -------
        ndarray, shape (count, nodes)
        """
        flat = self.theta.reshape(-1, self.theta.shape[2])
        return np.asarray(flat[self._spaced(count)], dtype=np.float64)

    def _spaced(self, count: int | None) -> Ints:
        total = self.theta.shape[0] * self.theta.shape[1]
        if count is None or count >= total:
            return np.arange(total)
        return np.asarray((np.arange(count) * total) // count)

    def predict(self, unit: object, time: float, item: object) -> dict[Any, float]:
        """The probability of each answer of a unit at a time to an item, averaged over draws.

        An item put at several times with drifting cutpoints is taken as at the time nearest.

        Raises
        ------
        AnswersError
            When the item is unknown, or the unit has no position at that time.
        """
        data = self.answers
        instance = data.put(item, time)
        k = int(self.layout.sizes[instance])
        held = pl.DataFrame({"node": [data.place(unit, time)] * k, "instance": [instance] * k})
        logs = self.log_scores(held.with_columns(code=pl.Series(np.arange(k))))
        return dict(zip(data.scale_of(instance), np.exp(logs).tolist(), strict=True))

    def log_scores(self, held: pl.DataFrame) -> Floats:
        """Log probability of answers that were held out, averaged over up to 200 draws.

        Parameters
        ----------
        held : polars.DataFrame
            Columns `node`, `instance` and `code`, as places in the answers.

        Returns
        -------
        ndarray, shape (rows,)
        """
        node, instance, code = (held[name].to_numpy() for name in ("node", "instance", "code"))
        chosen = self._spaced(PREDICTING)
        theta = self.theta.reshape(-1, self.theta.shape[2])[chosen].astype(float)
        psi = self.psi.reshape(-1, self.psi.shape[2])[chosen].astype(float)
        out = np.empty(len(node))
        for a in range(0, len(node), BATCH):
            part = slice(a, a + BATCH)
            values = psi[:, self.layout.index[instance[part]]]
            mean_probabilities(
                code[part].astype(np.int64), self.layout.sizes[instance[part]],
                theta[:, node[part]], values, self.model.link == "probit", out[part],
            )  # fmt: skip
        return np.asarray(np.log(out))

    def diagnostics(self) -> pl.DataFrame:
        """How well groups of figures have mixed: the worst `rhat`, and effective sample sizes.

        Rows for `positions`, `means of times` (of all positions at a time), `discriminations`,
        `cutpoints`, and each figure behind the priors that was drawn. Columns `figures` (how many),
        `rhat` (worst), `ess_median`, `ess_least` (bulk) and `ess_tail_least`.
        """
        kind = self.layout.kind
        found = [
            ("positions", self._mixing, np.ones(self.theta.shape[2], dtype=bool)),
            ("means of times", mixing(self._time_means()), np.ones(len(self.answers.times), bool)),
            ("discriminations", self._item_mixing, kind == 0),
            ("cutpoints", self._item_mixing, kind > 0),
        ]
        drawn = np.ptp(self.hyper, axis=(0, 1)) > 0
        whole = mixing(self.hyper)
        found += [
            (name, whole, np.arange(len(HYPER)) == place)
            for place, name in enumerate(HYPER)
            if drawn[place]
        ]
        return pl.DataFrame([_summary(*row) for row in found])

    def _time_means(self) -> Floats:
        time = self.answers.node_time
        return np.stack(
            [
                self.theta[:, :, time == t].mean(axis=2, dtype=np.float64)
                for t in range(len(self.answers.times))
            ],
            axis=2,
        )

    def to_arviz(self) -> Any:
        """The draws as an ``arviz.InferenceData``, with units, times and items as coordinates.

        Needs the extra ``beholden[bayes]``.

        Raises
        ------
        LatentError
            When ArviZ is not installed.
        """
        arviz = needed("arviz")
        data = self.answers
        posterior = {
            "position": self.theta,
            "discrimination": self.psi[:, :, self.layout.index[:, 0]],
            **{name: self.hyper[:, :, k] for k, name in enumerate(HYPER)},
        }
        nodes = [
            f"{data.units[u]}@{data.times[t]:g}"
            for u, t in zip(data.node_unit, data.node_time, strict=True)
        ]
        instances = [
            f"{data.items[i]}@{data.times[t]:g}"
            for i, t in zip(data.instance_item, data.instance_time, strict=True)
        ]
        return arviz.from_dict(
            posterior=posterior,
            coords={"node": nodes, "instance": instances},
            dims={"position": ["node"], "discrimination": ["instance"]},
        )


def _ends(draws: NDArray[np.float32], level: float) -> Floats:
    """The ends of the middle part of draws, shape (2, figures)."""
    if not 0 < level < 1:
        raise LatentError(f"expected a level between 0 and 1, received {level}")
    flat = draws.reshape(-1, draws.shape[2])
    ends = [(1 - level) / 2, (1 + level) / 2]
    parts = [np.quantile(flat[:, a : a + 500], ends, axis=0) for a in range(0, flat.shape[1], 500)]
    return np.concatenate(parts, axis=1).astype(np.float64)


def _mean_cuts(psi: NDArray[np.float32], layout: Layout) -> Floats:
    """Posterior means of the cutpoints of each instance."""
    values = psi.reshape(-1, psi.shape[2])
    first = values.mean(axis=0, dtype=np.float64)
    steps = np.exp(values[:, layout.kind == 2]).mean(axis=0, dtype=np.float64)
    means = first.copy()
    means[layout.kind == 2] = steps
    return np.asarray(np.cumsum(means[layout.index[:, 1:]], axis=1))


def _summary(name: str, found: Mixing, chosen: NDArray[np.bool_]) -> dict[str, Any]:
    return {
        "figure": name,
        "figures": int(chosen.sum()),
        "rhat": float(np.max(found.rhat[chosen])),
        "ess_median": float(np.median(found.bulk[chosen])),
        "ess_least": float(np.min(found.bulk[chosen])),
        "ess_tail_least": float(np.min(found.tail[chosen])),
    }
