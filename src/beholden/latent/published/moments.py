"""One sweep of the deterministic published model, compiled: items, then positions."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange
from scipy.special import log_ndtr

__all__ = ["move_positions", "sweep_items"]

ROOT_2PI = math.sqrt(2.0 * math.pi)
# Cutpoints are uniform between -7 and 7; here normal with the same variance.
CUT_PRECISION = 3.0 / 49.0
# The published steps act as a prior on the distance of cutpoints: the probability that a
# standard normal lies below the distance over this.
NARROW = 1.0 / 15.0
# The force of the published step, which is not reversible, on cutpoints that lie close: in units
# of one over the step, by how many answered between them and by how steeply the likelihood
# falls with their distance (times the step). Simulated from the step itself.
BETWEEN = np.array([0.0, 1.0, 2.0, 4.0, 8.0, 16.0])
STEEP = np.array([0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0])
FORCE = np.array(
    [
        [0.06, 0.17, 0.37, 0.83, 1.72, 3.19, 5.91],
        [0.00, 0.02, 0.07, 0.25, 0.82, 2.01, 4.06],
        [0.00, 0.00, 0.01, 0.07, 0.35, 1.28, 2.97],
        [0.00, 0.00, 0.00, 0.00, 0.06, 0.45, 1.73],
        [0.00, 0.00, 0.00, 0.00, 0.00, 0.04, 0.54],
        [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00],
    ]
)
WIDEST = 1.5
LONGEST = 0.7
# The ratio of density to distribution at every 1/32, with its slope, for a cubic between.
LOW, HIGH, STEPS = -12.0, 9.0, 32.0
GRID = np.arange(LOW, HIGH + 2.5 / STEPS, 1.0 / STEPS)
RATIO = np.exp(-0.5 * GRID**2 - math.log(ROOT_2PI) - log_ndtr(GRID))
BEND = -RATIO * (GRID + RATIO) / STEPS


@njit(cache=True, inline="always")
def _ratio(x):
    """Standard normal density over distribution function at x."""
    y = (min(max(x, LOW), HIGH) - LOW) * STEPS
    k = int(y)
    t = y - k
    a, b, c, d = RATIO[k], RATIO[k + 1], BEND[k], BEND[k + 1]
    rise = b - a
    return a + t * (c + t * ((3.0 * rise - 2.0 * c - d) + t * (c + d - 2.0 * rise)))


@njit(cache=True)
def _drift(between, steep):
    """The force of the published step on both cutpoints, upward, by the table above."""
    x = min(max(steep, STEEP[0]), STEEP[-1])
    i, j = 0, 0
    while i < len(BETWEEN) - 2 and between > BETWEEN[i + 1]:
        i += 1
    while j < len(STEEP) - 2 and x > STEEP[j + 1]:
        j += 1
    a = min((between - BETWEEN[i]) / (BETWEEN[i + 1] - BETWEEN[i]), 1.0)
    b = (x - STEEP[j]) / (STEEP[j + 1] - STEEP[j])
    low = FORCE[i, j] + b * (FORCE[i, j + 1] - FORCE[i, j])
    high = FORCE[i + 1, j] + b * (FORCE[i + 1, j + 1] - FORCE[i + 1, j])
    return (low + a * (high - low)) / NARROW


@njit(cache=True, inline="always")
def _one_sided(x, s):
    """Slope and curvature of the log probability below x, averaged over x - s and x + s."""
    if s == 0.0:
        r = _ratio(x)
        return r, r * (x + r)
    r, q = _ratio(x - s), _ratio(x + s)
    return 0.5 * (r + q), 0.5 * (r * (x - s + r) + q * (x + s + q))


@njit(cache=True, inline="always")
def _tail(x):
    return 0.5 * math.erfc(-x / 1.4142135623730951)


@njit(cache=True)
def _between(a, b):
    """Log probability between a and b: slopes in a and b, minus the second derivatives."""
    p = _tail(-a) - _tail(-b) if a + b > 0.0 else _tail(b) - _tail(a)
    p = max(p, 1e-100)
    fa = math.exp(-0.5 * a * a) / ROOT_2PI / p
    fb = math.exp(-0.5 * b * b) / ROOT_2PI / p
    return -fa, fb, fa * fa - a * fa, -fa * fb, fb * fb + b * fb


@njit(cache=True, inline="always")
def _vote(kind, a, b, s):
    """Slopes in both cutpoints and minus the second derivatives, averaged over -s and s."""
    if kind == 0:
        g, h = _one_sided(a, s)
        return g, 0.0, h, 0.0, 0.0
    if kind == 2:
        g, h = _one_sided(-b, s)
        return 0.0, -g, 0.0, 0.0, h
    if s == 0.0:
        return _between(a, b)
    p, q = _between(a - s, b - s), _between(a + s, b + s)
    return (
        0.5 * (p[0] + q[0]), 0.5 * (p[1] + q[1]), 0.5 * (p[2] + q[2]), 0.5 * (p[3] + q[3]),
        0.5 * (p[4] + q[4]),
    )  # fmt: skip


@njit(cache=True, inline="always")
def _kinds(start, kinds):
    """What each category is: below, between or above. Returns whether one has no votes.

    Such an item has one cutpoint that votes tell of; the two categories lie below and above.
    """
    kinds[0], kinds[1], kinds[2] = 0, 1, 2
    if start[1] == start[0]:
        kinds[1] = 0
        return True
    if start[3] == start[2]:
        kinds[1] = 2
        return True
    return start[2] == start[1]


@njit(cache=True, inline="always")
def _spread(x, v, beta, gap, kind, cov):
    """Standard deviation of a vote's distance to its cutpoint: position and item unsure."""
    w = beta * beta * v + cov[0, 0] * (x * x + v) - 2.0 * x * cov[0, 1] + cov[1, 1]
    if kind == 2:
        w += gap * (gap * cov[2, 2] - 2.0 * x * cov[0, 2] + 2.0 * cov[1, 2])
    return min(math.sqrt(max(w, 0.0)), WIDEST)


