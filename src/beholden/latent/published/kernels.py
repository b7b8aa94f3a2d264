"""Compiled pieces of the published model: the normal distribution by table, random streams."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

import numpy as np
from numba import njit
from scipy.special import ndtr

__all__ = ["below", "quantile", "sort_votes", "stream", "uniform"]

# The normal distribution at every 1/64, between which a cubic is laid through values and slopes:
# relative error under 1e-6 down to -9.
EDGE = 9.0
STEPS = 64.0
GRID = np.arange(-EDGE, EDGE + 2.5 / STEPS, 1.0 / STEPS)
VALUE = ndtr(GRID)
SLOPE = np.exp(-0.5 * GRID**2) / math.sqrt(2.0 * math.pi) / STEPS


@njit(cache=True, inline="always")
def below(x):
    """The standard normal distribution function, for |x| cut at 9."""
    y = (min(max(x, -EDGE), EDGE) + EDGE) * STEPS
    k = int(y)
    t = y - k
    a, b = VALUE[k], VALUE[k + 1]
    c, d = SLOPE[k], SLOPE[k + 1]
    rise = b - a
    return a + t * (c + t * ((3.0 * rise - 2.0 * c - d) + t * (c + d - 2.0 * rise)))


@njit(cache=True, inline="always")
def quantile(p):
    """The value below which a standard normal lies with probability p (Wichura 1988, PPND7).

    References
    ----------
    .. [1] Wichura, M. J. (1988). Algorithm AS 241: the percentage points of the normal
       distribution. Applied Statistics 37(3), 477-484. https://doi.org/10.2307/2347330
    """
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        return q * top / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0)
    r = p if q < 0.0 else 1.0 - p
    if r < 1e-19:
        return -EDGE if q < 0.0 else EDGE
    r = math.sqrt(-math.log(r))
    if r <= 5.0:
        r -= 1.6
        top = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
        value = top / ((0.12021132975 * r + 0.73700164250) * r + 1.0)
    else:
        r -= 5.0
        top = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
        value = top / ((0.012258202635 * r + 0.24197894225) * r + 1.0)
    return -value if q < 0.0 else value


@njit(cache=True, inline="always")
def _mixed(z):
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@njit(cache=True, inline="always")
def stream(seed, sweep, owner):
    """Where the random numbers of one owner (an item, a position) in one sweep begin.

    Each has its own numbers whatever the order of work, so threads change nothing.
    """
    key = _mixed(np.uint64(seed) + np.uint64(0x9E3779B97F4A7C15))
    key = _mixed(key ^ np.uint64(sweep))
    return _mixed(key + np.uint64(owner) * np.uint64(0xD1B54A32D192ED03))


@njit(cache=True, inline="always")
def uniform(state):
    """The next state of a stream and a number strictly between 0 and 1 (splitmix64).

    References
    ----------
    .. [1] Steele, G. L., Lea, D., and Flood, C. H. (2014). Fast splittable pseudorandom number
       generators. OOPSLA, 453-472. https://doi.org/10.1145/2660193.2660195
    """
    state += np.uint64(0x9E3779B97F4A7C15)
    bits = _mixed(state) >> np.uint64(12)
    return state, (float(bits) + 0.5) * (1.0 / 4503599627370496.0)


@njit(cache=True)
def sort_votes(instance_item, instance_start, node, code, where, items):
    """Votes by item and category (in the order of times within), and where each begins."""
    start = np.zeros((items, 4), dtype=np.int64)
    for i in range(len(instance_item)):
        item = instance_item[i]
        for o in range(instance_start[i], instance_start[i + 1]):
            start[item, code[o] + 1] += 1
    total = 0
    for item in range(items):
        start[item, 0] = total
        for k in range(1, 4):
            total += start[item, k]
            start[item, k] = total
    fill = start.copy()
    place = np.empty(len(node), dtype=np.int32)
    for i in range(len(instance_item)):
        item = instance_item[i]
        for o in range(instance_start[i], instance_start[i + 1]):
            k = code[o]
            place[fill[item, k]] = where[node[o]]
            fill[item, k] += 1
    return place, start
