"""Compiled loops of the model of several dimensions: one pass for items, one for positions."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

import numpy as np
from numba import njit

from beholden.latent.kernels import _below, _between, _terms

__all__ = ["cross_panel", "cross_terms", "item_pass", "node_pass", "score", "smooth"]

TINY = 1e-290
# Gauss-Hermite of three points: exact to the fifth degree.
FAR = math.sqrt(3.0)
WEIGHTS = np.array([1.0 / 6.0, 2.0 / 3.0, 1.0 / 6.0])


@njit(cache=True)
def _predictor(psi, cov, x, s, k):
    """Mean and variance of first cutpoint less loadings times position, both uncertain."""
    mean = psi[k]
    variance = cov[k, k]
    for d in range(k):
        mean -= psi[d] * x[d]
        inner = -2.0 * cov[d, k]
        outer = 0.0
        for e in range(k):
            inner += cov[d, e] * x[e]
            outer += psi[e] * s[d, e]
            variance += cov[d, e] * s[d, e]
        variance += x[d] * inner + psi[d] * outer
    return mean, max(variance, 0.0)


@njit(cache=True)
def _averaged(code, top, steps, mean, variance, probit, work, out):
    """Log probability, gradients and curvatures averaged over a normal linear predictor."""
    width = math.sqrt(variance) * FAR
    above, below = 0.0, 0.0
    for m in range(code):
        above += steps[m]
        if m < code - 1:
            below += steps[m]
    out[:] = 0.0
    for q in range(3):
        middle = mean + (q - 1) * width
        high = middle + above if code < top else 0.0
        low = middle + below if code > 0 else 0.0
        _terms(code, top, low, high, probit, work)
        for m in range(6):
            out[m] += WEIGHTS[q] * work[m]


@njit(cache=True)
def _distances(psi, k, size, steps):
    for m in range(size - 2):
        steps[m] = math.exp(min(psi[k + 1 + m], 3.0))


@njit(cache=True)
def _distance_terms(code, top, steps, terms, position, grad, hess, jh, jl):
    """What one answer adds to an item's logs of distances between cutpoints."""
    k = len(position)
    gh, gl, hh, hl, ll = terms[1], terms[2], terms[3], terms[4], terms[5]
    for m in range(top - 1):
        jh[m] = steps[m] if code < top and m < code else 0.0
        jl[m] = steps[m] if code > 0 and m < code - 1 else 0.0
    for m in range(top - 1):
        up = hh * jh[m] + hl * jl[m]
        down = hl * jh[m] + ll * jl[m]
        row = k + 1 + m
        slope = gh * jh[m] + gl * jl[m]
        grad[row] += slope
        for d in range(k):
            hess[row, d] -= (up + down) * position[d]
        hess[row, k] += up + down
        for r in range(m + 1):
            hess[row, k + 1 + r] += up * jh[r] + down * jl[r]
        # Distances are exponentials: their second derivative is their first.
        hess[row, row] += max(-slope, 0.0)


