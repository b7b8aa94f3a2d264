"""Rubin's rules against worked figures and in simulation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from beholden.models.rubin import pool


def by_hand(slopes: Any, errors: Any, degrees: float) -> dict[str, float]:
    """One universe, written out from Barnard and Rubin (1999)."""
    m = len(slopes)
    within, between = np.mean(errors**2), np.var(slopes, ddof=1)
    total = within + (1 + 1 / m) * between
    share = (1 + 1 / m) * between / total
    old = (m - 1) / share**2
    observed = (degrees + 1) / (degrees + 3) * degrees * (1 - share)
    new = old * observed / (old + observed)
    ratio = (1 + 1 / m) * between / within
    missing = (ratio + 2 / (new + 3)) / (1 + ratio)
    half = stats.t.ppf(0.975, new) * np.sqrt(total)
    return {
        "coefficient": np.mean(slopes),
        "error": np.sqrt(total),
        "degrees": new,
        "missing_information": missing,
        "low": np.mean(slopes) - half,
        "p": 2 * stats.t.sf(abs(np.mean(slopes)) / np.sqrt(total), new),
    }


@pytest.mark.parametrize("m", [2, 5, 30])
def test_each_universe_is_as_written_out(m: int) -> None:
    random = np.random.default_rng(m)
    slopes, errors = random.normal(1, 0.3, (m, 6)), random.uniform(0.2, 0.6, (m, 6))
    degrees = random.uniform(5, 200, 6)
    found = pool(slopes, errors, degrees)
    for u in range(6):
        for name, figure in by_hand(slopes[:, u], errors[:, u], float(degrees[u])).items():
            assert getattr(found, name)[u] == pytest.approx(figure, rel=1e-10)


def test_without_variation_between_tables_nothing_is_missing() -> None:
    found = pool(np.ones((4, 1)), np.full((4, 1), 0.5), 30.0)
    assert found.missing_information[0] == 0
    assert found.error[0] == 0.5
    assert found.degrees[0] == pytest.approx(31 / 33 * 30)


def test_infinite_degrees_are_those_of_rubin() -> None:
    slopes = np.array([[1.0], [2.0], [4.0]])
    found = pool(slopes, np.ones((3, 1)))
    extra = 4 / 3 * np.var(slopes, ddof=1)
    assert found.degrees[0] == pytest.approx(2 * ((1 + extra) / extra) ** 2)


def test_a_universe_that_some_tables_leave_out_is_left_out_unless_asked() -> None:
    slopes = np.array([[1.0, 1.0], [2.0, np.nan], [3.0, 3.0]])
    errors = np.ones((3, 2))
    strict, lenient = pool(slopes, errors, 20.0), pool(slopes, errors, 20.0, partial=True)
    assert np.isnan(strict.coefficient).tolist() == [False, True]
    assert np.isnan(strict.p).tolist() == [False, True]
    assert lenient.coefficient.tolist() == [2.0, 2.0]
    assert lenient.used.tolist() == [3, 2]


@pytest.mark.parametrize("shape", [((3,), (3,)), ((1, 2), (1, 2)), ((3, 2), (2, 2))])
def test_shapes_that_do_not_fit(shape: Any) -> None:
    with pytest.raises(ValueError, match="of two or more data sets"):
        pool(np.ones(shape[0]), np.ones(shape[1]))
