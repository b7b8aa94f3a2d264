"""Universes against regressions written out, and what becomes of those that cannot be estimated."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from regressing import design, direct, drawn

from beholden.models.curve import STATUS, Curve, estimate
from beholden.models.design import Design, Specifications, every_subset, plan

EFFECTS: tuple[tuple[str, ...], ...] = ((), ("unit",), ("year",), ("unit", "year"))


def rows_of(parts: dict[str, Any], specs: Specifications, u: int) -> Any:
    own = np.flatnonzero(specs.controls[u])
    x = np.column_stack([parts["x"][:, specs.exposure[u]], parts["c"][:, own]])
    y = parts["y"][:, specs.outcome[u]]
    known = np.isfinite(y) & np.isfinite(x).all(axis=1)
    return y, x, known


def by_hand(
    parts: dict[str, Any], specs: Specifications, u: int, together: Any, weighted: bool
) -> tuple[float, float]:
    y, x, known = rows_of(parts, specs, u)
    effects = [parts[name][known] for name in specs.effect_sets[specs.effects[u]]]
    weights = parts["w"][known] if weighted else np.ones(known.sum())
    return direct(y[known], x[known], effects, weights, together[np.ix_(known, known)])


def check(
    parts: dict[str, Any], curve: Curve, specs: Specifications, together: Any, w: bool
) -> int:
    """Compare every universe that was estimated; how many were."""
    g = curve.clusters
    for u in np.flatnonzero(curve.status == STATUS.index("no variance")):
        assert by_hand(parts, specs, int(u), together, w)[1] < 0
    for u in np.flatnonzero(curve.ok):
        slope, variance = by_hand(parts, specs, int(u), together, w)
        n, k = curve.rows[u], curve.parameters[u]
        scale = (n - 1) / (n - k) * g[u] / (g[u] - 1)
        assert curve.coefficient[u] == pytest.approx(slope, rel=1e-7, abs=1e-9)
        assert curve.error[u] ** 2 == pytest.approx(variance * scale, rel=1e-6, abs=1e-12)
    return int(curve.ok.sum())


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.booleans())
def test_one_way(seed: int, weighted: bool) -> None:
    parts = drawn(seed)
    held = design(parts, weighted=weighted)
    specs = every_subset(held, EFFECTS)
    together = parts["unit"][:, None] == parts["unit"][None, :]
    assert check(parts, estimate(held, specs), specs, together, weighted) > 100


@pytest.mark.parametrize("seed", [1, 2])
def test_two_way(seed: int) -> None:
    parts = drawn(seed, units=14, years=11, controls=2)
    ids = np.column_stack([parts["unit"], parts["year"]])
    held = design(parts, ids)
    specs = every_subset(held, EFFECTS)
    together = (ids[:, None, :] == ids[None, :, :]).any(axis=2)
    assert check(parts, estimate(held, specs, errors="two-way"), specs, together, False) > 40


@pytest.mark.parametrize("seed", [3, 4])
def test_dyads_are_dependent_when_they_share_a_member(seed: int) -> None:
    random = np.random.default_rng(seed)
    first, second = np.nonzero(~np.eye(8, dtype=bool))
    ids = np.repeat(np.column_stack([first, second]), 3, axis=0)
    parts = drawn(seed, units=1, years=2)
    n = len(ids)
    parts = {"x": random.normal(size=(n, 1)), "c": random.normal(size=(n, 2))}
    parts |= {"y": random.normal(size=(n, 1)) + random.normal(size=8)[ids[:, :1]]}
    parts |= {"unit": ids[:, 0] * 8 + ids[:, 1], "year": np.tile(np.arange(3), n // 3)}
    held = design(parts, ids)
    specs = every_subset(held, EFFECTS)
    together = (ids[:, None, :, None] == ids[None, :, None, :]).any(axis=(2, 3))
    curve = estimate(held, specs, errors="dyadic")
    assert check(parts, curve, specs, together, False) >= 8
    assert {STATUS[place] for place in curve.status} <= {"estimated", "no variance"}
    assert set(curve.clusters.tolist()) == {8}


@pytest.mark.parametrize("effects", EFFECTS)
def test_jackknife_leaves_out_each_cluster_and_its_effects(effects: tuple[str, ...]) -> None:
    parts = drawn(5)
    held = design(parts)
    specs = every_subset(held, [effects])
    curve = estimate(held, specs, errors="CR3")
    for u in range(0, len(specs), 5):
        y, x, known = rows_of(parts, specs, u)
        g, total = np.unique(parts["unit"][known]), 0.0
        for left_out in g:
            at = known & (parts["unit"] != left_out)
            codes = [parts[name][at] for name in effects]
            size = int(at.sum())
            slope, _ = direct(y[at], x[at], codes, np.ones(size), np.eye(size, dtype=bool))
            total += (slope - curve.coefficient[u]) ** 2
        assert curve.error[u] ** 2 == pytest.approx((len(g) - 1) / len(g) * total, rel=1e-6)


def one(y: Any, x: Any, c: Any, effects: tuple[str, ...] = (), **how: Any) -> Curve:
    """The universe with all controls."""
    parts = {"y": y[:, None], "x": x[:, None], "c": c}
    n = len(y)
    parts |= {"unit": np.arange(n) // 5, "year": np.arange(n) % 5}
    held = design(parts)
    specs = every_subset(held, [effects])
    return estimate(held, specs.take(np.array([len(specs) - 1])), **how)


RANDOM = np.random.default_rng(7)
Y, X, C = RANDOM.normal(size=40), RANDOM.normal(size=40), RANDOM.normal(size=(40, 2))


def test_a_control_that_repeats_another_goes_out_and_is_named() -> None:
    twice = np.column_stack([C, 2 * C[:, 0] - C[:, 1] + 5])
    curve, plain = one(Y, X, twice), one(Y, X, C)
    assert STATUS[curve.status[0]] == "collinear"
    assert curve.dropped[0].sum() == 1
    assert curve.coefficient[0] == pytest.approx(plain.coefficient[0], rel=1e-10)
    assert curve.error[0] == pytest.approx(plain.error[0], rel=1e-10)
    assert curve.parameters[0] == plain.parameters[0]


def test_a_control_that_never_moves_within_units_goes_out() -> None:
    fixed = np.column_stack([C, np.repeat(np.arange(8.0), 5)])
    curve = one(Y, X, fixed, ("unit", "year"))
    assert STATUS[curve.status[0]] == "collinear"
    assert curve.dropped[0].tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("y", "x", "c", "effects", "status"),
    [
        (Y, 3 * C[:, 0] - 1, C, (), "unidentified"),
        (Y, np.repeat(np.arange(8.0), 5), C, ("unit",), "unidentified"),
        (Y, np.full(40, 0.1), C, (), "unidentified"),
        (np.full(40, 0.1), X, C, (), "unidentified"),
        (np.repeat(np.arange(8.0), 5), X, C, ("unit", "year"), "unidentified"),
        (np.full(40, np.nan), X, C, (), "empty"),
        (np.where(np.arange(40) < 5, Y, np.nan), X, C[:, :1], (), "saturated"),
        (np.where(np.arange(40) % 10 == 0, Y, np.nan), X, C, (), "saturated"),
    ],
)
def test_what_cannot_be_estimated_says_why(
    y: Any, x: Any, c: Any, effects: Any, status: str
) -> None:
    curve = one(y, x, c, effects)
    assert STATUS[curve.status[0]] == status
    figures = (curve.coefficient, curve.error, curve.low, curve.high, curve.t, curve.p)
    assert np.isnan(np.array(figures)).all()


def test_a_large_scale_is_not_mistaken_for_collinearity() -> None:
    curve, plain = one(Y, 1e9 * X + 1e12, C * np.array([1e-6, 1e6])), one(Y, X, C)
    assert STATUS[curve.status[0]] == "estimated"
    assert curve.coefficient[0] * 1e9 == pytest.approx(plain.coefficient[0], rel=1e-9)
    assert curve.t[0] == pytest.approx(plain.t[0], rel=1e-9)


@pytest.mark.parametrize("noise", [1e-2, 1e-3, 1e-4])
def test_nearly_collinear_columns_lose_no_more_digits_than_the_pivot_says(noise: float) -> None:
    close = np.column_stack([C, X + noise * RANDOM.normal(size=40)])
    curve = one(Y, X, close)
    z = np.column_stack([X, close, np.ones(40)])
    slope = np.linalg.lstsq(z, Y, rcond=None)[0][0]
    assert STATUS[curve.status[0]] == "estimated"
    assert 0.1 * noise**2 < curve.pivot[0] < 10 * noise**2
    assert abs(curve.coefficient[0] / slope - 1) < 1e-14 / curve.pivot[0]


def test_components_that_share_no_row() -> None:
    """Two sets of units in two sets of years: the shorter side has a constant in each."""
    parts = drawn(11, units=12, years=8, controls=1)
    kept = (parts["unit"] < 6) == (parts["year"] < 4)
    parts = {name: part[kept] for name, part in parts.items()}
    held = design(parts)
    specs = every_subset(held, [("unit", "year")])
    together = parts["unit"][:, None] == parts["unit"][None, :]
    assert check(parts, estimate(held, specs), specs, together, False) == len(specs)


def test_singletons_are_dropped_until_none_is_left() -> None:
    parts = drawn(12)
    parts["unit"][:2], parts["year"][:2] = (50, 51), (3, 60)
    parts["year"][2] = 61
    held = design(parts)
    specs = every_subset(held, [("unit", "year")])
    for group in plan(held, specs, singletons="drop"):
        for name in group.effects:
            assert np.unique(parts[name][group.rows], return_counts=True)[1].min() > 1
            assert not {0, 1, 2} & set(group.rows.tolist())
    kept, dropped = estimate(held, specs), estimate(held, specs, singletons="drop")
    assert (kept.rows > dropped.rows).all()
    assert np.allclose(kept.coefficient, dropped.coefficient, rtol=1e-9)


def test_figures_do_not_depend_on_which_universes_stand_beside() -> None:
    held = design(drawn(13))
    specs = every_subset(held, EFFECTS)
    whole = estimate(held, specs)
    some = np.array([3, 40, 77])
    alone = estimate(held, specs.take(some))
    assert np.allclose(whole.error[some], alone.error, rtol=1e-12)
    assert (whole.status[some] == alone.status).all()


def test_parts_of_a_plan_make_the_whole() -> None:
    held = design(drawn(14))
    specs = every_subset(held, EFFECTS)
    groups = plan(held, specs)
    whole, first = estimate(held, specs), estimate(held, specs, groups=groups[:3])
    done = np.concatenate([group.universes for group in groups[:3]])
    assert (first.coefficient[done] == whole.coefficient[done]).all()
    assert np.isnan(np.delete(first.coefficient, done)).all()


def test_an_outcome_that_never_moves_has_no_spread() -> None:
    assert one(np.full(40, 0.1), X, C).outcome_sd[0] == 0


def test_spread_of_outcome_and_exposure() -> None:
    parts = drawn(15)
    held = design(parts)
    specs = every_subset(held)
    y, x, known = rows_of(parts, specs, len(specs) - 1)
    curve = estimate(held, specs)
    assert curve.outcome_sd[-1] == pytest.approx(y[known].std(ddof=1))
    assert curve.exposure_sd[-1] == pytest.approx(x[known, 0].std(ddof=1))


@pytest.mark.parametrize(
    ("clusters", "errors", "words"),
    [
        (np.zeros((3, 2)), "CR1", "expected 1 cluster ids a row for CR1 errors, found 2"),
        (np.zeros(3), "dyadic", "expected 2 cluster ids a row for dyadic errors, found 1"),
        (np.zeros((3, 2)), "dyadic", "a member with itself"),
        (np.zeros(3), "HC1", "expected errors to be one of CR1, CR3, two-way, dyadic"),
    ],
)
def test_clusters_that_do_not_fit(clusters: Any, errors: str, words: str) -> None:
    one = np.arange(3.0)[:, None]
    held = Design(one, one, one, {}, clusters)
    with pytest.raises(ValueError, match=words):
        estimate(held, every_subset(held), errors=errors)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"exposures": np.zeros((2, 1))}, "expected 3 rows in exposures as in outcomes, found 2"),
        ({"weights": np.array([1.0, 0, 1])}, "expected weights above zero"),
        ({"clusters": np.array([1.0, np.nan, 2])}, "expected an id in every row of clusters"),
        ({"controls": np.zeros(3)}, "expected controls with rows and columns"),
    ],
)
def test_designs_that_do_not_fit(change: dict[str, Any], words: str) -> None:
    one = np.arange(3.0)[:, None]
    parts: dict[str, Any] = {"outcomes": one, "exposures": one, "controls": one}
    parts |= {"effects": {}, "clusters": np.arange(3)}
    with pytest.raises(ValueError, match=words):
        Design(**{**parts, **change})


def test_wrong_word_for_singletons() -> None:
    held = design(drawn(1))
    with pytest.raises(ValueError, match="expected singletons 'keep' or 'drop', found 'maybe'"):
        plan(held, every_subset(held), singletons="maybe")


@pytest.mark.parametrize("seed", range(3))
def test_every_universe_is_in_the_group_of_its_rows(seed: int) -> None:
    parts = drawn(seed)
    held = design(parts)
    specs = every_subset(held, EFFECTS)
    groups = plan(held, specs)
    assert sorted(np.concatenate([group.universes for group in groups])) == list(range(len(specs)))
    for group in groups:
        for u in group.universes:
            assert (np.flatnonzero(rows_of(parts, specs, u)[2]) == group.rows).all()
            assert specs.effect_sets[specs.effects[u]] == group.effects
    assert len({(group.rows.tobytes(), group.effects) for group in groups}) == len(groups)