@njit(cache=True)
def item_pass(start, group, nodes, codes, sizes, x, s, psi, cov, probit, grad, hess):
    """Gradient and curvature of every item's loadings and cutpoints; returns the likelihood.

    Parameters
    ----------
    start : ndarray, shape (instances + 1,)
        Where the answers to each instance begin in `nodes` and `codes`.
    group, sizes : ndarray, shape (instances,)
        The item of each instance, and how many categories it has.
    x, s : ndarray, shapes (nodes, k) and (nodes, k, k)
        Positions and their covariances.
    psi, cov : ndarray, shapes (items, p) and (items, p, p)
        Loadings, first cutpoint, logs of the distances after it, and their covariance.
    grad, hess : ndarray
        Filled, shaped as `psi` and `cov`.
    """
    k = x.shape[1]
    p = psi.shape[1]
    work, mean_terms = np.zeros(6), np.zeros(6)
    steps, jh, jl = np.zeros(p), np.zeros(p), np.zeros(p)
    total = 0.0
    for i in range(len(sizes)):
        item, size = group[i], sizes[i]
        top = size - 1
        _distances(psi[item], k, size, steps)
        for o in range(start[i], start[i + 1]):
            n, code = nodes[o], codes[o]
            mean, variance = _predictor(psi[item], cov[item], x[n], s[n], k)
            _averaged(code, top, steps, mean, variance, probit, work, mean_terms)
            total += mean_terms[0]
            gh, gl = mean_terms[1], mean_terms[2]
            hh, hl, ll = mean_terms[3], mean_terms[4], mean_terms[5]
            g, w = gh + gl, hh + 2.0 * hl + ll
            for d in range(k):
                outer = 0.0
                for e in range(k):
                    outer += s[n, d, e] * psi[item, e]
                grad[item, d] -= g * x[n, d] + w * outer
                for e in range(d + 1):
                    hess[item, d, e] += w * (x[n, d] * x[n, e] + s[n, d, e])
                hess[item, k, d] -= w * x[n, d]
            grad[item, k] += g
            hess[item, k, k] += w
            _distance_terms(code, top, steps, mean_terms, x[n], grad[item], hess[item], jh, jl)
    for item in range(len(psi)):
        for d in range(p):
            for e in range(d):
                hess[item, e, d] = hess[item, d, e]
    return total


@njit(cache=True)
def node_pass(start, group, nodes, codes, sizes, x, s, psi, cov, probit, grad, hess):
    """Gradient and curvature of every position; arguments as in :func:`item_pass`."""
    k = x.shape[1]
    work, mean_terms = np.zeros(6), np.zeros(6)
    steps = np.zeros(psi.shape[1])
    square = np.zeros((k, k))
    total = 0.0
    for i in range(len(sizes)):
        item, size = group[i], sizes[i]
        _distances(psi[item], k, size, steps)
        for d in range(k):
            for e in range(d + 1):
                square[d, e] = psi[item, d] * psi[item, e] + cov[item, d, e]
        for o in range(start[i], start[i + 1]):
            n, code = nodes[o], codes[o]
            mean, variance = _predictor(psi[item], cov[item], x[n], s[n], k)
            _averaged(code, size - 1, steps, mean, variance, probit, work, mean_terms)
            total += mean_terms[0]
            g = mean_terms[1] + mean_terms[2]
            w = mean_terms[3] + 2.0 * mean_terms[4] + mean_terms[5]
            for d in range(k):
                inner = -cov[item, d, k]
                for e in range(k):
                    inner += cov[item, d, e] * x[n, e]
                grad[n, d] -= g * psi[item, d] + w * inner
                for e in range(d + 1):
                    hess[n, d, e] += w * square[d, e]
    for n in range(len(x)):
        for d in range(k):
            for e in range(d):
                hess[n, e, d] = hess[n, d, e]
    return total


@njit(cache=True)
def smooth(order, starts, gaps, x, grad, hess, step, begin, fresh, s, moved, began):
    """One Newton step on every unit's whole path: forward elimination, backward smoothing.

    Parameters
    ----------
    order, starts : ndarray
        Nodes by unit and time, and where each unit begins in `order`.
    gaps : ndarray, shape (nodes,)
        Time since the unit's node before, by place in `order`.
    x, grad, hess : ndarray
        Positions, and the answers' gradient and curvature there.
    step, begin : ndarray, shape (k, k)
        Precision of a step in a unit of time, and of a first position.
    fresh, s : ndarray
        Filled: new positions and their covariances.
    moved, began : ndarray, shape (k, k)
        Filled: sums of expected squares of steps (per unit of time) and of first positions.
    """
    k = x.shape[1]
    for u in range(len(starts) - 1):
        first, last = starts[u], starts[u + 1]
        inverses = np.zeros((last - first, k, k))
        rights = np.zeros((last - first, k))
        for j in range(first, last):
            n = order[j]
            pivot = hess[n].copy()
            right = grad[n] + hess[n] @ x[n]
            if j == first:
                pivot += begin
            else:
                bond = step / gaps[j]
                pivot += bond - bond @ inverses[j - first - 1] @ bond
                right += bond @ (inverses[j - first - 1] @ rights[j - first - 1])
            if j + 1 < last:
                pivot += step / gaps[j + 1]
            inverse = np.linalg.inv(pivot)
            inverses[j - first] = 0.5 * (inverse + inverse.T)
            rights[j - first] = right
        for j in range(last - 1, first - 1, -1):
            n = order[j]
            inverse = inverses[j - first]
            fresh[n] = inverse @ rights[j - first]
            s[n] = inverse
            if j + 1 < last:
                after = order[j + 1]
                gain = inverse @ (step / gaps[j + 1])
                fresh[n] += gain @ fresh[after]
                cross = gain @ s[after]
                s[n] = inverse + cross @ gain.T
                away = fresh[after] - fresh[n]
                moved += (s[n] + s[after] - cross - cross.T + np.outer(away, away)) / gaps[j + 1]
        n = order[first]
        began += s[n] + np.outer(fresh[n], fresh[n])


