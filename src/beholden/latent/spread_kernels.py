"""Compiled loops that yield the joint spread of items and the positions that answer them."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

import numpy as np
from numba import njit

__all__ = ["time_spread"]


@njit(cache=True)
def _root(c, k, out):
    """The lower root of the first k rows and columns of a covariance."""
    for i in range(k):
        for j in range(i + 1):
            value = c[i, j]
            for m in range(j):
                value -= out[i, m] * out[j, m]
            out[i, j] = math.sqrt(max(value, 1e-12)) if i == j else value / out[j, j]


@njit(cache=True)
def _tilts(start, stop, nodes, origin, k, root, cross, tilt):
    """Solve each answer's covariance with its item by the item's root."""
    for o in range(start, stop):
        row = nodes[o] - origin
        for i in range(k):
            value = cross[row, i]
            for m in range(i):
                value -= root[i, m] * tilt[o, m]
            tilt[o, i] = value / root[i, i]


@njit(cache=True)
def time_spread(
    first, last, start, nodes, origin, sizes, local, index, split, where, inverse, panel, solved,
    covariance, roots, tilt,
):  # fmt: skip
    """Joint spread of the items answered at one time and the positions that answer them.

    `panel` is that of :func:`fill_panel`, `solved` the covariance of the time's positions times
    it, `covariance` that of the time's front. Fills the lower roots of the items' covariances
    and the tilts of their answers.
    """
    most = inverse.shape[1]
    inner, full = np.zeros((most, most)), np.zeros((most, most))
    cross = np.zeros((panel.shape[0], most))
    column = 0
    for i in range(first, last):
        k = sizes[i]
        if local[i]:
            _inner(panel, solved, column, k, inner)
            _around(inverse[i], k, inner, full)
            for r in range(cross.shape[0]):
                for m in range(k):
                    value = 0.0
                    for n in range(m, k):
                        value -= solved[r, column + n] * inverse[i, n, m]
                    cross[r, m] = value
            column += k
        else:
            for m in range(k):
                at = where[index[i, m] - split]
                for n in range(k):
                    full[m, n] = covariance[at, where[index[i, n] - split]]
                cross[:, m] = covariance[at, : cross.shape[0]]
        roots[i, :, :] = 0.0
        _root(full, k, roots[i])
        _tilts(start[i], start[i + 1], nodes, origin, k, roots[i], cross, tilt)


@njit(cache=True)
def _inner(panel, solved, column, k, out):
    """The identity plus the products of some columns."""
    for m in range(k):
        for n in range(k):
            value = 1.0 if m == n else 0.0
            for r in range(panel.shape[0]):
                value += panel[r, column + m] * solved[r, column + n]
            out[m, n] = value


@njit(cache=True)
def _around(inverse, k, inner, out):
    """A covariance: the inner matrix between an inverse lower root and its transpose."""
    for m in range(k):
        for n in range(k):
            value = 0.0
            for i in range(m, k):
                for j in range(n, k):
                    value += inverse[i, m] * inner[i, j] * inverse[j, n]
            out[m, n] = value
