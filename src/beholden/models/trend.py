"""Trends of a short yearly series: least squares with robust errors, and Theil-Sen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Trend", "least_squares", "theil_sen"]


@dataclass(frozen=True)
class Trend:
    """A slope a year with its 95% interval.

    Attributes
    ----------
    slope, low, high : float
        Units of the series a year.
    change : float
        Slope times the length of the span.
    p : float
        Two-sided probability of a slope this large without a trend.
    n : int
        Points used.
    intercept : float
        Value of the line at the year 0.
    """

    slope: float
    low: float
    high: float
    change: float
    p: float
    n: int
    intercept: float


def _clean(
    years: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    known = np.isfinite(values)
    if known.sum() < 4:
        raise ValueError(f"expected at least 4 years with a value, found {int(known.sum())}")
    order = np.argsort(years[known], kind="stable")
    return years[known][order].astype(float), values[known][order].astype(float)


def least_squares(
    years: NDArray[np.float64], values: NDArray[np.float64], lags: int | None = None
) -> Trend:
    """Slope by least squares with Newey-West standard errors.

    Parameters
    ----------
    years : ndarray, shape (n,)
        Calendar years; gaps are allowed and count by their length.
    values : ndarray, shape (n,)
        The series; NaN where missing.
    lags : int or None
        Truncation lag in years; None takes floor(4 (n/100)^(2/9)) of Newey and West (1994).

    Returns
    -------
    Trend
        With a t interval on n - 2 degrees of freedom and the factor n / (n - 2).

    Raises
    ------
    ValueError
        With fewer than four years.

    References
    ----------
    .. [1] Newey, W. K., and West, K. D. (1987). Econometrica 55(3), 703-708.
       https://doi.org/10.2307/1913610

    Examples
    --------
    >>> round(least_squares(np.arange(6.0), np.array([0, 1, 2, 3, 4, 5.0])).slope, 6)
    1.0
    """
    t, y = _clean(years, values)
    n = len(t)
    if lags is None:
        lags = int(4 * (n / 100) ** (2 / 9))
    design = np.column_stack([np.ones(n), t - t.mean()])
    bread = np.linalg.inv(design.T @ design)
    # Counted from its first value, a flat series has a slope of exactly zero.
    risen = y - y[0]
    coefficients = bread @ design.T @ risen
    scores = design * (risen - design @ coefficients)[:, None]
    # Neighbours are years apart, not rows apart: a gap in the series is a gap in time.
    distance = np.abs(t[:, None] - t[None, :])
    weights = np.clip(1 - distance / (lags + 1), 0, None)
    meat = scores.T @ weights @ scores
    error = float(np.sqrt((bread @ meat @ bread)[1, 1] * n / (n - 2)))
    slope = float(coefficients[1])
    half = float(special.stdtrit(n - 2, 0.975)) * error
    p = float(slope == 0) if error == 0 else float(2 * special.stdtr(n - 2, -abs(slope) / error))
    intercept = float(y[0] + coefficients[0] - slope * t.mean())
    span = float(t[-1] - t[0])
    return Trend(slope, slope - half, slope + half, slope * span, p, n, intercept)


def theil_sen(years: NDArray[np.float64], values: NDArray[np.float64]) -> Trend:
    """Median of the slopes of all pairs, with the interval of Sen (1968).

    Parameters
    ----------
    years, values : ndarray, shape (n,)
        As in :func:`least_squares`.

    Returns
    -------
    Trend
        `p` is that of Kendall's test with continuity correction and ties.

    Raises
    ------
    ValueError
        With fewer than four years.

    References
    ----------
    .. [1] Sen, P. K. (1968). Journal of the American Statistical Association 63(324),
       1379-1389. https://doi.org/10.1080/01621459.1968.10480934

    Examples
    --------
    >>> theil_sen(np.arange(6.0), np.array([0, 1, 2, 3, 4, 99.0])).slope
    1.0
    """
    t, y = _clean(years, values)
    n = len(t)
    first, second = np.triu_indices(n, 1)
    # Two values of one year have no slope between them.
    apart = t[second] > t[first]
    first, second = first[apart], second[apart]
    slopes = np.sort((y[second] - y[first]) / (t[second] - t[first]))
    slope = float(np.median(slopes))
    counts = np.unique(y, return_counts=True)[1]
    ties = float((counts * (counts - 1) * (2 * counts + 5)).sum())
    sigma = float(np.sqrt((n * (n - 1) * (2 * n + 5) - ties) / 18))
    reach = 1.959963984540054 * sigma
    low = round((len(slopes) - reach) / 2)
    high = round((len(slopes) + reach) / 2) + 1
    low, high = max(low - 1, 0), min(high - 1, len(slopes) - 1)
    kendall = float(np.sign(y[second] - y[first]).sum())
    z = 0.0 if sigma == 0 else (kendall - np.sign(kendall)) / sigma
    p = float(2 * special.ndtr(-abs(z)))
    intercept = float(np.median(y) - slope * np.median(t))
    span = float(t[-1] - t[0])
    return Trend(slope, float(slopes[low]), float(slopes[high]), slope * span, p, n, intercept)
