"""Logits of whole curves: what becomes of a universe, separation, conditional likelihoods."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from scipy import optimize, sparse

from beholden.models.conditional import chances, inclusions
from beholden.models.curve import STATUS, Curve
from beholden.models.design import Design, every_subset
from beholden.models.logit import estimate_logit
from beholden.models.ordered import estimate_ordered
from beholden.models.separation import direction, separated

UNIT, YEAR = np.repeat(np.arange(25), 12), np.tile(np.arange(12), 25)


def parts(seed: int = 1, effect: float = 0.8) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    own = random.normal(size=(25, 4))[UNIT]
    c = random.normal(size=(300, 3)) + own[:, :3]
    x = random.normal(size=(300, 1)) + 0.5 * c[:, :1]
    latent = effect * x + 0.5 * c[:, :1] + own[:, 3:] + random.logistic(size=(300, 1))
    return {"latent": latent, "x": x, "c": c}


def design(held: dict[str, Any], **changes: Any) -> Design:
    base = {
        "outcomes": (held["latent"] > 0.3).astype(float),
        "exposures": held["x"],
        "controls": held["c"],
        "effects": {"unit": UNIT, "year": YEAR},
        "clusters": UNIT,
    }
    return Design(**{**base, **changes})


def whole(held: Design, effects: tuple[str, ...] = (), **how: Any) -> Curve:
    """The universe with all controls."""
    specs = every_subset(held, [effects])
    return estimate_logit(held, specs.take(np.array([len(specs) - 1])), **how)


def test_figures_do_not_depend_on_which_universes_stand_beside() -> None:
    held = design(parts())
    specs = every_subset(held, [(), ("year",)])
    curve = estimate_logit(held, specs)
    for u in range(0, len(specs), 3):
        alone = estimate_logit(held, specs.take(np.array([u])))
        assert alone.coefficient[0] == pytest.approx(curve.coefficient[u], rel=1e-10)
        assert alone.error[0] == pytest.approx(curve.error[u], rel=1e-9)
        assert alone.outcome_sd[0] == pytest.approx(curve.outcome_sd[u], rel=1e-9)


def test_standardised_on_the_latent_scale() -> None:
    """With no controls: slope times spread over the root of explained and logistic variance."""
    held = design(parts(), controls=np.empty((300, 0)))
    curve = whole(held)
    explained = (curve.coefficient[0] * held.exposures[:, 0].std()) ** 2
    assert curve.outcome_sd[0] ** 2 == pytest.approx(explained + np.pi**2 / 3)
    assert curve.exposure_sd[0] == pytest.approx(held.exposures[:, 0].std(ddof=1))


def test_the_latent_effect_is_found_in_a_large_sample() -> None:
    random = np.random.default_rng(8)
    x = random.normal(size=(40_000, 1))
    latent = 1.5 * x + random.logistic(size=(40_000, 1))
    held = Design((latent > 0).astype(float), x, np.empty((40_000, 0)), {}, np.arange(40_000))
    curve = whole(held)
    effect = curve.coefficient * curve.exposure_sd / curve.outcome_sd
    assert effect[0] == pytest.approx(1.5 * x.std() / latent.std(), abs=0.01)


@pytest.mark.parametrize("link", ["logit", "cloglog"])
def test_scale_and_place_of_columns_do_not_matter(link: str) -> None:
    held = parts()
    plain = whole(design(held), link=link)
    moved = {**held, "x": 1e6 * held["x"] + 1e8, "c": held["c"] * np.array([1e-5, 1, 1e4])}
    curve = whole(design(moved), link=link)
    assert curve.coefficient[0] * 1e6 == pytest.approx(plain.coefficient[0], rel=1e-7)
    assert curve.t[0] == pytest.approx(plain.t[0], rel=1e-7)


@pytest.mark.parametrize("estimate", [estimate_logit, estimate_ordered])
@pytest.mark.parametrize("kind", ["complete", "quasi"])
def test_separation_is_reported_where_the_column_that_separates_enters(
    estimate: Any, kind: str
) -> None:
    held = parts()
    y = (held["latent"] > 0.3).astype(float)
    control = y[:, 0] * 2 - 1
    if kind == "quasi":
        # Whoever has it has the outcome; who has it not may or may not.
        control = y[:, 0] * (np.arange(300) % 5 == 0)
    held["c"] = np.column_stack([held["c"][:, :2], control])
    used = design(held)
    specs = every_subset(used)
    curve = estimate(used, specs)
    words = [STATUS[place] for place in curve.status]
    assert words == np.where(specs.controls[:, 2], "separated", "estimated").tolist()
    assert np.isnan(curve.coefficient[specs.controls[:, 2]]).all()
    assert not curve.ok[specs.controls[:, 2]].any()


def test_nearly_separated_is_not_separated() -> None:
    held = parts()
    y = (held["latent"] > 0.3).astype(float)
    almost = y[:, 0] * 2 - 1
    # One exception alone would still leave zeros wherever the column is low, or ones where high.
    almost[[int(np.argmax(almost)), int(np.argmin(almost))]] *= -1
    curve = whole(design({**held, "c": almost[:, None]}))
    assert STATUS[curve.status[0]] == "estimated"


@pytest.mark.parametrize(
    ("change", "effects", "status"),
    [
        ({"outcomes": np.ones((300, 1))}, (), "unidentified"),
        ({"outcomes": np.full((300, 1), np.nan)}, (), "empty"),
        ({"exposures": np.ones((300, 1))}, (), "unidentified"),
        ({"exposures": UNIT[:, None] * 1.0}, ("unit",), "unidentified"),
        ({"outcomes": (UNIT[:, None] > 9) * 1.0}, ("unit",), "unidentified"),
        ({"clusters": np.zeros(300)}, (), "saturated"),
        ({"effects": {"place": UNIT}}, ("place",), "refused"),
        ({"weights": np.ones(300)}, ("unit",), "refused"),
    ],
)
def test_what_cannot_be_estimated_says_why(change: Any, effects: Any, status: str) -> None:
    curve = whole(design(parts(), **change), effects)
    assert STATUS[curve.status[0]] == status
    figures = (curve.coefficient, curve.error, curve.low, curve.high, curve.t, curve.p)
    assert np.isnan(np.array(figures)).all()


@pytest.mark.parametrize("errors", ["CR1", "two-way", "dyadic"])
@pytest.mark.parametrize("weighted", [False, True])
def test_errors_are_sums_over_pairs_of_rows(errors: str, weighted: bool) -> None:
    held, w = parts(), np.random.default_rng(9).uniform(0.5, 2, 300) if weighted else np.ones(300)
    ids = np.column_stack([UNIT, YEAR if errors == "two-way" else (UNIT + 1 + YEAR) % 26])
    used = design(held, clusters=UNIT if errors == "CR1" else ids, weights=w if weighted else None)
    curve = whole(used, errors=errors)
    y, z = used.outcomes[:, 0], np.column_stack([held["x"], held["c"], np.ones(300)])
    slopes = np.zeros(5)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-z @ slopes))
        bread = np.linalg.inv((z * (w * chance * (1 - chance))[:, None]).T @ z)
        slopes = slopes + bread @ z.T @ (w * (y - chance))
    scores = (z * (w * (y - chance))[:, None]) @ bread[0]
    together = UNIT[:, None] == UNIT[None, :]
    g = 25
    if errors == "two-way":
        together, g = together | (YEAR[:, None] == YEAR[None, :]), 12
    if errors == "dyadic":
        together = (ids[:, None, :, None] == ids[None, :, None, :]).any(axis=(2, 3))
        g = len(np.unique(ids))
    variance = 299 / 295 * g / (g - 1) * scores @ together @ scores
    assert curve.coefficient[0] == pytest.approx(slopes[0], rel=1e-9)
    assert curve.error[0] ** 2 == pytest.approx(variance, rel=1e-8)
    assert curve.clusters[0] == g


def test_levels_without_variation_are_left_out_of_the_rows() -> None:
    held = parts()
    held["latent"][YEAR == 3] = 9.0
    curve = whole(design(held), ("year",))
    known = YEAR != 3
    some = {name: part[known] for name, part in held.items()}
    less = Design(
        (some["latent"] > 0.3).astype(float),
        some["x"],
        some["c"],
        {"year": YEAR[known]},
        UNIT[known],
    )
    assert curve.rows[0] == known.sum()
    assert curve.coefficient[0] == pytest.approx(whole(less, ("year",)).coefficient[0], rel=1e-9)
    assert curve.error[0] == pytest.approx(whole(less, ("year",)).error[0], rel=1e-9)


def test_two_effects_of_which_one_is_columns() -> None:
    """Whichever enters as columns, the fit is that of both sets of indicators."""
    held, half = parts(), YEAR // 6
    both = design(held, effects={"year": YEAR, "half": UNIT % 3})
    indicators = (UNIT[:, None] % 3 == np.arange(1, 3)).astype(float)
    columns = design(held, controls=np.hstack([held["c"], indicators]))
    assert len(np.unique(half)) == 2
    one, other = whole(both, ("year", "half")), whole(columns, ("year",))
    assert one.coefficient[0] == pytest.approx(other.coefficient[0], rel=1e-9)
    assert one.error[0] == pytest.approx(other.error[0], rel=1e-8)
    assert one.parameters[0] == other.parameters[0]


@pytest.mark.parametrize(("t", "k"), [(2, 1), (5, 2), (7, 3), (6, 1)])
def test_conditional_chances_are_those_of_all_arrangements(t: int, k: int) -> None:
    predictor = np.random.default_rng(t).normal(size=t) * 3
    odds, total = np.exp(predictor), 0.0
    first, second = np.zeros(t), np.zeros((t, t))
    for some in combinations(range(t), k):
        chance = float(np.prod(odds[list(some)]))
        has = np.isin(np.arange(t), some).astype(float)
        total, first, second = (
            total + chance,
            first + chance * has,
            second + chance * np.outer(has, has),
        )
    first, second = first / total, second / total
    p, mean, covariance = np.empty(t), np.empty(t), np.empty((t, t))
    chances(predictor, k, p)
    inclusions(p, k, mean, covariance)
    assert mean == pytest.approx(first, rel=1e-10)
    assert covariance == pytest.approx(second - np.outer(first, first), abs=1e-12)


def test_conditional_logit_of_two_years_is_that_of_differences() -> None:
    """With two rows a unit, the conditional likelihood is a logit of who changed which way."""
    random = np.random.default_rng(3)
    unit = np.repeat(np.arange(200), 2)
    x = random.normal(size=(400, 2)) + random.normal(size=200)[unit][:, None]
    latent = x @ [0.7, -0.4] + 2 * random.normal(size=200)[unit] + random.logistic(size=400)
    y = (latent > 0).astype(float)
    held = Design(y[:, None], x[:, :1], x[:, 1:], {"unit": unit}, unit)
    curve = whole(held, ("unit",))
    changed = y[::2] != y[1::2]
    apart = ((x[1::2] - x[::2]) * (y[1::2] - y[::2])[:, None])[changed]

    def loss(slopes: Any) -> float:
        return float(np.logaddexp(0, -apart @ slopes).sum())

    best = optimize.minimize(loss, np.zeros(2), method="BFGS", options={"gtol": 1e-8}).x
    assert curve.rows[0] == 2 * changed.sum()
    assert curve.coefficient[0] == pytest.approx(best[0], rel=1e-5)
    chance = 1 / (1 + np.exp(apart @ best))
    bread = np.linalg.inv((apart * (chance * (1 - chance))[:, None]).T @ apart)
    scores = apart * chance[:, None]
    g, n = int(changed.sum()), 2 * int(changed.sum())
    scale = g / (g - 1) * (n - 1) / (n - 2)
    variance = scale * (bread @ scores.T @ scores @ bread)[0, 0]
    assert curve.error[0] == pytest.approx(np.sqrt(variance), rel=1e-5)


def test_conditional_logit_is_free_of_what_dummies_of_short_units_add() -> None:
    """Four rows a unit, units' levels go with the exposure: the truth is 1."""
    found = []
    for seed in range(12):
        random = np.random.default_rng(seed)
        unit = np.repeat(np.arange(300), 4)
        own = random.normal(size=300)[unit]
        x = (random.normal(size=1200) + own)[:, None]
        y = (x[:, 0] + own + random.logistic(size=1200) > 0).astype(float)[:, None]
        held = Design(y, x, np.empty((1200, 0)), {"unit": unit}, unit)
        found.append(whole(held, ("unit",)).coefficient[0])
    assert np.mean(found) == pytest.approx(1.0, abs=0.06)


