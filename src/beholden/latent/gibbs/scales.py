"""Draws of the figures that priors rest on, and of the scale that they leave free."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.gibbs.paths import step_sums
from beholden.latent.layout import CUT, GAP, LOAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from beholden.latent.gibbs.state import Plan, State

    Floats = NDArray[np.float64]

__all__ = [
    *(
        "FIRST_STEP_SD",
        "HYPER",
        "draw_hyper",
        "draw_scale",
        "log_step_prior",
        "scale_pull",
        "slice_draw",
    ),
    *("start_variance", "steps_of", "stretch"),
]

HYPER = ("step_sd", "load_sd", "cut_mean", "cut_sd", "gap_mean", "gap_sd")
# Where estimated steps begin, and the middle of their prior, in units of first positions.
FIRST_STEP_SD = 0.15

# Logs of estimated standard deviations are normal around the model's with this spread: a
# factor of 2.7 either way is one standard deviation.
HYPER_SPREAD = 1.0
LONGEST_SEARCH = 60


def slice_draw(
    density: Callable[[float], float], at: float, width: float, random: np.random.Generator
) -> float:
    """A draw that leaves a density on the line as it is (slice sampling, stepping out).

    Parameters
    ----------
    density : callable
        Log density up to a constant.
    at : float
        The present value.
    width : float
        First width of the interval searched.
    random : numpy.random.Generator
        Where numbers come from.

    References
    ----------
    .. [1] Neal, R. M. (2003). Slice sampling. Annals of Statistics 31(3), 705-767.
       https://doi.org/10.1214/aos/1056562461

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> x, drawn = 0.0, []
    >>> for _ in range(4000):
    ...     x = slice_draw(lambda v: -0.5 * v * v, x, 1.0, random)
    ...     drawn.append(x)
    >>> round(float(np.std(drawn)), 1)
    1.0
    """
    floor = density(at) + math.log(1.0 - random.random())
    low = at - width * random.random()
    high = low + width
    # Steps are shared out at random between both sides, which keeps the draw reversible.
    left = int(LONGEST_SEARCH * random.random())
    right = LONGEST_SEARCH - 1 - left
    while left > 0 and density(low) > floor:
        low, left = low - width, left - 1
    while right > 0 and density(high) > floor:
        high, right = high + width, right - 1
    while True:
        value = low + (high - low) * random.random()
        if density(value) >= floor:
            return value
        if value < at:
            low = value
        else:
            high = value


def _log_sd(
    at: float, middle: float, squares: float, count: float, random: np.random.Generator
) -> float:
    """A log standard deviation given `count` deviations with a sum of `squares`.

    Its prior is normal around `middle` with `HYPER_SPREAD`.
    """

    def density(x: float) -> float:
        prior = -0.5 * ((x - middle) / HYPER_SPREAD) ** 2
        return prior - count * x - 0.5 * squares * math.exp(-2.0 * x)

    return slice_draw(density, at, 2.0 / math.sqrt(count + 4.0), random)


def _location(
    values: Floats, sd: float, middle: float, spread: float, random: np.random.Generator
) -> float:
    """The mean of normal values of a known standard deviation, itself N(middle, spread²)."""
    precision = len(values) / sd**2 + 1.0 / spread**2
    mean = (float(values.sum()) / sd**2 + middle / spread**2) / precision
    return float(mean + random.standard_normal() / math.sqrt(precision))


def start_variance(plan: Plan, step_sd: float) -> float:
    """The variance of first positions."""
    if plan.model.carry < 1:
        return float(step_sd**2 / (1 - plan.model.carry**2))
    return float(plan.model.start_sd**2)


def steps_of(plan: Plan, theta: Floats) -> tuple[Floats, Floats, Floats]:
    """By time: how many units go on, the sum of their steps and of the squares."""
    found = tuple(np.empty(len(plan.length)) for _ in range(3))
    step_sums(plan.walk.order, plan.walk.starts, plan.answers.node_time, theta, plan.phi, *found)
    return found[0], found[1], found[2]


def _squares(plan: Plan, state: State) -> tuple[float, float, float]:
    """Squares of first positions, of units' own steps (by length), and how many steps."""
    first = float(np.sum(state.theta[plan.walk.begins] ** 2))
    count, total, square = steps_of(plan, state.theta)
    own = square - 2 * state.shock * total + count * state.shock**2
    return first, float(np.sum(own / plan.length)), float(count.sum())