@njit(cache=True)
def _inverse(h, inverse):
    """Inverse of a symmetric matrix of size 3, given its upper half."""
    a, b, c, d, e, f = h[0, 0], h[0, 1], h[0, 2], h[1, 1], h[1, 2], h[2, 2]
    p, q, r = d * f - e * e, c * e - b * f, b * e - c * d
    det = a * p + b * q + c * r
    inverse[0, 0], inverse[0, 1], inverse[0, 2] = p / det, q / det, r / det
    inverse[1, 1], inverse[1, 2] = (a * f - c * c) / det, (b * c - a * e) / det
    inverse[2, 2] = (a * d - b * b) / det
    inverse[1, 0], inverse[2, 0], inverse[2, 1] = inverse[0, 1], inverse[0, 2], inverse[1, 2]


@njit(cache=True)
def _item_sums(start, place, theta, var, psi, cov, kinds, gap, use, g, h):
    """Gradient and curvature of one item's parameters, averaged over all that is unsure.

    A position and a discrimination are multiplied, so a position's variance adds to the
    gradient of the discrimination, and pulls it to zero (Stein).
    """
    beta, first = psi[0], psi[1]
    g[:] = 0.0
    h[:] = 0.0
    for code in range(3):
        kind = kinds[code]
        for o in range(start[code], start[code + 1]):
            x = theta[place[o]]
            v = var[place[o]] * use
            s = _spread(x, v, beta, gap, kind, cov) * use
            ga, gb, haa, hab, hbb = _vote(kind, first - beta * x, first + gap - beta * x, s)
            low, high = haa + hab, hab + hbb
            both = low + high
            g[0] -= x * (ga + gb) + v * beta * both
            g[1] += ga + gb
            g[2] += gb if gap == 0.0 else gap * gb
            h[0, 0] += (x * x + v) * both
            h[0, 1] -= x * both
            h[0, 2] -= x * gap * high
            h[1, 1] += both
            h[1, 2] += gap * high
            h[2, 2] += gap * gap * hbb


@njit(cache=True)
def _move_item(start, psi, cov, gap, single, g, h):
    """One Newton step of an item, with its priors; `cov` takes the inverse curvature."""
    between = start[2] - start[1]
    if single:
        if between == 0:
            g[1] += _drift(0, NARROW * (0.5 * g[1] - g[2]))
        g[2] = h[0, 2] = h[1, 2] = 0.0
        h[2, 2] = 1.0
    else:
        g[1] += _drift(between, NARROW * (between + 1) / gap)
        # A flat prior on the distance is a slope of 1 on its log.
        g[2] += 1.0 + _ratio(gap / NARROW) * gap / NARROW
        h[2, 2] += max(1.0 - g[2], 0.0) + 0.05
    g[0] -= psi[0]
    h[0, 0] += 1.0
    g[1] -= CUT_PRECISION * psi[1]
    h[1, 1] += CUT_PRECISION
    _inverse(h, cov)
    step = cov @ g
    big = np.abs(step).max()
    psi += step * (LONGEST / big if big > LONGEST else 1.0)
    if single:
        cov[2, 2] = 0.0


@njit(cache=True)
def _node_sums(start, place, theta, var, psi, cov, kinds, gap, use, bound, sums):
    """Add what one item says of the positions of those who voted on it.

    For each: gradient, curvature, squared discrimination (the information of the latent
    variable), what the item's uncertainty does to the gradient's variance, and the first two
    again where the item binds times.
    """
    beta, first = psi[0], psi[1]
    size = beta * beta + cov[0, 0]
    for code in range(3):
        kind = kinds[code]
        for o in range(start[code], start[code + 1]):
            n = place[o]
            x = theta[n]
            s = _spread(x, var[n], beta, gap, kind, cov) * use
            ga, gb, haa, hab, hbb = _vote(kind, first - beta * x, first + gap - beta * x, s)
            high = hab + hbb
            both = haa + hab + high
            slope = ga + gb
            lean = cov[0, 0] * x * both - cov[0, 1] * both - cov[0, 2] * gap * high
            grad = -beta * slope - lean * use
            bend = (beta * beta + cov[0, 0] * use) * both
            b0, b1, b2 = slope - beta * x * both, beta * both, beta * gap * high
            sums[n, 0] += grad
            sums[n, 1] += bend
            sums[n, 2] += size
            sums[n, 3] += (
                b0 * (b0 * cov[0, 0] + 2.0 * (b1 * cov[0, 1] + b2 * cov[0, 2]))
                + b1 * (b1 * cov[1, 1] + 2.0 * b2 * cov[1, 2]) + b2 * b2 * cov[2, 2]
            )  # fmt: skip
            if bound:
                sums[n, 4] += grad
                sums[n, 5] += bend


