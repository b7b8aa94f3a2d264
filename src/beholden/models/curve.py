"""A curve of regressions: every universe's slope, error and interval, from shared products."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from beholden.models.design import Group, plan
from beholden.models.stage import TOLERANCE, solve, solved, squared_scores, staged
from beholden.models.within import compact, within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from beholden.models.design import Design, Specifications
    from beholden.models.stage import Cells, Solved, Stage

__all__ = ["STATUS", "Curve", "estimate"]

STATUS = (
    *("estimated", "collinear", "unidentified", "empty", "saturated", "no variance"),
    *("separated", "not converged", "refused"),
)
ESTIMATED, COLLINEAR, UNIDENTIFIED, EMPTY, SATURATED, UNVARYING = range(6)
SEPARATED, UNCONVERGED, REFUSED = range(6, 9)


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


def _variance(found: Solved, stage: Stage) -> NDArray[np.float64]:
    total = np.zeros(len(found.outcome))
    for sign, packed in zip(stage.grouping.signs, stage.packed, strict=True):
        total += sign * squared_scores(found, packed)
    return total


def _jackknife(found: Solved, stage: Stage, tolerance: float) -> NDArray[np.float64]:
    """Squares of what leaving out each cluster does to the slopes; NaN where it leaves none."""
    total = np.zeros(len(found.outcome))
    codes = stage.grouping.parts[0][0]
    for cluster in range(stage.grouping.clusters):
        kept = codes != cluster
        weights = stage.cells.weights[kept]
        effects = [compact(code[kept])[0] for code in stage.effect_codes]
        table = within(stage.cells.centred[kept], effects, weights)[0]
        gram = table.T @ (table * weights[:, None])
        # A control that was dropped from the whole stays out of every part.
        part = solve(gram, stage.cells.spread, found.members, found.outcome, tolerance)
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
    >>> from beholden.models.design import Design, every_subset
    >>> design = Design(y, x, np.empty((6, 0)), {}, np.array([1, 1, 2, 2, 3, 3]))
    >>> round(float(estimate(design, every_subset(design)).coefficient[0]), 9)
    2.0
    """
    curve = blank(len(specs), specs.controls.shape[1], level)
    cells: Cells | None = None
    for group in plan(design, specs, singletons=singletons) if groups is None else groups:
        curve.rows[group.universes] = len(group.rows)
        if len(group.rows):
            mine = specs.take(group.universes)
            stage = staged(design, mine, group, errors, cells)
            cells = stage.cells
            _enter(curve, design, mine, group, stage, tolerance)
    return inferred(curve)


def blank(u: int, c: int, level: float) -> Curve:
    """A curve in which nothing has been estimated yet: all its universes are empty."""

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
    curve: Curve,
    design: Design,
    mine: Specifications,
    group: Group,
    stage: Stage,
    tolerance: float,
) -> None:
    """Write one group's estimates into the curve's arrays."""
    at, n = group.universes, len(group.rows)
    found = solved(design, mine, stage, tolerance)
    g = stage.grouping.clusters
    k = (found.members >= 0).sum(axis=1) + stage.fixed
    if stage.grouping.jackknife:
        variance = (g - 1) / g * _jackknife(found, stage, tolerance)
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
    curve.pivot[at], curve.dropped[at] = found.pivots, gone(design, mine, stage, found)
    spread = np.where(np.isinf(stage.cells.spread), 0.0, stage.cells.spread)
    deviation = np.sqrt(spread / stage.cells.weights.sum() * n / max(n - 1, 1))
    curve.outcome_sd[at] = deviation[found.outcome]
    curve.exposure_sd[at] = deviation[found.members[:, 0]]


def _flat(stage: Stage, found: Solved, tolerance: float) -> NDArray[np.bool_]:
    """Universes whose outcome does not vary within the fixed effects."""
    diagonal = stage.gram.diagonal() / stage.cells.spread
    return diagonal[found.outcome] <= tolerance


def gone(design: Design, specs: Specifications, stage: Stage, found: Solved) -> NDArray[np.bool_]:
    """Controls of each universe that went out, shape (u, c)."""
    first = design.outcomes.shape[1] + design.exposures.shape[1]
    out = specs.controls.copy()
    universe, slot = np.nonzero(found.members[:, 1:] >= 0)
    out[universe, stage.cells.columns[found.members[universe, slot + 1]] - first] = False
    return out


def inferred(curve: Curve) -> Curve:
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