@njit(cache=True)
def score(group, nodes, codes, sizes, x, s, psi, cov, probit, out):
    """Log probability of each answer, position and item averaged out.

    `group` and `sizes` hold the item of each answer and its number of categories.
    """
    k = x.shape[1]
    inner = 1.0 if probit else math.pi / 8.0
    steps = np.zeros(psi.shape[1])
    for o in range(len(codes)):
        item, n, code, top = group[o], nodes[o], codes[o], sizes[o] - 1
        _distances(psi[item], k, sizes[o], steps)
        mean, variance = _predictor(psi[item], cov[item], x[n], s[n], k)
        shrink = 1.0 / math.sqrt(1.0 + inner * variance)
        above, below = 0.0, 0.0
        for m in range(code):
            above += steps[m]
            if m < code - 1:
                below += steps[m]
        high, low = (mean + above) * shrink, (mean + below) * shrink
        if code == 0:
            p = _below(high, probit)
        elif code == top:
            p = _below(-low, probit)
        else:
            p = _between(low, high, probit)
        out[o] = math.log(max(p, TINY))


@njit(cache=True)
def cross_terms(start, group, nodes, codes, sizes, x, s, psi, cov, probit, out):
    """Minus the mixed second derivatives of each answer in position and item parameters.

    `out`, of shape (answers, k, p), is filled; other arguments as in :func:`item_pass`.
    """
    k = x.shape[1]
    work, mean_terms = np.zeros(6), np.zeros(6)
    steps = np.zeros(psi.shape[1])
    for i in range(len(sizes)):
        item, size = group[i], sizes[i]
        top = size - 1
        _distances(psi[item], k, size, steps)
        for o in range(start[i], start[i + 1]):
            n, code = nodes[o], codes[o]
            mean, variance = _predictor(psi[item], cov[item], x[n], s[n], k)
            _averaged(code, top, steps, mean, variance, probit, work, mean_terms)
            g = mean_terms[1] + mean_terms[2]
            w = mean_terms[3] + 2.0 * mean_terms[4] + mean_terms[5]
            for d in range(k):
                load = psi[item, d]
                for e in range(k):
                    out[o, d, e] = w * load * x[n, e]
                out[o, d, d] += g
                out[o, d, k] = -w * load
                for m in range(size - 2):
                    high = steps[m] if code < top and m < code else 0.0
                    low = steps[m] if code > 0 and m < code - 1 else 0.0
                    up = mean_terms[3] * high + mean_terms[4] * low
                    down = mean_terms[4] * high + mean_terms[5] * low
                    out[o, d, k + 1 + m] = -load * (up + down)


@njit(cache=True)
def cross_panel(own, start, nodes, group, origin, roots, cross, panel):
    """Cross terms of one time's own items, whitened by the roots of their curvature."""
    k, p = cross.shape[1], cross.shape[2]
    for j in range(len(own)):
        i = own[j]
        root = roots[group[i]]
        for o in range(start[i], start[i + 1]):
            row = (nodes[o] - origin) * k
            for d in range(k):
                for m in range(p):
                    value = 0.0
                    for r in range(m + 1):
                        value += cross[o, d, r] * root[m, r]
                    panel[row + d, j * p + m] += value
