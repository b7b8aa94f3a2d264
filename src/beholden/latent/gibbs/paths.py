"""Compiled draws of whole stretches of paths, all positions of a stretch at once."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

from beholden.latent.gibbs.streams import normal, stream, uniform

__all__ = ["accept_paths", "propose_paths", "step_sums", "stretch_steps"]


@njit(cache=True, inline="always")
def _held(place, offset, length):
    """Whether a place of a path stays, so that the stretches around it are independent."""
    return (place + offset) % (length + 1) == length


@njit(cache=True)
def _prior(nodes, s, e, count, theta, time, phi, noise, shock, start, ridge, diag, off, lin):
    """Precision (diagonal, next to it) and linear term of a stretch's prior, given its ends."""
    for j in range(s, e):
        n = nodes[j]
        t = time[n]
        d, m = ridge, 0.0
        if j == 0:
            d += 1.0 / start
        else:
            d += 1.0 / noise[t - 1]
            m += shock[t - 1] / noise[t - 1]
            if j == s:
                m += phi[t - 1] * theta[nodes[j - 1]] / noise[t - 1]
        if j + 1 < count:
            d += phi[t] * phi[t] / noise[t]
            m -= phi[t] * shock[t] / noise[t]
            off[j - s] = -phi[t] / noise[t]
            if j + 1 == e:
                m += phi[t] * theta[nodes[j + 1]] / noise[t]
        diag[j - s] = d
        lin[j - s] = m


@njit(cache=True)
def _factor(nodes, s, e, position, grad, curv, pull, size, diag, off, lin, root, low, mean):
    """Root of the proposal's precision, its mean, and the log determinant of the root.

    The mean is `pull` of a Newton step from `position`; `size` divides the precision's root.
    """
    count = e - s
    logdet = 0.0
    for k in range(count):
        n = nodes[s + k]
        pivot = diag[k] + curv[n]
        force = lin[k] - diag[k] * position[n] + grad[n]
        if k > 0:
            low[k - 1] = off[k - 1] / root[k - 1]
            pivot -= low[k - 1] * low[k - 1]
            force -= off[k - 1] * position[nodes[s + k - 1]]
        if k + 1 < count:
            force -= off[k] * position[nodes[s + k + 1]]
        root[k] = math.sqrt(pivot)
        mean[k] = force
        logdet += math.log(root[k] / size)
    for k in range(count):
        rest = mean[k] - (low[k - 1] * mean[k - 1] if k > 0 else 0.0)
        mean[k] = rest / root[k]
    for k in range(count - 1, -1, -1):
        rest = mean[k] - (low[k] * mean[k + 1] if k + 1 < count else 0.0)
        mean[k] = rest / root[k]
    for k in range(count):
        mean[k] = position[nodes[s + k]] + pull * mean[k]
    return logdet


@njit(cache=True)
def _bounds(offset, length, count, s):
    """The next stretch from place s on: its begin and its end (begin is count at the end)."""
    while s < count and _held(s, offset, length):
        s += 1
    e = s
    while e < count and not _held(e, offset, length):
        e += 1
    return s, e


@njit(cache=True, parallel=True)
def propose_paths(
    key, length, order, starts, time, theta, grad, curv, phi, noise, shock, start, ridge,
    pull, size, offsets, proposed, forth,
):  # fmt: skip
    """Propose every stretch of every unit's path from the answers' local curvature.

    Every place but the held ones (one in `length` + 1, drawn anew each time) is proposed from
    the normal distribution with the prior's precision plus the answers' curvature here.

    Parameters
    ----------
    key, length : int
        Key of the random streams, and longest stretch.
    order, starts, time : ndarray
        Nodes by unit and time, where each unit begins, the time of each node.
    theta, grad, curv : ndarray, shape (nodes,)
        Positions, and gradient and curvature of the log likelihood there.
    phi, noise, shock : ndarray, shape (times - 1,)
        Carry, variance and common shock of the step after each time.
    start, ridge : float
        Variance of first positions, and precision that holds all to the middle.
    pull, size : float
        Part of the Newton step taken, and factor of the proposal's spread.
    offsets, proposed, forth : ndarray
        Filled: where held places lie, the proposal, and log proposal density (at the first
        node of each stretch).
    """
    for u in prange(len(starts) - 1):
        nodes = order[starts[u] : starts[u + 1]]
        count = len(nodes)
        state = np.zeros(1, dtype=np.uint64)
        stream(key, u, state)
        offsets[u] = int(uniform(state) * (length + 1))
        work = np.zeros((6, count))
        for n in nodes:
            proposed[n] = theta[n]
        s, e = _bounds(offsets[u], length, count, 0)
        while s < count:
            diag, off, lin, root, low, mean = work
            _prior(nodes, s, e, count, theta, time, phi, noise, shock, start, ridge, diag, off, lin)
            total = _factor(
                nodes, s, e, theta, grad, curv, pull, size, diag, off, lin, root, low, mean
            )
            after = 0.0
            for k in range(e - s - 1, -1, -1):
                z = normal(state)
                total -= 0.5 * z * z
                # Deviations from the mean by the root's transpose.
                after = (size * z - (low[k] * after if k + 1 < e - s else 0.0)) / root[k]
                proposed[nodes[s + k]] = mean[k] + after
            forth[nodes[s]] = total
            s, e = _bounds(offsets[u], length, count, e)


