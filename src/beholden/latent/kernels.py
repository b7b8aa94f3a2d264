"""Compiled loops over answers: likelihood, gradient and curvature in one pass."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

__all__ = [
    "assemble",
    "cross_right",
    "fill_panel",
    "fill_shared",
    "log_probabilities",
]

ROOT_2 = math.sqrt(2.0)
ROOT_2PI = math.sqrt(2.0 * math.pi)
TINY = 1e-290


@njit(cache=True, inline="always")
def _density(x, probit):
    """The density of the link and its derivative."""
    if probit:
        f = math.exp(-0.5 * x * x) / ROOT_2PI
        return f, -x * f
    e = math.exp(-abs(x))
    f = e / ((1.0 + e) * (1.0 + e))
    half = (1.0 - e) / (1.0 + e)
    return f, -f * (half if x > 0 else -half)


@njit(cache=True, inline="always")
def _below(x, probit):
    """The probability that the link's variable is below x."""
    if probit:
        return 0.5 * math.erfc(-x / ROOT_2)
    if x > 0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


@njit(cache=True, inline="always")
def _between(low, high, probit):
    """The probability between two values, from the side where it loses no digits."""
    if low > 0:
        return _below(-low, probit) - _below(-high, probit)
    return _below(high, probit) - _below(low, probit)


@njit(cache=True)
def _terms(code, top, low, high, probit, out):
    """Log probability, gradient and curvature in the upper and the lower cutpoint distance.

    `out` takes log p, d/dhigh, d/dlow, and minus the second derivatives hh, hl, ll.
    """
    fh, dh, fl, dl = 0.0, 0.0, 0.0, 0.0
    if code < top:
        fh, dh = _density(high, probit)
    if code > 0:
        fl, dl = _density(low, probit)
    if code == 0:
        p = _below(high, probit)
    elif code == top:
        p = _below(-low, probit)
    else:
        p = _between(low, high, probit)
    p = max(p, TINY)
    gh, gl = fh / p, -fl / p
    out[0] = math.log(p)
    out[1] = gh
    out[2] = gl
    out[3] = gh * gh - dh / p
    out[4] = gh * gl
    out[5] = gl * gl + dl / p


@njit(cache=True)
def _points(psi, index, k, root, spread, cuts, steps, loads):
    """The item at its mean and at the ends of its axes: loading, cutpoints and their steps."""
    count = 2 * k + 1 if spread > 0.0 else 1
    for s in range(count):
        axis = (s - 1) // 2
        sign = 0.0 if s == 0 else (spread if s % 2 == 1 else -spread)
        for m in range(k):
            value = psi[index[m]]
            if s > 0:
                value += sign * root[m, axis]
            if m == 0:
                loads[s] = value
            elif m == 1:
                cuts[s, 0] = value
            else:
                step = math.exp(min(value, 3.0))
                steps[s, m - 2] = step
                cuts[s, m - 1] = cuts[s, m - 2] + step


@njit(cache=True)
def _slopes(code, top, theta, steps, jh, jl):
    """How the two cutpoint distances of an answer move with each parameter of its item."""
    k = top + 1
    for m in range(k):
        jh[m] = 0.0
        jl[m] = 0.0
    if code < top:
        jh[0] = -theta
        jh[1] = 1.0
        for m in range(code):
            jh[2 + m] = steps[m]
    if code > 0:
        jl[0] = -theta
        jl[1] = 1.0
        for m in range(code - 1):
            jl[2 + m] = steps[m]


@njit(cache=True)
def _answer(
    code, k, theta, weight, load, cuts, steps, probit, bend, work, jh, jl, node, grad, hess, b
):
    """Add one answer at one point to the sums of its node, its item and their cross term."""
    top = k - 1
    high = cuts[code] - load * theta if code < top else 0.0
    low = cuts[code - 1] - load * theta if code > 0 else 0.0
    _terms(code, top, low, high, probit, work)
    _slopes(code, top, theta, steps, jh, jl)
    gh, gl = weight * work[1], weight * work[2]
    hh, hl, ll = weight * work[3], weight * work[4], weight * work[5]
    node[0] += weight * work[0]
    node[1] -= load * (gh + gl)
    node[2] += load * load * (hh + 2.0 * hl + ll)
    # A position and its discrimination are multiplied: that, too, is curvature.
    b[0] += bend * (gh + gl)
    for m in range(k):
        grad[m] += gh * jh[m] + gl * jl[m]
        up = hh * jh[m] + hl * jl[m]
        down = hl * jh[m] + ll * jl[m]
        b[m] -= load * (up + down)
        for n in range(m + 1):
            hess[m, n] += up * jh[n] + down * jl[n]


