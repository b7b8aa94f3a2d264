"""Trends against scipy, and against sums written out by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from beholden.models import Trend, least_squares, theil_sen

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FITS = pytest.mark.parametrize("fit", [least_squares, theil_sen])


def series(
    seed: int, n: int, gaps: bool = False, ties: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    random = np.random.default_rng(seed)
    years = np.arange(1990, 1990 + 2 * n if gaps else 1990 + n, dtype=float)
    if gaps:
        years = np.sort(random.choice(years, n, replace=False))
    values = 0.3 * (years - 1990) + random.normal(size=n) * 2
    return years, np.round(values) if ties else values


SERIES = [
    series(seed, n, gaps, ties)
    for seed, n in ((1, 4), (2, 7), (3, 12), (4, 31))
    for gaps in (False, True)
    for ties in (False, True)
]
MANY = pytest.mark.parametrize(("years", "values"), SERIES)


@MANY
def test_slope_and_intercept_of_least_squares(
    years: NDArray[np.float64], values: NDArray[np.float64]
) -> None:
    trend, other = least_squares(years, values), stats.linregress(years, values)
    assert trend.slope == pytest.approx(other.slope, rel=1e-9)
    assert trend.intercept == pytest.approx(other.intercept, rel=1e-9)
    assert trend.change == pytest.approx(other.slope * (years[-1] - years[0]))
    assert trend.n == len(years)


def newey_west(t: NDArray[np.float64], y: NDArray[np.float64], lags: int) -> float:
    """The standard error of the slope as a double sum over pairs of years."""
    n = len(t)
    centred = [float(value) for value in t - t.mean()]
    squares = sum(value * value for value in centred)
    slope = sum(d * float(value) for d, value in zip(centred, y, strict=True)) / squares
    residuals = [float(v) - float(y.mean()) - slope * d for d, v in zip(centred, y, strict=True)]
    total = 0.0
    for i in range(n):
        for j in range(n):
            distance = abs(float(t[i]) - float(t[j]))
            if distance <= lags:
                weight = 1 - distance / (lags + 1)
                total += weight * centred[i] * residuals[i] * centred[j] * residuals[j]
    return math.sqrt(total * n / (n - 2)) / squares


@MANY
@pytest.mark.parametrize("lags", [None, 0, 1, 3])
def test_interval_and_p_of_least_squares(
    years: NDArray[np.float64], values: NDArray[np.float64], lags: int | None
) -> None:
    n = len(years)
    error = newey_west(
        years, values, math.floor(4 * (n / 100) ** (2 / 9)) if lags is None else lags
    )
    trend = least_squares(years, values, lags)
    half = float(stats.t.ppf(0.975, n - 2)) * error
    assert trend.high - trend.slope == pytest.approx(half, rel=1e-8)
    assert trend.slope - trend.low == pytest.approx(half, rel=1e-8)
    p = 2 * float(stats.t.sf(abs(trend.slope) / error, n - 2))
    assert trend.p == pytest.approx(p, rel=1e-6)


def test_gap_in_years_is_a_gap_in_time() -> None:
    years = np.array([2000.0, 2001, 2002, 2003, 2004, 2005])
    values = np.array([0.0, 2, 1, 4, 3, 6])
    apart = years + np.array([0, 0, 0, 10, 10, 10])
    # Values ten years apart are no neighbours, so the lag must not join them.
    assert newey_west(apart, values, 1) != pytest.approx(newey_west(years, values, 1))
    trend = least_squares(apart, values, 1)
    half = float(stats.t.ppf(0.975, 4)) * newey_west(apart, values, 1)
    assert trend.high - trend.slope == pytest.approx(half)


@MANY
def test_theil_sen_against_scipy(years: NDArray[np.float64], values: NDArray[np.float64]) -> None:
    trend = theil_sen(years, values)
    slope, intercept, low, high = stats.theilslopes(values, years, 0.95)
    assert trend.slope == pytest.approx(slope)
    assert (trend.low, trend.high) == pytest.approx((low, high))
    assert trend.intercept == pytest.approx(intercept)
    assert trend.change == pytest.approx(slope * (years[-1] - years[0]))


@MANY
def test_kendalls_p_against_scipy(years: NDArray[np.float64], values: NDArray[np.float64]) -> None:
    p = theil_sen(years, values).p
    # scipy's asymptotic test has no correction for continuity: one pair is taken off here.
    z = float(
        stats.norm.isf(float(stats.kendalltau(years, values, method="asymptotic").pvalue) / 2)
    )
    n, (_, counts) = len(values), np.unique(values, return_counts=True)
    ties = sum(int(k) * (int(k) - 1) * (2 * int(k) + 5) for k in counts)
    sigma = math.sqrt((n * (n - 1) * (2 * n + 5) - ties) / 18)
    assert p == pytest.approx(2 * float(stats.norm.sf(max(z - 1 / sigma, 0))), rel=1e-6)
    if n >= 7 and not ties:
        exact = float(stats.kendalltau(years, values, method="exact").pvalue)
        assert p == pytest.approx(exact, abs=0.02)


@pytest.mark.parametrize("n", [4, 5, 8])
def test_kendalls_p_by_hand(n: int) -> None:
    rising = theil_sen(np.arange(n, dtype=float), np.arange(n, dtype=float))
    pairs = n * (n - 1) / 2
    z = (pairs - 1) / math.sqrt(n * (n - 1) * (2 * n + 5) / 18)
    assert rising.p == pytest.approx(2 * float(stats.norm.sf(z)))
    falling = theil_sen(np.arange(n, dtype=float), -np.arange(n, dtype=float))
    assert falling.p == pytest.approx(rising.p)


@FITS
def test_straight_line_has_no_error(fit: Callable[..., Trend]) -> None:
    years = np.arange(2000.0, 2010)
    trend = fit(years, 3 - 0.5 * (years - 2000))
    assert (trend.slope, trend.low, trend.high) == pytest.approx((-0.5, -0.5, -0.5))
    assert trend.change == pytest.approx(-4.5)
    assert trend.intercept == pytest.approx(1003)
    assert trend.p < 0.001


@FITS
def test_flat_series_shows_no_trend(fit: Callable[..., Trend]) -> None:
    trend = fit(np.arange(6.0), np.full(6, 0.1))
    assert trend.slope == 0
    assert trend.low <= 0 <= trend.high
    assert trend.p == 1


@FITS
def test_missing_years_are_left_out(fit: Callable[..., Trend]) -> None:
    years, values = series(9, 12)
    holed = values.copy()
    holed[[2, 5, 11]] = np.nan
    known = np.isfinite(holed)
    assert fit(years, holed) == fit(years[known], values[known])
    assert fit(years, holed).n == 9


@FITS
def test_order_of_the_rows_does_not_matter(fit: Callable[..., Trend]) -> None:
    years, values = series(5, 9)
    shuffled = np.random.default_rng(0).permutation(9)
    assert fit(years[shuffled], values[shuffled]) == fit(years, values)


@FITS
def test_direction_of_time_turns_the_sign(fit: Callable[..., Trend]) -> None:
    years, values = series(6, 10)
    one, other = fit(years, values), fit(years, -values)
    assert other.slope == pytest.approx(-one.slope)
    assert (other.low, other.high) == pytest.approx((-one.high, -one.low))
    assert other.p == pytest.approx(one.p)


def test_two_values_of_one_year_have_no_slope_between_them() -> None:
    years = np.array([2000.0, 2001, 2001, 2002, 2003, 2004])
    values = np.array([1.0, 2, 4, 3, 5, 6])
    trend = theil_sen(years, values)
    slope, _, _, _ = stats.theilslopes(values, years)
    assert trend.slope == pytest.approx(slope)
    assert math.isfinite(trend.low)
    assert math.isfinite(trend.high)


def test_one_odd_year_moves_least_squares_and_not_the_median() -> None:
    years = np.arange(2000.0, 2010)
    values = years - 2000
    odd = values.copy()
    odd[-1] = 500
    assert theil_sen(years, odd).slope == theil_sen(years, values).slope == 1
    assert least_squares(years, odd).slope > 10


@FITS
@pytest.mark.parametrize("n", [0, 1, 3])
def test_too_few_years(fit: Callable[..., Trend], n: int) -> None:
    years = np.arange(6.0)
    values = np.where(years < n, years, np.nan)
    with pytest.raises(ValueError, match=f"expected at least 4 years with a value, found {n}$"):
        fit(years, values)