def draw_hyper(plan: Plan, state: State, random: np.random.Generator) -> None:
    """Draw the standard deviation of steps, and the figures behind the priors of items."""
    model = plan.model
    if model.step_sd is None:
        first, own, steps = _squares(plan, state)
        if model.carry < 1:
            own += first * (1 - model.carry**2)
            steps += float(plan.walk.begins.sum())
        middle = math.log(FIRST_STEP_SD * model.start_sd)
        state.hyper[0] = math.exp(_log_sd(math.log(state.hyper[0]), middle, own, steps, random))
    if not plan.adapt:
        return
    free, kind, psi = ~plan.layout.chained, plan.layout.kind, state.psi
    if plan.free_loads:
        _redraw(state, 1, psi[free & (kind == LOAD)], 0.0, model.load_sd, random)
    for place, part, mean, sd in (
        (2, CUT, model.cut_mean, model.cut_sd),
        (4, GAP, model.gap_mean, model.gap_sd),
    ):
        values = psi[free & (kind == part)]
        if len(values):
            state.hyper[place] = _location(values, state.hyper[place + 1], mean, sd, random)
            _redraw(state, place + 1, values, state.hyper[place], sd, random)


def _redraw(
    state: State, place: int, values: Floats, middle: float, sd: float, random: np.random.Generator
) -> None:
    """Draw one standard deviation given the values that it spreads."""
    squares = float(np.sum((values - middle) ** 2))
    found = _log_sd(math.log(state.hyper[place]), math.log(sd), squares, float(len(values)), random)
    state.hyper[place] = math.exp(found)


def _stretching(plan: Plan, state: State) -> tuple[float, float, float]:
    """What the log density owes to a stretch of all positions by exp(x), ridge left aside.

    Returns
    -------
    power, squares, loads : float
        It is power x - squares exp(2 x) / 2 - loads exp(-2 x) / 2, and the priors of the figures
        that stretch along.
    """
    model = plan.model
    first, own, steps = _squares(plan, state)
    loads = state.psi[plan.layout.kind == LOAD]
    power, squares = float(len(state.theta)), 0.0
    if model.shock_sd > 0:
        power += len(state.shock)
        squares += float(np.sum(state.shock**2 / plan.length)) / model.shock_sd**2
    starts_too = model.step_sd is None and model.carry < 1
    if starts_too:
        power -= float(plan.walk.begins.sum())
    else:
        squares += first / start_variance(plan, state.hyper[0])
    if model.step_sd is None:
        power -= steps
    else:
        squares += own / state.hyper[0] ** 2
    if plan.free_loads:
        return power, squares, 0.0
    return power - len(loads), squares, float(loads @ loads) / state.hyper[1] ** 2


def scale_pull(plan: Plan, state: State) -> float:
    """The slope of the log density in a stretch of all positions, ridge left aside."""
    power, squares, loads = _stretching(plan, state)
    slope = power - squares + loads
    if plan.model.step_sd is None:
        slope -= math.log(state.hyper[0] / _first_step(plan)) / HYPER_SPREAD**2
    return slope


def log_step_prior(plan: Plan, step_sd: float) -> float:
    """Log prior density of the log of the standard deviation of steps."""
    return -0.5 * (math.log(step_sd / _first_step(plan)) / HYPER_SPREAD) ** 2


def _first_step(plan: Plan) -> float:
    return FIRST_STEP_SD * plan.model.start_sd


def draw_scale(plan: Plan, state: State, random: np.random.Generator) -> None:
    """Stretch all positions and shrink all discriminations: answers stay as likely."""
    free_step = plan.model.step_sd is None
    power, squares, loads = _stretching(plan, state)
    squares += state.ridge * float(state.theta @ state.theta)
    at_step = math.log(state.hyper[0] / _first_step(plan))
    at_load = math.log(state.hyper[1] / plan.model.load_sd)

    def density(x: float) -> float:
        value = power * x - 0.5 * squares * math.exp(2 * x) - 0.5 * loads * math.exp(-2 * x)
        value -= 0.5 * ((at_step + x) / HYPER_SPREAD) ** 2 if free_step else 0.0
        value -= 0.5 * ((at_load - x) / HYPER_SPREAD) ** 2 if plan.free_loads else 0.0
        return value

    stretch(plan, state, math.exp(slice_draw(density, 0.0, 0.05, random)))


def stretch(plan: Plan, state: State, factor: float) -> None:
    """Stretch positions, shrink discriminations, and what spreads either where it is drawn."""
    state.theta *= factor
    state.shock *= factor
    state.psi[plan.layout.kind == LOAD] /= factor
    state.hyper[0] *= factor if plan.model.step_sd is None else 1.0
    state.hyper[1] /= factor if plan.free_loads else 1.0