@njit(cache=True)
def _gain(nodes, s, e, here, there, diag, off, lin):
    """How much likelier the prior finds a stretch at `there` than at `here`."""
    total = 0.0
    for k in range(e - s):
        x, y = here[nodes[s + k]], there[nodes[s + k]]
        total += lin[k] * (y - x) - 0.5 * diag[k] * (y * y - x * x)
        if k + 1 < e - s:
            total -= off[k] * (y * there[nodes[s + k + 1]] - x * here[nodes[s + k + 1]])
    return total


@njit(cache=True, parallel=True)
def accept_paths(
    key, length, order, starts, time, theta, value, proposed, value_new, grad_new, curv_new,
    phi, noise, shock, start, ridge, pull, size, offsets, forth, force, accepted,
):  # fmt: skip
    """Take each proposed stretch or leave it (Metropolis and Hastings); fills `theta`.

    Parameters are those of :func:`propose_paths`, with the log likelihood of nodes before
    (`value`) and its parts at the proposal; `force` takes all, `accepted` counts by unit.
    """
    for u in prange(len(starts) - 1):
        nodes = order[starts[u] : starts[u + 1]]
        count = len(nodes)
        state = np.zeros(1, dtype=np.uint64)
        stream(key, u, state)
        work = np.zeros((6, count))
        accepted[u, 0] = 0.0
        accepted[u, 1] = 0.0
        s, e = _bounds(offsets[u], length, count, 0)
        while s < count:
            diag, off, lin, root, low, mean = work
            _prior(nodes, s, e, count, theta, time, phi, noise, shock, start, ridge, diag, off, lin)
            back = _factor(
                nodes, s, e, proposed, grad_new, curv_new, pull, size,
                diag, off, lin, root, low, mean,
            )  # fmt: skip
            gain = _gain(nodes, s, e, theta, proposed, diag, off, lin)
            for k in range(e - s):
                n = nodes[s + k]
                z = root[k] * (theta[n] - mean[k])
                if k + 1 < e - s:
                    z += low[k] * (theta[nodes[s + k + 1]] - mean[k + 1])
                back -= 0.5 * (z / size) ** 2
                gain += value_new[n] - value[n]
            accepted[u, 1] += 1.0
            if force or math.log(uniform(state)) < gain + back - forth[nodes[s]]:
                accepted[u, 0] += 1.0
                for k in range(e - s):
                    theta[nodes[s + k]] = proposed[nodes[s + k]]
            s, e = _bounds(offsets[u], length, count, e)


@njit(cache=True)
def step_sums(order, starts, time, theta, phi, count, total, square):
    """By time: how many units go on, and the sum and the squares of their steps."""
    count[:] = 0.0
    total[:] = 0.0
    square[:] = 0.0
    for u in range(len(starts) - 1):
        for j in range(starts[u], starts[u + 1] - 1):
            t = time[order[j]]
            step = theta[order[j + 1]] - phi[t] * theta[order[j]]
            count[t] += 1.0
            total[t] += step
            square[t] += step * step


@njit(cache=True)
def stretch_steps(order, starts, time, theta, phi, shock, factor, first, out):
    """The same paths with every unit's own steps stretched by a factor, first positions too."""
    for u in range(len(starts) - 1):
        out[order[starts[u]]] = first * theta[order[starts[u]]]
        for j in range(starts[u], starts[u + 1] - 1):
            t = time[order[j]]
            here, there = order[j], order[j + 1]
            own = theta[there] - phi[t] * theta[here] - shock[t]
            out[there] = phi[t] * out[here] + shock[t] + factor * own
