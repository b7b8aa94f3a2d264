"""The exact within transformation: means of up to two fixed effects taken out, no tolerance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import linalg, sparse
from scipy.sparse import csgraph

from beholden.models.kernels import compiled, subtract, sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Crossing", "compact", "crossing", "level_sums", "within"]


def compact(codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Codes from 0 without gaps, and the old code of each new one.

    Examples
    --------
    >>> compact(np.array([7, 3, 7]))
    (array([1, 0, 1]), array([3, 7]))
    """
    if not len(codes):
        return codes, codes
    seen = np.bincount(codes) > 0
    return (np.cumsum(seen) - 1)[codes], np.flatnonzero(seen)


def level_sums(
    table: NDArray[np.float64], weights: NDArray[np.float64], codes: NDArray[np.int64], levels: int
) -> NDArray[np.float64]:
    """Weighted sums of each column over each level, shape (levels, columns)."""
    out = np.zeros((levels, table.shape[1]))
    compiled(sums)(table, weights, codes, out)
    return out


@dataclass(frozen=True)
class Crossing:
    """How two fixed effects cross, ready to solve for the shorter one.

    Attributes
    ----------
    table : ndarray, shape (longer, shorter)
        Weight of the rows of each pair of levels.
    longer : ndarray, shape (longer,)
        Weight of each level.
    factor : tuple
        Cholesky factor of the Schur complement of the longer effect, made whole by the indicator
        of each connected component.
    components : int
        Sets of levels that share no row: each takes one more parameter away.
    """

    table: NDArray[np.float64]
    longer: NDArray[np.float64]
    factor: tuple[NDArray[np.float64], bool]
    components: int


def crossing(
    longer: NDArray[np.int64], shorter: NDArray[np.int64], weights: NDArray[np.float64]
) -> Crossing:
    """Cross two fixed effects.

    Parameters
    ----------
    longer, shorter : ndarray of int, shape (n,)
        Codes from 0 without gaps; `shorter` has no more levels than `longer`.
    weights : ndarray, shape (n,)
        Weights of the rows.

    Returns
    -------
    Crossing

    References
    ----------
    .. [1] Abowd, J. M., Creecy, R. H., and Kramarz, F. (2002). Computing person and firm effects
       using linked longitudinal employer-employee data. Census Bureau LEHD TP-2002-06.
    """
    m, k = int(longer.max()) + 1, int(shorter.max()) + 1
    pairs: NDArray[np.float64] = np.bincount(longer * k + shorter, weights, m * k).astype(float)
    table = pairs.reshape(m, k)
    total = table.sum(axis=1)
    shared = table.T @ (table / total[:, None])
    schur = np.diag(table.sum(axis=0)) - shared
    # A sum of weights is zero exactly where no level of the longer effect has both.
    components, label = csgraph.connected_components(sparse.csr_matrix(shared), directed=False)
    # The complement is blind to a constant in each component; adding it there changes no fit.
    same = label[:, None] == label[None, :]
    whole = schur + same * (table.sum() / k**2)
    return Crossing(table, total, linalg.cho_factor(whole, lower=True), int(components))


def within(
    table: NDArray[np.float64], codes: Sequence[NDArray[np.int64]], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], Crossing | None]:
    """Residuals of every column on the indicators of the fixed effects.

    Parameters
    ----------
    table : ndarray, shape (n, p)
        Known values, row-major.
    codes : sequence of ndarray of int, shape (n,)
        None, one or two fixed effects, as codes from 0 without gaps.
    weights : ndarray, shape (n,)
        Weights of the rows.

    Returns
    -------
    residuals : ndarray, shape (n, p)
    crossing : Crossing or None
        Of two effects; None otherwise.

    Raises
    ------
    ValueError
        With more than two effects.

    Notes
    -----
    Without effects the overall mean is taken out. With two, the longer one is eliminated and the
    shorter one solved exactly from the Schur complement, so unbalanced panels need no iteration.
    Digits are lost where a column's mean is far larger than its spread; centre it first.

    Examples
    --------
    >>> column = np.array([[1.0], [3.0], [10.0]])
    >>> within(column, [np.array([0, 0, 1])], np.ones(3))[0].ravel().tolist()
    [-1.0, 1.0, 0.0]
    """
    if len(codes) > 2:
        raise ValueError(f"expected at most two fixed effects, found {len(codes)}; join two ids")
    if not codes:
        return table - (weights @ table) / weights.sum(), None
    left = table.copy()
    if len(codes) == 1:
        _take_means(left, codes[0], weights)
        return left, None
    longer, shorter = sorted(codes, key=lambda code: -int(code.max()))
    cross = crossing(longer, shorter, weights)
    k = cross.table.shape[1]
    _take_means(left, longer, weights)
    effects = linalg.cho_solve(cross.factor, level_sums(left, weights, shorter, k))
    compiled(subtract)(left, shorter, effects)
    compiled(subtract)(left, longer, -(cross.table @ effects) / cross.longer[:, None])
    return left, cross


def _take_means(
    table: NDArray[np.float64], codes: NDArray[np.int64], weights: NDArray[np.float64]
) -> None:
    levels = int(codes.max()) + 1
    total = np.bincount(codes, weights, levels)
    compiled(subtract)(table, codes, level_sums(table, weights, codes, levels) / total[:, None])
