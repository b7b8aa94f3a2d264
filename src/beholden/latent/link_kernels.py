"""The link's slopes and curvatures for many answers at once, in loops that vectorise."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

import numpy as np
from numba import njit
from scipy.special import erfcx

__all__ = ["end_terms", "middle_terms"]

ROOT_2PI = math.sqrt(2.0 * math.pi)
TURN = 3.75
DEGREE = 17


def _mills_polynomial():
    """Coefficients of (1 + 2x) R(x) in (x - TURN) / (x + TURN), R being Mills' ratio.

    Schonfelder's variable for the complementary error function (1978, Mathematics of
    Computation 32, 1232-1240, https://doi.org/10.1090/S0025-5718-1978-0494846-8); the relative
    error is below 1e-12 for all x of 0 or more.
    """
    nodes = np.cos(np.pi * (np.arange(DEGREE + 1) + 0.5) / (DEGREE + 1))
    x = TURN * (1 + nodes) / (1 - nodes)
    values = (1 + 2 * x) * math.sqrt(math.pi / 2) * erfcx(x / math.sqrt(2))
    series = np.polynomial.chebyshev.chebfit(nodes, values, DEGREE)
    return tuple(float(c) for c in np.polynomial.chebyshev.cheb2poly(series))


MILLS = _mills_polynomial()  # type: ignore[no-untyped-call]
FAST = {"reassoc", "contract", "nsz", "arcp"}


@njit(cache=True, inline="always", error_model="numpy", fastmath=FAST)
def _mills(x):
    """The upper tail of the normal distribution over its density, x of 0 or more."""
    u = (x - TURN) / (x + TURN)
    # Written out, for a loop over coefficients would not vectorise.
    value = MILLS[17]
    value = value * u + MILLS[16]
    value = value * u + MILLS[15]
    value = value * u + MILLS[14]
    value = value * u + MILLS[13]
    value = value * u + MILLS[12]
    value = value * u + MILLS[11]
    value = value * u + MILLS[10]
    value = value * u + MILLS[9]
    value = value * u + MILLS[8]
    value = value * u + MILLS[7]
    value = value * u + MILLS[6]
    value = value * u + MILLS[5]
    value = value * u + MILLS[4]
    value = value * u + MILLS[3]
    value = value * u + MILLS[2]
    value = value * u + MILLS[1]
    value = value * u + MILLS[0]
    return value / (1.0 + 2.0 * x)


@njit(cache=True, inline="always", error_model="numpy", fastmath=FAST)
def _decay(y):
    """exp(-y) for y of 0 or more, as small as exp(-40): a short series, squared eight times."""
    t = -min(y, 40.0) / 256.0
    e = 1.0 + t / 9.0
    e = 1.0 + t / 8.0 * e
    e = 1.0 + t / 7.0 * e
    e = 1.0 + t / 6.0 * e
    e = 1.0 + t / 5.0 * e
    e = 1.0 + t / 4.0 * e
    e = 1.0 + t / 3.0 * e
    e = 1.0 + t / 2.0 * e
    e = 1.0 + t * e
    e = e * e
    e = e * e
    e = e * e
    e = e * e
    e = e * e
    e = e * e
    e = e * e
    return e * e


@njit(cache=True, inline="always", error_model="numpy", fastmath=FAST)
def _share(x):
    """The logistic distribution function."""
    e = _decay(abs(x))
    top = 1.0 if x > 0 else e
    return top / (1.0 + e)


@njit(cache=True, error_model="numpy", fastmath=FAST)
def end_terms(count, z, probit, slope, bend):
    """Slope and curvature of log F(z): answers in the lowest category (highest with -z)."""
    if probit:
        for o in range(count):
            x = z[o]
            r = _mills(abs(x))
            e = _decay(0.5 * x * x) / ROOT_2PI
            under = 1.0 - e * r
            lean = 1.0 / r if x < 0 else e / under
            slope[o] = lean
            bend[o] = lean * (lean + x)
    else:
        for o in range(count):
            p = _share(-z[o])
            slope[o] = p
            bend[o] = p * (1.0 - p)


@njit(cache=True, error_model="numpy", fastmath=FAST)
def middle_terms(count, high, low, probit, up, slope, own, half, bend):
    """Slopes and curvatures of log (F(high) - F(low)).

    `up` is the slope in the upper edge, `slope` that in both; `own` the curvature in the upper
    edge, `half` that between it and both, `bend` that in both.
    """
    if probit:
        _normal_middle(count, high, low, up, slope, own)
    else:
        _logistic_middle(count, high, low, up, slope, own)
    # So far `own` and `slope` hold the curvature of the upper and the slope of the lower edge;
    # `bend` is filled from the link's own identity for the lower edge.
    for o in range(count):
        gh, gl = up[o], slope[o]
        ll = gl * gl + low[o] * gl if probit else gl * gl - gl * (1.0 - 2.0 * _share(low[o]))
        hl = gh * gl
        half[o] = own[o] + hl
        bend[o] = own[o] + 2.0 * hl + ll
        slope[o] = gh + gl


@njit(cache=True, error_model="numpy", fastmath=FAST)
def _normal_middle(count, high, low, up, down, own):
    """Slopes in both edges, from the side where the difference loses no digits."""
    for o in range(count):
        turn = high[o] + low[o] < 0.0
        h = -low[o] if turn else high[o]
        g = -high[o] if turn else low[o]
        ratio = _decay(0.5 * (h - g) * (h + g))
        inside = _mills(abs(g))
        far = ratio * _mills(h)
        whole = ROOT_2PI / _decay(0.5 * g * g)
        under = inside - far if g > 0 else whole - inside - far
        near = 1.0 / max(under, 1e-12)
        away = ratio * near
        gh = near if turn else away
        up[o] = gh
        down[o] = -away if turn else -near
        own[o] = gh * gh + high[o] * gh


@njit(cache=True, error_model="numpy", fastmath=FAST)
def _logistic_middle(count, high, low, up, down, own):
    for o in range(count):
        rest = 1.0 / max(1.0 - _decay(high[o] - low[o]), 1e-12)
        over = _share(-high[o])
        gh = over / _share(-low[o]) * rest
        up[o] = gh
        down[o] = -_share(low[o]) / (1.0 - over) * rest
        own[o] = gh * gh - gh * (2.0 * over - 1.0)
