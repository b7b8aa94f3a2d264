"""Write synthetic.json: synthetic controls by cvxpy with Clarabel, mlsynth and diff-diff.

Run with `python make_synthetic.py` where cvxpy 1.9, mlsynth 1.0 and diff-diff 3.13 are installed;
they are no dependencies of beholden. Every problem has outcomes only: no other predictors.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import cvxpy as cp  # type: ignore[import-not-found]
import diff_diff  # type: ignore[import-not-found]
import numpy as np
import pandas as pd
import synthetic_panel as source
from mlsynth.estimators.vanillasc import VanillaSC  # type: ignore[import-not-found]

warnings.filterwarnings("ignore")


def long(paths: np.ndarray, before: int) -> pd.DataFrame:
    years, units = paths.shape
    names = [f"u{j:02d}" for j in range(units)]
    frame = pd.DataFrame(
        {
            "y": paths.ravel(),
            "year": np.repeat(np.arange(years), units),
            "unit": np.tile(names, years),
        }
    )
    frame["on"] = ((frame.unit == "u00") & (frame.year >= before)).astype(int)
    frame["ever"] = (frame.unit == "u00").astype(int)
    return frame


def clarabel(paths: np.ndarray, before: int) -> tuple[list[float], float]:
    mix, target = paths[:before, 1:], paths[:before, 0]
    weights = cp.Variable(mix.shape[1])
    goal = cp.Minimize(cp.sum_squares(mix @ weights - target))
    exact = dict.fromkeys(("tol_gap_abs", "tol_gap_rel", "tol_feas"), 1e-13)
    cp.Problem(goal, [weights >= 0, cp.sum(weights) == 1]).solve(solver=cp.CLARABEL, **exact)
    found = np.clip(weights.value, 0, None)
    found /= found.sum()
    return found.tolist(), float(np.sum((mix @ found - target) ** 2))


def solve(years: int, units: int, before: int, seed: int) -> dict[str, Any]:
    paths = source.panel(years, units, before, seed)
    frame = long(paths, before)
    weights, loss = clarabel(paths, before)
    first = VanillaSC(
        {
            "df": frame,
            "outcome": "y",
            "treat": "on",
            "unitid": "unit",
            "time": "year",
            "display_graphs": False,
            "inference": False,
        }
    ).fit()
    second = diff_diff.SyntheticControl(
        v_method="custom", custom_v=np.ones(before), standardize="none"
    ).fit(frame, "y", "on", "unit", "year", treated_unit="u00", pre_period_outcomes="all")
    third = diff_diff.SyntheticDiD(variance_method="placebo", n_bootstrap=2, seed=1).fit(
        frame, "y", "ever", "unit", "year", post_periods=list(range(before, years))
    )
    return {
        "years": years,
        "units": units,
        "before": before,
        "seed": seed,
        "weights": weights,
        "loss": loss,
        "mlsynth": float(first.effects.att),
        "diff-diff": float(second.att),
        "differences": float(third.att),
    }


if __name__ == "__main__":
    problems = [solve(*problem) for problem in source.PROBLEMS]
    versions = {"cvxpy": cp.__version__, "diff-diff": diff_diff.__version__, "mlsynth": "1.0.0"}
    text = json.dumps({"versions": versions, "problems": problems}, indent=1)
    Path(__file__).with_name("synthetic.json").write_text(text + "\n", "utf-8")
