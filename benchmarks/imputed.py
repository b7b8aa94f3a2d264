"""Whether intervals from imputed tables cover the truth as often as they say.

Run with `python benchmarks/imputed.py [worlds]`: simulated panels (1,000 unless told) of 80 units
and 12 years; the slope of the outcome on the exposure is 0.5, units differ in all variables, and
exposures are missing the more often the higher the outcome is, 36% of them. Prints, without effects
and with those of units, the mean slope and the share of 95% intervals that hold the truth: complete
tables, rows with missing cells left out, and 10 imputed tables pooled. The exit status is 1 where
the pooled share is not in 93-97%.
"""

from __future__ import annotations

import sys

import numpy as np

from beholden.models.curve import estimate
from beholden.models.design import Design, every_subset
from beholden.models.imputation import impute
from beholden.models.rubin import pool

UNITS, YEARS, TRUTH = 80, 12, 0.5
UNIT, YEAR = np.repeat(np.arange(UNITS), YEARS), np.tile(np.arange(float(YEARS)), UNITS)
KINDS = ("complete", "left out", "imputed")


def world(seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    n = len(UNIT)
    c = random.normal(size=n) + random.normal(size=UNITS)[UNIT]
    x = 0.6 * c + random.normal(size=n) + 0.5 * random.normal(size=UNITS)[UNIT]
    y = TRUTH * x + 0.4 * c + 0.5 * random.normal(size=UNITS)[UNIT] + random.normal(size=n)
    lost = random.random(n) < 1 / (1 + np.exp(0.9 - 1.2 * y))
    return np.column_stack([y, x, c]), lost


def fitted(table: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    design = Design(table[:, :1], table[:, 1:2], table[:, 2:], {"unit": UNIT}, UNIT)
    specs = every_subset(design, [(), ("unit",)])
    curve = estimate(design, specs.take(np.flatnonzero(specs.controls[:, 0])))
    return curve.coefficient, curve.error, curve.low, curve.high


def one(seed: int) -> list[np.ndarray]:
    table, lost = world(seed)
    whole = fitted(table)
    table[lost, 1] = np.nan
    bare = fitted(table)
    fits = [fitted(done) for done in impute(table, UNIT, YEAR, draws=10, seed=seed).tables]
    pooled = pool(np.array([f[0] for f in fits]), np.array([f[1] for f in fits]), UNITS - 1.0)
    ends = [(*whole[::2], whole[3]), (*bare[::2], bare[3])]
    ends.append((pooled.coefficient, pooled.low, pooled.high))
    return [np.array([b, (low < TRUTH) & (high > TRUTH)]) for b, low, high in ends]


def main(worlds: int) -> int:
    found = np.array([one(seed) for seed in range(worlds)]).mean(axis=0)
    for kind, (slopes, shares) in zip(KINDS, found, strict=True):
        words = [f"{b:.3f}, {s:.1%}" for b, s in zip(slopes, shares, strict=True)]
        print(f"{kind:>9}: no effects {words[0]}; units {words[1]}")
    return int(((found[2, 1] < 0.93) | (found[2, 1] > 0.97)).any())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
