"""Mixes of donors: optimal, unique or shortest; effects; placebo tests that keep their level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beholden.models.placebo import placebo_test
from beholden.models.simplex import simplex_weights
from beholden.models.synthetic import (
    donors_of,
    leave_one_donor_out,
    synthetic_control,
    synthetic_differences,
)


def panel(random: np.random.Generator, years: int, units: int, spread: float = 0.0) -> np.ndarray:
    """Two common courses, lasting shocks of each unit, and levels; units differ in their noise."""
    courses = random.normal(size=(years, 2)).cumsum(axis=0) / 2
    noise = random.normal(size=(years, units)) * np.exp(spread * random.normal(size=units))
    for year in range(1, years):
        noise[year] += noise[year - 1] / 2
    loads = random.normal(size=(2, units)) / 2
    return np.asarray(2 * random.normal(size=units) + courses @ loads + noise / 2)


@settings(deadline=None, max_examples=60)
@given(
    years=st.integers(1, 14),
    units=st.integers(2, 25),
    seed=st.integers(0, 10_000),
    whole=st.booleans(),
)
def test_no_donor_would_improve_a_mix(years: int, units: int, seed: int, whole: bool) -> None:
    """At the optimum the slope along every donor is at least the mean slope of the mix.

    Whole numbers make ties, equal columns and exact fits.
    """
    random = np.random.default_rng(seed)
    table = random.normal(size=(years, units)) * 3
    table = np.round(table) if whole else table
    found = simplex_weights(table, np.arange(units), ~np.eye(units, dtype=bool))
    assert found.weights.min() >= 0
    np.testing.assert_allclose(found.weights.sum(axis=1), 1, atol=1e-12)
    assert np.diagonal(found.weights).max() == 0
    rest = table @ found.weights.T - table
    slopes = table.T @ rest
    least = np.sum(found.weights.T * slopes, axis=0)
    outside = slopes - least
    np.fill_diagonal(outside, 0)
    scale = max(float(np.sum(table**2)), 1.0)
    assert outside.min() >= -1e-10 * scale


def test_where_several_mixes_fit_the_shortest_is_taken_and_said() -> None:
    # Four corners of a square and its centre: every mix of opposite corners fits.
    table = np.array([[1.0, -1.0, 1.0, -1.0, 0.0], [1.0, 1.0, -1.0, -1.0, 0.0]])
    donors = np.array([[True, True, True, True, False]])
    found = simplex_weights(table, np.array([4]), donors)
    assert not found.unique[0]
    np.testing.assert_allclose(found.weights[0, :4], 0.25, atol=1e-12)
    # Equal donors share their weight, and which stands first does not matter.
    twice = np.array([[0.0, 1.0, 1.0, 0.5]])
    allowed = np.array([[True, True, True, False]])
    found = simplex_weights(twice, np.array([3]), allowed)
    assert not found.unique[0]
    np.testing.assert_allclose(found.weights[0, :3], [0.5, 0.25, 0.25], atol=1e-10)


def test_a_mix_that_is_the_only_one_is_called_so() -> None:
    random = np.random.default_rng(4)
    found = simplex_weights(random.normal(size=(30, 12)), np.arange(12), ~np.eye(12, dtype=bool))
    assert found.unique.all()


@pytest.mark.parametrize("fit", [synthetic_control, synthetic_differences])
def test_a_change_of_the_treated_unit_is_found_and_moves_no_placebo(fit: object) -> None:
    assert callable(fit)
    paths = panel(np.random.default_rng(7), 20, 25)
    without = fit(paths, 12, 3)
    moved = paths.copy()
    moved[12:, 3] += 4
    found = fit(moved, 12, 3)
    np.testing.assert_allclose(found.after[:, 3] - without.after[:, 3], 4, atol=1e-9)
    others = np.arange(25) != 3
    np.testing.assert_allclose(found.after[:, others], without.after[:, others], atol=1e-9)
    assert (found.weights[:, 3] == 0).all()


def test_errors_of_years_left_out_are_those_of_a_fit_without_them() -> None:
    paths = panel(np.random.default_rng(5), 12, 9)
    found = synthetic_control(paths, 7, 0)
    kept = np.delete(np.arange(7), 2)
    again = simplex_weights(paths[kept], np.array([0]), donors_of(9, 0)[:1])
    expected = paths[2, 0] - paths[2] @ again.weights[0]
    assert found.honest[2, 0] == pytest.approx(expected, abs=1e-12)
    # Years that the fit has seen are closer than years that it has not.
    assert np.mean(found.gaps[:7] ** 2) < np.mean(found.honest**2)


def test_each_donor_with_weight_is_left_out_in_turn() -> None:
    paths = panel(np.random.default_rng(6), 20, 15)
    found = synthetic_control(paths, 12, 0)
    left = leave_one_donor_out(paths, 12, 0)
    assert set(left) == set(np.flatnonzero(found.weights[0] > 1e-9))
    donor, gaps = next(iter(left.items()))
    without = np.delete(paths, donor, axis=1)
    np.testing.assert_allclose(gaps, synthetic_control(without, 12, 0).gaps[:, 0], atol=1e-9)


def test_the_fit_says_whether_mixes_foretell_the_unit_at_all() -> None:
    random = np.random.default_rng(8)
    good = panel(random, 24, 20)
    good[:, 0] = good[:, 1:4].mean(axis=1) + 0.01 * random.normal(size=24)
    assert synthetic_control(good, 16, 0).fit > 0.9
    alone = panel(random, 24, 20)
    alone[:, 0] = 50 + 10 * random.normal(size=24)
    assert synthetic_control(alone, 16, 0).fit < 0


@pytest.mark.parametrize("before", [8, 15, 30])
def test_placebo_tests_keep_their_level_and_intervals_cover(before: int) -> None:
    """Under no effect 5% are rejected; the bounds are those of 99.9% of 150 fair tests."""
    random = np.random.default_rng(before)
    rejected, covered = 0, 0
    for _ in range(150):
        paths = panel(random, before + 8, 21, spread=0.5)
        paths[before:, 0] += 1
        found = synthetic_control(paths, before, 0)
        test = placebo_test(found.after, found.honest, 0)
        covered += test.low <= 1 <= test.high
        after = found.after.copy()
        after[:, 0] -= 1
        rejected += placebo_test(after, found.honest, 0).p <= 0.05
    assert 1 <= rejected <= 17
    assert 133 <= covered <= 149
    assert rejected == 150 - covered


def test_a_large_effect_is_found_and_a_few_placebos_cannot_answer() -> None:
    paths = panel(np.random.default_rng(2), 24, 41)
    paths[16:, 0] += 10
    found = synthetic_control(paths, 16, 0)
    test = placebo_test(found.after, found.honest, 0)
    assert test.p == pytest.approx(1 / 41)
    assert test.answerable
    assert test.low > 4
    few = placebo_test(found.after[:, :12], found.honest[:, :12], 0)
    assert not few.answerable
    assert few.low == -np.inf
    assert few.high == np.inf


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"before": 2}, "at least 3 years before"),
        ({"before": 20}, "one from it on, found 20 and 0"),
        ({"treated": 30}, "a treated unit among 9"),
        ({"donors": np.ones((9, 9), dtype=bool)}, "a unit among its own donors"),
    ],
)
def test_bad_input_is_refused_in_words(change: dict[str, object], words: str) -> None:
    paths = panel(np.random.default_rng(1), 20, 9)
    with pytest.raises(ValueError, match=words):
        synthetic_control(**{"paths": paths, "before": 9, "treated": 0, **change})  # type: ignore[arg-type]


def test_gaps_and_exact_fits_are_refused_in_words() -> None:
    paths = panel(np.random.default_rng(1), 20, 9)
    paths[3, 4] = np.nan
    with pytest.raises(ValueError, match="found years without a value"):
        synthetic_control(paths, 9, 0)
    with pytest.raises(ValueError, match="reproduced exactly"):
        placebo_test(np.ones((3, 5)), np.zeros((4, 5)), 0)
    with pytest.raises(ValueError, match="at least two placebos, found 1"):
        placebo_test(np.ones((3, 2)), np.ones((4, 2)), 0)
