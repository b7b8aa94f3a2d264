"""Where every item's parameters stand, which are shared over times, and their prior."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.model import Model
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["ItemPrior", "Layout", "layout"]

LOAD, CUT, GAP = 0, 1, 2


@dataclass(frozen=True)
class ItemPrior:
    """Normal priors on discriminations, first cutpoints and logs of the distances after them.

    Attributes
    ----------
    load_sd, cut_mean, cut_sd, gap_mean, gap_sd : float
        Means and standard deviations; discriminations have mean 0, for their sign is free.
    """

    load_sd: float
    cut_mean: float
    cut_sd: float
    gap_mean: float
    gap_sd: float


@dataclass(frozen=True, eq=False)
class Layout:
    """The order of parameters: items of one time first, then those shared over times.

    Attributes
    ----------
    sizes : ndarray, shape (instances,)
        Parameters of each instance: discrimination, first cutpoint, logs of the distances.
    index : ndarray, shape (instances, most)
        Where they stand.
    local : ndarray of bool, shape (instances,)
        Whether an instance shares no parameter.
    split : int
        How many parameters belong to one time.
    kind : ndarray, shape (parameters,)
        0 discrimination, 1 first cutpoint, 2 log of a distance.
    chained : ndarray of bool, shape (parameters,)
        Whether a parameter follows another of the same item (drifting cutpoints).
    links : ndarray, shape (links, 2)
        Which shared parameter follows which.
    lengths : ndarray, shape (links,)
        After how long.
    drift_sd : float
        Standard deviation of such a step in a unit of time.
    mean : ndarray, shape (parameters,)
        Prior means.
    own : ndarray, shape (split,)
        Prior precisions of the parameters of one time.
    shared : ndarray, shape (shared,)
        Prior precisions of the parameters shared over times, those of their links included.
    steps : ndarray, shape (links,)
        Prior precision of each link's step.
    """

    sizes: Ints
    index: Ints
    local: NDArray[np.bool_]
    split: int
    kind: Ints
    chained: NDArray[np.bool_]
    links: Ints
    lengths: Floats
    drift_sd: float
    mean: Floats
    own: Floats
    shared: Floats
    steps: Floats

    @property
    def real(self) -> NDArray[np.bool_]:
        """Which entries of `index` are parameters, the others being padding."""
        return np.arange(self.index.shape[1]) < self.sizes[:, None]

    def pull(self, psi: Floats) -> tuple[Floats, float]:
        """Gradient and value of the prior's log density (up to a constant)."""
        away = psi - self.mean
        force = np.append(self.own, self.shared) * away
        before, after = self.split + self.links.T
        np.subtract.at(force, before, self.steps * away[after])
        np.subtract.at(force, after, self.steps * away[before])
        return -force, -0.5 * float(away @ force)

    def with_prior(self, prior: ItemPrior) -> Layout:
        """The same order under another prior."""
        mean = np.array([0.0, prior.cut_mean, prior.gap_mean])[self.kind]
        precision = np.array([prior.load_sd, prior.cut_sd, prior.gap_sd])[self.kind] ** -2.0
        shared = np.where(self.chained, 0.0, precision)[self.split :]
        steps = 1.0 / (self.drift_sd**2 * self.lengths)
        np.add.at(shared, self.links.ravel(), np.repeat(steps, 2))
        return replace(self, mean=mean, own=precision[: self.split], shared=shared, steps=steps)

    def estimate(self, psi: Floats, variance: Floats, before: ItemPrior) -> ItemPrior:
        """The prior that one round of EM finds, given means and variances of parameters."""
        free = ~self.chained
        parts = [free & (self.kind == kind) for kind in (LOAD, CUT, GAP)]
        loads, cuts, gaps = ((psi[part], variance[part]) for part in parts)
        gap_mean, gap_sd = before.gap_mean, before.gap_sd
        if len(gaps[0]):
            gap_mean = float(gaps[0].mean())
            gap_sd = _sd(gaps[0] - gap_mean, gaps[1])
        middle = float(cuts[0].mean())
        return ItemPrior(
            _sd(loads[0], loads[1]), middle, _sd(cuts[0] - middle, cuts[1]), gap_mean, gap_sd
        )


def _sd(away: Floats, variance: Floats) -> float:
    return float(np.sqrt(np.mean(away**2 + variance)))


def layout(answers: Answers, model: Model, prior: ItemPrior) -> Layout:
    """Lay out the parameters of every item under a prior."""
    sizes = answers.categories[answers.instance_item]
    times = np.bincount(answers.instance_item, minlength=len(answers.items))
    local = times[answers.instance_item] == 1
    most = int(sizes.max())
    index = np.zeros((len(sizes), most), dtype=np.int64)
    firsts = np.cumsum(np.where(local, sizes, 0)) - np.where(local, sizes, 0)
    index[local] = firsts[local, None] + np.minimum(np.arange(most), sizes[local, None] - 1)
    split = int(np.sum(sizes[local]))
    kinds, links = _shared(answers, sizes, index, local, split)
    kind = np.empty(split + len(kinds), dtype=np.int64)
    kind[split:] = kinds
    for m in range(most):
        chosen = local & (sizes > m)
        kind[index[chosen, m]] = min(m, GAP)
    pairs = np.array([(a, b) for a, b, _ in links], dtype=np.int64).reshape(-1, 2)
    chained = np.zeros(len(kind), dtype=bool)
    chained[split + pairs[:, 1]] = True
    lengths = np.array([length for _, _, length in links])
    none = np.empty(0)
    bare = Layout(
        sizes,
        index,
        local,
        split,
        kind,
        chained,
        pairs,
        lengths,
        model.drift_sd,
        none,
        none,
        none,
        none,
    )
    return bare.with_prior(prior)


def _shared(
    answers: Answers, sizes: Ints, index: Ints, local: NDArray[np.bool_], split: int
) -> tuple[list[int], list[tuple[int, int, float]]]:
    """Place the shared parameters: their kinds, and which follow which after how long."""
    kinds: list[int] = []
    links: list[tuple[int, int, float]] = []
    last: dict[int, tuple[int, float]] = {}
    loads: dict[int, int] = {}
    for i in np.flatnonzero(~local):
        item, k = int(answers.instance_item[i]), int(sizes[i])
        time = float(answers.times[answers.instance_time[i]])
        known = item in loads
        if not known:
            loads[item] = len(kinds)
            kinds.append(LOAD)
        index[i, :] = split + loads[item]
        if known and not answers.drifting[item]:
            cuts = last[item][0]
        else:
            cuts = len(kinds)
            kinds += [min(m, GAP) for m in range(1, k)]
            if known:
                before, then = last[item]
                links += [(before + m, cuts + m, time - then) for m in range(k - 1)]
        last[item] = (cuts, time)
        index[i, 1:k] = split + cuts + np.arange(k - 1)
    return kinds, links
