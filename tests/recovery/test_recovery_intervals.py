"""Intervals keep what they promise where the truth is known."""

from __future__ import annotations

import numpy as np
from scipy import stats

from beholden.models import against_mean, against_trend, compare_rates, least_squares, theil_sen

RUNS = 4000
# Three standard errors of a share of 95% in 4,000 runs are one point; two are allowed.
LOW, HIGH = 0.93, 0.97


def test_against_mean_covers_the_true_difference_and_ratio() -> None:
    random = np.random.default_rng(20140217)
    before = random.normal(20, 3, (RUNS, 6))
    after = random.normal(14, 3, (RUNS, 8))
    differences = ratios = 0
    for one, other in zip(before, after, strict=True):
        change = against_mean(one, other)
        differences += change.difference_low <= -6 <= change.difference_high
        assert change.ratio_low is not None
        assert change.ratio_high is not None
        ratios += change.ratio_low <= 0.7 <= change.ratio_high
    assert LOW <= differences / RUNS <= HIGH
    assert LOW <= ratios / RUNS <= HIGH


def test_against_mean_covers_with_unequal_variances() -> None:
    random = np.random.default_rng(20140218)
    before = random.normal(20, 1, (RUNS, 10))
    after = random.normal(14, 6, (RUNS, 5))
    changes = [against_mean(one, other) for one, other in zip(before, after, strict=True)]
    covered = np.mean([item.difference_low <= -6 <= item.difference_high for item in changes])
    assert LOW <= covered <= HIGH


def test_against_trend_covers_the_true_difference() -> None:
    random = np.random.default_rng(20140219)
    t0, t1 = np.arange(1990.0, 1998), np.arange(1998.0, 2002)
    before = 5 + 0.7 * (t0 - 1990) + random.normal(0, 2, (RUNS, 8))
    after = 5 + 0.7 * (t1 - 1990) + 3 + random.normal(0, 2, (RUNS, 4))
    changes = [against_trend(t0, one, t1, other) for one, other in zip(before, after, strict=True)]
    covered = np.mean([item.difference_low <= 3 <= item.difference_high for item in changes])
    assert LOW <= covered <= HIGH
    assert abs(np.mean([item.difference for item in changes]) - 3) < 0.15


def test_exact_interval_of_rates_covers_at_least_as_often_as_it_says() -> None:
    # No simulation: every pair of counts weighs with its probability.
    for mean_before, mean_after in ((2.0, 6.0), (10.0, 4.0), (1.0, 1.0), (15.0, 30.0)):
        years_before, years_after = 4.0, 2.0
        truth = (mean_after / years_after) / (mean_before / years_before)
        covered = 0.0
        for before in range(60):
            for after in range(80):
                rates = compare_rates(before, after, years_before, years_after)
                low = rates.ratio_low or 0.0
                high = float("inf") if rates.ratio_high is None else rates.ratio_high
                if low <= truth <= high:
                    chance = stats_poisson(before, mean_before) * stats_poisson(after, mean_after)
                    covered += chance
        assert 0.95 <= covered <= 1.0 + 1e-9


_TABLE: dict[float, list[float]] = {}


def stats_poisson(count: int, mean: float) -> float:
    """The chance of a count, from a table made once for each mean."""
    if mean not in _TABLE:
        _TABLE[mean] = stats.poisson.pmf(np.arange(100), mean).tolist()
    return _TABLE[mean][count]


def test_theil_sen_covers_the_true_slope() -> None:
    random = np.random.default_rng(20140220)
    years = np.arange(15.0)
    values = 0.4 * years + random.normal(0, 2, (1000, 15))
    trends = [theil_sen(years, one) for one in values]
    covered = np.mean([item.low <= 0.4 <= item.high for item in trends])
    # A thousand runs: two points are three standard errors.
    assert 0.93 <= covered <= 0.975


def test_least_squares_recovers_the_slope_and_is_known_to_be_narrow_in_short_series() -> None:
    random = np.random.default_rng(20140221)
    years = np.arange(40.0)
    values = 0.4 * years + random.normal(0, 2, (1000, 40))
    trends = [least_squares(years, one) for one in values]
    covered = np.mean([item.low <= 0.4 <= item.high for item in trends])
    # Newey-West errors are a little small in finite samples, never by much at 40 years.
    assert 0.90 <= covered <= 0.97
    assert abs(np.mean([item.slope for item in trends]) - 0.4) < 0.005
