"""One pass over all answers: gradient and curvature, averaged over the joint spread.

Answers stand by instance and category, so that every loop runs over answers of one kind.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

from beholden.latent.kernels import TINY, _below, _between
from beholden.latent.link_kernels import end_terms, middle_terms

__all__ = ["assemble"]

FAST = {"reassoc", "contract", "nsz", "arcp"}
BEYOND = 50.0


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


@njit(cache=True, error_model="numpy")
def _places(first, last, k, nodes, theta, sd, tilt, spread, x):
    """Where each position is evaluated: two points of its own, two along each axis of its item."""
    n = last - first
    for o in range(n):
        node = nodes[first + o]
        here = theta[node]
        x[o] = here
        if spread > 0.0:
            rest = sd[node] * sd[node]
            for m in range(k):
                t = tilt[first + o, m]
                rest -= t * t
                x[(2 + 2 * m) * n + o] = here + spread * t
                x[(3 + 2 * m) * n + o] = here - spread * t
            rest = spread * math.sqrt(max(rest, 0.01 * sd[node] * sd[node]))
            x[o] = here + rest
            x[n + o] = here - rest


@njit(cache=True, error_model="numpy", fastmath=FAST)
def _edges(n, points, code, top, loads, cuts, x, high, low):
    """Distances of the cutpoints around a category; an end category has one, in `high`."""
    for p in range(points):
        at = max(p - 1, 0)
        a = loads[at]
        c = cuts[at, min(code, top - 1)]
        d = cuts[at, max(code - 1, 0)]
        flip = -1.0 if code == top else 1.0
        for o in range(p * n, (p + 1) * n):
            high[o] = flip * (c - a * x[o])
        if 0 < code < top:
            for o in range(p * n, (p + 1) * n):
                low[o] = d - a * x[o]


@njit(cache=True, error_model="numpy", fastmath=FAST)
def _answers(n, p, a, weight, product, work, node):
    """Add one point to the sums of its answers."""
    x, _, slope, _, half, bend = work
    gt, ht, b0, b1, bu, h0, h1, h2, bend0 = node
    shift = p * n
    for o in range(n):
        q = shift + o
        s, b = weight * slope[q], weight * bend[q]
        gt[o] -= a * s
        ht[o] += a * a * b
        h0[o] += b
        h1[o] += x[q] * b
        h2[o] += x[q] * x[q] * b
        # A position and its discrimination are multiplied: that, too, is curvature.
        b0[o] += a * x[q] * b
        bend0[o] += product * s
        b1[o] -= a * b
        bu[o] = -a * weight * half[q]


@njit(cache=True, error_model="numpy", fastmath=FAST)
def _sums(n, p, weight, work, sums):
    """One point's sums for its item.

    The loop writes to no array: where arrays may overlap, compiled code decides by their
    addresses in what order to add, and bytes would differ from run to run.
    """
    x, up, slope, own, half, bend = work
    g, gx, hs, hx, hxx, gu, uu, ux, oo = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for q in range(p * n, (p + 1) * n):
        s, b, y, u = slope[q], bend[q], x[q], half[q]
        g += s
        gx += y * s
        hs += b
        hx += y * b
        hxx += y * y * b
        gu += up[q]
        uu += u
        ux += y * u
        oo += own[q]
    sums[0], sums[1], sums[2], sums[3], sums[4] = g, gx, hs, hx, hxx
    sums[5], sums[6], sums[7], sums[8] = gu, uu, ux, oo
    sums *= weight


@njit(cache=True, error_model="numpy")
def _loose(haa, ha, hax, h, hx, hxx):
    """What of a position's curvature its item's uncertain discrimination alone makes.

    The curvature's average of a squared, less what cutpoint and position explain of it.
    """
    if h <= 0.0:
        return 0.0
    rest = haa - ha * ha / h
    spread = hxx - hx * hx / h
    both = hax - ha * hx / h
    if spread > 1e-12 * hxx:
        rest -= both * both / spread
    return max(rest, 0.0)


@njit(cache=True)
def _item(code, top, steps, sums, g, h):
    """Add the sums of one category at one point to its item's gradient and curvature."""
    g[0] -= sums[1]
    g[1] += sums[0]
    h[0, 0] += sums[4]
    h[1, 0] -= sums[3]
    h[1, 1] += sums[2]
    # A distance below the category moves both edges, the distance across it the upper one.
    both = code - 1
    count = code if code < top else code - 1
    for m in range(count):
        s = steps[m]
        if m < both:
            g[2 + m] += s * sums[0]
            h[2 + m, 0] -= s * sums[3]
            h[2 + m, 1] += s * sums[2]
        else:
            g[2 + m] += s * sums[5]
            h[2 + m, 0] -= s * sums[7]
            h[2 + m, 1] += s * sums[6]
        for n in range(m + 1):
            part = sums[2] if m < both else (sums[6] if n < both else sums[8])
            h[2 + m, 2 + n] += s * steps[n] * part


