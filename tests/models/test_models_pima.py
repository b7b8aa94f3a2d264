"""Flipped scores against each flip written out, and against known truth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from regressing import design, drawn, indicators
from test_models_wild import world

from beholden.models.design import every_subset
from beholden.models.pima import FamilyWise, family_wise, step_down
from beholden.models.wild import draw_weights

EFFECTS: tuple[tuple[str, ...], ...] = ((), ("unit",), ("year",), ("unit", "year"))


def by_hand(parts: dict[str, Any], u: int, specs: Any, signs: Any, weighted: bool) -> Any:
    """The standardised flipped scores of one universe, from projections of all rows."""
    own = np.flatnonzero(specs.controls[u])
    x, y = parts["x"][:, specs.exposure[u]], parts["y"][:, specs.outcome[u]]
    c = parts["c"][:, own]
    known = np.isfinite(np.column_stack([x, y, c])).all(axis=1)
    root = np.sqrt(parts["w"][known]) if weighted else np.ones(known.sum())
    names = EFFECTS[specs.effects[u]]
    z = np.hstack(
        [c[known], np.ones((known.sum(), 1)), *[indicators(parts[n][known]) for n in names]]
    )
    z = z * root[:, None]
    out = np.eye(len(z)) - z @ np.linalg.pinv(z, rcond=1e-11)
    left, residual = out @ (x[known] * root), out @ (y[known] * root)
    cluster = np.unique(parts["unit"], return_inverse=True)[1][known]
    sums = np.bincount(cluster, left * residual, len(signs))
    flips = np.column_stack([np.ones(len(signs)), signs])[cluster]
    spread = ((out @ (left[:, None] * flips)) ** 2).sum(axis=0) / (left**2).sum()
    scores = (sums @ np.column_stack([np.ones(len(signs)), signs])) / np.sqrt((sums**2).sum())
    return scores / np.sqrt(spread)


@pytest.mark.parametrize("weighted", [False, True])
def test_statistics_are_those_of_each_flip_written_out(weighted: bool) -> None:
    parts = drawn(31, units=12, years=9)
    held = design(parts, weighted=weighted)
    specs = every_subset(held, EFFECTS)
    signs = draw_weights("rademacher", 12, 39, 4)
    for u in range(5, len(specs), 23):
        one = specs.take(np.array([u]))
        found = family_wise(held, one, flips=39, seed=4)
        wanted = by_hand(parts, u, specs, signs, weighted)
        assert found.statistic[0] == pytest.approx(wanted[0], rel=1e-8)
        least = abs(wanted[0]) * (1 - 1e-9)
        assert found.p[0] == (1 + (np.abs(wanted[1:]) >= least).sum()) / 40
        assert found.adjusted_p[0] == found.p[0] == found.global_p


def stepwise(statistic: Any, drawn_: Any) -> Any:
    """Step-down by removing one hypothesis after the other."""
    left, adjusted, floor = list(range(len(statistic))), np.empty(len(statistic)), 0.0
    while left:
        best = max(left, key=lambda u: abs(statistic[u]))
        largest = np.abs(drawn_[left]).max(axis=0)
        p = (1 + (largest >= abs(statistic[best])).sum()) / (1 + drawn_.shape[1])
        floor = max(floor, p)
        adjusted[best] = floor
        left.remove(best)
    return adjusted


@pytest.mark.parametrize("seed", range(4))
def test_step_down_removes_one_after_the_other(seed: int) -> None:
    random = np.random.default_rng(seed)
    statistic, null = random.normal(size=15) * 2, random.normal(size=(15, 150))
    found = step_down(statistic, null)
    assert found.adjusted_p == pytest.approx(stepwise(statistic, null))
    assert (found.adjusted_p >= found.p).all()


def test_one_side_looks_one_way() -> None:
    statistic, null = np.array([3.0, -3.0]), np.random.default_rng(1).normal(size=(2, 199))
    up, down = (step_down(statistic, null, alternative=a) for a in (1, -1))
    assert (up.p[0] < 0.05, up.p[1] > 0.9) == (True, True)
    assert (down.p[1] < 0.05, down.p[0] > 0.9) == (True, True)


def test_universes_without_an_estimate_have_no_p() -> None:
    parts = drawn(25)
    parts["x"][:, 1] = parts["unit"]
    held = design(parts)
    specs = every_subset(held, [("unit",)])
    found = family_wise(held, specs, flips=19)
    assert np.isnan(found.adjusted_p).tolist() == (specs.exposure == 1).tolist()
    assert np.isnan(found.p).tolist() == (specs.exposure == 1).tolist()


def called(seed: int, effect: float) -> FamilyWise:
    held = world(seed, effect)
    specs = every_subset(held, EFFECTS)
    return family_wise(held, specs.take(np.flatnonzero(specs.controls[:, 0])), flips=99, seed=seed)


def test_level_and_power() -> None:
    """Any call at all in 200 worlds without effect, at two and a half standard errors."""
    wrong = np.mean([called(seed, 0.0).global_p <= 0.05 for seed in range(200)])
    assert 0.05 - 2.5 * np.sqrt(0.05 * 0.95 / 200) < wrong < 0.05 + 2.5 * np.sqrt(0.05 * 0.95 / 200)
    found = [called(seed, 0.5).adjusted_p for seed in range(30)]
    assert np.mean([p.min() <= 0.05 for p in found]) > 0.9
    assert np.mean([(p <= 0.05).mean() for p in found]) > 0.5


@pytest.mark.parametrize(
    ("statistic", "null", "alternative", "words"),
    [
        (np.ones(2), np.ones((3, 9)), 0, "expected draws of 2 universes"),
        (np.ones(2), np.ones((2, 9)), 2, "expected alternative 0, 1 or -1, found 2"),
        (np.full(2, np.nan), np.ones((2, 9)), 0, "at least one universe with a statistic"),
    ],
)
def test_what_step_down_refuses(statistic: Any, null: Any, alternative: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        step_down(statistic, null, alternative=alternative)