def test_conditional_separation() -> None:
    held = parts()
    y = (held["latent"] > 0.3).astype(float)
    curve = whole(design({**held, "c": y * 2 + UNIT[:, None]}), ("unit",))
    assert STATUS[curve.status[0]] == "separated"


def test_ordered_with_two_categories_is_the_logit() -> None:
    held = design(parts())
    specs = every_subset(held, [(), ("year",), ("unit",)])
    one, two = estimate_logit(held, specs), estimate_ordered(held, specs)
    assert two.coefficient == pytest.approx(one.coefficient, rel=1e-8)
    assert two.error == pytest.approx(one.error, rel=1e-7)
    assert two.outcome_sd == pytest.approx(one.outcome_sd, rel=1e-7)


def test_ordered_with_units_finds_the_slope_that_units_hide() -> None:
    random = np.random.default_rng(5)
    unit = np.repeat(np.arange(150), 8)
    own = 2 * random.normal(size=150)[unit]
    x = (random.normal(size=1200) + own)[:, None]
    latent = x[:, 0] - 2 * own + random.logistic(size=1200)
    y = np.digitize(latent, [-2.0, 0.0, 2.0]).astype(float)[:, None]
    held = Design(y, x, np.empty((1200, 0)), {"unit": unit}, unit)
    curve = estimate_ordered(held, every_subset(held, [(), ("unit",)]))
    assert curve.high[0] < 0.5
    assert curve.low[1] < 1 < curve.high[1]


