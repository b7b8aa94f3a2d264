"""Regressions on dyad-years, side by side with pyfixest.

Run with `python benchmarks/dyads.py --library DIR --peer PYTHON`, an interpreter with pyfixest
0.60, which may be another environment's. Directed pairs of states in 1946 to 2014 for which all is
known: does voting alike in the Assembly go with trade, alliance, shared organisations, nearness?
4 exposures x 128 sets of controls x 4 sets of fixed effects = 2,048 universes, errors clustered by
dyad. One thread, one process after the other.

beholden  all universes, from arrays to intervals, planning included, in a warm process
pyfixest  four of the universes, one for each set of effects, seconds a universe; its peak memory

Slopes must agree to 1e-7 and errors to 1e-6 of themselves. The exit status is 1 where they do
not, or where beholden is less than 130 times as fast a universe.
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
    from beholden.models.design import Design

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
THREADS += ("POLARS_MAX_THREADS", "NUMBA_NUM_THREADS")
OUTCOME = "vote_agreement"
EXPOSURES = ("trade_share", "alliance", "shared_igos", "contiguity")
CONTROLS = ("distance", "own_power", "other_power", "own_polity", "other_polity", "index", "decade")
EFFECTS = ((), ("year",), ("dyad",), ("dyad", "year"))
YEARS = range(1946, 2015)
BOUND = 130.0


def peak() -> float:
    """The most memory of this process so far, in MB.

    `ru_maxrss` would count what the process held that started this one.
    """
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def table(library: str, path: Path) -> None:
    """The dyad-years as a Parquet file: what both programs read."""
    import polars as pl

    import beholden

    frame = beholden.panel("dyad-year", years=YEARS, library=library)
    frame = frame.add(OUTCOME, *EXPOSURES, "distance").frame
    states = beholden.panel("state-year", years=YEARS, library=library).add("power", "polity")
    for side, prefix in (("ccode1", "own"), ("ccode2", "other")):
        own = states.frame.select(
            pl.col("ccode").alias(side),
            "year",
            pl.col("power").alias(f"{prefix}_power"),
            pl.col("polity").alias(f"{prefix}_polity"),
        )
        frame = frame.join(own, on=[side, "year"], how="left")
    frame = frame.with_columns(
        dyad=pl.col("ccode1") * 1000 + pl.col("ccode2"),
        index=(pl.col("year") - 1980) / 10,
        decade=(pl.col("ccode1") % 10).cast(pl.Float64),
    )
    numbers = [OUTCOME, *EXPOSURES, *CONTROLS]
    frame = frame.select("dyad", "year", *[pl.col(name).cast(pl.Float64) for name in numbers])
    frame.drop_nulls(numbers).write_parquet(path)


def universes() -> list[tuple[str, tuple[bool, ...], int]]:
    """Exposure, controls and effects of each universe, in the engine's order."""
    count = len(CONTROLS)
    return [
        (exposure, tuple(bool(subset >> i & 1) for i in range(count)), place)
        for exposure in EXPOSURES
        for subset in range(2**count)
        for place in range(len(EFFECTS))
    ]


def read(path: Path, rows: int | None = None) -> Design:
    """The arrays, the frame let go."""
    import polars as pl

    from beholden.models.design import Design

    frame = pl.read_parquet(path, n_rows=rows)

    def stacked(names: tuple[str, ...]) -> np.ndarray:
        return np.column_stack([frame[name].to_numpy() for name in names])

    return Design(
        stacked((OUTCOME,)),
        stacked(EXPOSURES),
        stacked(CONTROLS),
        {name: frame[name].to_numpy() for name in ("dyad", "year")},
        frame["dyad"].to_numpy(),
    )


def ours(path: Path) -> dict[str, Any]:
    from beholden.models.curve import estimate
    from beholden.models.design import every_subset

    # A small run first, for the compiler.
    small = read(path, 20_000)
    estimate(small, every_subset(small, EFFECTS))
    design = read(path)
    start = time.perf_counter()
    specs = every_subset(design, EFFECTS)
    curve = estimate(design, specs)
    seconds = time.perf_counter() - start
    return {
        "rows": design.n,
        "dyads": len(np.unique(design.clusters)),
        "universes": len(specs),
        "seconds": seconds / len(specs),
        "whole": seconds,
        "slopes": curve.coefficient.tolist(),
        "errors": curve.error.tolist(),
        "memory": peak(),
    }


def peer(path: Path) -> dict[str, Any]:
    """Run in the peer's interpreter."""
    import warnings

    warnings.filterwarnings("ignore")
    import pandas as pd
    import pyfixest as pf  # type: ignore[import-not-found]

    frame = pd.read_parquet(path)
    every, found = universes(), []
    middle = 3 * 2**5  # controls that are neither all nor none
    for place in range(len(EFFECTS)):
        at = (2 * 2 ** len(CONTROLS) + middle) * len(EFFECTS) + place
        exposure, controls, effects = every[at]
        names = [exposure, *(name for name, on in zip(CONTROLS, controls, strict=True) if on)]
        formula = f"{OUTCOME} ~ {' + '.join(names)}"
        formula += f" | {' + '.join(EFFECTS[effects])}" if EFFECTS[effects] else ""
        start = time.perf_counter()
        row = pf.feols(formula, frame, vcov={"CRV1": "dyad"}, fixef_rm="none").tidy().loc[exposure]
        seconds = time.perf_counter() - start
        found.append([at, seconds, float(row["Estimate"]), float(row["Std. Error"])])
    return {"found": found, "memory": peak()}


def run(python: str, part: str, path: Path) -> dict[str, Any]:
    env = {**os.environ, **dict.fromkeys(THREADS, "1"), "PYTHONHASHSEED": "0"}
    command = [python, __file__, "--part", part, "--table", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library")
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("--part", choices=("ours", "peer"))
    parser.add_argument("--table", type=Path)
    given = parser.parse_args()
    if given.part:
        print(json.dumps(ours(given.table) if given.part == "ours" else peer(given.table)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dyads.parquet"
        table(given.library, path)
        mine, theirs = run(sys.executable, "ours", path), run(given.peer, "peer", path)
    seconds = [each for _, each, _, _ in theirs["found"]]
    ratio = float(np.mean(seconds)) / mine["seconds"]
    print(
        f"{mine['rows']:,} dyad-years of {mine['dyads']:,} dyads, {mine['universes']:,} universes"
    )
    print(f"beholden {mine['whole']:.1f} s in all, {mine['memory']:,.0f} MB")
    print(f"pyfixest {np.mean(seconds):.2f} s a universe, {theirs['memory']:,.0f} MB")
    print(f"{ratio:,.0f} times as fast a universe (at least {BOUND:.0f})")
    good = ratio >= BOUND
    for at, _, slope, error in theirs["found"]:
        away = abs(mine["slopes"][at] / slope - 1), abs(mine["errors"][at] / error - 1)
        print(f"{EFFECTS[at % len(EFFECTS)]}: slopes differ by {away[0]:.0e}, errors {away[1]:.0e}")
        good = good and away[0] <= 1e-7 and away[1] <= 1e-6
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
