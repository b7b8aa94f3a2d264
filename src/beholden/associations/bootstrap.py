"""Joint tests over a whole grid: one bootstrap for all its blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.associations.result import JointTests
from beholden.associations.work import concatenated, tasks
from beholden.models.joint import joint_tests
from beholden.models.pima import step_down
from beholden.models.wild import Wild

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from beholden.associations.blocks import Block
    from beholden.associations.universes import Universes
    from beholden.associations.work import Arrays, Task

    Ids = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["MOST_CELLS", "MOST_RATIOS", "Drawing", "adjusted", "drawing", "joined", "regressions"]

MOST_RATIOS = 1000
"""Regressions whose t ratios are drawn; a random set of so many where there are more."""
MOST_CELLS = 64_000_000
"""Regressions times draws whose slopes are held in memory (8 bytes each)."""
FEW_CLUSTERS = 12


@dataclass(frozen=True)
class Drawing:
    """What is drawn.

    Attributes
    ----------
    tasks : tuple of Task
        Slopes of all regressions (or as many as memory allows), then ratios of some.
    regressions : int
        Distinct linear regressions of the grid.
    slopes, ratios : int
        How many of them are drawn.
    weights : str
        Of the bootstrap.
    draws, seed : int
        Of the bootstrap.
    """

    tasks: tuple[Task, ...]
    regressions: int
    slopes: int
    ratios: int
    weights: str
    draws: int
    seed: int


def regressions(planned: Universes) -> tuple[Ids, Ids]:
    """Distinct linear regressions of a grid: universes that differ only in errors are one.

    Imputed ones are left out where there are others.

    Parameters
    ----------
    planned : Universes

    Returns
    -------
    first : ndarray of int, shape (r,)
        Place of the first universe of each, ascending.
    which : ndarray of int, shape (u,)
        Place in `first` of every universe's regression, -1 where it has none.
    """
    codes, options = planned.codes, planned.grid.options
    taken = codes["form"] == _place(options["form"], "linear")
    whole = taken & (codes["missing"] == _place(options["missing"], "listwise"))
    # Means of imputed values would pass for known ones.
    mine = np.flatnonzero(whole if whole.any() else taken)
    keys = np.zeros(len(mine), dtype=np.int64)
    for name, labels in options.items():
        if name != "errors":
            keys = keys * len(labels) + codes[name][mine]
    _, start, back = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(mine[start])
    which = np.full(len(planned), -1, dtype=np.int64)
    which[mine] = np.argsort(order)[back.ravel()]
    return mine[start][order], which


def _place(labels: Sequence[str], label: str) -> int:
    return labels.index(label) if label in labels else -1


def drawing(
    planned: Universes,
    packed: Sequence[Block],
    draws: int,
    seed: int,
    *,
    every: bool = False,
    permutations: int = 0,
) -> Drawing | None:
    """Plan the bootstrap of a grid.

    Parameters
    ----------
    planned : Universes
    packed : sequence of Block
    draws, seed : int
        Of the bootstrap.
    every : bool
        Whether the t ratios of all regressions are drawn, however many.
    permutations : int
        Draws with exposures exchanged between units.

    Returns
    -------
    Drawing or None
        None where there is nothing to draw.
    """
    distinct = regressions(planned)[0]
    if not draws or not len(distinct):
        return None
    random = np.random.default_rng([seed, len(distinct)])
    slopes = _some(distinct, max(MOST_CELLS // draws, MOST_RATIOS), random)
    crossing = _crossing(planned, packed[0])
    usable = slopes[~crossing[planned.codes["effects"][slopes]]]
    ratios = _some(usable, len(usable) if every else MOST_RATIOS, random)
    clusters = len(np.unique(packed[0].clusters[packed[0].samples.any(axis=1), 0]))
    weights = "webb" if clusters < FEW_CLUSTERS else "rademacher"
    rest = np.setdiff1d(slopes, ratios)
    made: list[Task] = []
    kinds = [("slopes", rest, draws), ("ratios", ratios, draws)]
    kinds += [("permuted", slopes, permutations)] if permutations else []
    for kind, wanted, times in kinds:
        for number, block in enumerate(packed):
            mine = np.flatnonzero(np.isin(block.universes, wanted))
            made += tasks(
                *(number, block, mine, kind),
                singletons=planned.grid.singletons,
                draws=times,
                seed=seed,
                weights=weights,
            )
    return Drawing(*(tuple(made), len(distinct), len(slopes), len(ratios), weights, draws, seed))


def _some(places: Ids, most: int, random: np.random.Generator) -> Ids:
    if len(places) <= most:
        return places
    return np.sort(random.choice(places, most, replace=False))


def _crossing(planned: Universes, block: Block) -> NDArray[np.bool_]:
    """Sets of effects of which two cross the clusters: their t ratios cannot be drawn."""
    rows = block.samples.any(axis=1)
    clusters = block.clusters[rows, 0]
    crossing = []
    for names in planned.grid.effects.values():
        pairs = [np.column_stack([block.effects[name][rows], clusters]) for name in names]
        nested = [len(np.unique(pair, axis=0)) == len(np.unique(pair[:, 0])) for pair in pairs]
        crossing.append(nested.count(False) > 1)
    return np.array(crossing, dtype=bool)


def joined(drawn: Drawing, done: Sequence[Arrays], sign: int, level: float) -> JointTests | None:
    """The joint tests, from all pieces of work.

    Parameters
    ----------
    drawn : Drawing
    done : sequence of mapping of str to ndarray
        In the order of its tasks.
    sign : int
        The expected sign.
    level : float
        Of the intervals.

    Returns
    -------
    JointTests or None
        None where no regression has an estimate.
    """
    kinds = [task.kind for task in drawn.tasks]
    wild = [part for part, kind in zip(done, kinds, strict=True) if kind != "permuted"]
    median, p = _median_test(wild, sign, level)
    if median is None or p is None:
        return None
    exchanged = [part for part, kind in zip(done, kinds, strict=True) if kind == "permuted"]
    permutation_p = _median_test(exchanged, sign, level)[1] if exchanged else None
    share = average_z = share_p = average_z_p = float("nan")
    some = [part for part in done if "ratios" in part]
    curve = concatenated(some, level) if some else None
    if curve is not None and curve.ok.any():
        ratios = np.concatenate([part["ratios"] for part in some])
        slopes = np.concatenate([part["slopes"] for part in some])
        found = joint_tests(
            curve, Wild(slopes, ratios, drawn.weights, drawn.seed), sign, round(1 - level, 12)
        )
        share, average_z = found.share, found.average_z
        share_p, average_z_p = found.share_p, found.average_z_p
    return JointTests(
        *(sign * median, share, average_z, p, share_p, average_z_p),
        *(drawn.regressions, drawn.ratios, _method(drawn), drawn.draws, drawn.seed),
        permutation_p,
    )


def adjusted(
    planned: Universes, packed: Sequence[Block], drawn: Drawing, done: Sequence[Arrays]
) -> Floats | None:
    """Two-sided probabilities of single universes, adjusted for all of them together.

    Parameters
    ----------
    planned : Universes
    packed : sequence of Block
    drawn : Drawing
    done : sequence of mapping
        In the order of its tasks.

    Returns
    -------
    ndarray, shape (u,), or None
        NaN for universes that are not linear, whose regression was not drawn, or which pool
        several draws. None unless the t ratios of all regressions were drawn.

    References
    ----------
    .. [1] Westfall, P. H., and Young, S. S. (1993). Resampling-Based Multiple Testing. Wiley.
    """
    some = [(task, part) for task, part in zip(drawn.tasks, done, strict=True) if "ratios" in part]
    if drawn.ratios < drawn.regressions or not some:
        return None
    statistic = np.concatenate([part["t"] for _, part in some])
    if not np.isfinite(statistic).any():
        return None
    ratios = np.concatenate([part["ratios"] for _, part in some])
    found = step_down(statistic, ratios, seed=drawn.seed).adjusted_p
    by_place = np.full(len(planned), np.nan)
    pooled = np.zeros(len(planned), dtype=bool)
    at = [packed[task.block].universes[task.places] for task, _ in some]
    by_place[np.concatenate(at)] = found
    for block in packed:
        pooled[block.universes] = block.drawn
    first, which = regressions(planned)
    result: Floats = np.where((which >= 0) & ~pooled, by_place[first[which]], np.nan)
    return result


def _median_test(
    parts: Sequence[Arrays], sign: int, level: float
) -> tuple[float | None, float | None]:
    """Median effect in the expected direction, and how often draws do as well."""
    whole = concatenated(parts, level)
    draws = parts[0]["slopes"].shape[1]
    usable = np.concatenate([np.isfinite(part["slopes"]).all(axis=1) for part in parts])
    ok = whole.ok & usable
    if not ok.any():
        return None, None
    scale = sign * whole.exposure_sd / whole.outcome_sd
    median = float(np.median((scale * whole.coefficient)[ok]))
    # Sums of the same figures in another order may differ in the last digit.
    least = median - 1e-12 * max(abs(median), 1e-12)
    reached = 0
    for at in range(0, draws, 32):  # a few draws at a time to spare memory
        slopes = np.concatenate([part["slopes"][:, at : at + 32] for part in parts])
        reached += int((np.median((scale[:, None] * slopes)[ok], axis=0) >= least).sum())
    return median, (1 + reached) / (1 + draws)


def _method(drawn: Drawing) -> str:
    some = ""
    if drawn.slopes < drawn.regressions:
        some = f"; median of {drawn.slopes:,} of {drawn.regressions:,} regressions at random"
    if drawn.ratios < drawn.regressions:
        some += f"; share and average z of {drawn.ratios:,} regressions"
    return (
        f"null-imposed wild cluster bootstrap, {drawn.draws} draws of {drawn.weights} weights, "
        f"seed {drawn.seed}{some}"
    )
