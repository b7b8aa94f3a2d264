"""Compiled loops over answers: probabilities, and the cross terms of positions and items."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

from numba import njit

__all__ = [
    "cross_right",
    "fill_front",
    "fill_panel",
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
def fill_front(first, last, start, nodes, origin, sizes, local, index, split, where, b, h, front):
    """Add the shared items answered at one time: their curvature and their cross terms.

    `where` gives the place of each shared parameter in the front, whose first rows are the
    nodes of the time.
    """
    for i in range(first, last):
        if local[i]:
            continue
        for m in range(sizes[i]):
            at = where[index[i, m] - split]
            for n in range(sizes[i]):
                front[at, where[index[i, n] - split]] += h[i, m, n]
            for o in range(start[i], start[i + 1]):
                front[nodes[o] - origin, at] += b[o, m]
                front[at, nodes[o] - origin] += b[o, m]


@njit(cache=True)
def cross_right(start, nodes, sizes, b, values, out):
    """For each instance, its cross terms times a value of each node."""
    for i in range(len(sizes)):
        for o in range(start[i], start[i + 1]):
            for m in range(sizes[i]):
                out[i, m] += b[o, m] * values[nodes[o]]
