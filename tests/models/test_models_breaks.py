"""Breaks: the best partitions, the test for any, and the years that are likely."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beholden.models import breaks as module
from beholden.models.breaks import find_breaks, partitions


def total(values: np.ndarray, years: np.ndarray, cuts: tuple[int, ...], trend: bool) -> float:
    edges = [0, *cuts, len(values)]
    found = 0.0
    for a, b in pairwise(edges):
        table = np.vander(years[a:b] - years[a], 2 if trend else 1)
        rest = values[a:b] - table @ np.linalg.lstsq(table, values[a:b], rcond=None)[0]
        found += float(rest @ rest)
    return found


@settings(deadline=None, max_examples=30)
@given(n=st.integers(8, 14), seed=st.integers(0, 1000), trend=st.booleans())
def test_partitions_are_the_best_of_all(n: int, seed: int, trend: bool) -> None:
    random = np.random.default_rng(seed)
    values, years = random.normal(size=n), np.cumsum(random.integers(1, 3, n)).astype(float)
    found = partitions(module._costs(years, values, trend), 2, 3 if n < 12 else 4)
    shortest = 3 if n < 12 else 4
    for count in (1, 2):
        if (count + 1) * shortest > n:
            continue
        every = [
            cuts
            for cuts in combinations(range(1, n), count)
            if min(np.diff([0, *cuts, n])) >= shortest
        ]
        best = min(total(values, years, cuts, trend) for cuts in every)
        assert total(values, years, found[count], trend) == pytest.approx(best, abs=1e-9)


def test_clear_breaks_are_dated() -> None:
    years = np.arange(1990.0, 2020)
    random = np.random.default_rng(1)
    values = np.select([years < 2000, years < 2010], [0.0, 4.0], -2.0)
    found = find_breaks(years, values + random.normal(size=30) / 2)
    assert found.years.tolist() == [2000, 2010]
    assert (found.low <= found.years).all()
    assert (found.years <= found.high).all()
    np.testing.assert_allclose(found.levels, [0, 4, -2], atol=0.5)
    assert found.p <= 0.01
    one = find_breaks(years, np.where(years < 2008, 0.0, 5.0) + random.normal(size=30) / 2)
    assert one.years.tolist() == [2008]


@pytest.mark.parametrize("lasting", [0.0, 0.6])
def test_series_that_wander_are_not_taken_for_broken(lasting: float) -> None:
    random = np.random.default_rng(3)
    rejected = 0
    for _ in range(60):
        values = random.normal(size=22)
        values[0] /= np.sqrt(1 - lasting**2)
        for t in range(1, 22):
            values[t] += lasting * values[t - 1]
        rejected += find_breaks(np.arange(22.0), values, draws=99).p <= 0.05
    assert rejected <= 8


def test_a_straight_line_is_no_break_when_lines_are_allowed() -> None:
    years = np.arange(2000.0, 2020)
    values = years * 2 + np.random.default_rng(2).normal(size=20) / 3
    assert find_breaks(years, values, trend=True, draws=99).p > 0.05


def test_bad_input_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="at least 6 years for one break, found 4"):
        find_breaks(np.arange(4.0), np.arange(4.0))
    with pytest.raises(ValueError, match="without gaps"):
        find_breaks(np.arange(9.0), np.full(9, np.nan))
