"""Estimators: pure functions from arrays to frozen results."""

from beholden.models.change import Change, against_mean, against_trend
from beholden.models.counts import Rates, compare_rates
from beholden.models.trend import Trend, least_squares, theil_sen

__all__ = [
    "Change",
    "Rates",
    "Trend",
    "against_mean",
    "against_trend",
    "compare_rates",
    "least_squares",
    "theil_sen",
]