@njit(cache=True)
def _instance(
    start, stop, nodes, codes, k, theta, sd, tilt, spread, points, probit, bend,
    gt, ht, g, h, b,
):  # fmt: skip
    """The sums over the answers to one instance; returns its log likelihood."""
    loads, cuts, steps = points
    work, jh, jl, node = np.zeros(6), np.zeros(k), np.zeros(k), np.zeros(3)
    total = 0.0
    for o in range(start, stop):
        n, code = nodes[o], codes[o]
        node[:] = 0.0
        if spread == 0.0:
            _answer(
                code, k, theta[n], 1.0, loads[0], cuts[0], steps[0],
                probit, bend, work, jh, jl, node, g, h, b[o],
            )  # fmt: skip
        else:
            weight = 1.0 / (2.0 * k + 2.0)
            rest = sd[n] * sd[n]
            for m in range(k):
                rest -= tilt[o, m] * tilt[o, m]
            rest = spread * math.sqrt(max(rest, 0.01 * sd[n] * sd[n]))
            for s in range(-1, 2 * k + 1):
                # Two points along the position alone, then two along each axis of the item.
                at = max(s, 0)
                move = rest if s == 0 else -rest
                if s > 0:
                    move = spread * tilt[o, (s - 1) // 2] * (1.0 if s % 2 == 1 else -1.0)
                _answer(
                    code, k, theta[n] + move, weight, loads[at], cuts[at], steps[at],
                    probit, bend, work, jh, jl, node, g, h, b[o],
                )  # fmt: skip
        total += node[0]
        gt[n] += node[1]
        ht[n] += node[2]
    return total


@njit(cache=True, parallel=True)
def assemble(
    time_start, instance_start, nodes, codes, sizes, index, theta, sd, tilt, psi, roots, spread,
    probit,
    bend, gt, ht, g, h, b, logs,
):  # fmt: skip
    """One pass over all answers, times side by side (they share no node).

    Parameters
    ----------
    time_start : ndarray, shape (times + 1,)
        Where the instances of each time begin.
    instance_start, nodes, codes : ndarray
        As in :class:`beholden.latent.observed.Answers`.
    sizes : ndarray, shape (instances,)
        Parameters of each instance: as many as its item has categories.
    index : ndarray, shape (instances, most)
        Where they stand in `psi`: discrimination, first cutpoint, logs of the steps.
    theta, sd : ndarray, shape (nodes,)
        Positions and their standard deviations around which answers are averaged.
    tilt : ndarray, shape (answers, most)
        How far a position moves with each axis of the item it answers.
    psi : ndarray
        All parameters.
    roots : ndarray, shape (instances, most, most)
        Lower roots of the items' covariances.
    spread : float
        1 averages over positions and items by cubature, 0 takes them as known.
    probit : bool
        Whether the link is probit; otherwise it is logit.
    bend : float
        1 for the whole curvature between positions and discriminations, 0 for the part that is
        never negative.
    gt, ht, g, h, b, logs : ndarray
        Filled: gradient and curvature of nodes, gradient and curvature of instances, cross
        terms of answers, log likelihood of times.
    """
    most = index.shape[1]
    for t in prange(len(time_start) - 1):
        loads = np.zeros(2 * most + 1)
        cuts = np.zeros((2 * most + 1, most))
        steps = np.zeros((2 * most + 1, most))
        total = 0.0
        for i in range(time_start[t], time_start[t + 1]):
            k = sizes[i]
            radius = math.sqrt(k + 1.0) if spread > 0.0 else 0.0
            _points(psi, index[i], k, roots[i], radius, cuts, steps, loads)
            total += _instance(
                instance_start[i], instance_start[i + 1], nodes, codes, k, theta, sd, tilt, radius,
                (loads, cuts, steps), probit, bend, gt, ht, g[i], h[i], b,
            )  # fmt: skip
            for m in range(k):
                for n in range(m):
                    h[i, n, m] = h[i, m, n]
                if m > 1:
                    # Distances are exponentials: their second derivative is their first.
                    h[i, m, m] -= min(g[i, m], 0.0)
        logs[t] = total


@njit(cache=True)
def log_probabilities(codes, sizes, loads, cuts, theta, variance, probit, out):
    """Log probability of each answer, its position normal around `theta` with `variance`.

    Under probit the position is integrated out exactly; under logit by the usual scaling of
    the linear predictor. `cuts` holds a row of cutpoints for each answer.
    """
    inner = 1.0 if probit else math.pi / 8.0
    for o in range(len(codes)):
        load, k, code = loads[o], sizes[o], codes[o]
        shrink = 1.0 / math.sqrt(1.0 + inner * load * load * variance[o])
        high = (cuts[o, code] - load * theta[o]) * shrink if code < k - 1 else 0.0
        low = (cuts[o, code - 1] - load * theta[o]) * shrink if code > 0 else 0.0
        if code == 0:
            p = _below(high, probit)
        elif code == k - 1:
            p = _below(-low, probit)
        else:
            p = _between(low, high, probit)
        out[o] = math.log(max(p, TINY))


@njit(cache=True)
def fill_panel(first, last, start, nodes, origin, sizes, local, inverse, b, panel):
    """Cross terms of one time's own items, solved by the roots of their curvature.

    `panel` takes a row for each node of the time and a column for each parameter of its own
    items; the panel times its transpose is what the items' uncertainty takes from precision.
    """
    column = 0
    for i in range(first, last):
        if not local[i]:
            continue
        k = sizes[i]
        for o in range(start[i], start[i + 1]):
            row = nodes[o] - origin
            for m in range(k):
                value = 0.0
                for n in range(m + 1):
                    value += b[o, n] * inverse[i, m, n]
                panel[row, column + m] += value
        column += k


@njit(cache=True)
def fill_shared(start, nodes, sizes, local, index, split, b, shared):
    """Cross terms of nodes with the parameters that are shared over times."""
    for i in range(len(sizes)):
        if local[i]:
            continue
        for o in range(start[i], start[i + 1]):
            for m in range(sizes[i]):
                shared[nodes[o], index[i, m] - split] += b[o, m]


@njit(cache=True)
def cross_right(start, nodes, sizes, b, values, out):
    """For each instance, its cross terms times a value of each node."""
    for i in range(len(sizes)):
        for o in range(start[i], start[i + 1]):
            for m in range(sizes[i]):
                out[i, m] += b[o, m] * values[nodes[o]]
