"""Kappa and pi against other programs, committed with the script that asked them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from beholden.measures.agreement import agreement

if TYPE_CHECKING:
    from beholden.measures.agreement import Distance

REFERENCE = json.loads(Path(__file__).with_name("agreement.json").read_text("utf-8"))
CASES = pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda case: len(case["votes"][0]))


def value(case: dict[str, Any], distance: Distance, score: str) -> float:
    votes = np.array([[int(code) for code in text] for text in case["votes"]], dtype=np.int8)
    found = agreement(votes, np.zeros(votes.shape[1], dtype=int), distance=distance)
    return float(getattr(found, score)[0, 0, 1])


@CASES
@pytest.mark.parametrize("distance", ["nominal", "absolute", "squared"])
def test_same_kappa_as_scikit_learn(case: dict[str, Any], distance: Distance) -> None:
    assert value(case, distance, "kappa") == pytest.approx(case["kappa"][distance], abs=1e-12)


@CASES
@pytest.mark.parametrize("distance", ["nominal", "squared"])
def test_same_pi_as_statsmodels_and_krippendorff(case: dict[str, Any], distance: Distance) -> None:
    assert value(case, distance, "pi") == pytest.approx(case["pi"][distance], abs=1e-12)
