"""A grid of 24,576 regressions on a real panel of state-years, against pyfixest and wildboottest.

Run with `python benchmarks/multiverse.py --library DIR --peer PYTHON`: the library must hold the
data sets behind `MEASURES`, and PYTHON be an interpreter with pyfixest 0.60 and wildboottest 0.3,
which may be another environment's. Unset OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE.

The grid: 2 outcomes x 3 exposures x 256 sets of controls x 4 sets of fixed effects x 4 windows,
listwise deletion, errors clustered by state. Everything runs on one thread, one process after the
other, all in this run.

beholden  the whole grid, from arrays to slopes, errors and intervals; planning included; best of
          five runs in a warm process (the compiler has run)
pyfixest  `feols` on a random sample of the grid, one universe after the other, with its defaults;
          seconds a universe are scaled to the grid. Its stepwise `mvsw()` is timed on 64 sets of
          controls for each set of fixed effects
sparse    512 universes drawn from the grid, which share little
wild      1,000 draws of the null-imposed bootstrap: slopes for the whole curve; t ratios for
          the 1,536 universes of one window with one-way and with two-way fixed effects, against
          the faster of two universes by wildboottest, its indicator columns made beforehand

Slopes must agree to 1e-8 and errors to 1e-6 of themselves on the sample (the peer stops within its
tolerance); the exit status is 1 where they do not, or where a bound is missed: 500 times pyfixest
on the grid and 15 times on the sparse set; bootstrapped slopes at 1.5 times the curve; t ratios
2,000 times (one-way) and 500 times (two-way) wildboottest.
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
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from beholden.models.design import Design, Specifications

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
OUTCOMES = ("protection", "torture")
EXPOSURES = ("electoral_democracy", "foreign_movement", "domestic_movement")
CONTROLS = (
    "population",
    "power",
    "major_power",
    "polity",
    "gdp",
    "ideal_point",
    "state_ownership",
    "trade_concentration",
)
MEASURES = (*OUTCOMES, *EXPOSURES, *CONTROLS)
EFFECTS = ((), ("unit",), ("year",), ("unit", "year"))
FIRST, LAST = 1946, 2020
SAMPLE, SPARSE, DRAWS = 240, 512, 1000
WAYS = {"one-way": 1, "two-way": 3}


def panel(library: Path) -> dict[str, Any]:
    """Columns by name; product and population as logarithms, power as its root."""
    from beholden.panel_face import panel as rows

    frame = rows("state-year", range(FIRST, LAST + 1), library=library)
    for measure in MEASURES:
        frame = frame.add(measure)
    table = frame.frame
    columns = {name: table[name].cast(float).to_numpy().copy() for name in MEASURES}
    columns |= {name: np.log(columns[name]) for name in ("gdp", "population")}
    columns["power"] = np.sqrt(columns["power"])
    return {**columns, "unit": table["ccode"].to_numpy(), "year": table["year"].to_numpy()}


def windows(year: Any) -> Any:
    return np.column_stack([year >= FIRST, year >= 1960, year < 1990, year >= 1990])


def prepared(columns: dict[str, Any]) -> tuple[Design, Specifications]:
    from beholden.models.design import Design, every_subset

    sides = [np.column_stack([columns[n] for n in names]) for names in (OUTCOMES, EXPOSURES)]
    controls = np.column_stack([columns[name] for name in CONTROLS])
    unit, year = columns["unit"], columns["year"]
    effects = {"unit": unit, "year": year}
    design = Design(*sides, controls, effects, unit, samples=windows(year))
    return design, every_subset(design, EFFECTS)


def best(work: Callable[[], Any], times: int) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def described(specs: Specifications, which: Any) -> list[dict[str, Any]]:
    """Universes in names, for the peer."""
    return [
        {
            "outcome": OUTCOMES[specs.outcome[u]],
            "regressors": [
                EXPOSURES[specs.exposure[u]],
                *np.array(CONTROLS)[specs.controls[u]].tolist(),
            ],
            "effects": list(EFFECTS[specs.effects[u]]),
            "window": int(specs.sample[u]),
        }
        for u in which
    ]


def peer(folder: Path) -> None:
    """The other interpreter's part: fit the sample, time it and the stepwise formula."""
    import warnings

    import pandas as pd
    import pyfixest as pf

    warnings.simplefilter("ignore")
    stored = np.load(folder / "columns.npz")
    frame = pd.DataFrame({name: stored[name] for name in stored.files if name != "windows"})
    frames = [frame[stored["windows"][:, w]].copy() for w in range(4)]
    universes = json.loads((folder / "universes.json").read_text("utf-8"))

    def fit(one: dict[str, Any], right: str = "") -> Any:
        formula = f"{one['outcome']} ~ {right or ' + '.join(one['regressors'])}"
        formula += f" | {' + '.join(one['effects'])}" if one["effects"] else ""
        return pf.feols(formula, frames[one["window"]], vcov={"CRV1": "unit"}, fixef_rm="none")

    for one in universes[:8]:
        fit(one)
    started = time.perf_counter()
    models = [fit(one) for one in universes]
    loop = (time.perf_counter() - started) / len(universes)
    pairs = [(one["regressors"][0], model) for one, model in zip(universes, models, strict=True)]
    fits = [[float(m.coef()[x]), float(m.se()[x])] for x, m in pairs]
    started = time.perf_counter()
    right = f"{EXPOSURES[0]} + mvsw({', '.join(CONTROLS[:6])})"
    for effects in EFFECTS:
        fit({"outcome": OUTCOMES[0], "effects": effects, "window": 0}, right)
    stepwise = (time.perf_counter() - started) / (len(EFFECTS) * 64)
    answer = {"loop": loop, "mvsw": stepwise, "fits": fits, "version": pf.__version__}
    answer |= {way: boot(frame, EFFECTS[at]) for way, at in WAYS.items()}
    (folder / "answer.json").write_text(json.dumps(answer), "utf-8")


