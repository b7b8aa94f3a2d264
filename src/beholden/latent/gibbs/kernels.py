"""Compiled passes over answers for the sampler: what nodes and items gain from them."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numba import njit, prange
from scipy.special import expit, log_expit, log_ndtr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["item_pass", "mean_probabilities", "node_pass", "shift_pass", "unpack"]

ROOT_2 = math.sqrt(2.0)
ROOT_2PI = math.sqrt(2.0 * math.pi)
TINY = 1e-290


# Log probabilities of the outer answers and their slopes, by which nearly all time goes, are read
# from tables by cubic interpolation: off by less than 1e-9 between knots this near.
REACH, KNOTS = 12.0, 32


def _table(log_below: Floats, slope: Floats, bend: Floats) -> Floats:
    """Log probability, its slope, and the slope's slope (those two times the knots' distance)."""
    return np.ascontiguousarray(np.column_stack([log_below, slope / KNOTS, slope, bend / KNOTS]))


def _probit_table(x: Floats) -> Floats:
    log_below = log_ndtr(x)
    slope = np.exp(-0.5 * x * x - log_below) / ROOT_2PI
    return _table(log_below, slope, -slope * (slope + x))


def _logit_table(x: Floats) -> Floats:
    return _table(log_expit(x), expit(-x), -expit(-x) * expit(x))


_X = np.arange(-REACH, REACH + 1.5 / KNOTS, 1.0 / KNOTS)
PROBIT, LOGIT = _probit_table(_X), _logit_table(_X)


@njit(cache=True)
def _far(x, probit):
    """Log probability below x, and its slope, far from 0."""
    if x > 0:
        return 0.0 if probit else -math.exp(-x), 0.0 if probit else math.exp(-x)
    if not probit:
        return x - math.exp(x), 1.0 - math.exp(x)
    inverse = 1.0 / (x * x)
    series = 1.0 - inverse * (1.0 - inverse * (3.0 - inverse * (15.0 - inverse * 105.0)))
    return -0.5 * x * x - math.log(-x * ROOT_2PI) + math.log(series), -x / series


@njit(cache=True, inline="always")
def _outer(x, probit):
    """Log probability below x, its slope, and minus the slope's slope."""
    if abs(x) < REACH:
        table = PROBIT if probit else LOGIT
        u = (x + REACH) * KNOTS
        i = int(u)
        s = u - i
        r = 1.0 - s
        r2, s2 = r * r, s * s
        b0, b1, b2, b3 = (1.0 + 2.0 * s) * r2, s * r2, (3.0 - 2.0 * s) * s2, -s2 * r
        value = b0 * table[i, 0] + b1 * table[i, 1] + b2 * table[i + 1, 0] + b3 * table[i + 1, 1]
        slope = b0 * table[i, 2] + b1 * table[i, 3] + b2 * table[i + 1, 2] + b3 * table[i + 1, 3]
    else:
        value, slope = _far(x, probit)
    return value, slope, slope * (slope + x) if probit else slope * (1.0 - slope)


@njit(cache=True, inline="always")
def _edge(x, probit):
    """Probability below x, its density, and the density's derivative over the density."""
    if probit:
        return 0.5 * math.erfc(-x / ROOT_2), math.exp(-0.5 * x * x) / ROOT_2PI, -x
    e = math.exp(-abs(x))
    whole = 1.0 / (1.0 + e)
    below = whole if x > 0 else e * whole
    half = (1.0 - e) * whole
    return below, e * whole * whole, -half if x > 0 else half


@njit(cache=True)
def _inner(low, high, probit):
    """The same as :func:`_weigh` for an answer between two cutpoints."""
    # From the side where the difference loses no digits; the density is even.
    flip = low > 0
    ph, fh, dh = _edge(-high if flip else high, probit)
    pl, fl, dl = _edge(-low if flip else low, probit)
    p = max(pl - ph if flip else ph - pl, TINY)
    if flip:
        dh, dl = -dh, -dl
    gh, gl = fh / p, -fl / p
    return math.log(p), gh, gl, gh * gh - dh * gh, gl * gl - dl * gl


@njit(cache=True, inline="always")
def _weigh(code, top, low, high, probit):
    """Log probability of an answer, and its first and second derivatives in both distances.

    Returns log p, gh, gl and the curvatures hh, ll; hl is gh times gl.
    """
    if code == 0:
        value, slope, bend = _outer(high, probit)
        return value, slope, 0.0, bend, 0.0
    if code == top:
        value, slope, bend = _outer(-low, probit)
        return value, 0.0, -slope, 0.0, bend
    return _inner(low, high, probit)


@njit(cache=True, parallel=True)
def unpack(psi, index, sizes, loads, cuts):
    """Discrimination and cutpoints of every instance from the parameters."""
    for i in prange(len(sizes)):
        loads[i] = psi[index[i, 0]]
        cuts[i, 0] = psi[index[i, 1]]
        for m in range(2, sizes[i]):
            cuts[i, m - 1] = cuts[i, m - 2] + math.exp(psi[index[i, m]])


