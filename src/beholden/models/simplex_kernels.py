"""Compiled: least squares with weights that are not negative and sum to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

__all__ = ["least_norm", "on_simplex"]

# A weight enters while the objective falls along it by more than this part of its scale.
_SLOPE = 1e-13


@njit(cache=True, nogil=True)
def _equal(gram: Floats, target: int, chosen: Ints, size: int, ridge: float) -> Floats:
    """The best weights that sum to one on the chosen columns, of either sign, then a multiplier."""
    left = np.zeros((size + 1, size + 1))
    right = np.zeros(size + 1)
    for a in range(size):
        for b in range(size):
            left[a, b] = gram[chosen[a], chosen[b]]
        left[a, a] += ridge
        left[a, size] = 1.0
        left[size, a] = 1.0
        right[a] = gram[chosen[a], target]
    right[size] = 1.0
    return np.linalg.solve(left, right)  # type: ignore[return-value]


@njit(cache=True, nogil=True)
def _corrected(
    table: Floats,
    gram: Floats,
    target: int,
    weights: Floats,
    chosen: Ints,
    size: int,
    ridge: float,
) -> bool:
    """Correct weights from the residuals themselves, since products lose half the digits."""
    left = np.zeros((size + 1, size + 1))
    right = np.zeros(size + 1)
    rest = table[:, target] - table @ weights
    for a in range(size):
        for b in range(size):
            left[a, b] = gram[chosen[a], chosen[b]]
        left[a, a] += ridge
        left[a, size] = 1.0
        left[size, a] = 1.0
        right[a] = np.sum(table[:, chosen[a]] * rest) - ridge * weights[chosen[a]]
    right[size] = 1.0 - np.sum(weights)
    moved = np.linalg.solve(left, right)
    for a in range(size):
        if weights[chosen[a]] + moved[a] < 0.0:
            return False
    for a in range(size):
        weights[chosen[a]] += moved[a]
    return True


@njit(cache=True, nogil=True)
def _slopes(table: Floats, target: int, weights: Floats, ridge: float) -> Floats:
    """Half the gradient of the objective in every weight."""
    rest = table @ weights - table[:, target]
    return table.T @ rest + ridge * weights


@njit(cache=True, nogil=True)
def _settled(
    gram: Floats, target: int, weights: Floats, chosen: Ints, size: int, ridge: float
) -> int:
    """Move to the best weights on the chosen columns, dropping those that would turn negative."""
    while True:
        best = _equal(gram, target, chosen, size, ridge)
        part = 1.0
        for a in range(size):
            if best[a] <= 0.0:
                now = weights[chosen[a]]
                part = min(part, now / (now - best[a]) if now > best[a] else 0.0)
        kept = 0
        for a in range(size):
            j = chosen[a]
            weights[j] += part * (best[a] - weights[j])
            if best[a] <= 0.0 and weights[j] <= 1e-15:
                weights[j] = 0.0
            else:
                chosen[kept] = j
                kept += 1
        if kept == size:
            return size
        size = kept


@njit(cache=True, nogil=True)
def on_simplex(
    table: Floats, gram: Floats, target: int, donors: Flags, ridge: float, most: int
) -> tuple[Floats, Floats, int]:
    """The weights of the donors that come closest to the target.

    Parameters
    ----------
    table : ndarray, shape (periods, units)
        Scaled so that its columns are of size one.
    gram : ndarray, shape (units, units)
        Their products.
    target : int
        The column that is approached.
    donors : ndarray of bool, shape (units,)
        Columns that may have weight.
    ridge : float
        Added to the products of each donor with itself.
    most : int
        Rounds at most.

    Returns
    -------
    tuple of (ndarray, ndarray, int)
        Weights, half gradients less their common value, and the rounds taken (0 when they did
        not suffice).
    """
    units = table.shape[1]
    weights = np.zeros(units)
    chosen = np.zeros(units, dtype=np.int64)
    first, least = -1, np.inf
    for j in range(units):
        value = gram[j, j] + ridge - 2.0 * gram[j, target]
        if donors[j] and value < least:
            first, least = j, value
    weights[first] = 1.0
    chosen[0] = first
    size = 1
    entered = -1
    for done in range(1, most + 1):
        slope = _slopes(table, target, weights, ridge)
        slope -= np.sum(slope * weights)
        best, lowest = -1, -_SLOPE
        for j in range(units):
            if donors[j] and weights[j] == 0.0 and slope[j] < lowest:
                best, lowest = j, slope[j]
        # A column that entered and was dropped at once only sees rounding.
        if best < 0 or best == entered:
            _corrected(table, gram, target, weights, chosen, size, ridge)
            return weights, slope, done
        chosen[size] = best
        size = _settled(gram, target, weights, chosen, size + 1, ridge)
        entered = best if weights[best] == 0.0 else -1
    return weights, _slopes(table, target, weights, ridge), 0


@njit(cache=True, nogil=True)
def least_norm(rows: Floats, right: Floats, start: Floats, most: int) -> Floats:
    """The shortest vector without negative entries that solves a system of equations.

    Newton steps on the dual, max over l of ``right @ l - |max(0, rows.T @ l)|^2 / 2``, whose
    pieces are quadratic.

    Parameters
    ----------
    rows : ndarray, shape (equations, n)
        With at least one solution without negative entries.
    right : ndarray, shape (equations,)
        Right-hand side.
    start : ndarray, shape (n,)
        A solution, returned where the steps do not settle.
    most : int
        Steps at most.
    """
    equations = len(rows)
    shift = 1e-14 * np.trace(rows @ rows.T) / equations
    base = rows @ rows.T + shift * np.eye(equations)
    dual = np.linalg.solve(base, right)
    for _ in range(most):
        inner = rows.T @ dual
        found = np.maximum(inner, 0.0)
        gap = right - rows @ found
        if np.max(np.abs(gap)) < 1e-12:
            return found
        active = rows * (inner > 0.0)
        move = np.linalg.solve(active @ rows.T + shift * np.eye(equations), gap)
        now = np.sum(right * dual) - 0.5 * np.sum(found**2)
        length = 1.0
        for _ in range(40):
            tried = dual + length * move
            value = np.sum(right * tried) - 0.5 * np.sum(np.maximum(rows.T @ tried, 0.0) ** 2)
            if value >= now + 1e-4 * length * np.sum(gap * move):
                break
            length /= 2.0
        dual = dual + length * move
    return start