def boot(frame: Any, effects: tuple[str, ...]) -> float:
    """Seconds that wildboottest takes for a universe, the first one left out."""
    import pandas as pd
    import statsmodels.api as sm
    from wildboottest.wildboottest import wildboottest

    taken = []
    for controls in (CONTROLS[:1], CONTROLS[:3], CONTROLS[3:7]):
        names = [EXPOSURES[0], *controls]
        used = frame[[OUTCOMES[0], *names, "unit", "year"]].dropna()
        ids = used[list(effects)].astype(str)
        dummies = pd.get_dummies(ids, drop_first=True, dtype=float)
        right = pd.concat([used[names], dummies], axis=1).assign(one=1.0)
        model = sm.OLS(used[OUTCOMES[0]], right)
        started = time.perf_counter()
        wildboottest(
            model,
            param=EXPOSURES[0],
            cluster=used["unit"],
            B=DRAWS - 1,
            seed=1,
            parallel=False,
            show=False,
        )
        taken.append(time.perf_counter() - started)
    return min(taken[1:])


def ours(library: Path, folder: Path) -> None:
    """The first child's part: the panel for the peer, and everything of beholden timed."""
    from beholden.models.curve import STATUS, estimate
    from beholden.models.design import plan
    from beholden.models.wild import wild_bootstrap

    columns = panel(library)
    design, specs = prepared(columns)
    curve = estimate(design, specs)
    random = np.random.default_rng(1)
    which = random.choice(np.flatnonzero(curve.ok), SAMPLE, replace=False)
    np.savez(folder / "columns.npz", windows=windows(columns["year"]), **columns)
    (folder / "universes.json").write_text(json.dumps(described(specs, which)), "utf-8")
    few = specs.take(random.choice(len(specs), SPARSE, replace=False))
    groups = plan(design, specs)
    counts = np.bincount(curve.status, minlength=len(STATUS)).tolist()

    def drawn(some: Specifications, ratios: bool) -> float:
        return best(lambda: wild_bootstrap(design, some, draws=DRAWS, ratios=ratios), 2)

    found = {
        "universes": len(specs),
        "rows": design.n,
        "groups": len(groups),
        "sets of rows": len({group.rows.tobytes() for group in groups}),
        "status": dict(zip(STATUS, counts, strict=True)),
        "grid": best(lambda: estimate(design, specs), 5),
        "sparse": best(lambda: estimate(design, few), 5),
        "wild slopes": drawn(specs, False),
        "fits": np.column_stack([curve.coefficient, curve.error])[which].tolist(),
    }
    for way, at in WAYS.items():
        # The whole curve of one window, since groups are shared as they are in the grid.
        mine = np.flatnonzero((specs.effects == at) & (specs.sample == 0))
        found[way] = drawn(specs.take(mine), True) / len(mine)
    (folder / "ours.json").write_text(json.dumps(found), "utf-8")