@pytest.mark.parametrize(
    ("outcome", "how", "words"),
    [
        (2.0, {}, "expected outcomes of 0 and 1, found 2; cut it in two first"),
        (1.0, {"link": "probit"}, "expected link 'logit' or 'cloglog', found 'probit'"),
        (1.0, {"errors": "CR3"}, "found 'CR3'; the jackknife is for linear universes"),
    ],
)
def test_what_a_logit_refuses(outcome: float, how: Any, words: str) -> None:
    held = design(parts())
    held = replace(held, outcomes=held.outcomes * outcome)
    with pytest.raises(ValueError, match=words):
        whole(held, **how)


def test_ordered_outcomes_have_few_values() -> None:
    held = replace(design(parts()), outcomes=parts()["latent"])
    with pytest.raises(ValueError, match="at most 20 ordered values, found 300"):
        estimate_ordered(held, every_subset(held))


def test_directions_of_separation() -> None:
    random = np.random.default_rng(2)
    x = random.normal(size=(60, 3))
    y = (random.random(60) < 0.5) * 2.0 - 1
    rows = np.column_stack([x, np.ones(60)]) * y[:, None]
    assert direction(sparse.csr_array(rows)) is None
    rows[:, 2] = np.abs(rows[:, 2])
    found = direction(sparse.csr_array(rows))
    assert found is not None
    assert (rows @ found > -1e-7).all()
    every = np.array([[s >> j & 1 == 1 for j in range(3)] for s in range(8)])
    assert separated(sparse.csr_array(rows), every).tolist() == every[:, 2].tolist()
