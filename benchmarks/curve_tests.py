"""What tests of 24,576 universes cost beside the curve itself.

Run with `OPENBLAS_NUM_THREADS=1 python benchmarks/curve_tests.py`. Simulated state-years, about
10,000 rows in 170 units, cells missing: 2 outcomes x 3 exposures x 256 sets of controls x 4 sets of
fixed effects x 4 windows. Seconds are of the processor, so that other work beside does not count.
Prints them for the curve, `family_wise` with 999 flips and `permute` with 499 exchanges.
"""

from __future__ import annotations

import time

import numpy as np

from beholden.models.curve import estimate
from beholden.models.design import Design, every_subset, plan
from beholden.models.permutation import permute
from beholden.models.pima import family_wise

EFFECTS: tuple[tuple[str, ...], ...] = ((), ("unit",), ("year",), ("unit", "year"))
UNITS, YEARS = 170, 60


def world() -> tuple[Design, np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    unit, year = np.repeat(np.arange(UNITS), YEARS), np.tile(np.arange(YEARS), UNITS)
    n = len(unit)
    controls = random.normal(size=(n, 8)) + random.normal(size=(UNITS, 8))[unit]
    x = random.normal(size=(n, 3)) + 0.5 * controls[:, :3]
    y = 0.2 * x[:, :2] + controls[:, :1] + random.normal(size=(n, 2))
    # Whole years are missing in some units, so that units differ in what they can exchange.
    for column, first in ((4, 10), (5, 20), (6, 30)):
        controls[(unit % 3 == column - 4) & (year < first), column] = np.nan
    windows = np.column_stack([year >= 0, year >= 15, year < 45, year >= 30])
    return Design(y, x, controls, {"unit": unit, "year": year}, unit, samples=windows), unit, year


def main() -> None:
    design, unit, year = world()
    specs = every_subset(design, EFFECTS)
    few = specs.take(np.arange(0, len(specs), 4097))
    estimate(design, few)
    print(f"{design.n} rows, {len(specs)} universes, {len(plan(design, specs))} groups")
    tests = {
        "curve": lambda: estimate(design, specs),
        "family_wise, 999 flips": lambda: family_wise(design, specs),
        "permute, 499 exchanges": lambda: permute(design, specs, unit, year),
    }
    for words, test in tests.items():
        started = time.process_time()
        test()
        print(f"{words}: {time.process_time() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main()
