"""One iteration of the published sampler, compiled: items side by side, then positions."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

from beholden.latent.published.kernels import below, quantile, stream, uniform

__all__ = ["draw_items", "draw_positions"]

LEAST = 1e-19
GAMMA_EDGE = 7.0
Z_EDGE = 9.0
THETA_EDGE = 5.0


@njit(cache=True, inline="always")
def _between(low, high):
    """Probability between two values, as two distribution values on the side of small ones."""
    if low + high > 0.0:
        return below(-high), below(-low), -1.0
    return below(low), below(high), 1.0


@njit(cache=True)
def _probabilities(start, place, theta, beta, first, second, eta, low, high):
    """For each vote to one item: its predictor, and the distribution at both of its bounds.

    Votes below the first cutpoint and above the second have one bound; `low` is then 0, and
    `high` is counted from the side of the vote.
    """
    origin = start[0]
    for o in range(start[0], start[1]):
        k = o - origin
        eta[k] = beta * theta[place[o]]
        low[k], high[k] = 0.0, below(first - eta[k])
    for o in range(start[1], start[2]):
        k = o - origin
        eta[k] = beta * theta[place[o]]
        low[k], high[k], _ = _between(first - eta[k], second - eta[k])
    for o in range(start[2], start[3]):
        k = o - origin
        eta[k] = beta * theta[place[o]]
        low[k], high[k] = 0.0, below(eta[k] - second)


@njit(cache=True, inline="always")
def _log_ratio(count, low, high, low_old, high_old):
    """Log likelihood ratio of two sets of probabilities; logs are taken of products of eight."""
    total, product = 0.0, 1.0
    for k in range(count):
        product *= max(high[k] - low[k], LEAST) / max(high_old[k] - low_old[k], LEAST)
        if k % 8 == 7:
            total += math.log(max(product, 1e-300))
            product = 1.0
    return total + math.log(max(product, 1e-300))


@njit(cache=True, inline="always")
def _within(middle, step, low, high, u):
    """A normal value around `middle`, cut to an interval."""
    a, b = below((low - middle) / step), below((high - middle) / step)
    return min(max(middle + step * quantile(a + u * (b - a)), low), high)


@njit(cache=True)
def _candidate(first, second, step, state):
    """Cutpoints that a published step proposes, and what their acceptance takes account of.

    The edition numbers the categories from yes, so that its first cutpoint is the second here:
    that one is cut at the other's old value, the other at its new one. The acceptance passes
    over that no step back may lead from where both have passed the old second: where the
    cutpoints lie close, as where few abstain, both drift up. The published levels owe much to
    that, so it is kept.
    """
    state, u = uniform(state)
    new_second = _within(second, step, first, GAMMA_EDGE, u)
    state, u = uniform(state)
    new_first = _within(first, step, -GAMMA_EDGE, new_second, u)
    ratio = math.log(below((new_second - first) / step))
    ratio -= math.log(below((second - new_first) / step))
    return new_first, new_second, ratio, state


@njit(cache=True)
def _latent(start, theta, place, first, second, eta, low, high, state):
    """Draw the latent variables of one item into `eta`; return their sums with positions."""
    cross, square = 0.0, 0.0
    origin = start[0]
    for o in range(start[0], start[3]):
        k = o - origin
        state, u = uniform(state)
        z = quantile(low[k] + u * (high[k] - low[k]))
        if o >= start[2] or (o >= start[1] and first + second > 2.0 * eta[k]):
            z = -z
        z = min(max(eta[k] + z, -Z_EDGE), Z_EDGE)
        x = theta[place[o]]
        eta[k] = z
        cross += x * z
        square += x * x
    return cross, square, state


@njit(cache=True)
def _item(start, place, theta, values, step, state, work, sums):
    """Cutpoints, latent variables and discrimination of one item, in the published order."""
    eta, low, high, new_low, new_high = work
    beta, first, second = values
    count = start[3] - start[0]
    _probabilities(start, place, theta, beta, first, second, eta, low, high)
    new_first, new_second, ratio, state = _candidate(first, second, step, state)
    _probabilities(start, place, theta, beta, new_first, new_second, eta, new_low, new_high)
    ratio += _log_ratio(count, new_low, new_high, low, high)
    state, u = uniform(state)
    if math.log(u) < ratio:
        first, second = new_first, new_second
        low, high = new_low, new_high
    cross, square, state = _latent(start, theta, place, first, second, eta, low, high, state)
    variance = 1.0 / (square + 1.0)
    state, u = uniform(state)
    beta = variance * cross + math.sqrt(variance) * quantile(u)
    values[0], values[1], values[2] = beta, first, second
    for k in range(count):
        n = place[start[0] + k]
        sums[n, 0] += beta * eta[k]
        sums[n, 1] += beta * beta


@njit(cache=True, parallel=True)
def draw_items(chunk_start, item_start, place, theta, values, step, seed, sweep, sums):
    """Draw all items given positions.

    Parameters
    ----------
    chunk_start, item_start, place : ndarray
        As in :class:`beholden.latent.published.layout.PublishedLayout`.
    theta : ndarray, shape (places,)
        Positions.
    values : ndarray, shape (items, 3)
        Discrimination and both cutpoints; replaced by their draws.
    step : float
        Standard deviation of the steps that candidates for cutpoints take.
    seed, sweep : int
        What numbers to draw.
    sums : ndarray, shape (chunks, places, 2)
        Filled: for each place the sums of discrimination times latent variable and of squared
        discriminations.
    """
    most = 0
    for item in range(len(item_start)):
        most = max(most, item_start[item, 3] - item_start[item, 0])
    for chunk in prange(len(chunk_start) - 1):
        work = (np.empty(most), np.empty(most), np.empty(most), np.empty(most), np.empty(most))
        sums[chunk] = 0.0
        for item in range(chunk_start[chunk], chunk_start[chunk + 1]):
            _item(
                item_start[item], place, theta, values[item], step, stream(seed, sweep, item), work,
                sums[chunk],
            )  # fmt: skip


@njit(cache=True)
def _normal(seed, sweep, owner):
    _, u = uniform(stream(seed, sweep, owner))
    return quantile(u)


@njit(cache=True)
def draw_positions(before, prior, total, mean, theta, seed, sweep, owner):
    """Draw all positions given items and latent variables, and set their scale.

    `mean` holds the conditional means of the sweep before, which are the prior means of this
    one (of the time after); it takes the new ones. `total` sums the parts that
    :func:`draw_items` gave; `owner` is the first owner of random numbers after the items.
    Positions are cut at 5 and standardised over all places.

    Returns
    -------
    tuple of float
        Mean and standard deviation before standardising.
    """
    places = len(theta)
    lag = np.zeros(places)
    for n in range(places):
        if before[n] != n:
            lag[n] = mean[before[n]]
    for n in range(places):
        variance = 1.0 / (prior[n] + total[n, 1])
        mean[n] = variance * (prior[n] * lag[n] + total[n, 0])
        drawn = mean[n] + math.sqrt(variance) * _normal(seed, sweep, owner + n)
        theta[n] = min(max(drawn, -THETA_EDGE), THETA_EDGE)
    middle = theta.mean()
    size = math.sqrt(((theta - middle) ** 2).sum() / (places - 1))
    theta -= middle
    theta /= size
    return middle, size