@njit(cache=True, parallel=True)
def node_pass(
    order, bounds, time_start, instance_start, nodes, codes, sizes, loads, cuts, theta, probit,
    value, grad, curv,
):  # fmt: skip
    """Log likelihood of each node's answers, its gradient, and its curvature.

    Parameters
    ----------
    order : ndarray, shape (times,)
        Times side by side in this order; they share no node.
    bounds, time_start, instance_start : ndarray
        Where nodes and instances of each time begin, and the answers to each instance.
    nodes, codes, sizes, loads, cuts, theta, probit
        Who answered what, the items, the positions, and the link.
    value, grad, curv : ndarray, shape (nodes,)
        Filled.
    """
    for p in prange(len(order)):
        t = order[p]
        for n in range(bounds[t], bounds[t + 1]):
            value[n] = 0.0
            grad[n] = 0.0
            curv[n] = 0.0
        for i in range(time_start[t], time_start[t + 1]):
            a, top = loads[i], sizes[i] - 1
            for o in range(instance_start[i], instance_start[i + 1]):
                n, code = nodes[o], codes[o]
                high = cuts[i, code] - a * theta[n] if code < top else 0.0
                low = cuts[i, code - 1] - a * theta[n] if code > 0 else 0.0
                logp, gh, gl, hh, ll = _weigh(code, top, low, high, probit)
                value[n] += logp
                grad[n] -= a * (gh + gl)
                curv[n] += a * a * max(hh + 2.0 * gh * gl + ll, 0.0)


@njit(cache=True)
def _instance(start, stop, nodes, codes, k, load, cuts, theta, probit, g, h, jh, jl):
    """Sums over the answers to one instance; returns its log likelihood."""
    top = k - 1
    total = 0.0
    for m in range(k):
        g[m] = 0.0
        for n in range(k):
            h[m, n] = 0.0
    for o in range(start, stop):
        position, code = theta[nodes[o]], codes[o]
        high = cuts[code] - load * position if code < top else 0.0
        low = cuts[code - 1] - load * position if code > 0 else 0.0
        logp, gh, gl, hh, ll = _weigh(code, top, low, high, probit)
        total += logp
        hl = gh * gl
        jh[0] = -position if code < top else 0.0
        jl[0] = -position if code > 0 else 0.0
        jh[1] = 1.0 if code < top else 0.0
        jl[1] = 1.0 if code > 0 else 0.0
        for m in range(2, k):
            # Cutpoint m - 1 is the one before and a step; all later ones rest on it.
            jh[m] = cuts[m - 1] - cuts[m - 2] if m - 1 <= code < top else 0.0
            jl[m] = cuts[m - 1] - cuts[m - 2] if m - 1 <= code - 1 else 0.0
        for m in range(k):
            g[m] += gh * jh[m] + gl * jl[m]
            up = hh * jh[m] + hl * jl[m]
            down = hl * jh[m] + ll * jl[m]
            for n in range(m + 1):
                h[m, n] += up * jh[n] + down * jl[n]
    return total


@njit(cache=True, parallel=True)
def item_pass(
    which, instance_start, nodes, codes, sizes, loads, cuts, theta, probit, value, grad, hess
):
    """Log likelihood of instances, its gradient and curvature in their parameters.

    `which` names the instances, side by side in this order; `value`, `grad` and `hess` (lower
    triangle) are filled at their places. Parameters are the discrimination, the first cutpoint
    and the logs of the distances after it.
    """
    for p in prange(len(which)):
        i = which[p]
        k = sizes[i]
        value[i] = _instance(
            instance_start[i], instance_start[i + 1], nodes, codes, k, loads[i], cuts[i], theta,
            probit, grad[i], hess[i], np.zeros(k), np.zeros(k),
        )  # fmt: skip
        for m in range(2, k):
            # Distances are exponentials: their second derivative is their first.
            hess[i, m, m] -= min(grad[i, m], 0.0)


@njit(cache=True, parallel=True)
def shift_pass(
    which, shift, instance_start, nodes, codes, sizes, loads, cuts, theta, probit,
    value, grad, curv,
):  # fmt: skip
    """The same in one shift of all positions that answer an instance: `shift`, by instance."""
    for p in prange(len(which)):
        i = which[p]
        a, top = loads[i], sizes[i] - 1
        total, g, h = 0.0, 0.0, 0.0
        for o in range(instance_start[i], instance_start[i + 1]):
            position, code = theta[nodes[o]] + shift[i], codes[o]
            high = cuts[i, code] - a * position if code < top else 0.0
            low = cuts[i, code - 1] - a * position if code > 0 else 0.0
            logp, gh, gl, hh, ll = _weigh(code, top, low, high, probit)
            total += logp
            g -= a * (gh + gl)
            h += a * a * max(hh + 2.0 * gh * gl + ll, 0.0)
        value[i] = total
        grad[i] = g
        curv[i] = h


@njit(cache=True, parallel=True)
def mean_probabilities(codes, sizes, theta, psi, probit, out):
    """The probability of answers averaged over draws.

    `theta` has shape (draws, answers), `psi` (draws, answers, parameters of the item).
    """
    draws = theta.shape[0]
    for o in prange(len(codes)):
        code, top, total = codes[o], sizes[o] - 1, 0.0
        for d in range(draws):
            at = psi[d, o, 0] * theta[d, o]
            cut, below, above = psi[d, o, 1], 0.0, 0.0
            for m in range(top):
                cut += math.exp(psi[d, o, m + 1]) if m > 0 else 0.0
                below = cut - at if m == code - 1 else below
                above = cut - at if m == code else above
            logp, _, _, _, _ = _weigh(code, top, below, above, probit)
            total += math.exp(logp)
        out[o] = total / draws