@njit(cache=True)
def _category(
    first, last, code, k, nodes, theta, sd, tilt, spread, shape, probit, bend,
    scratch, gt, ht, vt, g, h, b,
):  # fmt: skip
    """All answers of one category to one instance."""
    loads, cuts, steps = shape
    n, top = last - first, k - 1
    points = 2 * k + 2 if spread > 0.0 else 1
    weight = 1.0 / points
    x, high, low, up, slope, own, half, curve, n1, n2, n3, n4, n5, n6, n7, n8, n9 = scratch
    _places(first, last, k, nodes, theta, sd, tilt, spread, x)
    _edges(n, points, code, top, loads, cuts, x, high, low)
    middle = 0 < code < top
    if middle:
        middle_terms(points * n, high, low, probit, up, slope, own, half, curve)
    else:
        end_terms(points * n, high, probit, slope, curve)
        if code == top:
            slope[: points * n] *= -1.0
    for array in (n1, n2, n3, n4, n6, n7, n8, n9):
        array[:n] = 0.0
    sums = np.zeros(9)
    for p in range(points):
        at = max(p - 1, 0)
        work = (x, up, slope, own, half, curve)
        _answers(n, p, loads[at], weight, bend, work, (n1, n2, n3, n4, n5, n6, n7, n8, n9))
        _sums(n, p, weight, work, sums)
        _item(code, top, steps[at], sums, g, h)
        for m in range(code if middle else code - 1):
            for o in range(n):
                part = n5[o] if m == code - 1 else -loads[at] * weight * curve[p * n + o]
                b[first + o, 2 + m] += steps[at, m] * part
    for o in range(n):
        gt[nodes[first + o]] += n1[o]
        ht[nodes[first + o]] += n2[o]
        vt[nodes[first + o]] += _loose(n2[o], -n4[o], n3[o], n6[o], n7[o], n8[o])
        b[first + o, 0] += n3[o] + n9[o]
        b[first + o, 1] += n4[o]


@njit(cache=True)
def _likelihood(first, last, code, k, nodes, theta, sd, tilt, spread, shape, probit, scratch):
    """The log likelihood of these answers, averaged over the same points."""
    loads, cuts, _ = shape
    n, top = last - first, k - 1
    points = 2 * k + 2 if spread > 0.0 else 1
    x = scratch[0]
    _places(first, last, k, nodes, theta, sd, tilt, spread, x)
    total = 0.0
    for p in range(points):
        at = max(p - 1, 0)
        for o in range(p * n, (p + 1) * n):
            high = cuts[at, code] - loads[at] * x[o] if code < top else BEYOND
            low = cuts[at, code - 1] - loads[at] * x[o] if code > 0 else -BEYOND
            if code == 0:
                chance = _below(high, probit)
            elif code == top:
                chance = _below(-low, probit)
            else:
                chance = _between(low, high, probit)
            total += math.log(max(chance, TINY))
    return total / points


@njit(cache=True, parallel=True)
def assemble(
    time_start, starts, nodes, sizes, index, theta, sd, tilt, psi, roots, spread, probit,
    bend, value, widest, gt, ht, vt, g, h, b, logs,
):  # fmt: skip
    """One pass over all answers, times side by side (they share no node).

    Adds to `gt`, `ht`, `vt` (gradient and curvature of each node, and of that curvature the part
    that comes from uncertain discriminations), `g`, `h` (of each instance) and
    `b` (cross curvature of each answer's node with its item); log likelihoods by time go to
    `logs` where `value` asks for them. `starts` holds where the answers of each category begin.
    With `spread` above 0 everything is averaged over the joint spread of each position and the
    item that it answers, by cubature of degree 3 (2d points, exact for quadratics). `bend` is 1
    where the joint curvature is to be whole.
    """
    most = index.shape[1]
    for t in prange(len(time_start) - 1):
        shape = (
            np.zeros(2 * most + 1), np.zeros((2 * most + 1, most)), np.zeros((2 * most + 1, most))
        )  # fmt: skip
        scratch = (
            np.zeros(widest), np.zeros(widest), np.zeros(widest), np.zeros(widest),
            np.zeros(widest), np.zeros(widest), np.zeros(widest), np.zeros(widest),
            np.zeros(widest), np.zeros(widest), np.zeros(widest), np.zeros(widest),
            np.zeros(widest), np.zeros(widest), np.zeros(widest), np.zeros(widest),
            np.zeros(widest),
        )  # fmt: skip
        total = 0.0
        for i in range(time_start[t], time_start[t + 1]):
            k = sizes[i]
            radius = math.sqrt(k + 1.0) if spread > 0.0 else 0.0
            _points(psi, index[i], k, roots[i], radius, shape[1], shape[2], shape[0])
            for code in range(k):
                first, last = starts[i, code], starts[i, code + 1]
                if first == last:
                    continue
                _category(
                    first, last, code, k, nodes, theta, sd, tilt, radius, shape, probit, bend,
                    scratch, gt, ht, vt, g[i], h[i], b,
                )  # fmt: skip
                if value:
                    total += _likelihood(
                        first, last, code, k, nodes, theta, sd, tilt, radius, shape, probit,
                        scratch,
                    )  # fmt: skip
            for m in range(k):
                for n in range(m):
                    h[i, n, m] = h[i, m, n]
                if m > 1:
                    # Distances are exponentials: their second derivative is their first.
                    h[i, m, m] -= min(g[i, m], 0.0)
        logs[t] = total
