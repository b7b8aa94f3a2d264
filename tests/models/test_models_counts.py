"""Rates of events against the exact binomial interval of scipy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from beholden.models import compare_rates

COUNTS = st.integers(0, 40)
SPANS = st.floats(0.1, 30)


@settings(deadline=None)
@given(COUNTS, COUNTS, SPANS, SPANS)
def test_interval_is_the_exact_binomial_one_transformed(
    before: int, after: int, years_before: float, years_after: float
) -> None:
    rates = compare_rates(before, after, years_before, years_after)
    assert (rates.before, rates.after) == (before, after)
    assert rates.rate_before == pytest.approx(before / years_before)
    assert rates.rate_after == pytest.approx(after / years_after)
    if before + after == 0:
        assert (rates.ratio, rates.ratio_low, rates.ratio_high) == (None, None, None)
        return
    # Given the total, each event falls after with a chance p; the ratio is its odds.
    share = stats.binomtest(after, before + after).proportion_ci(0.95, method="exact")
    exposure = years_before / years_after
    assert rates.ratio_low == pytest.approx(exposure * share.low / (1 - share.low), rel=1e-6)
    if before == 0:
        assert (rates.ratio, rates.ratio_high) == (None, None)
    else:
        high = exposure * share.high / (1 - share.high)
        assert rates.ratio_high == pytest.approx(high, rel=1e-6)
        assert rates.ratio == pytest.approx(rates.rate_after / rates.rate_before)
        assert rates.ratio_low is not None
        assert rates.ratio is not None
        assert rates.ratio_high is not None
        assert rates.ratio_low <= rates.ratio <= rates.ratio_high


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), SPANS, SPANS)
def test_before_and_after_change_places(
    before: int, after: int, years_before: float, years_after: float
) -> None:
    one = compare_rates(before, after, years_before, years_after)
    other = compare_rates(after, before, years_after, years_before)
    assert one.ratio_low is not None
    assert other.ratio_high is not None
    assert one.ratio_low == pytest.approx(1 / other.ratio_high, rel=1e-6)


def test_nothing_after_is_a_ratio_of_zero_with_an_upper_end() -> None:
    rates = compare_rates(3, 0, 5, 5)
    assert (rates.ratio, rates.ratio_low) == (0, 0)
    # The chance of no event in three is 2.5 percent at odds of 0.025 ** (-1/3) - 1.
    assert rates.ratio_high == pytest.approx(0.025 ** (-1 / 3) - 1)


@pytest.mark.parametrize("spans", [(0.0, 1.0), (1.0, 0.0), (-1.0, 1.0)])
def test_spans_must_have_a_length(spans: tuple[float, float]) -> None:
    words = f"expected spans with a length, found {spans[0]} and {spans[1]}"
    with pytest.raises(ValueError, match=words):
        compare_rates(1, 1, *spans)
