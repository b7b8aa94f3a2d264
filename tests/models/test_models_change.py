"""Before against after, against scipy and against equations solved by search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import optimize, stats

from beholden.models import against_mean, against_trend

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pair(seed: int, n: int, m: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    random = np.random.default_rng(seed)
    return random.normal(20, 2, n), random.normal(12, 5, m)


# The mean before may be zero, so the ratio has no bounds.
WIDE = (np.array([1.0, 9.0]), np.array([3.0, 4.0]))
PAIRS = pytest.mark.parametrize(
    ("before", "after"),
    [pair(1, 2, 2), pair(2, 3, 5), pair(3, 5, 3), pair(4, 10, 10), pair(5, 30, 4), WIDE],
)


@PAIRS
def test_difference_against_welch(before: NDArray[np.float64], after: NDArray[np.float64]) -> None:
    change = against_mean(before, after)
    other = stats.ttest_ind(after, before, equal_var=False)
    interval = other.confidence_interval(0.95)
    assert change.difference == pytest.approx(after.mean() - before.mean())
    assert change.difference_low == pytest.approx(interval.low)
    assert change.difference_high == pytest.approx(interval.high)
    assert (change.before, change.after) == pytest.approx((before.mean(), after.mean()))
    assert change.expected == (change.before,) * len(after)


@PAIRS
def test_ratio_against_the_roots_of_fiellers_equation(
    before: NDArray[np.float64], after: NDArray[np.float64]
) -> None:
    change = against_mean(before, after)
    v0, v1 = stats.sem(before) ** 2, stats.sem(after) ** 2
    degrees = stats.ttest_ind(after, before, equal_var=False).df
    t = float(stats.t.ppf(0.975, degrees))

    def statistic(ratio: float) -> float:
        """Squared distance of after - ratio * before from zero, over its reach."""
        gap = after.mean() - ratio * before.mean()
        return float(gap**2 - t**2 * (v1 + ratio**2 * v0))

    assert change.ratio == pytest.approx(after.mean() / before.mean())
    assert change.ratio is not None
    if before.mean() ** 2 <= t**2 * v0:
        assert (change.ratio_low, change.ratio_high) == (None, None)
        return
    low = optimize.brentq(statistic, change.ratio - 1e4, change.ratio, xtol=1e-13)
    high = optimize.brentq(statistic, change.ratio, change.ratio + 1e4, xtol=1e-13)
    assert change.ratio_low == pytest.approx(low, abs=1e-8)
    assert change.ratio_high == pytest.approx(high, abs=1e-8)


def test_both_kinds_of_ratio_occur_among_the_pairs() -> None:
    assert against_mean(*WIDE).ratio_low is None
    assert against_mean(*WIDE).ratio == pytest.approx(0.7)
    assert against_mean(*pair(4, 10, 10)).ratio_low is not None


def test_values_that_do_not_vary() -> None:
    change = against_mean(np.array([4.0, 4, 4]), np.array([3.0, 3]))
    assert (change.difference_low, change.difference, change.difference_high) == (-1, -1, -1)
    assert (change.ratio_low, change.ratio, change.ratio_high) == pytest.approx((0.75,) * 3)


def test_no_ratio_to_nothing() -> None:
    change = against_mean(np.array([-1.0, 1]), np.array([3.0, 4]))
    assert (change.ratio_low, change.ratio, change.ratio_high) == (None, None, None)
    assert change.difference == 3.5


def test_scale_changes_differences_and_not_ratios() -> None:
    before, after = pair(4, 10, 10)
    one, other = against_mean(before, after), against_mean(1000 * before, 1000 * after)
    assert other.difference_low == pytest.approx(1000 * one.difference_low)
    assert other.ratio_low == pytest.approx(one.ratio_low)


@pytest.mark.parametrize(("n", "m"), [(1, 5), (5, 1), (0, 0)])
def test_too_few_years_on_a_side(n: int, m: int) -> None:
    with pytest.raises(
        ValueError,
        match=f"expected at least two years on each side, found {n} before and {m} after",
    ):
        against_mean(np.ones(n), np.ones(m))


def prediction(
    t0: NDArray[np.float64], y: NDArray[np.float64], t1: NDArray[np.float64]
) -> tuple[float, float]:
    """Prediction and half width for the mean of new years, with matrices."""
    design = np.column_stack([np.ones_like(t0), t0])
    solved = np.linalg.lstsq(design, y, rcond=None)[0]
    residual = y - design @ solved
    variance = float(residual @ residual) / (len(y) - 2)
    ahead = np.array([1.0, float(t1.mean())])
    spread = ahead @ np.linalg.inv(design.T @ design) @ ahead + 1 / len(t1)
    half = float(stats.t.ppf(0.975, len(y) - 2)) * np.sqrt(variance * float(spread))
    return float(ahead @ solved), float(half)


@pytest.mark.parametrize(("seed", "n", "m"), [(1, 3, 2), (2, 5, 3), (3, 12, 6), (4, 8, 30)])
def test_against_trend_is_a_prediction_interval(seed: int, n: int, m: int) -> None:
    random = np.random.default_rng(seed)
    t0, t1 = np.arange(n, dtype=float), np.arange(n, n + m, dtype=float)
    # A gap before and after: years need not follow each other.
    t0[0] -= 3
    t1[-1] += 2
    y0, y1 = 50 + t0 + random.normal(size=n), 30 + random.normal(size=m)
    change = against_trend(t0, y0, t1, y1)
    expected, half = prediction(t0, y0, t1)
    gap = float(y1.mean()) - expected
    assert change.before == pytest.approx(expected)
    assert change.after == pytest.approx(y1.mean())
    assert change.difference == pytest.approx(gap)
    assert change.difference_low == pytest.approx(gap - half, rel=1e-6)
    assert change.difference_high == pytest.approx(gap + half, rel=1e-6)
    line = stats.linregress(t0, y0)
    assert change.expected == pytest.approx(tuple(line.intercept + line.slope * t1))
    assert change.ratio == pytest.approx(y1.mean() / expected)
    assert change.ratio_low == pytest.approx((y1.mean() - half) / expected, rel=1e-6)
    assert change.ratio_high == pytest.approx((y1.mean() + half) / expected, rel=1e-6)


def test_change_that_was_under_way_is_no_effect() -> None:
    t0, t1 = np.arange(5.0), np.arange(5.0, 10)
    falling = np.array([20.0, 18.2, 15.9, 14.1, 11.8])
    going_on = 20 - 2 * t1
    assert against_mean(falling, going_on).difference_high < 0
    change = against_trend(t0, falling, t1, going_on)
    assert change.difference_low < 0 < change.difference_high


def test_no_ratio_where_the_line_has_reached_zero() -> None:
    t0, t1 = np.arange(5.0), np.arange(5.0, 8)
    change = against_trend(t0, 4 - t0, t1, np.ones(3))
    assert change.before < 0
    assert (change.ratio_low, change.ratio, change.ratio_high) == (None, None, None)


@pytest.mark.parametrize(("n", "m"), [(2, 5), (5, 1)])
def test_too_few_years_for_a_trend(n: int, m: int) -> None:
    with pytest.raises(
        ValueError,
        match=f"expected at least three years before and two after, found {n} and {m}",
    ):
        against_trend(np.arange(float(n)), np.ones(n), np.arange(float(m)), np.ones(m))
