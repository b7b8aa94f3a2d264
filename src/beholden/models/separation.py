"""Separation: directions in which a likelihood rises without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["direction", "separated"]

FAR = 1e-6
"""Entries of a direction below this are rounding of the linear programme."""


def direction(constraints: sparse.csr_array) -> NDArray[np.float64] | None:
    """A direction along which no row's likelihood falls and some row's rises.

    Parameters
    ----------
    constraints : csr_array, shape (m, q)
        Rows a of which the likelihood rises as a'v does.

    Returns
    -------
    ndarray, shape (q,), or None
        None where the maximum is finite.

    References
    ----------
    .. [1] Konis, K. (2007). Linear programming algorithms for detecting separated data in binary
       logistic regression models. DPhil thesis, University of Oxford.

    Examples
    --------
    >>> y, x = np.array([0, 0, 1, 1]), np.array([1.0, 2, 3, 4])
    >>> rows = (2 * y - 1)[:, None] * np.column_stack([x, np.ones(4)])
    >>> direction(sparse.csr_array(rows)) is None
    False
    >>> direction(sparse.csr_array(rows * np.array([[1], [-1], [-1], [1]]))) is None
    True
    """
    from scipy.optimize import linprog

    total = np.asarray(constraints.sum(axis=0)).ravel()
    size = max(float(np.abs(total).max()), 1.0)
    found = linprog(
        -total / size,
        A_ub=-constraints,
        b_ub=np.zeros(constraints.shape[0]),
        bounds=(-1.0, 1.0),
        method="highs",
    )
    if found.x is None or float(np.max(constraints @ found.x)) <= FAR:
        return None
    result: NDArray[np.float64] = found.x
    return result


def separated(constraints: sparse.csr_array, enters: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which universes have no finite maximum.

    Parameters
    ----------
    constraints : csr_array, shape (m, p + l)
        Of all p columns and all nuisances.
    enters : ndarray of bool, shape (u, p)
        Columns of each universe; all nuisances enter.

    Returns
    -------
    ndarray of bool, shape (u,)

    Notes
    -----
    What separates one universe separates every other that has the same columns besides more, so
    few programmes are solved.

    Examples
    --------
    >>> rows = np.array([[1.0, 1, 1], [2, -1, -1], [3, -1, 1], [4, 1, -1]])
    >>> separated(sparse.csr_array(rows), np.array([[True, False], [False, True]])).tolist()
    [True, False]
    """
    p = enters.shape[1]
    nuisances = np.arange(p, constraints.shape[1])
    columns = sparse.csc_array(constraints)
    known: list[NDArray[np.bool_]] = []
    result = np.zeros(len(enters), dtype=bool)
    for u in np.argsort(enters.sum(axis=1), kind="stable"):
        if any((enters[u] | ~support).all() for support in known):
            result[u] = True
            continue
        used = np.flatnonzero(enters[u])
        found = direction(sparse.csr_array(columns[:, np.concatenate([used, nuisances])]))
        if found is not None:
            support = np.zeros(p, dtype=bool)
            support[used] = np.abs(found[: len(used)]) > FAR
            known.append(support)
            result[u] = True
    return result
