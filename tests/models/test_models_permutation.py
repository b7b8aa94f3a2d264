"""Exchanged exposures against each exchange written out, and against known truth."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from regressing import regressors
from test_models_wild import world

from beholden.models.curve import estimate
from beholden.models.design import Design, Specifications, every_subset
from beholden.models.permutation import median_test, permute

EFFECTS: tuple[tuple[str, ...], ...] = ((), ("unit",), ("year",), ("unit", "year"))
UNIT, YEAR = np.repeat(np.arange(20), 10), np.tile(np.arange(10), 20)


def always(held: Design) -> Specifications:
    specs = every_subset(held, EFFECTS)
    return specs.take(np.flatnonzero(specs.controls[:, 0]))


def test_slopes_are_those_of_exchanged_residuals() -> None:
    """A balanced panel: every unit can exchange with every other, by one order a draw."""
    held = world(3, 0.2)
    specs = always(held)
    found = permute(held, specs, UNIT, YEAR, draws=7, seed=5)
    keys = np.random.default_rng(5).random((7, 20))
    assert set(found.exchangeable.tolist()) == {1.0}
    for u in range(0, len(specs), 5):
        names = EFFECTS[specs.effects[u]]
        z = regressors(held.controls[:, specs.controls[u]], [held.codes[n] for n in names])
        out = np.eye(200) - z @ np.linalg.pinv(z, rcond=1e-11)
        x, y = out @ held.exposures[:, 0], out @ held.outcomes[:, specs.outcome[u]]
        for draw, key in enumerate(keys):
            exchanged = x.reshape(20, 10)[np.argsort(key)].ravel()
            assert found.coefficients[u, draw] == pytest.approx(exchanged @ y / (x @ x), rel=1e-7)


def test_units_exchange_with_those_of_the_same_years_and_block_alone() -> None:
    held = world(4, 0.0)
    lost = (UNIT < 3) & (YEAR == 2)
    held = replace(held, exposures=np.where(lost[:, None], np.nan, held.exposures))
    specs = always(held)
    found = permute(held, specs, UNIT, YEAR, draws=3, blocks=np.where(UNIT == 19, 1, 0))
    # Three units with a gap exchange among themselves, sixteen others too, the last with none.
    assert set(found.exchangeable.tolist()) == {0.95}
    assert np.isfinite(found.coefficients).all()


def test_what_cannot_be_exchanged_is_refused() -> None:
    held = world(4, 0.0)
    specs = always(held)
    with pytest.raises(ValueError, match="expected units with the same times to exchange"):
        permute(held, specs, UNIT, YEAR + 10 * UNIT, draws=3)
    with pytest.raises(ValueError, match="each time at most once in a unit, found one twice in 0"):
        permute(held, specs, UNIT, np.zeros(200), draws=3)
    with pytest.raises(ValueError, match="expected unit 0 in one block, found it in two"):
        permute(held, specs, UNIT, YEAR, draws=3, blocks=YEAR)


def p(seed: int, effect: float) -> float:
    held = world(seed, effect)
    specs = always(held)
    return median_test(
        estimate(held, specs), permute(held, specs, UNIT, YEAR, draws=99, seed=seed), 1
    )


def test_level_and_power() -> None:
    wrong = np.mean([p(seed, 0.0) <= 0.05 for seed in range(200)])
    assert abs(wrong - 0.05) < 2.5 * np.sqrt(0.05 * 0.95 / 200)
    assert np.mean([p(seed, 0.5) <= 0.05 for seed in range(30)]) > 0.9


@pytest.mark.parametrize(
    ("sign", "some", "words"),
    [(0, 32, "expected sign 1 or -1, found 0"), (1, 3, "draws of the curve's own universes")],
)
def test_what_the_median_refuses(sign: int, some: int, words: str) -> None:
    held = world(1, 0.0)
    specs: Any = always(held)
    curve = estimate(held, specs.take(np.arange(some)))
    with pytest.raises(ValueError, match=words):
        median_test(curve, permute(held, specs, UNIT, YEAR, draws=3), sign)
