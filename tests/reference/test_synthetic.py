"""Synthetic controls against cvxpy with Clarabel, mlsynth and diff-diff, on outcomes only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import synthetic_panel as source

from beholden.models.synthetic import synthetic_control, synthetic_differences

STORED = json.loads((Path(__file__).parent / "synthetic.json").read_text("utf-8"))
EACH = pytest.mark.parametrize("stored", STORED["problems"], ids=lambda p: f"seed {p['seed']}")


@EACH
def test_weights_come_as_close_as_an_interior_point_solver_and_effects_agree(
    stored: dict[str, Any],
) -> None:
    before = stored["before"]
    paths = source.panel(stored["years"], stored["units"], before, stored["seed"])
    found = synthetic_control(paths, before, treated=0)
    loss = float(np.sum(found.gaps[:before, 0] ** 2))
    assert loss <= stored["loss"] + 1e-12
    assert found.unique[0]
    np.testing.assert_allclose(found.weights[0, 1:], stored["weights"], atol=1e-6)
    effect = float(found.after[:, 0].mean())
    for peer in ("mlsynth", "diff-diff"):
        assert effect == pytest.approx(stored[peer], abs=1e-8)


@EACH
def test_differences_come_near_a_peer_that_stops_early_and_drops_small_weights(
    stored: dict[str, Any],
) -> None:
    before = stored["before"]
    paths = source.panel(stored["years"], stored["units"], before, stored["seed"])
    effect = float(synthetic_differences(paths, before, treated=0).after[:, 0].mean())
    assert effect == pytest.approx(stored["differences"], abs=0.02)
