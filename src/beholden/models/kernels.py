"""Loops over rows and universes, compiled when they are first needed.

The functions are plain Python, so they can be read and tested without a compiler; `compiled`
gives the machine code. Tables are row-major float64, codes are int64 from 0.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["blocks", "compiled", "factor", "fill", "substitute", "subtract", "sums"]


@cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Machine code of one of these functions, kept on disk between processes where that can be.

    Parameters
    ----------
    function : callable
        One of this file's loops.

    Returns
    -------
    callable
        With the same parameters.
    """
    # numba takes longer to import than a whole curve takes to estimate.
    from numba import njit

    try:
        result: Callable[..., Any] = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder to keep it in
        result = njit(nogil=True)(function)
    return result


def sums(
    table: NDArray[np.float64],
    weights: NDArray[np.float64],
    codes: NDArray[np.int64],
    out: NDArray[np.float64],
) -> None:
    """Add the weighted rows of each level to `out`, shape (levels, columns)."""
    n, p = table.shape
    for r in range(n):
        level, w = codes[r], weights[r]
        for j in range(p):
            out[level, j] += w * table[r, j]


def subtract(
    table: NDArray[np.float64], codes: NDArray[np.int64], means: NDArray[np.float64]
) -> None:
    """Take its level's means from each row, in place."""
    n, p = table.shape
    for r in range(n):
        level = codes[r]
        for j in range(p):
            table[r, j] -= means[level, j]


def blocks(
    table: NDArray[np.float64],
    weights: NDArray[np.float64],
    codes: NDArray[np.int64],
    out: NDArray[np.float64],
) -> None:
    """Add the weighted products of all pairs of columns, cluster by cluster.

    `out` has shape (clusters, p (p + 1) / 2); pairs stand as (0, 0), (0, 1) ... (p - 1, p - 1).
    """
    n, p = table.shape
    for r in range(n):
        cluster, w = codes[r], weights[r]
        at = 0
        for i in range(p):
            left = w * table[r, i]
            for j in range(i, p):
                out[cluster, at + j - i] += left * table[r, j]
            at += p - i


def fill(
    effects: NDArray[np.float64],
    slopes: NDArray[np.float64],
    members: NDArray[np.int64],
    outcome: NDArray[np.int64],
    out: NDArray[np.float64],
) -> None:
    """Weights of the packed pairs of columns that make each universe's score out of a block.

    A cluster's score is a' B c, with `effects` a (the exposure's row of the inverse) and c the
    outcome minus the slopes; it is linear in the block B, so one product serves all.
    """
    universes, most = members.shape
    p = int((np.sqrt(8.0 * out.shape[1] + 1.0) - 1.0) / 2.0 + 0.5)
    for u in range(universes):
        for s in range(most):
            i = members[u, s]
            if i < 0:
                continue
            for t in range(-1, most):
                j = outcome[u] if t < 0 else members[u, t]
                if j < 0:
                    continue
                low, high = min(i, j), max(i, j)
                c = 1.0 if t < 0 else -slopes[u, t]
                out[u, low * p - low * (low - 1) // 2 + high - low] += effects[u, s] * c


def factor(
    gram: NDArray[np.float64],
    spread: NDArray[np.float64],
    members: NDArray[np.int64],
    tolerance: float,
    order: NDArray[np.int64],
    lower: NDArray[np.float64],
    pivots: NDArray[np.float64],
) -> None:
    """Pivoted Cholesky factor of every universe's block of one Gram matrix.

    `members`, shape (universes, most), has the exposure first, then controls, then -1. The control
    of which most is left is taken next; those of which a share of at most `tolerance` of their
    `spread` is left go out, and their places in `members` become -1. The exposure is taken last,
    so that no control goes out for its sake; its row stands first in `lower`. `order` lists the
    places taken, then -1; `pivots` is the least share that was left of any that was taken.
    """
    universes, most = members.shape
    for u in range(universes):
        live, k = 1, 1
        order[u, 0] = 0
        for s in range(1, most):
            if members[u, s] >= 0:
                order[u, live] = s
                live += 1
        left = np.zeros(most)
        for i in range(live):
            left[i] = gram[members[u, order[u, i]], members[u, order[u, i]]]
        while k < live:
            best, share = k, -1.0
            for i in range(k, live):
                now = left[i] / spread[members[u, order[u, i]]]
                if now > share:
                    best, share = i, now
            if share <= tolerance:
                break
            pivots[u] = min(pivots[u], share)
            order[u, k], order[u, best] = order[u, best], order[u, k]
            left[k], left[best] = left[best], left[k]
            for j in range(1, k):
                lower[u, k, j], lower[u, best, j] = lower[u, best, j], lower[u, k, j]
            lower[u, k, k] = np.sqrt(left[k])
            for i in range(live):
                if i == 0 or i > k:
                    entry = gram[members[u, order[u, i]], members[u, order[u, k]]]
                    for j in range(1, k):
                        entry -= lower[u, i, j] * lower[u, k, j]
                    lower[u, i, k] = entry / lower[u, k, k]
                    left[i] -= lower[u, i, k] ** 2
            k += 1
        for i in range(k, live):
            members[u, order[u, i]] = -1
        order[u, k:] = -1
        pivots[u] = min(pivots[u], left[0] / spread[members[u, 0]])
        lower[u, 0, 0] = np.sqrt(max(left[0], 0.0))


def substitute(
    gram: NDArray[np.float64],
    members: NDArray[np.int64],
    outcome: NDArray[np.int64],
    order: NDArray[np.int64],
    lower: NDArray[np.float64],
    slopes: NDArray[np.float64],
    effects: NDArray[np.float64],
) -> None:
    """Slopes, and the exposure's row of the inverse, from factors as `factor` leaves them."""
    universes, most = members.shape
    z = np.zeros(most)
    for u in range(universes):
        if lower[u, 0, 0] == 0.0:
            continue
        live = 1
        while live < most and order[u, live] >= 0:
            entry = gram[members[u, order[u, live]], outcome[u]]
            for j in range(1, live):
                entry -= lower[u, live, j] * z[j]
            z[live] = entry / lower[u, live, live]
            live += 1
        entry = gram[members[u, 0], outcome[u]]
        for j in range(1, live):
            entry -= lower[u, 0, j] * z[j]
        slopes[u, 0] = entry / lower[u, 0, 0] ** 2
        effects[u, 0] = 1.0 / lower[u, 0, 0] ** 2
        for i in range(live - 1, 0, -1):
            b = z[i] - lower[u, 0, i] * slopes[u, 0]
            a = -lower[u, 0, i] * effects[u, 0]
            for j in range(i + 1, live):
                b -= lower[u, j, i] * slopes[u, order[u, j]]
                a -= lower[u, j, i] * effects[u, order[u, j]]
            slopes[u, order[u, i]] = b / lower[u, i, i]
            effects[u, order[u, i]] = a / lower[u, i, i]
