"""The years after an event against the series' own past, when few years are known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize, special

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["PastChange", "against_course", "interrupted"]

_GRID = np.linspace(0.0, 0.995, 60)
_DRAWS, _SEED = 20_000, 1
_LEVEL = 0.95


@dataclass(frozen=True, eq=False)
class PastChange:
    """The mean of the years after less what the years before lead one to expect.

    Attributes
    ----------
    effect, low, high : float
        With a 95% interval.
    p : float
        Two-sided probability of so large a difference without a change.
    expected, expected_low, expected_high : ndarray, shape (years after,)
        What was to be expected in each year after, with 95% bands where the method has them.
    persistence : float
        How much of a deviation is expected to last to the next year, between 0 and 1; NaN where
        the method does not estimate it.
    """

    effect: float
    low: float
    high: float
    p: float
    expected: Floats
    expected_low: Floats
    expected_high: Floats
    persistence: float


def interrupted(
    years: Floats, values: Floats, event: float, *, trend: bool = True, lags: int | None = None
) -> PastChange:
    """A step at the event in one regression over all years, with Newey-West errors [1]_.

    With few years Newey-West errors are too small and their usual critical values too lenient.
    So the critical value is that of this very design: the 95% quantile of the ratio under
    independent normal errors, from 20,000 draws with a fixed seed (in the spirit of [2]_).

    Parameters
    ----------
    years, values : ndarray, shape (n,)
        All years, in order, with values.
    event : float
        The first year after.
    trend : bool
        Whether a straight line runs through both sides.
    lags : int or None
        Of the errors; ``floor(4 (n / 100)^(2/9))``, at least 1, by default.

    Returns
    -------
    PastChange

    Raises
    ------
    ValueError
        With fewer than three years before or none after.

    References
    ----------
    .. [1] Newey, W. K., West, K. D. (1987). Econometrica 55(3), 703-708.
       https://doi.org/10.2307/1913610
    .. [2] Kiefer, N. M., Vogelsang, T. J. (2005). Econometric Theory 21(6), 1130-1164.
       https://doi.org/10.1017/S0266466605050565

    Examples
    --------
    >>> years = np.arange(2000.0, 2016)
    >>> values = 0.5 * (years - 2000) + np.where(years >= 2010, 4, 0) + np.cos(years) / 10
    >>> found = interrupted(years, values, 2010)
    >>> round(found.effect, 1), found.p < 0.001
    (4.1, True)
    """
    before = _split(years, values, event)
    after = (years >= event).astype(float)
    columns = [np.ones_like(years), after, *([years - years.mean()] if trend else [])]
    table = np.column_stack(columns)
    n = len(values)
    width = lags if lags is not None else max(1, int(4 * (n / 100) ** (2 / 9)))
    inverse = np.linalg.pinv(table)
    slopes = inverse @ values
    residual = values - table @ slopes
    error = float(_newey_west(residual[None], inverse[1], width)[0])
    null = _null_ratios(table.tobytes(), table.shape, width)
    ratio = abs(float(slopes[1])) / error if error > 0 else np.inf
    reach = float(np.quantile(null, _LEVEL)) * error
    p = (1 + int(np.sum(null >= ratio))) / (len(null) + 1)
    expected = (table @ slopes - after * slopes[1])[before:]
    unknown = np.full(n - before, np.nan)
    effect = float(slopes[1])
    return PastChange(
        effect, effect - reach, effect + reach, p, expected, unknown, unknown, float("nan")
    )


def _newey_west(residuals: Floats, weights: Floats, lags: int) -> Floats:
    """Standard errors of ``weights @ y`` for each row of residuals, Bartlett weights."""
    scores = residuals * weights
    total = np.sum(scores**2, axis=1)
    for lag in range(1, lags + 1):
        total += 2 * (1 - lag / (lags + 1)) * np.sum(scores[:, lag:] * scores[:, :-lag], axis=1)
    return np.asarray(np.sqrt(np.maximum(total, 0.0)))


@lru_cache(maxsize=256)
def _null_ratios(table: bytes, shape: tuple[int, int], lags: int) -> Floats:
    """Absolute ratios of step to error under independent normal errors, from a fixed seed."""
    columns = np.frombuffer(table).reshape(shape)
    inverse = np.linalg.pinv(columns)
    noise = np.random.default_rng(_SEED).standard_normal((_DRAWS, shape[0]))
    steps = noise @ inverse[1]
    residuals = noise - (noise @ inverse.T) @ columns.T
    errors = np.maximum(_newey_west(residuals, inverse[1], lags), 1e-300)
    return np.asarray(np.abs(steps) / errors)


def against_course(
    years: Floats, values: Floats, event: float, *, course: str = "level", trend: bool = False
) -> PastChange:
    """The years after against a forecast from the years before alone.

    The series wanders around a level, or a line. How much of a deviation lasts is not known from
    a few years; so the forecast is averaged over all degrees of it, each weighed by how well
    it explains the years before (flat prior), and given each of them it is exact: a Student t.
    ``"level"`` is the local level of structural time series [1]_: part of each year's surprise
    stays for good. ``"lasting"`` lets deviations die out (AR(1)).

    Parameters
    ----------
    years, values : ndarray, shape (n,)
        All years, in order, with values; years may be missing.
    event : float
        The first year after.
    course : {"level", "lasting"}
        As above.
    trend : bool
        Whether the level follows a straight line.

    Returns
    -------
    PastChange
        Interval and bands are those of the forecast.

    Raises
    ------
    ValueError
        With fewer than three years before (four with a trend), none after, or values before that
        are all alike.

    References
    ----------
    .. [1] Harvey, A. C. (1990). Forecasting, Structural Time Series Models and the Kalman Filter.
       https://doi.org/10.1017/CBO9781107049994

    Examples
    --------
    >>> years = np.arange(2000.0, 2014)
    >>> values = 5 + np.sin(3 * years) + np.where(years >= 2010, 9, 0)
    >>> found = against_course(years, values, 2010)
    >>> found.low > 4, found.high < 14, found.p < 0.05
    (True, True, True)
    """
    before = _split(years, values, event, fewest=4 if trend else 3)
    past = values[:before]
    scale = float(np.ptp(past))
    if scale == 0:
        raise ValueError("expected values before the event that vary, found them all alike")
    later = len(values) - before
    targets = np.vstack([np.full(later, 1 / later), np.eye(later)])
    found = [_forecast(years, past / scale, before, targets, g, course, trend) for g in _GRID]
    weights = np.array([item[0] for item in found])
    weights = np.exp(weights - weights.max())
    weights /= weights.sum()
    means = np.array([item[1] for item in found]) * scale
    spreads = np.array([item[2] for item in found]) * scale
    degrees = before - (2 if trend else 1)
    tails = np.array([(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    ends = np.array(
        [_quantiles(weights, means[:, k], spreads[:, k], degrees, tails) for k in range(later + 1)]
    )
    reached = float(values[before:].mean())
    below = float(weights @ special.stdtr(degrees, (reached - means[:, 0]) / spreads[:, 0]))
    centre = weights @ means
    return PastChange(
        reached - float(centre[0]),
        reached - float(ends[0, 1]),
        reached - float(ends[0, 0]),
        2 * min(below, 1 - below),
        centre[1:],
        ends[1:, 0],
        ends[1:, 1],
        float(weights @ _GRID),
    )


def _split(years: Floats, values: Floats, event: float, fewest: int = 3) -> int:
    if not np.isfinite(values).all():
        raise ValueError("expected values without gaps; leave out years that are not known")
    before = int(np.sum(years < event))
    if before < fewest or before == len(years):
        raise ValueError(
            f"expected at least {fewest} years before the event and one from it on, found "
            f"{before} and {len(years) - before}"
        )
    return before


def _forecast(
    years: Floats,
    past: Floats,
    before: int,
    targets: Floats,
    persistence: float,
    course: str,
    trend: bool,
) -> tuple[float, Floats, Floats]:
    """Log evidence, and centre and spread of each target, given how much lasts."""
    covariance = _covariance(years, persistence, course)
    columns = [np.ones_like(years), *([(years - years[0]) / np.ptp(years)] if trend else [])]
    table = np.column_stack(columns)
    first, later = table[:before], table[before:]
    own, cross = covariance[:before, :before], covariance[before:, :before]
    root = np.linalg.cholesky(own)
    white_table, white = np.linalg.solve(root, first), np.linalg.solve(root, past)
    information = white_table.T @ white_table
    slopes = np.linalg.solve(information, white_table.T @ white)
    rest = white - white_table @ slopes
    degrees = before - table.shape[1]
    size = float(rest @ rest) / degrees
    lean = np.linalg.solve(root, cross.T)
    centre = later @ slopes + lean.T @ rest
    open_part = later - lean.T @ white_table
    spread = covariance[before:, before:] - lean.T @ lean
    spread = spread + open_part @ np.linalg.solve(information, open_part.T)
    evidence = -np.sum(np.log(np.diag(root))) - 0.5 * np.linalg.slogdet(information)[1]
    evidence -= 0.5 * degrees * np.log(max(size, 1e-300) * degrees)
    variances = np.einsum("ki,ij,kj->k", targets, spread, targets)
    return float(evidence), targets @ centre, np.sqrt(np.maximum(variances, 1e-300) * size)


def _covariance(years: Floats, persistence: float, course: str) -> Floats:
    """Of the deviations, up to their size; the level itself is free."""
    if course == "lasting":
        return np.asarray(persistence ** np.abs(years[:, None] - years[None]))
    walked = np.minimum(years[:, None], years[None]) - years[0]
    return np.asarray(persistence * walked + (1 - persistence) * np.eye(len(years)))


def _quantiles(
    weights: Floats, means: Floats, spreads: Floats, degrees: int, tails: Floats
) -> Floats:
    """Quantiles of a mixture of Student t distributions."""
    each = special.stdtrit(degrees, tails[:, None]) * spreads + means

    def ends(place: int) -> float:
        def away(x: float) -> float:
            below = special.stdtr(degrees, (x - means) / spreads)
            return float(weights @ below - tails[place])

        low, high = float(each[place].min()), float(each[place].max())
        if high - low < 1e-12 * max(abs(low), abs(high), 1e-300):
            return low
        return float(optimize.brentq(away, low, high, xtol=1e-12 * max(high - low, 1e-300)))

    return np.array([ends(place) for place in range(len(tails))])
