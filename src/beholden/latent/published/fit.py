"""The model of Bailey, Strezhnev and Voeten, fitted in a second instead of overnight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy.special import ndtri

from beholden.latent.model import Anchors
from beholden.latent.problems import LatentError
from beholden.latent.published.layout import published_layout
from beholden.latent.published.moments import move_positions, sweep_items
from beholden.latent.start import anchored, first_positions, sign_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from beholden.latent.observed import Answers
    from beholden.latent.published.layout import PublishedLayout

    Floats = NDArray[np.float64]

__all__ = ["PUBLISHED_ANCHORS", "PublishedFit", "fit_published"]

# The units that the edition starts on either side, by codes of the Correlates of War.
PUBLISHED_ANCHORS = Anchors(positive=(2, 20, 200, 666), negative=(365, 265))
START_ROUNDS = 4
START_VARIANCE = 0.02
# Sweeps that take positions and items as known, before averages over both are safe to take.
FIRST_SWEEPS = 8
CUT_EDGE = 7.0


@dataclass(frozen=True, eq=False)
class PublishedFit:
    """Positions and items of the published model.

    Attributes
    ----------
    answers : Answers
        What was fitted.
    mean, sd : ndarray, shape (places,)
        Positions and their standard errors, by time, then unit; a unit has a place at every
        time at which it answered. Their draws have mean 0 and variance 1 over all places, so
        the means vary a little less.
    item_values : ndarray, shape (items, 3)
        Discrimination and both cutpoints.
    item_sd : ndarray, shape (items,)
        Standard errors of discriminations.
    sweeps : int
        Sweeps taken.
    converged : bool
        Whether the last one moved positions by less than the tolerance.
    moved : float
        By how much it did (root mean square).
    pull : float
        By how much conditional means are larger than the positions standardised from them.
    anchors_hold : float
        The share of times at which positive anchors stand above negative ones.
    """

    answers: Answers
    mean: Floats
    sd: Floats
    item_values: Floats
    item_sd: Floats
    sweeps: int
    converged: bool
    moved: float
    pull: float
    anchors_hold: float

    def positions(self) -> pl.DataFrame:
        """A row for each unit at each time at which it answered: `mean`, `sd` and `answers`."""
        return positions_table(self.answers, self.mean, self.sd)

    def items(self) -> pl.DataFrame:
        """A row for each item: `discrimination`, its `sd`, `cutpoints` and `answers`.

        Where nobody gave the lowest or the highest answer, votes say only that the cutpoint
        lies beyond them; it is then put midway between the other one and 7, the bound of the
        published prior. Where nobody gave the middle one, both cutpoints are the same.
        """
        return items_table(self.answers, self.item_values, self.item_sd)


def fit_published(
    answers: Answers,
    *,
    anchors: Anchors = PUBLISHED_ANCHORS,
    tolerance: float = 2e-3,
    limit: int = 60,
    progress: Callable[[int, float], None] | None = None,
) -> PublishedFit:
    """Fit the published model by its means: what its sampler wanders about, without sampling.

    Ordered probit; a position's prior mean is the unit's last position, its prior variance
    1/2 n / (n + n before); the first borrows from the second; discriminations are N(0, 1),
    cutpoints flat between -7 and 7. Gradients are averaged over what is unsure of positions and
    items (two points for each answer, and Stein's identity), since joint modes stretch positions
    in sessions with many items. Standard errors are from the true curvature with the items'
    uncertainty, not from the augmented data's.

    Parameters
    ----------
    answers : Answers
        Items with three categories, such as
        :func:`beholden.latent.assembly.published_answers` gives.
    anchors : Anchors
        Units on the positive and the negative side, to start from; those that are no units of
        the answers are passed over.
    tolerance : float
        Sweeps end when positions move by less (root mean square).
    limit : int
        Most sweeps.
    progress : callable or None
        Called after every sweep with its number and that move. An exception that it raises
        ends the fit.

    Raises
    ------
    LatentError
        When items have another number of categories, no anchor is among the units, anchors
        contradict the answers, or the limit is below 1.

    References
    ----------
    .. [1] Bailey, M. A., Strezhnev, A., and Voeten, E. (2017). Estimating dynamic state
       preferences from United Nations voting data. Journal of Conflict Resolution 61(2),
       430-456. https://doi.org/10.1177/0022002715595700

    Examples
    --------
    >>> from beholden.latent.observed import answers
    >>> rows = [(u, t, 20 * t + i, (u > i) + (u > i + 1))
    ...     for u in range(8) for t in (1, 2) for i in range(6)]
    >>> table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    >>> data = answers(table, scale=[0, 1, 2])
    >>> found = fit_published(data, anchors=Anchors(positive=(7,), negative=(0,)))
    >>> bool(found.mean[7] > found.mean[0])
    True
    """
    if limit < 1:
        raise LatentError(f"expected a limit of at least 1 sweep, received {limit}")
    layout = published_layout(answers)
    sides = known_anchors(answers, anchors)
    state = _started(answers, layout, sides)
    sums = np.empty((len(layout.chunk_start) - 1, layout.places, 6))
    middle, size, moved, sweep = 0.0, 1.0, np.inf, 0
    while sweep < limit and (sweep <= FIRST_SWEEPS + 1 or moved >= tolerance):
        sweep += 1
        use = float(sweep > FIRST_SWEEPS)
        theta, var, psi, cov = state
        sweep_items(
            layout.chunk_start, layout.item_start, layout.place, layout.home, theta, var, psi, cov,
            use, sums,
        )  # fmt: skip
        middle, size, moved = move_positions(
            layout.time_start, layout.before, layout.prior, layout.home, sums, theta, var, psi,
            middle, size,
        )  # fmt: skip
        if progress is not None:
            progress(sweep, moved)
    return _found(answers, layout, sides, state, sweep, moved, moved < tolerance, size)


def known_anchors(answers: Answers, anchors: Anchors) -> Anchors:
    """The anchors that are among the units.

    Raises
    ------
    LatentError
        When none is.
    """
    units = set(answers.units)
    kept = Anchors(
        tuple(unit for unit in anchors.positive if unit in units),
        tuple(unit for unit in anchors.negative if unit in units),
    )
    if not (kept.positive or kept.negative):
        raise LatentError(
            f"expected an anchor among the {len(answers.units)} units, received "
            f"{anchors.positive + anchors.negative}. Name units that lie on either side"
        )
    return kept


def _started(answers: Answers, layout: PublishedLayout, anchors: Anchors) -> tuple[Floats, ...]:
    """First positions, their variances, items and their covariances."""
    unit = answers.node_unit[layout.kept]
    theta = first_positions(answers, anchors, rounds=START_ROUNDS)[unit]
    spread = theta.std()
    if not spread > 0:
        raise LatentError(
            "expected answers that tell the units apart from the anchors on, found none that do"
        )
    theta = (theta - theta.mean()) / spread
    psi = first_items(layout, theta)
    var = np.full(layout.places, START_VARIANCE)
    return theta, var, psi, np.zeros((layout.items, 3, 3))


def first_items(layout: PublishedLayout, theta: Floats) -> Floats:
    """Discriminations of 1 with the sign of the answers, cutpoints from their margins."""
    counts = np.diff(layout.item_start, axis=1)
    total = counts.sum(axis=1)
    item = np.repeat(np.arange(layout.items), total)
    code = np.repeat(np.tile(np.arange(3.0), layout.items), counts.ravel())
    x = theta[layout.place]
    lean = np.bincount(item, code * x) - np.bincount(item, code) * np.bincount(item, x) / total
    cut = ndtri((np.cumsum(counts, axis=1)[:, :2] + 0.5) / (total + 1.0)[:, None])
    first = np.where(counts[:, 0] == 0, cut[:, 1], cut[:, 0])
    return np.column_stack(
        [np.where(lean < 0, -1.0, 1.0), first, np.log(np.maximum(cut[:, 1] - cut[:, 0], 0.05))]
    )


def _found(
    answers: Answers,
    layout: PublishedLayout,
    anchors: Anchors,
    state: tuple[Floats, ...],
    sweeps: int,
    moved: float,
    converged: bool,
    size: float,
) -> PublishedFit:
    theta, var, psi, cov = state
    if not np.isfinite(theta).all():
        raise LatentError("expected finite positions, the sweeps ran away. Check the answers")
    sign, hold = orientation(answers, layout, theta, anchors)
    values = _values(layout, psi)
    if sign < 0:
        theta = -theta
        values[:, 0] *= -1.0
    return PublishedFit(
        answers, theta, np.sqrt(var), values, np.sqrt(cov[:, 0, 0]), sweeps, converged, moved,
        size - 1.0, hold,
    )  # fmt: skip


def _values(layout: PublishedLayout, psi: Floats) -> Floats:
    """Discriminations and both cutpoints, those that votes do not tell of by the prior."""
    counts = np.diff(layout.item_start, axis=1)
    low = psi[:, 1].copy()
    high = np.where(counts.min(axis=1) > 0, low + np.exp(np.minimum(psi[:, 2], 2.5)), low)
    high = np.where(counts[:, 2] == 0, (np.minimum(low, CUT_EDGE) + CUT_EDGE) / 2, high)
    low = np.where(counts[:, 0] == 0, (np.maximum(low, -CUT_EDGE) - CUT_EDGE) / 2, low)
    return np.column_stack([psi[:, 0], low, high])


def orientation(
    answers: Answers, layout: PublishedLayout, theta: Floats, anchors: Anchors
) -> tuple[float, float]:
    """The sign that sets the anchors right, and the share of times at which they then hold.

    Raises
    ------
    LatentError
        When anchors of both sides are known and stand right at fewer than half of the times.
    """
    plus, minus = anchored(answers, anchors)
    unit, time = answers.node_unit[layout.kept], answers.node_time[layout.kept]
    count = np.maximum(np.bincount(unit, minlength=len(plus)), 1)
    sign = sign_of(np.bincount(unit, theta, len(plus)) / count, plus, minus)
    above, both = [], np.zeros(len(answers.times), dtype=bool)
    for side in (plus, minus):
        there = np.bincount(time, side[unit], len(both))
        total = np.bincount(time, side[unit] * theta * sign, len(both))
        above.append(np.divide(total, there, out=np.zeros(len(both)), where=there > 0))
        both = there > 0 if side is plus else both & (there > 0)
    hold = float(np.mean((above[0] > above[1])[both])) if both.any() else 1.0
    if hold < 0.5:
        raise LatentError(
            f"expected the anchors {anchors.positive} above {anchors.negative}, found them so at "
            f"{hold:.0%} of times. Choose anchors that the answers do not contradict"
        )
    return sign, hold


def positions_table(answers: Answers, mean: Floats, sd: Floats) -> pl.DataFrame:
    """Positions with their labels."""
    kept = np.flatnonzero(answers.node_answers > 0)
    return pl.DataFrame(
        {
            "unit": [answers.units[u] for u in answers.node_unit[kept]],
            "time": answers.times[answers.node_time[kept]],
            "mean": mean,
            "sd": sd,
            "answers": answers.node_answers[kept],
        }
    )


def items_table(answers: Answers, values: Floats, sd: Floats) -> pl.DataFrame:
    """Items with their labels."""
    counts = np.bincount(answers.instance_item, np.diff(answers.instance_start), len(answers.items))
    return pl.DataFrame(
        {
            "item": list(answers.items),
            "discrimination": values[:, 0],
            "sd": sd,
            "cutpoints": values[:, 1:].tolist(),
            "answers": counts.astype(np.int64),
        }
    )
