"""A grid asked of a frame, against the engine alone; 100,000 universes in bounded memory.

Run with `python benchmarks/associations.py`; it needs nothing but the package. The data are
simulated: 11,250 rows of 150 units in 75 years, three patterns of missing values.

call    24,576 universes: `associate(frame, grid, draws=0)`, from the frame to the table with
        verdict and shares of variance, over `estimate` on arrays that lie ready; best of five
jobs    98,304 universes with one and two processes: wall time, start of the processes included
large   98,304 universes with 499 draws in a process of its own: seconds and peak memory

The exit status is 1 where the call costs more than twice the engine, the results of one and two
processes differ, or the large grid takes 4 GB.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from beholden.associations import Associations, Grid

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS")
UNITS, YEARS, CONTROLS = 150, 75, 8
PERIODS = {
    "all": (None, None),
    "from 1960": (1960, None),
    "to 1989": (None, 1989),
    "from 1990": (1990, None),
}


def frame() -> pl.DataFrame:
    random = np.random.default_rng(1)
    n = UNITS * YEARS
    unit, year = np.repeat(np.arange(UNITS), YEARS), np.tile(np.arange(1946, 1946 + YEARS), UNITS)
    c = random.normal(size=(n, CONTROLS)) + random.normal(size=UNITS)[unit][:, None]
    x = random.normal(size=(n, 3)) + 0.3 * c[:, :3]
    y = 0.2 * x[:, :2] + 0.3 * c[:, :2] + random.normal(size=(n, 2))
    lost = [(year < 1946 + random.integers(0, 30)) | (random.random(n) < 0.1) for _ in range(3)]
    c[lost[0], :3], c[lost[1], 3:5], y[lost[2], 1] = np.nan, np.nan, np.nan
    columns: dict[str, Any] = {"unit": [f"u{u:03d}" for u in unit], "year": year}
    for name, table in (("c", c), ("x", x), ("y", y)):
        columns |= {f"{name}{at}": table[:, at] for at in range(table.shape[1])}
    return pl.DataFrame(columns, nan_to_null=True)


def grid(lags: tuple[int, ...] = (0,)) -> Grid:
    from beholden.associations import Grid, Variable

    sides = [
        tuple(Variable(f"{name}{at}") for at in range(count))
        for name, count in (("y", 2), ("x", 3), ("c", CONTROLS))
    ]
    effects = {"none": (), "unit": ("unit",), "year": ("year",), "two-way": ("unit", "year")}
    return Grid(
        *("unit", "year", *sides), effects=effects, periods=PERIODS, lags=lags, smallest=0.1
    )


def best(work: Callable[[], Any], times: int) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def call() -> bool:
    from beholden.associations import associate, plan_universes
    from beholden.associations.blocks import blocks
    from beholden.associations.columns import read_columns
    from beholden.models.curve import estimate

    rows, asked = frame(), grid()
    [block] = blocks(read_columns(rows, asked), plan_universes(asked))
    design = block.design()
    engine = best(lambda: estimate(design, block.specs), 5)
    whole = best(lambda: associate(rows, asked, draws=0), 5)
    ratio = whole / engine
    print(f"24,576 universes: call {whole:.2f} s, engine {engine:.2f} s: {ratio:.2f} times")
    return ratio < 2


def jobs() -> bool:
    from beholden.associations import associate

    rows, asked = frame(), grid((0, 1, 2, 3))
    found: list[Associations] = []
    for count in (1, 2):
        started = time.perf_counter()
        found.append(associate(rows, asked, draws=0, jobs=count))
        print(f"98,304 universes, {count} process(es): {time.perf_counter() - started:.1f} s")
    return found[0].universes.equals(found[1].universes)


def large() -> bool:
    from beholden.associations import associate

    started = time.perf_counter()
    found = associate(frame(), grid((0, 1, 2, 3)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    taken = time.perf_counter() - started
    print(f"{found.universes.height:,} universes, 499 draws: {taken:.0f} s, peak {peak:.2f} GB")
    return peak < 4


PARTS = {"call": call, "jobs": jobs, "large": large}


def main(names: list[str]) -> int:
    environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
    missed = [
        subprocess.run([sys.executable, __file__, "--part", name], check=False, env=environment)
        for name in names
    ]
    return int(any(done.returncode for done in missed))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(PARTS))
    parser.add_argument("--part", choices=list(PARTS))
    given = parser.parse_args()
    sys.exit(int(not PARTS[given.part]()) if given.part else main(given.names))