@njit(cache=True, parallel=True)
def sweep_items(chunk_start, item_start, place, home, theta, var, psi, cov, use, sums):
    """Move every item by a Newton step, and sum what the moved items say of positions.

    Parameters
    ----------
    chunk_start, item_start, place, home : ndarray
        As in :class:`beholden.latent.published.layout.PublishedLayout`.
    theta, var : ndarray, shape (places,)
        Means and variances of positions.
    psi : ndarray, shape (items, 3)
        Discrimination, first cutpoint, log of the distance to the second; replaced.
    cov : ndarray, shape (items, 3, 3)
        Their covariances; replaced.
    use : float
        1 averages over positions and items, 0 takes them as known.
    sums : ndarray, shape (chunks, places, 6)
        Filled, see the source.
    """
    for chunk in prange(len(chunk_start) - 1):
        sums[chunk] = 0.0
        g, h, kinds = np.zeros(3), np.zeros((3, 3)), np.zeros(3, dtype=np.int64)
        for j in range(chunk_start[chunk], chunk_start[chunk + 1]):
            start = item_start[j]
            single = _kinds(start, kinds)
            gap = 0.0 if single else math.exp(min(psi[j, 2], 2.5))
            _item_sums(start, place, theta, var, psi[j], cov[j], kinds, gap, use, g, h)
            _move_item(start, psi[j], cov[j], gap, single, g, h)
            gap = 0.0 if single else math.exp(min(psi[j, 2], 2.5))
            _node_sums(
                start, place, theta, var, psi[j], cov[j], kinds, gap, use, home[j] < 0, sums[chunk]
            )


@njit(cache=True)
def _lag(n, before, theta, middle, size):
    """The prior mean of a place: the position before on the scale before standardising."""
    return size * theta[before[n]] + middle if before[n] != n else 0.0


@njit(cache=True)
def _standard(total, before, prior, theta, var, middle, size):
    """Mean and standard deviation of conditional means, as the sampler standardises by."""
    raw = np.empty(len(theta))
    for n in range(len(theta)):
        lag = _lag(n, before, theta, middle, size)
        raw[n] = theta[n] + (total[n, 0] + prior[n] * (lag - theta[n])) / (total[n, 2] + prior[n])
    return raw.mean(), raw.std() / math.sqrt(1.0 - min(var.mean(), 0.5))


@njit(cache=True)
def move_positions(time_start, before, prior, home, sums, theta, var, psi, middle, size):
    """Move all positions by a Newton step, time after time, then set their scale.

    In the published sampler positions are standardised after they are drawn, their prior means
    are not: at rest that acts as a pull to zero by (size - 1) times the information of the
    latent variables. All positions of a time first move together, and the items of that time
    alone with them, which their votes do not resist.

    Returns
    -------
    tuple of float
        Middle and size, and the root mean square move.
    """
    total = np.zeros((len(theta), 6))
    for chunk in range(len(sums)):
        total += sums[chunk]
    middle, size = _standard(total, before, prior, theta, var, middle, size)
    pull = max(size - 1.0, 0.0)
    old = theta.copy()
    moved = np.zeros(len(time_start) - 1)
    for t in range(len(moved)):
        force, stiff = 0.0, 1e-12
        for n in range(time_start[t], time_start[t + 1]):
            full = total[n, 2] + prior[n]
            force += total[n, 4] - (pull * theta[n] + middle) * full
            force += prior[n] * (_lag(n, before, theta, middle, size) - theta[n])
            stiff += total[n, 5] + prior[n] + pull * full
        moved[t] = force / stiff
        for n in range(time_start[t], time_start[t + 1]):
            full = total[n, 2] + prior[n]
            x = theta[n] + moved[t]
            lag = _lag(n, before, theta, middle, size)
            rest = total[n, 0] - total[n, 5] * moved[t] - (pull * x + middle) * full
            curvature = total[n, 1] + prior[n] + pull * full
            theta[n] = x + (rest + prior[n] * (lag - x)) / curvature
            var[n] = (1.0 + total[n, 3] / curvature) / curvature
    for item in range(len(home)):
        if home[item] >= 0:
            psi[item, 1] += psi[item, 0] * moved[home[item]]
    theta -= theta.mean()
    theta *= math.sqrt(1.0 - min(var.mean(), 0.5)) / theta.std()
    return middle, size, math.sqrt(((theta - old) ** 2).mean())
