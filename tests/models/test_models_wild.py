"""The bootstrap against its draws refitted one by one, and its joint tests against known truth."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from regressing import design, drawn
from scipy import special

from beholden.models.curve import estimate
from beholden.models.design import Design, Specifications, every_subset
from beholden.models.joint import joint_tests
from beholden.models.wild import draw_weights, wild_bootstrap

EFFECTS: tuple[tuple[str, ...], ...] = ((), ("unit",), ("year",), ("unit", "year"))


def refitted(parts: dict[str, Any], held: Design, effects: int, signs: Any, weighted: bool) -> Any:
    """Slope and ratio of the universe with all controls, by estimating on each drawn outcome."""
    x, c, y = parts["x"][:, 0], parts["c"], parts["y"][:, 0]
    known = np.isfinite(np.column_stack([x, c, y])).all(axis=1)
    w = parts["w"][known] if weighted else np.ones(known.sum())
    names = EFFECTS[effects]
    ones = np.ones((known.sum(), 1))
    dummies = [parts[n][known][:, None] == np.unique(parts[n][known]) for n in names]
    z = np.hstack([c[known], ones, *dummies]).astype(float)
    root = np.sqrt(w)[:, None]
    fit = z @ np.linalg.lstsq(z * root, y[known] * root[:, 0], rcond=None)[0]
    cluster = np.unique(parts["cluster"], return_inverse=True)[1][known]
    outcomes = fit[:, None] + signs[cluster] * (y[known] - fit)[:, None]
    own = {n: parts[n][known] for n in ("unit", "year")}
    again = Design(outcomes, x[known][:, None], c[known], own, cluster, w)
    draws = signs.shape[1]
    whole = np.ones((draws, c.shape[1]), dtype=bool)
    zero = np.zeros(draws, dtype=np.int64)
    specs = Specifications(np.arange(draws), zero, whole, zero + effects, zero, EFFECTS)
    curve = estimate(again, specs)
    return curve.coefficient, curve.t


@pytest.mark.parametrize("effects", range(4))
@pytest.mark.parametrize("cluster", ["unit", "year", "pairs of units"])
@pytest.mark.parametrize("weighted", [False, True])
def test_draws_are_those_of_estimating_again(effects: int, cluster: str, weighted: bool) -> None:
    parts = drawn(21, units=12, years=9)
    ids = {"unit": parts["unit"], "year": parts["year"], "pairs of units": parts["unit"] // 2}
    parts["cluster"] = ids[cluster]
    held = design(parts, parts["cluster"], weighted)
    specs = every_subset(held, EFFECTS)
    place = int(np.flatnonzero(specs.controls.all(axis=1) & (specs.effects == effects))[0])
    wild = wild_bootstrap(held, specs, draws=29, weights="webb", seed=4)
    signs = draw_weights("webb", len(np.unique(parts["cluster"])), 29, 4)
    slope, ratio = refitted(parts, held, effects, signs, weighted)
    assert wild.ratios is not None
    assert np.allclose(wild.coefficients[place], slope, rtol=1e-7, atol=1e-10)
    assert np.allclose(wild.ratios[place], ratio, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("effects", [0, 1])
@pytest.mark.parametrize("weighted", [False, True])
def test_draws_with_many_clusters(effects: int, weighted: bool) -> None:
    """With far more clusters than columns the squares are multiplied out."""
    parts = drawn(24, units=60, years=6)
    parts["cluster"] = parts["unit"]
    held = design(parts, weighted=weighted)
    specs = every_subset(held, EFFECTS)
    place = int(np.flatnonzero(specs.controls.all(axis=1) & (specs.effects == effects))[0])
    wild = wild_bootstrap(held, specs, draws=19, weights="webb", seed=5)
    signs = draw_weights("webb", len(np.unique(parts["unit"])), 19, 5)
    slope, ratio = refitted(parts, held, effects, signs, weighted)
    assert wild.ratios is not None
    assert np.allclose(wild.coefficients[place], slope, rtol=1e-7, atol=1e-10)
    assert np.allclose(wild.ratios[place], ratio, rtol=1e-6, atol=1e-9)


def test_slopes_alone_are_the_same_slopes() -> None:
    held = design(drawn(22))
    specs = every_subset(held, EFFECTS)
    both = wild_bootstrap(held, specs, draws=19, seed=3)
    alone = wild_bootstrap(held, specs, draws=19, seed=3, ratios=False)
    assert alone.ratios is None
    assert np.array_equal(both.coefficients, alone.coefficients, equal_nan=True)
    other = wild_bootstrap(held, specs, draws=19, seed=4, ratios=False)
    assert not np.array_equal(alone.coefficients, other.coefficients)


def test_universes_without_an_estimate_have_no_draws() -> None:
    parts = drawn(25)
    parts["x"][:, 1] = parts["unit"]
    parts["c"][:, 2] = np.nan
    held = design(parts)
    specs = every_subset(held, EFFECTS)
    wild, curve = wild_bootstrap(held, specs, draws=19), estimate(held, specs)
    assert wild.ratios is not None
    assert 0 < curve.ok.sum() < len(specs)
    for figures in (wild.coefficients, wild.ratios):
        assert np.array_equal(np.isfinite(figures).all(axis=1), curve.ok)
        assert np.array_equal(np.isnan(figures).all(axis=1), ~curve.ok)


def test_two_effects_that_cross_clusters_are_refused() -> None:
    parts = drawn(23, units=12, years=9)
    held = design(parts, (parts["unit"] + parts["year"]) % 5)
    with pytest.raises(ValueError, match="at most one fixed effect that crosses clusters"):
        wild_bootstrap(held, every_subset(held, [("unit", "year")]), draws=19)


@pytest.mark.parametrize("kind", ["rademacher", "webb"])
def test_weights_have_mean_zero_and_variance_one(kind: str) -> None:
    weights = draw_weights(kind, 200, 500, 1)
    assert abs(weights.mean()) < 0.01
    assert abs((weights**2).mean() - 1) < 0.01
    assert abs((weights**3).mean()) < 0.02


def test_other_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="expected weights 'rademacher' or 'webb', found 'gamma'"):
        draw_weights("gamma", 2, 2, 1)


def world(seed: int, effect: float) -> Design:
    """Twenty units with their own courses in exposure and error, ten years, three controls."""
    random = np.random.default_rng(seed)
    unit, year = np.repeat(np.arange(20), 10), np.tile(np.arange(10), 20)
    common = random.normal(size=(20, 4))[unit]
    right = random.normal(size=(200, 4)) + common
    course = np.cumsum(random.normal(size=(20, 10, 2)), axis=1).reshape(200, 2) / 2
    exposure = right[:, :1] + 0.5 * right[:, 1:2] + course[:, :1]
    y = effect * exposure + right[:, 1:2] + course[:, 1:] + random.normal(size=(200, 1))
    outcomes = np.hstack([y, y + random.normal(size=(200, 1))])
    effects = {"unit": unit, "year": year}
    return Design(outcomes, exposure, right[:, 1:], effects, unit)


def joint(seed: int, effect: float, sign: int = 1) -> tuple[float, float, float]:
    held = world(seed, effect)
    # The first control moves both sides: a universe without it would be biased.
    specs = every_subset(held, EFFECTS)
    specs = specs.take(np.flatnonzero(specs.controls[:, 0]))
    curve = estimate(held, specs)
    found = joint_tests(curve, wild_bootstrap(held, specs, draws=99, seed=seed), sign)
    return found.median_p, found.share_p, found.average_z_p


def rejections(seeds: range, effect: float) -> Any:
    return (np.array([joint(seed, effect) for seed in seeds]) <= 0.05).mean(axis=0)


def test_level_and_power() -> None:
    """Level at two and a half standard errors of 300 worlds; power at a third of a deviation."""
    level = rejections(range(300), 0.0)
    assert (level < 0.05 + 2.5 * np.sqrt(0.05 * 0.95 / 300)).all()
    # The share has ties at zero, so its test may be too careful; the others may not.
    assert (level[[0, 2]] > 0.05 - 2.5 * np.sqrt(0.05 * 0.95 / 300)).all()
    assert (rejections(range(40), 0.5) > 0.8).all()


def test_clusters_that_are_too_small_reject_too_often() -> None:
    """The level above rests on the clusters: rows taken as independent find what is not there."""

    def p(seed: int) -> float:
        held = world(seed, 0.0)
        held = replace(held, clusters=np.arange(held.n))
        specs = every_subset(held)
        specs = specs.take(np.flatnonzero(specs.controls[:, 0]))
        wild = wild_bootstrap(held, specs, draws=99, seed=seed)
        return joint_tests(estimate(held, specs), wild, 1).average_z_p

    assert np.mean([p(seed) <= 0.05 for seed in range(100)]) > 0.12


def test_the_other_sign_finds_nothing() -> None:
    assert min(joint(5, 1.0, -1)) > 0.9


def test_statistics_of_a_curve() -> None:
    held = world(1, 0.04)
    # Outcomes of different units, of which only a standardised median makes sense.
    held = replace(held, outcomes=held.outcomes * np.array([1.0, 50.0]))
    specs = every_subset(held, EFFECTS)
    curve = estimate(held, specs)
    wild = wild_bootstrap(held, specs, draws=99, seed=6)
    found = joint_tests(curve, wild, 1)
    scale = curve.exposure_sd / curve.outcome_sd
    medians = np.median(scale[:, None] * wild.coefficients, axis=0)
    assert found.median == pytest.approx(np.median(scale * curve.coefficient))
    assert found.median_p == (1 + (medians >= found.median).sum()) / 100
    assert found.share == pytest.approx(((curve.p < 0.05) & (curve.t > 0)).mean())
    z = -np.sign(curve.t) * special.ndtri(curve.p / 2)
    assert found.average_z == pytest.approx(z.mean())
    assert (found.draws, found.seed, found.weights, found.sign) == (99, 6, "rademacher", 1)


def test_what_joint_tests_refuse() -> None:
    held = world(1, 0.5)
    specs = every_subset(held)
    curve = estimate(held, specs)
    wild = wild_bootstrap(held, specs, draws=19)
    with pytest.raises(ValueError, match="expected sign 1 or -1, found 0"):
        joint_tests(curve, wild, 0)
    with pytest.raises(ValueError, match="ask for ratios=True"):
        joint_tests(curve, wild_bootstrap(held, specs, draws=19, ratios=False), 1)
    fewer = estimate(held, specs.take(np.arange(3)))
    with pytest.raises(ValueError, match="expected draws of the curve's own universes"):
        joint_tests(fewer, wild, 1)
