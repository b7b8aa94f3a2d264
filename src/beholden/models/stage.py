"""What the universes of one group share: columns within, products by cluster, slopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.models.clusters import Clustering, clustering, parameters
from beholden.models.kernels import blocks, compiled, factor, fill, substitute
from beholden.models.within import compact, within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.models.design import Design, Group, Specifications

__all__ = [
    "TOLERANCE",
    "Cells",
    "Solved",
    "Stage",
    "scores",
    "solve",
    "solved",
    "squared_scores",
    "staged",
]

TOLERANCE = 1e-10
"""Share of a column's spread that must be left for it to count as more than the others."""


@dataclass(frozen=True)
class Cells:
    """Known values of one set of rows, before fixed effects.

    Attributes
    ----------
    rows : ndarray of int, shape (n,)
        Places in the design.
    columns : ndarray of int, shape (p,)
        Columns of the design's table.
    centred : ndarray, shape (n, p)
        Values less their weighted means.
    weights : ndarray, shape (n,)
        Weights of the rows.
    spread : ndarray, shape (p,)
        Weighted squares around the means; infinite where a column does not vary.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    centred: NDArray[np.float64]
    weights: NDArray[np.float64]
    spread: NDArray[np.float64]


@dataclass(frozen=True)
class Stage:
    """What the universes of one group share.

    Attributes
    ----------
    cells : Cells
        Rows and columns in use.
    table : ndarray, shape (n, p)
        These columns within the fixed effects.
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

    cells: Cells
    table: NDArray[np.float64]
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


def staged(
    design: Design,
    specs: Specifications,
    group: Group,
    errors: str,
    last: Cells | None = None,
) -> Stage:
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
    last : Cells or None
        Of the group before, used again where rows and columns are the same.

    Returns
    -------
    Stage
    """
    columns = _in_use(design, specs)
    same = last is not None and last.rows is group.rows and np.array_equal(last.columns, columns)
    cells = last if last is not None and same else _known(design, group.rows, columns)
    grouping = clustering(design.cluster_codes[group.rows], errors)
    codes = tuple(compact(design.codes[name][group.rows])[0] for name in group.effects)
    table = within(cells.centred, codes, cells.weights)[0]
    packed = tuple(_packed(table, cells.weights, part) for part in grouping.parts)
    fixed, nested = parameters(codes, grouping)
    # The last part has every row in one cluster.
    gram = _square(packed[-1].sum(axis=0))
    return Stage(cells, table, gram, packed, grouping, codes, nested, fixed)


def _known(design: Design, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Cells:
    raw = _cells(design, rows, columns)
    weights = np.ones(len(rows)) if design.weights is None else design.weights[rows]
    centred = raw - (weights @ raw) / weights.sum()
    # Rounding of the mean alone leaves this much of a constant; below it nothing varies.
    floor = weights.sum() * (8 * np.finfo(float).eps * np.abs(raw).max(axis=0)) ** 2
    spread = np.einsum("n,np,np->p", weights, centred, centred)
    return Cells(rows, columns, centred, weights, np.where(spread > floor, spread, np.inf))


def _cells(
    design: Design, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.float64]:
    cells = design.table[rows]
    return cells if len(columns) == cells.shape[1] else np.ascontiguousarray(cells[:, columns])


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
    members, outcome = _members(design, specs, stage.cells.columns)
    return solve(stage.gram, stage.cells.spread, members, outcome, tolerance)


def solve(
    gram: NDArray[np.float64],
    spread: NDArray[np.float64],
    members: NDArray[np.int64],
    outcome: NDArray[np.int64],
    tolerance: float,
) -> Solved:
    """Solve universes whose columns are given; `members` and `outcome` as in `Solved`."""
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
    return _mixing(found, packed.shape[1]) @ packed.T


def squared_scores(found: Solved, packed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums over the clusters of the squares of their scores, shape (u,)."""
    total = np.zeros(len(found.outcome))
    mixing = _mixing(found, packed.shape[1])
    # Some clusters at a time, so that scores of many dyads never stand in memory together.
    for at in range(0, len(packed), 4096):
        part = mixing @ packed[at : at + 4096].T
        total += np.einsum("ug,ug->u", part, part)
    return total


def _mixing(found: Solved, pairs: int) -> NDArray[np.float64]:
    mixing = np.zeros((len(found.outcome), pairs))
    compiled(fill)(found.effects, found.slopes, found.members, found.outcome, mixing)
    return mixing
