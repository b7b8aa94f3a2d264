"""A curve of regressions: every universe's slope, error and interval, from shared products."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from beholden.models.clusters import Clustering, clustering, parameters
from beholden.models.design import Group, plan
from beholden.models.kernels import blocks, compiled, factor, fill, substitute
from beholden.models.within import compact, within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from beholden.models.design import Design, Specifications

__all__ = ["STATUS", "Curve", "Solved", "Stage", "estimate", "solved", "staged"]

STATUS = ("estimated", "collinear", "unidentified", "empty", "saturated", "no variance")
ESTIMATED, COLLINEAR, UNIDENTIFIED, EMPTY, SATURATED, UNVARYING = range(6)
TOLERANCE = 1e-10
"""Share of a column's spread that must be left for it to count as more than the others."""


@dataclass(frozen=True)
class Curve:
    """One row a universe, in the order of the specifications.

    Attributes
    ----------
    status : ndarray of int8, shape (u,)
        Place in `STATUS`. Figures are NaN except where it is estimated or collinear.
    coefficient, error, low, high, t, p : ndarray, shape (u,)
        Slope of the exposure, its standard error, interval, ratio and two-sided probability.
    rows, clusters, parameters : ndarray of int, shape (u,)
        N, G and K of the convention; K is 0 where nothing was estimated.
    pivot : ndarray, shape (u,)
        Least share of a column that the others left over; small means nearly collinear.
    dropped : ndarray of bool, shape (u, c)
        Controls that the fixed effects or other controls made redundant.
    outcome_sd, exposure_sd : ndarray, shape (u,)
        Weighted standard deviations in the universe's rows, before fixed effects.
    level : float
        Of the intervals.
    """

    status: NDArray[np.int8]
    coefficient: NDArray[np.float64]
    error: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    t: NDArray[np.float64]
    p: NDArray[np.float64]
    rows: NDArray[np.int64]
    clusters: NDArray[np.int64]
    parameters: NDArray[np.int64]
    pivot: NDArray[np.float64]
    dropped: NDArray[np.bool_]
    outcome_sd: NDArray[np.float64]
    exposure_sd: NDArray[np.float64]
    level: float

    @property
    def ok(self) -> NDArray[np.bool_]:
        """Which universes have an estimate."""
        return self.status <= COLLINEAR


@dataclass(frozen=True)
class Stage:
    """What the universes of one group share.

    Attributes
    ----------
    columns : ndarray of int
        Columns of the design's table in use.
    table : ndarray, shape (n, p)
        These columns within the fixed effects.
    weights : ndarray, shape (n,)
        Weights of the rows.
    spread : ndarray, shape (p,)
        Weighted squares of each column around its mean, before fixed effects.
    gram : ndarray, shape (p, p)
        Weighted products of the columns.
    packed : tuple of ndarray, shape (clusters, p (p + 1) / 2)
        The same by cluster, for each part of the clustering.
    grouping : Clustering
        Of these rows.
    effect_codes : tuple of ndarray of int
        The fixed effects in these rows.
    nested : tuple of bool
        Which of them are nested in the clusters.
    fixed : int
        What they add to K.
    """

    columns: NDArray[np.int64]
    table: NDArray[np.float64]
    weights: NDArray[np.float64]
    spread: NDArray[np.float64]
    gram: NDArray[np.float64]
    packed: tuple[NDArray[np.float64], ...]
    grouping: Clustering
    effect_codes: tuple[NDArray[np.int64], ...]
    nested: tuple[bool, ...]
    fixed: int


@dataclass(frozen=True)
class Solved:
    """Slopes of a group's universes.

    Attributes
    ----------
    members : ndarray of int, shape (u, most)
        Columns of the stage: exposure, controls; -1 for none or dropped.
    outcome : ndarray of int, shape (u,)
        Column of the stage.
    slopes : ndarray, shape (u, most)
        In the order of `members`.
    effects : ndarray, shape (u, most)
        The exposure's row of the inverse of the Gram matrix.
    pivots : ndarray, shape (u,)
        As `Curve.pivot`.
    """

    members: NDArray[np.int64]
    outcome: NDArray[np.int64]
    slopes: NDArray[np.float64]
    effects: NDArray[np.float64]
    pivots: NDArray[np.float64]


