"""All placebos of a synthetic control at once, against mlsynth, diff-diff and cvxpy.

Run with `python benchmarks/synthetic.py --peer PYTHON`, an interpreter with mlsynth 1.0,
diff-diff 3.13 and cvxpy 1.9, which may be another environment's. Outcomes only, 61 units, 12 years
before the event and 8 from it on; one thread, one process after the other, all in this run.

beholden  `simplex_weights` for all 61 units, best of 50 runs in a warm process
mlsynth   `VanillaSC` without covariates, inference off, on 10 of the units, seconds a unit
diff-diff `SyntheticControl` with equal weights of years, on 10 of the units
cvxpy     one problem a unit with Clarabel at its default tolerances, compiled anew for each unit
          (as its donors differ), and its solver's own time alone

The exit status is 1 where an effect differs from mlsynth's by more than 1e-8, an objective is above
Clarabel's by more than 1e-12 of it, or a bound is missed: 100 times mlsynth and diff-diff and 50
times cvxpy, a unit.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "reference"))
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
YEARS, UNITS, BEFORE, SEED = 20, 61, 12, 2
SOME = 10
BOUNDS = {"mlsynth": 100.0, "diff-diff": 100.0, "cvxpy": 50.0}


def paths() -> np.ndarray:
    import synthetic_panel

    return synthetic_panel.panel(YEARS, UNITS, BEFORE, SEED)


def ours() -> dict[str, Any]:
    from beholden.models.simplex import simplex_weights

    table, every = paths(), np.arange(UNITS)
    donors = ~np.eye(UNITS, dtype=bool)
    found = simplex_weights(table[:BEFORE], every, donors)
    seconds = []
    for _ in range(50):
        start = time.perf_counter()
        simplex_weights(table[:BEFORE], every, donors)
        seconds.append(time.perf_counter() - start)
    gaps = table - table @ found.weights.T
    return {
        "seconds": min(seconds) / UNITS,
        "effects": gaps[BEFORE:].mean(axis=0).tolist(),
        "losses": found.loss.tolist(),
    }


def peers() -> dict[str, Any]:
    """Run in the peer's interpreter."""
    import warnings

    warnings.filterwarnings("ignore")
    import cvxpy as cp  # type: ignore[import-not-found]
    import diff_diff  # type: ignore[import-not-found]
    import pandas as pd
    from mlsynth.estimators.vanillasc import VanillaSC  # type: ignore[import-not-found]

    table = paths()
    names = [f"u{j:02d}" for j in range(UNITS)]
    base = pd.DataFrame(
        {
            "y": table.ravel(),
            "year": np.repeat(np.arange(YEARS), UNITS),
            "unit": np.tile(names, YEARS),
        }
    )

    def mlsynth(name: str) -> float:
        frame = base.assign(on=((base.unit == name) & (base.year >= BEFORE)).astype(int))
        wanted = {"outcome": "y", "treat": "on", "unitid": "unit", "time": "year"}
        quiet = {"display_graphs": False, "inference": False}
        return float(VanillaSC({"df": frame, **wanted, **quiet}).fit().effects.att)

    def diff(name: str) -> float:
        frame = base.assign(on=((base.unit == name) & (base.year >= BEFORE)).astype(int))
        model = diff_diff.SyntheticControl(
            v_method="custom", custom_v=np.ones(BEFORE), standardize="none"
        )
        given = {"treated_unit": name, "pre_period_outcomes": "all"}
        return float(model.fit(frame, "y", "on", "unit", "year", **given).att)

    def cvxpy(j: int) -> tuple[float, float]:
        mix, target = np.delete(table[:BEFORE], j, axis=1), table[:BEFORE, j]
        weights = cp.Variable(UNITS - 1)
        goal = cp.Minimize(cp.sum_squares(mix @ weights - target))
        problem = cp.Problem(goal, [weights >= 0, cp.sum(weights) == 1])
        problem.solve(solver=cp.CLARABEL)
        found = np.clip(weights.value, 0, None)
        loss = float(np.sum((mix @ (found / found.sum()) - target) ** 2))
        return loss, float(problem.solver_stats.solve_time)

    out: dict[str, Any] = {}
    for name, fit in (("mlsynth", mlsynth), ("diff-diff", diff)):
        fit(names[0])
        start = time.perf_counter()
        out[f"{name} effects"] = [fit(each) for each in names[:SOME]]
        out[name] = (time.perf_counter() - start) / SOME
    cvxpy(0)
    start = time.perf_counter()
    done = [cvxpy(j) for j in range(UNITS)]
    out["cvxpy"] = (time.perf_counter() - start) / UNITS
    out["cvxpy losses"] = [loss for loss, _ in done]
    out["Clarabel alone"] = sum(alone for _, alone in done) / UNITS
    return out


def run(python: str, part: str) -> dict[str, Any]:
    env = {**os.environ, **dict.fromkeys(THREADS, "1")}
    command = [python, __file__, "--part", part]
    text = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout
    return dict(json.loads(text.strip().splitlines()[-1]))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("--part", choices=("ours", "peers"))
    given = parser.parse_args()
    if given.part:
        print(json.dumps(ours() if given.part == "ours" else peers()))
        return 0
    mine, theirs = run(sys.executable, "ours"), run(given.peer, "peers")
    good = True
    print(f"beholden        {1e6 * mine['seconds']:9.1f} microseconds a unit")
    for name in ("mlsynth", "diff-diff", "cvxpy", "Clarabel alone"):
        ratio = theirs[name] / mine["seconds"]
        bound = BOUNDS.get(name)
        good = good and (bound is None or ratio >= bound)
        asked = f" (at least {bound:.0f})" if bound else ""
        print(
            f"{name:15s} {1e6 * theirs[name]:9.1f} microseconds a unit, {ratio:,.0f} times{asked}"
        )
    for name in ("mlsynth", "diff-diff"):
        away = np.max(np.abs(np.subtract(theirs[f"{name} effects"], mine["effects"][:SOME])))
        good = good and away <= 1e-8
        print(f"effects differ from {name}'s by at most {away:.1e}")
    over = np.max(np.subtract(mine["losses"], theirs["cvxpy losses"]))
    good = good and over <= 1e-12
    print(f"objectives are at most {over:.1e} above Clarabel's")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
