"""Imputed cells and pooled slopes against scikit-learn and statsmodels, within their noise."""

from __future__ import annotations

import json
from pathlib import Path

import imputation_table as source
import numpy as np
import pytest

from beholden.models.curve import estimate
from beholden.models.design import Design, every_subset
from beholden.models.imputation import Imputed, impute
from beholden.models.rubin import pool

STORED = json.loads((Path(__file__).parent / "imputation.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def completed() -> Imputed:
    rows = np.arange(source.ROWS)
    time = np.zeros(source.ROWS)
    return impute(
        source.table(), rows, time, draws=100, seed=1, unit_effects=False, spacing=5, burn_in=100
    )


def test_means_of_draws_are_what_is_expected_of_the_cells(completed: Imputed) -> None:
    drawn = completed.tables[:, completed.missing]
    apart = drawn.mean(axis=0) - np.array(STORED["expected"])
    noise = drawn.std(axis=0).mean() / np.sqrt(len(drawn))
    assert len(apart) > 300
    assert np.sqrt((apart**2).mean()) < 1.5 * noise
    assert abs(apart.mean()) < 0.03


@pytest.mark.parametrize(("exposure", "place"), [(1, 0), (2, 1)])
def test_pooled_slopes_and_errors(completed: Imputed, exposure: int, place: int) -> None:
    slopes, errors = [], []
    for table in completed.tables:
        rows = np.arange(len(table))
        others = table[:, [3 - exposure]]
        design = Design(table[:, :1], table[:, [exposure]], others, {}, rows)
        curve = estimate(design, every_subset(design).take(np.array([1])))
        slopes.append(curve.coefficient)
        errors.append(curve.error)
    found = pool(np.array(slopes), np.array(errors))
    assert abs(found.coefficient[0] - STORED["slopes"][place]) < 0.4 * STORED["errors"][place]
    assert found.error[0] == pytest.approx(STORED["errors"][place], rel=0.15)
