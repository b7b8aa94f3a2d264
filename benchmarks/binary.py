"""A grid of binary and ordered logits against a loop of statsmodels.

Run with `python benchmarks/binary.py --peer PYTHON`, an interpreter with statsmodels 0.15, which
may be another environment's. Simulated state-years, 10,000 rows in 170 units, cells missing; one
exposure, 256 sets of 8 controls: 256 universes of binary outcomes without effects, as many with
those of year, and as many of ordered outcomes; errors clustered by unit. One thread, one process
after the other, all in this run; seconds are of the processor. statsmodels fits a random sample of
each kind with cluster errors, started from zero; seconds a universe are compared. Slopes must agree
to 1e-6 of themselves, and the ratio of the binary logit be at least 5 without effects and 30 with
those of year; the exit status is 1 otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
UNITS, YEARS, CONTROLS, SAMPLE = 170, 60, 8, 8
BOUNDS = {"logit": 5.0, "logit, year": 30.0}


def panel() -> dict[str, Any]:
    random = np.random.default_rng(4)
    unit, year = np.repeat(np.arange(UNITS), YEARS), np.tile(np.arange(YEARS), UNITS)
    n = len(unit)
    controls = random.normal(size=(n, CONTROLS)) + random.normal(size=(UNITS, CONTROLS))[unit]
    x = random.normal(size=n) + 0.5 * controls[:, 0] + random.normal(size=UNITS)[unit]
    latent = 0.4 * x + controls @ np.linspace(-0.4, 0.4, CONTROLS) + random.logistic(size=n)
    latent += 0.6 * random.normal(size=YEARS)[year]
    controls[random.random((n, CONTROLS)) < np.array([0, 0, 0, 0, 0, 0.02, 0.05, 0.1])] = np.nan
    ordered = np.digitize(latent, [-1.5, 0.0, 1.5]).astype(float)
    return {
        "x": x,
        "c": controls,
        "logit": (latent > 0.5).astype(float),
        "ordered": ordered,
        "unit": unit,
        "year": year,
    }


def ours(folder: Path) -> None:
    from beholden.models.design import Design, every_subset
    from beholden.models.logit import estimate_logit
    from beholden.models.ordered import estimate_ordered

    columns = panel()
    np.savez(folder / "columns.npz", **columns)
    found: dict[str, Any] = {}
    random = np.random.default_rng(1)
    for kind, estimate in (("logit", estimate_logit), ("ordered", estimate_ordered)):
        design = Design(
            columns[kind][:, None],
            columns["x"][:, None],
            columns["c"],
            {"year": columns["year"]},
            columns["unit"],
        )
        asked = {"logit": (), "logit, year": ("year",), "ordered": ()}
        for name, effects in asked.items():
            if not name.startswith(kind):
                continue
            specs = every_subset(design, [effects])
            estimate(design, specs.take(np.arange(2)))
            started = time.process_time()
            curve = estimate(design, specs)
            taken = time.process_time() - started
            which = random.choice(len(specs), SAMPLE if kind == "logit" else 3, replace=False)
            found[name] = {
                "seconds": taken / len(specs),
                "universes": len(specs),
                "controls": specs.controls[which].tolist(),
                "slopes": curve.coefficient[which].tolist(),
                "errors": curve.error[which].tolist(),
            }
    (folder / "ours.json").write_text(json.dumps(found), "utf-8")


def peer(folder: Path) -> None:
    import warnings

    import statsmodels.api as sm
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    warnings.simplefilter("ignore")
    columns = np.load(folder / "columns.npz")
    asked = json.loads((folder / "ours.json").read_text("utf-8"))
    answer = {}
    for name, mine in asked.items():
        kind, slopes, errors = name.split(",")[0], [], []
        started = time.process_time()
        for controls in mine["controls"]:
            x = np.column_stack([columns["x"], columns["c"][:, controls]])
            known = np.isfinite(x).all(axis=1)
            year = columns["year"][known]
            parts = [x[known]]
            if "year" in name:
                parts.append((year[:, None] == np.unique(year)[1:]).astype(float))
            how = {"cov_type": "cluster", "cov_kwds": {"groups": columns["unit"][known]}}
            how |= {"method": "newton", "disp": 0, "tol": 1e-10}
            y = columns[kind][known]
            if kind == "logit":
                model = sm.Logit(y, np.hstack([*parts, np.ones((len(y), 1))])).fit(**how)
            else:
                how |= {"method": "bfgs"}
                del how["tol"]
                model = OrderedModel(y.astype(int), np.hstack(parts), distr="logit").fit(**how)
            slopes.append(float(model.params[0]))
            errors.append(float(model.bse[0]))
        taken = (time.process_time() - started) / len(slopes)
        answer[name] = {"seconds": taken, "slopes": slopes, "errors": errors}
    (folder / "answer.json").write_text(json.dumps(answer), "utf-8")


def child(python: str, part: str, folder: Path) -> None:
    environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
    command = [python, str(Path(__file__).resolve()), "--part", part, "--folder", str(folder)]
    subprocess.run(command, check=True, env=environment)


def report(mine: dict[str, Any], other: dict[str, Any]) -> int:
    missed = False
    for name, own in mine.items():
        theirs = other[name]
        ratio = theirs["seconds"] / own["seconds"]
        apart = np.abs(np.array(own["slopes"]) / np.array(theirs["slopes"]) - 1).max()
        errors = np.abs(np.array(own["errors"]) / np.array(theirs["errors"]) - 1).max()
        print(
            f"{name:>14}: {own['universes']} universes, {1e3 * own['seconds']:.2f} ms each, "
            f"statsmodels {1e3 * theirs['seconds']:.0f} ms, {ratio:.0f} times; "
            f"slopes {apart:.0e}, errors {errors:.0e} apart"
        )
        # The peer's ordered logit stops within its own, wider tolerance.
        missed |= ratio < BOUNDS.get(name, 0.0) or apart > (1e-6 if "logit" in name else 1e-3)
    return int(missed)


def main(python: str) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        child(sys.executable, "ours", folder)
        child(python, "peer", folder)
        mine, other = (
            json.loads((folder / file).read_text("utf-8")) for file in ("ours.json", "answer.json")
        )
    return report(mine, other)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("--part", choices=["ours", "peer"])
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.part:
        {"ours": ours, "peer": peer}[asked.part](asked.folder)
    else:
        sys.exit(main(asked.peer))
