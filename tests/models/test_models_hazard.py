"""Hazards: durations, time dependence, and Cox's likelihood written out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import optimize

from beholden.models.curve import STATUS
from beholden.models.design import Design, every_subset
from beholden.models.hazard import durations, estimate_cox, estimate_hazard
from beholden.models.logit import estimate_logit

NAN = float("nan")


@pytest.mark.parametrize(
    ("years", "event", "wanted"),
    [
        ([1, 2, 3, 4], [0, 1, 0, 0], [1, 2, 1, 2]),
        ([1, 2, 4, 5], [0, 0, 0, 1], [1, 2, NAN, NAN]),
        ([1, 2, 3, 4], [0, NAN, 1, 0], [1, 2, NAN, 1]),
        ([4, 3, 2, 1], [0, 0, 1, 0], [2, 1, 2, 1]),
    ],
)
def test_durations(years: Any, event: Any, wanted: Any) -> None:
    found = durations(np.zeros(4), np.array(years), np.array(event, float))
    assert np.array_equal(found, np.array(wanted, float), equal_nan=True)


def test_durations_begin_anew_in_each_unit() -> None:
    found = durations(np.array([1, 1, 2, 2]), np.array([5, 6, 6, 7]), np.zeros(4))
    assert found.tolist() == [1, 2, 1, 2]


def test_a_year_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="expected each year once in a unit, found 5 again"):
        durations(np.zeros(2), np.array([5, 5]), np.zeros(2))


def lives(seed: int, units: int = 400) -> dict[str, Any]:
    """Yearly rows of lives that end at a hazard that rises and falls; the slope is 0.8."""
    random = np.random.default_rng(seed)
    rows = []
    for unit in range(units):
        for year in range(1, 26):
            x, c = random.normal(size=2)
            hazard = 1 - np.exp(-np.exp(-3.0 + 0.25 * year - 0.012 * year**2 + 0.8 * x + 0.3 * c))
            event = random.random() < hazard
            rows.append([unit, year, x, c, event])
            if event:
                break
    table = np.array(rows, dtype=float)
    return dict(zip(("unit", "year", "x", "c", "event"), table.T, strict=True))


def held(parts: dict[str, Any], controls: Any = None) -> Design:
    columns = parts["c"][:, None] if controls is None else controls
    return Design(parts["event"][:, None], parts["x"][:, None], columns, {}, parts["unit"])


def test_powers_of_duration_are_controls_of_every_universe() -> None:
    parts = lives(1)
    t = parts["year"] / 10
    wide = held(parts, np.column_stack([parts["c"], t, t**2, t**3]))
    specs = every_subset(wide)
    specs = specs.take(np.flatnonzero(specs.controls[:, 1:].all(axis=1)))
    plain = held(parts)
    curve = estimate_hazard(plain, every_subset(plain), parts["year"])
    other = estimate_logit(wide, specs)
    assert curve.coefficient == pytest.approx(other.coefficient, rel=1e-9)
    assert curve.error == pytest.approx(other.error, rel=1e-8)
    assert curve.dropped.shape == (2, 1)


def test_rows_of_unknown_duration_are_left_out() -> None:
    parts = lives(2, 100)
    duration = np.where(parts["unit"] < 10, np.nan, parts["year"])
    plain = held(parts)
    curve = estimate_hazard(plain, every_subset(plain), duration, power=0)
    assert set(curve.rows.tolist()) == {int((parts["unit"] >= 10).sum())}
    with pytest.raises(ValueError, match="expected a power of 0 or more"):
        estimate_hazard(plain, every_subset(plain), duration, power=-1)


def test_cloglog_and_cox_find_the_hazard_ratio_and_agree() -> None:
    parts = lives(3)
    plain = held(parts)
    specs = every_subset(plain)
    specs = specs.take(np.flatnonzero(specs.controls[:, 0]))
    discrete = estimate_hazard(plain, specs, parts["year"], link="cloglog")
    cox = estimate_cox(plain, specs, parts["year"] - 1, parts["year"])
    for curve in (discrete, cox):
        assert curve.low[0] < 0.8 < curve.high[0]
    assert abs(discrete.coefficient[0] - cox.coefficient[0]) < cox.error[0]


def efron(slopes: Any, parts: Any, weights: Any) -> float:
    """Minus the log partial likelihood, one tied event after the other, of weighted rows."""
    x, start, stop, event, stratum = parts
    total = 0.0
    predictor = x @ slopes
    hazard = weights * np.exp(predictor)
    for s in np.unique(stratum):
        for time in np.unique(stop[(event > 0) & (stratum == s)]):
            risk = (start < time) & (stop >= time) & (stratum == s)
            dies = risk & (stop == time) & (event > 0)
            whole, own = hazard[risk].sum(), hazard[dies].sum()
            total += (weights * predictor)[dies].sum()
            for turn in range(int(dies.sum())):
                total -= weights[dies].mean() * np.log(whole - turn / dies.sum() * own)
    return -total


@pytest.mark.parametrize("strata", [False, True])
def test_cox_is_where_the_partial_likelihood_is_largest(strata: bool) -> None:
    random = np.random.default_rng(6)
    n = 240
    x = random.normal(size=(n, 2))
    stop = np.ceil(4 * random.exponential(np.exp(-0.5 * x[:, 0])))
    start = np.minimum(random.integers(0, 3, n), stop - 1).astype(float)
    event = (random.random(n) < 0.7).astype(float)
    stratum = np.arange(n) % 3 if strata else np.zeros(n)
    plain = Design(event[:, None], x[:, :1], x[:, 1:], {"s": stratum}, np.arange(n) // 4)
    specs = every_subset(plain, [("s",) if strata else ()])
    curve = estimate_cox(plain, specs.take(np.array([1])), start, stop)
    parts, ones = (x, start, stop, event, stratum), np.ones(n)
    best = optimize.minimize(efron, np.zeros(2), (parts, ones), method="BFGS").x
    assert curve.coefficient[0] == pytest.approx(best[0], abs=1e-5)
    # What a row does to the estimate: how its weight moves the score, over the information.
    steps, own = 1e-4 * np.eye(2), np.array([curve.coefficient[0], best[1]])

    def score(weights: Any) -> Any:
        return np.array(
            [
                (efron(own + s, parts, weights) - efron(own - s, parts, weights)) / 2e-4
                for s in steps
            ]
        )

    bend = np.array(
        [
            [
                sum(
                    a * b * efron(own + a * s + b * r, parts, ones) / 4e-8
                    for a in (1, -1)
                    for b in (1, -1)
                )
                for r in steps
            ]
            for s in steps
        ]
    )
    scores = np.array([(score(ones + 1e-3 * row) - score(ones)) / 1e-3 for row in np.eye(n)])
    sums = (np.linalg.inv(bend) @ scores.T)[0].reshape(60, 4).sum(axis=1)
    assert curve.error[0] ** 2 == pytest.approx(60 / 59 * (sums**2).sum(), rel=2e-3)


def test_cox_says_when_events_separate() -> None:
    random = np.random.default_rng(7)
    event = (np.arange(60) % 2).astype(float)
    # Who dies has more than anyone else at risk at the time.
    x = np.where(event > 0, 100.0 - np.arange(60), -random.random(60))[:, None]
    plain = Design(event[:, None], x, np.empty((60, 0)), {}, np.arange(60))
    curve = estimate_cox(plain, every_subset(plain), np.zeros(60), np.arange(1.0, 61.0))
    assert STATUS[curve.status[0]] == "separated"


def test_lives_that_all_end_still_tell_something() -> None:
    random = np.random.default_rng(9)
    x = random.normal(size=(150, 1))
    stop = random.exponential(np.exp(-x[:, 0]))
    plain = Design(np.ones((150, 1)), x, np.empty((150, 0)), {}, np.arange(150))
    curve = estimate_cox(plain, every_subset(plain), np.zeros(150), stop)
    assert STATUS[curve.status[0]] == "estimated"
    assert abs(curve.coefficient[0] - 1) < 3 * curve.error[0]


def test_what_cox_refuses() -> None:
    parts = lives(2, 20)
    plain = held(parts)
    specs = every_subset(plain)
    with pytest.raises(ValueError, match="rows that start before they stop"):
        estimate_cox(plain, specs, parts["year"], parts["year"])
    weighted = Design(
        *(plain.outcomes, plain.exposures, plain.controls, {}, parts["unit"], np.ones(plain.n))
    )
    with pytest.raises(ValueError, match="expected a design without weights"):
        estimate_cox(weighted, specs, parts["year"] - 1, parts["year"])
