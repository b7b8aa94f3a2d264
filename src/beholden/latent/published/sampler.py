"""The published sampler, compiled: Bailey, Strezhnev and Voeten's algorithm step by step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.diagnostics import mixing
from beholden.latent.keeping import digest_of
from beholden.latent.published.chain import (
    Plan,
    begun,
    check,
    load,
    redraw_items,
    save,
    total_of,
)
from beholden.latent.published.fit import (
    PUBLISHED_ANCHORS,
    items_table,
    known_anchors,
    orientation,
    positions_table,
)
from beholden.latent.published.layout import published_layout
from beholden.latent.published.sweep import draw_positions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl
    from numpy.typing import NDArray

    from beholden.latent.diagnostics import Mixing
    from beholden.latent.model import Anchors
    from beholden.latent.observed import Answers
    from beholden.latent.published.chain import Chain
    from beholden.latent.published.fit import PublishedFit
    from beholden.latent.published.layout import PublishedLayout

    Floats = NDArray[np.float64]

__all__ = ["PublishedSample", "sample_published"]

# The published step of cutpoints: 0.2 over the number of categories.
STEP = 0.2 / 3.0
SAVE_EVERY = 500


@dataclass(frozen=True, eq=False)
class PublishedSample:
    """Draws of the published sampler.

    Attributes
    ----------
    answers : Answers
        What was sampled.
    mean, sd : ndarray, shape (places,)
        Mean and standard deviation of positions over all iterations after the warm-up; a unit
        has a place at every time at which it answered.
    item_values, item_deviations : ndarray, shape (items, 3)
        The same of discriminations and both cutpoints.
    draws : ndarray of float32, shape (draws, places)
        Every so many iterations the positions themselves.
    levels : ndarray, shape (iterations, times)
        The mean position of each time at every iteration after the warm-up.
    anchors_hold : float
        The share of times at which positive anchors stand above negative ones.
    """

    answers: Answers
    mean: Floats
    sd: Floats
    item_values: Floats
    item_deviations: Floats
    draws: NDArray[np.float32]
    levels: Floats
    anchors_hold: float

    def positions(self) -> pl.DataFrame:
        """A row for each unit at each time at which it answered: `mean`, `sd` and `answers`."""
        return positions_table(self.answers, self.mean, self.sd)

    def items(self) -> pl.DataFrame:
        """A row for each item: `discrimination`, its `sd`, `cutpoints` and `answers`."""
        return items_table(self.answers, self.item_values, self.item_deviations[:, 0])

    @cached_property
    def mixing(self) -> Mixing:
        """R-hat and effective sample sizes of positions, from the draws kept."""
        return mixing(self.draws[None].astype(np.float64))

    @cached_property
    def level_mixing(self) -> Mixing:
        """The same of the means of times, which mix slowest."""
        return mixing(self.levels[None])


def sample_published(
    answers: Answers,
    *,
    iterations: int = 20_000,
    warmup: int = 4_000,
    thin: int = 50,
    seed: int = 0,
    step: float = STEP,
    anchors: Anchors = PUBLISHED_ANCHORS,
    start: PublishedFit | None = None,
    checkpoint: Path | None = None,
    progress: Callable[[int, float], None] | None = None,
) -> PublishedSample:
    """Run the published algorithm.

    In each iteration: positions given items and latent variables, their prior means being the
    conditional means of the iteration before; cut at 5, standardised; cutpoints by
    Metropolis-Hastings with the latent variables integrated out; latent variables; then
    discriminations. Every item and every position has its own random numbers in every
    iteration, so threads change nothing and an interrupted run goes on as if it had not been.

    Parameters
    ----------
    answers : Answers
        Items with three categories.
    iterations, warmup : int
        Iterations counted, and those before them that are not.
    thin : int
        Positions of every so many iterations are kept as draws.
    seed : int
        The same seed gives the same draws.
    step : float
        Standard deviation of the cutpoints' steps.
    anchors : Anchors
        Units on either side.
    start : PublishedFit or None
        Where to start; None takes the edition's start: positions at 0 but for the anchors.
    checkpoint : Path or None
        Where to save the chain, every 500 iterations and on interruption; a run whose file is
        there already goes on from it.
    progress : callable or None
        Called after every iteration with its number and the standard deviation before
        standardising.

    Raises
    ------
    LatentError
        When a number is out of range, the checkpoint is of another run, or as
        :func:`beholden.latent.published.fit_published` does.

    References
    ----------
    .. [1] Bailey, M. A., Strezhnev, A., and Voeten, E. (2017). Estimating dynamic state
       preferences from United Nations voting data. Journal of Conflict Resolution 61(2),
       430-456. https://doi.org/10.1177/0022002715595700
    .. [2] Johnson, V. E., and Albert, J. H. (1999). Ordinal data modeling. Springer.
       https://doi.org/10.1007/b98832

    Examples
    --------
    >>> import polars as pl
    >>> from beholden.latent.model import Anchors
    >>> from beholden.latent.observed import answers
    >>> rows = [(u, t, 20 * t + i, (u > i) + (u > i + 1))
    ...     for u in range(8) for t in (1, 2) for i in range(6)]
    >>> table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    >>> found = sample_published(answers(table, scale=[0, 1, 2]), iterations=50, warmup=10,
    ...     thin=5, anchors=Anchors(positive=(7,), negative=(0,)))
    >>> found.draws.shape
    (10, 16)
    """
    plan = Plan(iterations, warmup, thin, seed, step)
    check(plan)
    layout = published_layout(answers)
    sides = known_anchors(answers, anchors)
    # A longer run of the same chain has the same name.
    same = plan.warmup, plan.thin, plan.seed, plan.step, anchors, start is None
    name = digest_of(answers, *same)
    if checkpoint is not None and checkpoint.exists():
        chain = load(checkpoint, name)
    else:
        chain = begun(answers, layout, plan, sides, start)
    _run(layout, plan, chain, checkpoint, name, progress)
    return _sample(answers, layout, plan, sides, chain)


def _run(
    layout: PublishedLayout,
    plan: Plan,
    chain: Chain,
    checkpoint: Path | None,
    name: str,
    progress: Callable[[int, float], None] | None,
) -> None:
    sums = np.empty((len(layout.chunk_start) - 1, layout.places, 2))
    time = np.repeat(np.arange(len(layout.time_start) - 1), np.diff(layout.time_start))
    try:
        while chain.sweep < plan.warmup + plan.iterations:
            size = _iterate(layout, plan, chain, sums, time)
            if checkpoint is not None and chain.sweep % SAVE_EVERY == 0:
                save(checkpoint, name, chain)
            if progress is not None:
                progress(chain.sweep, size)
    except BaseException:
        # Interruption included: the chain stands between two iterations and can go on.
        if checkpoint is not None:
            save(checkpoint, name, chain)
        raise
    if checkpoint is not None:
        save(checkpoint, name, chain)


def _iterate(
    layout: PublishedLayout, plan: Plan, chain: Chain, sums: Floats, time: NDArray[np.int64]
) -> float:
    """One iteration; the chain changes only when it is complete."""
    sweep = chain.sweep + 1
    theta, mean, values = chain.theta.copy(), chain.mean.copy(), chain.values.copy()
    _, size = draw_positions(
        layout.before, layout.prior, chain.total, mean, theta, np.uint64(plan.seed),
        np.uint64(sweep), layout.items,
    )  # fmt: skip
    redraw_items(layout, plan, theta, values, sweep, sums)
    total = total_of(sums)
    sums_now = chain.theta_sums, chain.value_sums
    if sweep > plan.warmup:
        sums_now = (
            chain.theta_sums + np.stack([theta, theta**2]),
            chain.value_sums + np.stack([values, values**2]),
        )
        del chain.levels[sweep - plan.warmup - 1 :]
        chain.levels.append(np.bincount(time, theta) / np.bincount(time))
        del chain.draws[(sweep - plan.warmup - 1) // plan.thin :]
        if (sweep - plan.warmup) % plan.thin == 0:
            chain.draws.append(theta.astype(np.float32))
    chain.theta_sums, chain.value_sums = sums_now
    chain.theta, chain.mean, chain.values, chain.total = theta, mean, values, total
    chain.sweep = sweep
    return float(size)


def _sample(
    answers: Answers, layout: PublishedLayout, plan: Plan, sides: Anchors, chain: Chain
) -> PublishedSample:
    first, second = chain.theta_sums / plan.iterations
    values, squares = chain.value_sums / plan.iterations
    sign, hold = orientation(answers, layout, first, sides)
    turned = np.array([sign, 1.0, 1.0])
    draws = np.array(chain.draws, dtype=np.float32).reshape(-1, layout.places)
    return PublishedSample(
        answers=answers,
        mean=sign * first,
        sd=np.sqrt(np.maximum(second - first**2, 0.0)),
        item_values=values * turned,
        item_deviations=np.sqrt(np.maximum(squares - values**2, 0.0)),
        draws=np.float32(sign) * draws,
        levels=sign * np.array(chain.levels),
        anchors_hold=hold,
    )
