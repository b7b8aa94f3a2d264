"""A series against its own past: exact cases, levels under the null, bands, and bad input."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from beholden.models.past import against_course, interrupted

YEARS = np.arange(2000.0, 2016)


def test_the_step_of_an_interrupted_series_is_that_of_least_squares() -> None:
    random = np.random.default_rng(1)
    values = random.normal(size=16) + 0.3 * YEARS
    table = np.column_stack([np.ones(16), YEARS >= 2010, YEARS])
    slopes = np.linalg.lstsq(table, values, rcond=None)[0]
    found = interrupted(YEARS, values, 2010)
    assert found.effect == pytest.approx(slopes[1])
    np.testing.assert_allclose(found.expected, (table @ slopes - slopes[1])[10:])


@pytest.mark.parametrize("trend", [False, True])
def test_few_years_reject_no_more_often_than_they_should(trend: bool) -> None:
    """Usual critical values reject about one in six here; the design's own 5%."""
    random = np.random.default_rng(2)
    found = [
        interrupted(np.arange(14.0), random.normal(size=14), 8, trend=trend).p for _ in range(600)
    ]
    assert 0.02 <= np.mean(np.array(found) <= 0.05) <= 0.085


def test_a_forecast_given_how_much_lasts_is_the_known_one() -> None:
    """Two years before and independent deviations: the textbook interval of a new mean."""
    random = np.random.default_rng(3)
    values = random.normal(size=12)
    years = np.arange(12.0)

    # With deviations that surely do not last the forecast is Student's; the average over all
    # degrees of lasting must be wider than that and centred within it.
    past, later = values[:8], values[8:]
    error = past.std(ddof=1) * np.sqrt(1 / 8 + 1 / 4)
    half = stats.t.ppf(0.975, 7) * error
    found = against_course(years, values, 8)
    assert found.high - found.low > 2 * half
    assert abs(found.effect - (later.mean() - past.mean())) < half


def test_the_posterior_of_lasting_is_averaged_as_an_integral() -> None:
    """Quadrature by another rule gives the same interval."""
    from beholden.models import past as module

    random = np.random.default_rng(4)
    values, years = random.normal(size=14).cumsum(), np.arange(14.0)
    scale = float(np.ptp(values[:9]))
    target = np.full((1, 5), 0.2)

    def evidence(g: float) -> float:
        return float(
            np.exp(module._forecast(years, values[:9] / scale, 9, target, g, "level", False)[0])
        )

    def weighted(g: float) -> float:
        centre = module._forecast(years, values[:9] / scale, 9, target, g, "level", False)[1]
        return evidence(g) * float(centre[0])

    total = integrate.quad(evidence, 0, 0.995)[0]
    mean = integrate.quad(weighted, 0, 0.995)[0] / total * scale
    found = against_course(years, values, 9)
    assert found.effect == pytest.approx(values[9:].mean() - mean, abs=0.02 * scale)


@pytest.mark.parametrize("course", ["level", "lasting"])
def test_forecasts_cover_series_that_are_as_they_assume(course: str) -> None:
    """How much lasts is drawn from the prior, so 95% of intervals hold the truth."""
    random = np.random.default_rng(5)
    from beholden.models import past as module

    years, inside = np.arange(18.0), 0
    for _ in range(150):
        covariance = module._covariance(years, random.choice(module._GRID), course)
        values = 5 + np.linalg.cholesky(covariance + 1e-12 * np.eye(18)) @ random.normal(size=18)
        found = against_course(years, values, 12, course=course)
        inside += found.low <= 0 <= found.high
    assert 0.89 <= inside / 150 <= 0.99


def test_a_change_is_found_and_bands_widen() -> None:
    values = 5 + np.sin(3 * YEARS) / 2 + np.where(YEARS >= 2010, 9, 0)
    found = against_course(YEARS, values, 2010)
    assert found.low > 0
    assert found.p < 0.05
    wide = found.expected_high - found.expected_low
    assert (np.diff(wide) > 0).all()
    assert interrupted(YEARS, values, 2010).p < 0.01


def test_units_of_measure_change_nothing() -> None:
    values = np.random.default_rng(6).normal(size=16).cumsum()
    one, other = (against_course(YEARS, factor * values, 2009) for factor in (1.0, 1e6))
    assert other.p == pytest.approx(one.p, rel=1e-6)
    assert other.low == pytest.approx(1e6 * one.low, rel=1e-6)


@pytest.mark.parametrize("method", [interrupted, against_course])
def test_bad_input_is_refused_in_words(method: object) -> None:
    assert callable(method)
    values = np.arange(16.0)
    with pytest.raises(ValueError, match=r"at least 3 years before .* found 2 and 14"):
        method(YEARS, values, 2002)
    with pytest.raises(ValueError, match="found 16 and 0"):
        method(YEARS, values, 2030)
    with pytest.raises(ValueError, match="without gaps"):
        method(YEARS, np.where(YEARS == 2003, np.nan, values), 2010)


def test_a_past_without_any_variation_foretells_nothing() -> None:
    with pytest.raises(ValueError, match="found them all alike"):
        against_course(YEARS, np.where(YEARS >= 2010, 1.0, 0.0), 2010)