def _in_use(design: Design, specs: Specifications) -> NDArray[np.int64]:
    a, b = design.outcomes.shape[1], design.exposures.shape[1]
    used = np.zeros(design.table.shape[1], dtype=bool)
    used[specs.outcome] = True
    used[a + specs.exposure] = True
    used[a + b :] = specs.controls.any(axis=0)
    return np.flatnonzero(used)


def staged(design: Design, specs: Specifications, group: Group, errors: str) -> Stage:
    """Transform the columns of one group and take their products, once for all its universes.

    Parameters
    ----------
    design : Design
    specs : Specifications
        Those of the group only.
    group : Group
        With at least one row.
    errors : str
        As in :func:`estimate`.

    Returns
    -------
    Stage
    """
    columns = _in_use(design, specs)
    rows = group.rows
    raw = design.table[rows][:, columns] if len(rows) < design.n else design.table[:, columns]
    weights = np.ones(len(rows)) if design.weights is None else design.weights[rows]
    grouping = clustering(design.cluster_codes[rows], errors)
    codes = tuple(compact(design.codes[name][rows])[0] for name in group.effects)
    centred = raw - (weights @ raw) / weights.sum()
    # Rounding of the mean alone leaves this much of a constant; below it nothing varies.
    floor = len(rows) * (8 * np.finfo(float).eps * np.abs(raw).max(axis=0)) ** 2
    spread = weights @ centred**2
    table = within(centred, codes, weights)[0]
    packed = tuple(_packed(table, weights, part) for part in grouping.parts)
    fixed, nested = parameters(codes, grouping)
    spread = np.where(spread > floor * weights.max(), spread, np.inf)
    gram = _square(_packed(table, weights, (np.zeros(len(rows), dtype=np.int64),)).sum(axis=0))
    return Stage(columns, table, weights, spread, gram, packed, grouping, codes, nested, fixed)


