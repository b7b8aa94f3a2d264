"""How often tests of whole curves and of single universes find what is not there, and what is.

Run with `python benchmarks/levels.py [worlds]`: simulated panels without effect (1,000 unless told)
and 200 each with slopes of 0.1, 0.3 and 0.5, of 20 units with their own courses in exposure and
error, 10 years and 3 controls, one of which moves both sides and is always in; 32 universes: 2
outcomes, 4 sets of controls, no effects, those of unit, year, and both. Prints the share of panels
in which each test is at most 0.05; the exit status is 1 where one without effect is not in
3.5-6.5%.

median, share, average z  `joint_tests` with 99 draws of the wild cluster bootstrap
family-wise               any universe called by `family_wise`, 99 flips, two-sided and one-sided
step-down                 any universe called by `step_down` on the bootstrap's t ratios
permutation               `median_test` with 99 exchanges of whole units
"""

from __future__ import annotations

import sys

import numpy as np

from beholden.models.curve import estimate
from beholden.models.design import Design, every_subset
from beholden.models.joint import joint_tests
from beholden.models.permutation import median_test, permute
from beholden.models.pima import family_wise, step_down
from beholden.models.wild import wild_bootstrap

EFFECTS: tuple[tuple[str, ...], ...] = ((), ("unit",), ("year",), ("unit", "year"))
TESTS = (
    *("median", "share", "average z", "family-wise", "family-wise, one-sided"),
    *("step-down", "permutation"),
)
DRAWS = 99


def world(seed: int, effect: float) -> tuple[Design, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    unit, year = np.repeat(np.arange(20), 10), np.tile(np.arange(10), 20)
    common = random.normal(size=(20, 4))[unit]
    right = random.normal(size=(200, 4)) + common
    course = np.cumsum(random.normal(size=(20, 10, 2)), axis=1).reshape(200, 2) / 2
    exposure = right[:, :1] + 0.5 * right[:, 1:2] + course[:, :1]
    y = effect * exposure + right[:, 1:2] + course[:, 1:] + random.normal(size=(200, 1))
    outcomes = np.hstack([y, y + random.normal(size=(200, 1))])
    effects = {"unit": unit, "year": year}
    return Design(outcomes, exposure, right[:, 1:], effects, unit), unit, year


def chances(seed: int, effect: float) -> list[float]:
    design, unit, year = world(seed, effect)
    specs = every_subset(design, EFFECTS)
    specs = specs.take(np.flatnonzero(specs.controls[:, 0]))
    curve = estimate(design, specs)
    wild = wild_bootstrap(design, specs, draws=DRAWS, seed=seed)
    joint = joint_tests(curve, wild, 1)
    both = family_wise(design, specs, flips=DRAWS, seed=seed)
    one = family_wise(design, specs, flips=DRAWS, seed=seed, alternative=1)
    steps = step_down(curve.t, np.asarray(wild.ratios, float))
    exchanged = permute(design, specs, unit, year, draws=DRAWS, seed=seed)
    return [
        *(joint.median_p, joint.share_p, joint.average_z_p),
        *(both.global_p, one.global_p, steps.global_p),
        median_test(curve, exchanged, 1),
    ]


def main(worlds: int) -> int:
    print("effect  " + "  ".join(TESTS))
    level = np.zeros(len(TESTS))
    for effect in (0.0, 0.1, 0.3, 0.5):
        count = worlds if effect == 0 else max(worlds // 5, 1)
        found = np.array([chances(seed, effect) for seed in range(count)])
        shares = (found <= 0.05).mean(axis=0)
        if effect == 0:
            level = shares
        cells = (f"{share:.1%}".rjust(len(t)) for t, share in zip(TESTS, shares, strict=True))
        print(f"{effect:6.1f}  " + "  ".join(cells), flush=True)
    return int(((level < 0.035) | (level > 0.065)).any())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
