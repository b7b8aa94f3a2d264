"""Before against after: means with unequal variances, and an interrupted trend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Change", "against_mean", "against_trend"]


@dataclass(frozen=True)
class Change:
    """What the years after an event were, and what they were expected to be.

    Attributes
    ----------
    before : float
        Mean before, or the mean that the trend before predicts for the years after.
    after : float
        Mean after.
    difference, difference_low, difference_high : float
        After minus before with a 95% interval.
    ratio, ratio_low, ratio_high : float or None
        After over before; None where `before` may be zero.
    expected : tuple of float
        The expectation for each year after.
    """

    before: float
    after: float
    difference: float
    difference_low: float
    difference_high: float
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    expected: tuple[float, ...]


def _ratio(
    before: float, after: float, variance_before: float, variance_after: float, t: float
) -> tuple[float | None, float | None, float | None]:
    """Ratio of two independent means with Fieller's interval; None where it is unbounded."""
    if before == 0:
        return None, None, None
    spread = variance_before * t**2
    if before**2 <= spread:
        return after / before, None, None
    centre = before * after
    inside = centre**2 - (before**2 - spread) * (after**2 - variance_after * t**2)
    root = float(np.sqrt(max(inside, 0.0)))
    scale = before**2 - spread
    return after / before, (centre - root) / scale, (centre + root) / scale


def against_mean(before: NDArray[np.float64], after: NDArray[np.float64]) -> Change:
    """Difference and ratio of two means with Welch's and Fieller's intervals.

    Parameters
    ----------
    before, after : ndarray, shape (n,), (m,)
        Known values, at least two each.

    Returns
    -------
    Change
        Two-sided 95% intervals.

    Raises
    ------
    ValueError
        With fewer than two values on a side.

    References
    ----------
    .. [1] Welch, B. L. (1947). Biometrika 34(1-2), 28-35.
       https://doi.org/10.1093/biomet/34.1-2.28
    .. [2] Fieller, E. C. (1954). Journal of the Royal Statistical Society B 16(2), 175-185.
       https://doi.org/10.1111/j.2517-6161.1954.tb00159.x

    Examples
    --------
    >>> against_mean(np.array([10.0, 12, 11]), np.array([5.0, 6, 4])).difference
    -6.0
    """
    if min(len(before), len(after)) < 2:
        found = f"{len(before)} before and {len(after)} after"
        raise ValueError(f"expected at least two years on each side, found {found}")
    v0, v1 = before.var(ddof=1) / len(before), after.var(ddof=1) / len(after)
    total = v0 + v1
    parts = v0**2 / (len(before) - 1) + v1**2 / (len(after) - 1)
    degrees = float(total**2 / parts) if parts > 0 else float(len(before) + len(after) - 2)
    t = float(special.stdtrit(degrees, 0.975))
    m0, m1 = float(before.mean()), float(after.mean())
    half = t * float(np.sqrt(total))
    ratio, low, high = _ratio(m0, m1, float(v0), float(v1), t)
    expected = (m0,) * len(after)
    difference = m1 - m0
    return Change(
        m0, m1, difference, difference - half, difference + half, ratio, low, high, expected
    )


def against_trend(
    years_before: NDArray[np.float64],
    before: NDArray[np.float64],
    years_after: NDArray[np.float64],
    after: NDArray[np.float64],
) -> Change:
    """The years after against a straight line through the years before.

    Parameters
    ----------
    years_before, before : ndarray, shape (n,)
        At least three years.
    years_after, after : ndarray, shape (m,)
        At least two years.

    Returns
    -------
    Change
        The interval is that of the mean of m new observations around the line, on n - 2
        degrees of freedom; the ratio's ends divide by the prediction.

    Raises
    ------
    ValueError
        With too few years.

    Examples
    --------
    >>> early, late = np.array([1.0, 2, 3, 4]), np.array([5.0, 6])
    >>> round(against_trend(early, 2 * early, late, np.array([5.0, 6])).before, 6)
    11.0
    """
    if len(before) < 3 or len(after) < 2:
        found = f"{len(before)} and {len(after)}"
        raise ValueError(f"expected at least three years before and two after, found {found}")
    centre = years_before.mean()
    t = years_before - centre
    slope = float((t * before).sum() / (t**2).sum())
    line = before.mean() + slope * (years_after - centre)
    residual = before - before.mean() - slope * t
    degrees = len(before) - 2
    variance = float((residual**2).sum() / degrees)
    reach = float(years_after.mean() - centre)
    line_variance = variance * (1 / len(before) + reach**2 / float((t**2).sum()))
    error = np.sqrt(line_variance + variance / len(after))
    half = float(special.stdtrit(degrees, 0.975)) * float(error)
    m0, m1 = float(line.mean()), float(after.mean())
    positive = m0 > 0
    difference = m1 - m0
    return Change(
        before=m0,
        after=m1,
        difference=difference,
        difference_low=difference - half,
        difference_high=difference + half,
        ratio=m1 / m0 if positive else None,
        ratio_low=(m1 - half) / m0 if positive else None,
        ratio_high=(m1 + half) / m0 if positive else None,
        expected=tuple(float(value) for value in line),
    )
