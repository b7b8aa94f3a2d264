"""Imputation against known truth: cells missing at random, where rows left out mislead."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from beholden.models.curve import estimate
from beholden.models.design import Design, every_subset
from beholden.models.imputation import impute
from beholden.models.rubin import pool

UNITS, YEARS = 80, 12
UNIT, YEAR = np.repeat(np.arange(UNITS), YEARS), np.tile(np.arange(float(YEARS)), UNITS)


def world(seed: int) -> Any:
    """Outcome, exposure, control; the slope is 0.5; exposures go where outcomes are high."""
    random = np.random.default_rng(seed)
    n = len(UNIT)
    c = random.normal(size=n) + random.normal(size=UNITS)[UNIT]
    x = 0.6 * c + random.normal(size=n) + 0.5 * random.normal(size=UNITS)[UNIT]
    y = 0.5 * x + 0.4 * c + 0.5 * random.normal(size=UNITS)[UNIT] + random.normal(size=n)
    lost = random.random(n) < 1 / (1 + np.exp(0.9 - 1.2 * y))
    return np.column_stack([y, np.where(lost, np.nan, x), c])


def fitted(table: Any) -> tuple[Any, Any, Any, Any]:
    """Slope, error and interval without effects and with those of units."""
    design = Design(table[:, :1], table[:, 1:2], table[:, 2:], {"unit": UNIT}, UNIT)
    specs = every_subset(design, [(), ("unit",)])
    curve = estimate(design, specs.take(np.flatnonzero(specs.controls[:, 0])))
    return curve.coefficient, curve.error, curve.low, curve.high


def test_coverage_where_rows_left_out_mislead() -> None:
    covered, bare, middle = [], [], []
    for seed in range(40):
        table = world(seed)
        _, _, low, high = fitted(table)
        bare.append((low < 0.5) & (high > 0.5))
        found = impute(table, UNIT, YEAR, draws=5, seed=seed, burn_in=60, spacing=10)
        fits = [fitted(done) for done in found.tables]
        pooled = pool(np.array([f[0] for f in fits]), np.array([f[1] for f in fits]), UNITS - 1.0)
        covered.append((pooled.low < 0.5) & (pooled.high > 0.5))
        middle.append(pooled.coefficient)
    assert (np.mean(bare, axis=0) < 0.75).all()
    assert (np.mean(covered, axis=0) > 0.86).all()
    assert np.mean(middle, axis=0) == pytest.approx(0.5, abs=0.025)


def test_known_cells_stay_and_the_seed_decides() -> None:
    table = world(1)
    one, two, other = (impute(table, UNIT, YEAR, draws=2, seed=s, burn_in=5) for s in (1, 1, 2))
    known = np.isfinite(table)
    for done in one.tables:
        assert np.array_equal(done[known], table[known])
    assert np.array_equal(one.missing, ~known)
    assert np.array_equal(one.tables, two.tables)
    assert not np.array_equal(one.tables, other.tables)
    assert not np.array_equal(one.tables[0], one.tables[1])


def test_trends_and_levels_of_units_are_met() -> None:
    """A column that units and years determine is imputed to within its noise."""
    random = np.random.default_rng(4)
    truth = 3 * random.normal(size=UNITS)[UNIT] + 0.05 * YEAR**2 + 0.1 * random.normal(size=960)
    table = np.column_stack([truth, random.normal(size=960)])
    lost = random.random(960) < 0.3
    table[lost, 0] = np.nan
    found = impute(table, UNIT, YEAR, draws=10, seed=1)
    error = found.tables[:, lost, 0] - truth[lost]
    assert np.sqrt((error**2).mean()) == pytest.approx(0.1 * np.sqrt(2), rel=0.1)
    without = impute(table, UNIT, YEAR, draws=2, seed=1, unit_effects=False)
    assert np.sqrt(((without.tables[:, lost, 0] - truth[lost]) ** 2).mean()) > 2


@pytest.mark.parametrize(
    ("transform", "forward"),
    [("log", np.exp), ("logit", lambda z: 1 / (1 + np.exp(-z))), ("rank", lambda z: z**3)],
)
def test_transforms_keep_draws_where_values_can_be(transform: str, forward: Any) -> None:
    random = np.random.default_rng(5)
    z = random.normal(size=960)
    column, mate = forward(z), z + 0.3 * random.normal(size=960)
    lost = random.random(960) < 0.3
    table = np.column_stack([np.where(lost, np.nan, column), mate])
    found = impute(table, UNIT, YEAR, draws=5, seed=2, transforms=[transform, ""])
    drawn = found.tables[:, lost, 0]
    known = column[~lost]
    if transform == "rank":
        assert known.min() <= drawn.min() < drawn.max() <= known.max()
    else:
        assert drawn.min() > 0
    if transform == "logit":
        assert drawn.max() < 1
    assert np.corrcoef(np.argsort(np.argsort(drawn.mean(axis=0))), z[lost])[0, 1] > 0.85
    assert np.median(drawn) == pytest.approx(np.median(column[lost]), rel=0.25, abs=0.1)


def test_bounds_hold_and_are_counted() -> None:
    random = np.random.default_rng(6)
    column = np.maximum(random.normal(size=960), -0.5)
    table = np.column_stack([np.where(random.random(960) < 0.3, np.nan, column), column**2])
    free = impute(table, UNIT, YEAR, draws=3, seed=1, burn_in=30)
    held = impute(table, UNIT, YEAR, draws=3, seed=1, burn_in=30, bounds={0: (-0.5, 4.0)})
    assert free.tables[:, :, 0].min() < -0.5
    assert held.tables[:, :, 0].min() >= -0.5
    assert free.bounded.tolist() == [0, 0]
    never = impute(table, UNIT, YEAR, draws=1, seed=1, burn_in=5, bounds={0: (50.0, 51.0)})
    lost = int(np.isnan(table[:, 0]).sum())
    assert never.bounded.tolist() == [lost, 0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unit": np.zeros(3)}, "expected values, units and times of the same rows"),
        ({"transforms": ["log"]}, "expected a transform for each of 3 columns, found 1"),
        ({"transforms": ["log", "", ""]}, "expected column 0 above 0 for its logarithm"),
        ({"transforms": ["root", "", ""]}, "found 'root'"),
        ({"values": np.full((960, 3), np.nan)}, "expected a known value in every column"),
    ],
)
def test_what_it_refuses(change: Any, words: str) -> None:
    asked = {"values": world(1), "unit": UNIT, "time": YEAR, "draws": 1, "burn_in": 1}
    with pytest.raises(ValueError, match=words):
        impute(**{**asked, **change})
