"""Least squares against the numbers of statsmodels, committed with the script that made them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from beholden.models import least_squares

REFERENCE = json.loads(Path(__file__).with_name("newey_west.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "case", REFERENCE["cases"], ids=lambda case: f"{case['series']}, {case['lags']} lags"
)
def test_same_numbers_as_statsmodels(case: dict[str, Any]) -> None:
    trend = least_squares(np.array(case["years"]), np.array(case["values"], float), case["lags"])
    assert trend.slope == pytest.approx(case["slope"], rel=1e-9)
    assert trend.low == pytest.approx(case["low"], rel=1e-9)
    assert trend.high == pytest.approx(case["high"], rel=1e-9)
    assert trend.p == pytest.approx(case["p"], rel=1e-6)
    assert trend.n == len(case["years"])
