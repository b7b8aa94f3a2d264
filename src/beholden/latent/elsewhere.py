"""Where a unit stands at a time that it gave no answer near: its path, carried on or filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.observed import Answers
    from beholden.latent.posterior import Posterior

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["place_at"]


def place_at(
    answers: Answers, posterior: Posterior, unit: object, time: float
) -> tuple[float, float]:
    """Mean and variance of a unit's position at any time, on the scale of the priors.

    At a time of its own it is the position found. After its last (before its first) the path
    goes on as the prior says: the mean as it was, moved by what all other units did where that
    is known, the variance grown by the steps between. Between two of its times, where the table
    has none, it is filled in from both.

    Raises
    ------
    AnswersError
        When the unit is unknown, or the time is no finite number.
    """
    if unit not in answers.units or not np.isfinite(time):
        answers.place(unit, time)
    nodes = np.flatnonzero(answers.node_unit == answers.units.index(unit))
    times = answers.times[answers.node_time[nodes]]
    at = int(np.searchsorted(times, time))
    if at < len(times) and times[at] == time:
        node = nodes[at]
        return float(posterior.theta[node]), float(posterior.spread.sd[node] ** 2)
    if 0 < at < len(times):
        return _between(posterior, nodes[at - 1 : at + 1], time - times[at - 1], times[at] - time)
    node = nodes[0] if at == 0 else nodes[-1]
    return _beyond(answers, posterior, int(node), float(time))


def _between(posterior: Posterior, nodes: Ints, before: float, after: float) -> tuple[float, float]:
    """Filled in from the positions before and after, which vary together."""
    walk = posterior.state.paths
    carry = walk.carry**after
    step = walk.step_variance + walk.shock_variance
    precisions = np.array([1.0 / (step * before), carry**2 / (step * after)])
    weights = precisions * np.array([walk.carry**before, 1.0 / carry]) / precisions.sum()
    picked = np.zeros((len(posterior.theta), 2))
    picked[nodes, [0, 1]] = 1.0
    covariance = posterior.spans(picked)[0][nodes]
    mean = float(weights @ posterior.theta[nodes])
    return mean, float(weights @ covariance @ weights + 1.0 / precisions.sum())


def _beyond(answers: Answers, posterior: Posterior, node: int, time: float) -> tuple[float, float]:
    """Carried on from the last position, or back from the first, time by time."""
    walk, times = posterior.state.paths, answers.times
    mean, variance = float(posterior.theta[node]), float(posterior.spread.sd[node] ** 2)
    here = float(times[answers.node_time[node]])
    forward = time > here
    passed = (
        times[(times > here) & (times < time)]
        if forward
        else times[(times < here) & (times > time)][::-1]
    )
    for stop in [*passed.tolist(), time]:
        length = abs(stop - here)
        carry = walk.carry**length
        shock, left = _shock(answers, posterior, *((here, stop) if forward else (stop, here)))
        if forward:
            mean, variance = carry * mean + shock, carry**2 * variance
        elif walk.carry < 1:
            # A stationary path looks the same from behind.
            mean, variance = carry * mean, carry**2 * variance
        else:
            mean -= shock
        variance += (walk.step_variance + left) * length
        here = stop
    return mean, variance


def _shock(
    answers: Answers, posterior: Posterior, start: float, stop: float
) -> tuple[float, float]:
    """What all units did from one time of the table to the next, and its variance left by time.

    Nothing is known of it where either is no time of the table.
    """
    walk, times = posterior.state.paths, answers.times
    t = int(np.searchsorted(times, start))
    if t + 1 >= len(times) or times[t] != start or times[t + 1] != stop:
        return 0.0, walk.shock_variance
    before, after = walk.before[t], walk.after[t]
    whole = walk.step_variance + len(before) * walk.shock_variance
    if len(before) == 0 or walk.shock_variance == 0:
        return 0.0, walk.shock_variance
    step = posterior.theta[after] - walk.carry ** (stop - start) * posterior.theta[before]
    share = len(before) * walk.shock_variance / whole
    return share * float(step.mean()), walk.shock_variance * walk.step_variance / whole
