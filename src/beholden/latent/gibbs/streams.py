"""Random numbers by place: each path and item has a stream of its own, whatever the threads."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

import numpy as np
from numba import njit

__all__ = ["fill_normals", "key_of", "normal", "stream", "uniform"]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_THIRTY, _TWENTY_SEVEN, _THIRTY_ONE = np.uint64(30), np.uint64(27), np.uint64(31)
_ELEVEN, _ONE = np.uint64(11), np.uint64(1)
_UNIT = 2.0**-53


@njit(cache=True, inline="always")
def _mix(z):
    z = (z ^ (z >> _THIRTY)) * _FIRST
    z = (z ^ (z >> _TWENTY_SEVEN)) * _SECOND
    return z ^ (z >> _THIRTY_ONE)


def key_of(*parts: int) -> np.uint64:
    """A key from whole numbers, such as seed, chain, iteration and step.

    Examples
    --------
    >>> bool(key_of(1, 2) == key_of(1, 2)), bool(key_of(1, 2) == key_of(2, 1))
    (True, False)
    """
    mask = (1 << 64) - 1
    z = 0
    for part in parts:
        z = (z + (part & mask) + 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        z ^= z >> 31
    return np.uint64(z)


@njit(cache=True)
def stream(key, place, out):
    """Begin the stream of a place (SplitMix64); `out` holds its one number."""
    out[0] = _mix(key + _GOLDEN * (np.uint64(place) + _ONE))


@njit(cache=True)
def uniform(state):
    """The stream's next number, above 0 and below 1."""
    state[0] += _GOLDEN
    return (float(_mix(state[0]) >> _ELEVEN) + 0.5) * _UNIT


@njit(cache=True)
def normal(state):
    """The stream's next standard normal deviate (Box and Muller, one of the pair)."""
    radius = math.sqrt(-2.0 * math.log(uniform(state)))
    return radius * math.cos(2.0 * math.pi * uniform(state))


@njit(cache=True)
def fill_normals(state, out):
    """Fill an array with standard normal deviates of a stream."""
    for n in range(len(out)):
        out[n] = normal(state)