def child(python: str, part: str, folder: Path, library: Path | None) -> None:
    environment = {**os.environ, **dict.fromkeys(THREADS, "1"), "PYTHONHASHSEED": "0"}
    command = [python, str(Path(__file__).resolve()), "--part", part, "--folder", str(folder)]
    command += ["--library", str(library)] if library else []
    subprocess.run(command, check=True, env=environment)


def report(mine: dict[str, Any], peer: dict[str, Any]) -> int:
    """Print every figure; 1 where a bound is missed."""
    universes, grid, loop = mine["universes"], mine["grid"], peer["loop"]
    print(f"{mine['rows']} rows, {universes} universes, {mine['groups']} groups", end=" ")
    print(f"on {mine['sets of rows']} sets of rows")
    print("  ".join(f"{word} {count}" for word, count in mine["status"].items()))
    print(f"beholden {grid:.3f} s: {universes / grid:,.0f} universes a second")
    print(
        f"pyfixest {peer['version']} loop {1e3 * loop:.2f} ms a universe ({SAMPLE} timed)", end=", "
    )
    print(f"mvsw {1e3 * peer['mvsw']:.2f} ms (256 timed)")
    ratios = {
        "grid against the loop": (loop * universes / grid, 500),
        "grid against mvsw": (peer["mvsw"] * universes / grid, 500),
        "sparse set against the loop": (loop * SPARSE / mine["sparse"], 15),
        "t ratios against wildboottest, one-way": (peer["one-way"] / mine["one-way"], 2000),
        "t ratios against wildboottest, two-way": (peer["two-way"] / mine["two-way"], 500),
    }
    for words, (ratio, bound) in ratios.items():
        print(f"{words}: {ratio:,.0f} times (bound {bound})")
    for way in WAYS:
        print(f"{way} t ratios: {1e3 * mine[way]:.2f} ms a universe, peer {peer[way]:.2f} s")
    cost = mine["wild slopes"] / grid
    print(f"bootstrapped slopes: {cost:.2f} times the curve (bound 1.5)")
    apart = np.abs(np.array(mine["fits"]) / np.array(peer["fits"]) - 1).max(axis=0)
    print(f"furthest apart: slopes {apart[0]:.1e}, errors {apart[1]:.1e} of themselves")
    missed = any(ratio < bound for ratio, bound in ratios.values()) or cost > 1.5
    return int(missed or apart[0] > 1e-8 or apart[1] > 1e-6)


def main(library: Path, python: str) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        child(sys.executable, "ours", folder, library)
        child(python, "peer", folder, None)
        mine, other = (
            json.loads((folder / file).read_text("utf-8")) for file in ("ours.json", "answer.json")
        )
    return report(mine, other)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("--part", choices=["ours", "peer"])
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.part == "ours":
        ours(asked.library, asked.folder)
    elif asked.part == "peer":
        peer(asked.folder)
    else:
        sys.exit(main(asked.library, asked.peer))