def _packed(
    table: NDArray[np.float64], weights: NDArray[np.float64], part: tuple[NDArray[np.int64], ...]
) -> NDArray[np.float64]:
    p = table.shape[1]
    out = np.zeros((max(int(codes.max()) for codes in part) + 1, p * (p + 1) // 2))
    for codes in part:
        compiled(blocks)(table, weights, codes, out)
    return out


def _square(packed: NDArray[np.float64]) -> NDArray[np.float64]:
    p = int((np.sqrt(8 * packed.shape[-1] + 1) - 1) / 2 + 0.5)
    full = np.zeros((p, p))
    full[np.triu_indices(p)] = packed
    return full + np.triu(full, 1).T


def _members(
    design: Design, specs: Specifications, columns: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Columns of the stage that each universe regresses on, exposure first, and its outcome."""
    a, b = design.outcomes.shape[1], design.exposures.shape[1]
    place = np.full(design.table.shape[1], -1)
    place[columns] = np.arange(len(columns))
    count = specs.controls.sum(axis=1)
    members = np.full((len(specs), int(count.max(initial=0)) + 1), -1, dtype=np.int64)
    members[:, 0] = place[a + specs.exposure]
    universe, control = np.nonzero(specs.controls)
    # The position of each control within its own universe.
    at = np.arange(len(universe)) - np.repeat(np.cumsum(count) - count, count)
    members[universe, at + 1] = place[a + b + control]
    return members, place[specs.outcome].astype(np.int64)


def solved(
    design: Design, specs: Specifications, stage: Stage, tolerance: float = TOLERANCE
) -> Solved:
    """Solve a group's universes from their common Gram matrix.

    Parameters
    ----------
    design : Design
    specs : Specifications
        Those of the group only.
    stage : Stage
        Of the same group.
    tolerance : float
        As in :func:`estimate`.

    Returns
    -------
    Solved
    """
    members, outcome = _members(design, specs, stage.columns)
    return _solve(stage.gram, stage.spread, members, outcome, tolerance)


def _solve(
    gram: NDArray[np.float64],
    spread: NDArray[np.float64],
    members: NDArray[np.int64],
    outcome: NDArray[np.int64],
    tolerance: float,
) -> Solved:
    u, most = members.shape
    left = members.copy()
    order = np.full((u, most), -1, dtype=np.int64)
    lower, pivots = np.zeros((u, most, most)), np.ones(u)
    compiled(factor)(gram, spread, left, tolerance, order, lower, pivots)
    lower[pivots <= tolerance, 0, 0] = 0.0
    slopes, effects = np.zeros((u, most)), np.zeros((u, most))
    compiled(substitute)(gram, left, outcome, order, lower, slopes, effects)
    return Solved(left, outcome, slopes, effects, pivots)


def scores(found: Solved, packed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each cluster's part in the error of each universe's slope, shape (u, clusters)."""
    mixing = np.zeros((len(found.outcome), packed.shape[1]))
    compiled(fill)(found.effects, found.slopes, found.members, found.outcome, mixing)
    return mixing @ packed.T


def _variance(found: Solved, stage: Stage) -> NDArray[np.float64]:
    total = np.zeros(len(found.outcome))
    for sign, packed in zip(stage.grouping.signs, stage.packed, strict=True):
        part = scores(found, packed)
        total += sign * np.einsum("ug,ug->u", part, part)
    return total


def _jackknife(
    design: Design,
    specs: Specifications,
    group: Group,
    found: Solved,
    stage: Stage,
    tolerance: float,
) -> NDArray[np.float64]:
    """Squares of what leaving out each cluster does to the slopes; NaN where it leaves none."""
    total = np.zeros(len(specs))
    codes = stage.grouping.parts[0][0]
    for cluster in range(stage.grouping.clusters):
        kept = codes != cluster
        weights = stage.weights[kept]
        effects = [compact(code[kept])[0] for code in stage.effect_codes]
        table = within(design.table[group.rows[kept]][:, stage.columns], effects, weights)[0]
        gram = table.T @ (table * weights[:, None])
        # A control that was dropped from the whole stays out of every part.
        part = _solve(gram, stage.spread, found.members, found.outcome, tolerance)
        change = part.slopes[:, 0] - found.slopes[:, 0]
        total += np.where(part.pivots > tolerance, change**2, np.nan)
    return total


def estimate(
    design: Design,
    specs: Specifications,
    *,
    errors: str = "CR1",
    singletons: str = "keep",
    level: float = 0.95,
    tolerance: float = TOLERANCE,
    groups: Iterable[Group] | None = None,
) -> Curve:
    """Estimate every universe by least squares with cluster-robust errors.

    Parameters
    ----------
    design : Design
    specs : Specifications
        u universes.
    errors : str
        ``"CR1"`` one way, ``"CR3"`` jackknife, ``"two-way"``, or ``"dyadic"``.
    singletons : str
        ``"keep"`` or ``"drop"`` rows that are alone in a fixed effect.
    level : float
        Of the intervals.
    tolerance : float
        A column counts as redundant when the others leave at most this share of its squares.
    groups : iterable of Group or None
        Some groups of the plan; the other universes stay empty. None estimates all.

    Returns
    -------
    Curve
        With every universe, whatever became of it.

    Notes
    -----
    CR1 is multiplied by (N - 1) / (N - K) and G / (G - 1), and intervals are of t with G - 1
    degrees, as fixest has it. K counts the slopes and what `parameters` says of the fixed effects.
    CR3 is (G - 1) / G times the squares around the whole estimate.

    References
    ----------
    .. [1] MacKinnon, J. G., Nielsen, M. O., and Webb, M. D. (2023). Cluster-robust inference: a
       guide to empirical practice. Journal of Econometrics 232(2), 272-299.
       https://doi.org/10.1016/j.jeconom.2022.04.001

    Examples
    --------
    >>> x = np.array([[0.0], [1], [2], [3], [4], [5]])
    >>> y = 2 * x + np.array([[1.0], [-1], [0], [0], [-1], [1]])
    >>> from beholden.models.design import every_subset
    >>> design = Design(y, x, np.empty((6, 0)), {}, np.array([1, 1, 2, 2, 3, 3]))
    >>> float(estimate(design, every_subset(design)).coefficient[0])
    2.0
    """
    curve = _blank(len(specs), specs.controls.shape[1], level)
    for group in plan(design, specs, singletons=singletons) if groups is None else groups:
        curve.rows[group.universes] = len(group.rows)
        if len(group.rows):
            _enter(curve, design, specs, group, errors, tolerance)
    return _inferred(curve)


def _blank(u: int, c: int, level: float) -> Curve:
    def unknown() -> NDArray[np.float64]:
        return np.full(u, np.nan)

    return Curve(
        status=np.full(u, EMPTY, dtype=np.int8),
        coefficient=unknown(),
        error=unknown(),
        low=unknown(),
        high=unknown(),
        t=unknown(),
        p=unknown(),
        rows=np.zeros(u, dtype=np.int64),
        clusters=np.zeros(u, dtype=np.int64),
        parameters=np.zeros(u, dtype=np.int64),
        pivot=unknown(),
        dropped=np.zeros((u, c), dtype=bool),
        outcome_sd=unknown(),
        exposure_sd=unknown(),
        level=level,
    )


def _enter(
    curve: Curve, design: Design, specs: Specifications, group: Group, errors: str, tolerance: float
) -> None:
    """Write one group's estimates into the curve's arrays."""
    at, n = group.universes, len(group.rows)
    mine = specs.take(at)
    stage = staged(design, mine, group, errors)
    found = solved(design, mine, stage, tolerance)
    g = stage.grouping.clusters
    k = (found.members >= 0).sum(axis=1) + stage.fixed
    if errors == "CR3":
        variance = (g - 1) / g * _jackknife(design, mine, group, found, stage, tolerance)
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = np.divide((n - 1) * g, (n - k) * float(g - 1))
            variance = _variance(found, stage) * scale
    wanted = mine.controls.sum(axis=1) + 1
    status = np.where((found.members >= 0).sum(axis=1) < wanted, COLLINEAR, ESTIMATED)
    status[~(variance > 0)] = UNVARYING
    status[_flat(stage, found, tolerance) | (found.pivots <= tolerance)] = UNIDENTIFIED
    status[(n <= k) | (g < 2)] = SATURATED
    curve.status[at], curve.clusters[at], curve.parameters[at] = status, g, k
    curve.coefficient[at], curve.error[at] = found.slopes[:, 0], np.sqrt(np.abs(variance))
    curve.pivot[at], curve.dropped[at] = found.pivots, _gone(design, mine, stage, found)
    size = stage.weights.sum() * (n - 1) / n
    with np.errstate(divide="ignore", invalid="ignore"):
        curve.outcome_sd[at] = np.sqrt(stage.spread[found.outcome] / size)
        curve.exposure_sd[at] = np.sqrt(stage.spread[found.members[:, 0]] / size)


def _flat(stage: Stage, found: Solved, tolerance: float) -> NDArray[np.bool_]:
    """Universes whose outcome does not vary within the fixed effects."""
    diagonal = stage.gram.diagonal() / stage.spread
    return diagonal[found.outcome] <= tolerance


def _gone(design: Design, specs: Specifications, stage: Stage, found: Solved) -> NDArray[np.bool_]:
    first = design.outcomes.shape[1] + design.exposures.shape[1]
    gone = specs.controls.copy()
    universe, slot = np.nonzero(found.members[:, 1:] >= 0)
    gone[universe, stage.columns[found.members[universe, slot + 1]] - first] = False
    return gone


def _inferred(curve: Curve) -> Curve:
    """Ratios, probabilities and intervals, and nothing where there is no estimate."""
    coefficient = np.where(curve.ok, curve.coefficient, np.nan)
    error = np.where(curve.ok, curve.error, np.nan)
    degrees = np.maximum(curve.clusters - 1, 1)
    half = special.stdtrit(degrees, (1 + curve.level) / 2) * error
    t = coefficient / error
    return replace(
        curve,
        coefficient=coefficient,
        error=error,
        low=coefficient - half,
        high=coefficient + half,
        t=t,
        p=2 * special.stdtr(degrees, -np.abs(t)),
        parameters=np.where(curve.ok, curve.parameters, 0),
    )
