"""Fits of simulated answers: the truth comes back, and errors are as large as they are said."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
import pytest
from simulating import Truth, misses, simulate

from beholden.latent import Anchors, Fit, LatentError, Model, answers, fit

SEEDS = (20, 21, 25, 26)


@cache
def truth_of(seed: int) -> Truth:
    return simulate(seed, units=60, times=6, items=40)


@cache
def fit_of(seed: int, link: str = "probit", scale: str = "starts") -> Fit:
    truth = truth_of(seed)
    high, low = truth.extremes()
    data = answers(truth.table, scale=(0, 1, 2))
    return fit(data, Model(link=link, scale=scale, anchors=Anchors((high,), (low,))))


@pytest.mark.parametrize("seed", SEEDS)
def test_positions_come_back(seed: int) -> None:
    found = fit_of(seed)
    assert found.converged
    assert np.corrcoef(found.mean, truth_of(seed).at(found.answers))[0, 1] > 0.985


def test_large_data_bring_positions_back_closely() -> None:
    truth = simulate(5, units=80, times=6, items=120, load=1.8)
    high, low = truth.extremes()
    found = fit(answers(truth.table, scale=(0, 1, 2)), Model(anchors=Anchors((high,), (low,))))
    assert np.corrcoef(found.mean, truth.at(found.answers))[0, 1] > 0.99


def test_intervals_of_positions_cover() -> None:
    away = np.concatenate([misses(fit_of(seed), truth_of(seed)) for seed in SEEDS])
    assert 0.92 < np.mean(np.abs(away) < 1.96) < 0.975
    assert 0.9 < np.sqrt(np.mean(away**2)) < 1.12


def test_intervals_of_discriminations_cover() -> None:
    inside = []
    for seed in SEEDS:
        found, truth = fit_of(seed), truth_of(seed)
        items = found.items().unique("item", keep="first", maintain_order=True)
        true = np.array([truth.items[item][0] for item in items["item"]])
        true *= truth.size(found.answers)
        inside.append(
            np.abs(items["discrimination"].to_numpy() - true) < 1.96 * items["sd"].to_numpy()
        )
    assert 0.89 < np.mean(np.concatenate(inside)) < 0.975


def test_errors_given_the_items_would_be_too_small() -> None:
    # One vote is less than one unit of information, and items are estimated.
    found = fit_of(SEEDS[0])
    assert np.all(found.sd > 0)
    state = found.posterior.state
    diagonal = found.posterior.found.nodes + state.paths.begins
    alone = 1 / np.sqrt(diagonal + 2 / state.paths.step_variance) / found._frame[1]
    assert np.median(found.sd) > 1.2 * np.median(alone)


def test_discriminations_keep_their_size_where_units_are_few() -> None:
    truth = simulate(9, units=15, times=3, items=80, bridged=0.0)
    high, low = truth.extremes()
    model = Model(anchors=Anchors((high,), (low,)), adapt=False, step_sd=0.14)
    found = fit(answers(truth.table, scale=(0, 1, 2)), model)
    loads = found.items()["discrimination"].to_numpy()
    true = np.array([truth.items[i][0] for i in found.items()["item"]])
    slope = np.polyfit(true * truth.size(found.answers), loads, 1)[0]
    assert 0.75 < slope < 1.1


@pytest.mark.parametrize("scale", ["starts", "pool"])
def test_the_reported_scale_has_mean_0_and_size_1(scale: str) -> None:
    found = fit_of(20, scale=scale)
    answered = found.answers.node_answers > 0
    assert abs(found.mean[answered].mean()) < 1e-12
    assert found.mean[answered].std() == pytest.approx(1)


def test_the_same_answers_give_the_same_numbers() -> None:
    truth = truth_of(20)
    high, low = truth.extremes()
    data = answers(truth.table.sample(fraction=1, shuffle=True, seed=1), scale=(0, 1, 2))
    again = fit(data, Model(anchors=Anchors((high,), (low,))))
    assert again.mean.tobytes() == fit_of(20).mean.tobytes()
    assert again.draws(5, seed=3).tobytes() == fit_of(20).draws(5, seed=3).tobytes()


def test_labels_never_flip_between_times() -> None:
    found = fit_of(21)
    high, low = truth_of(21).extremes()
    assert found.anchors_hold == 1.0
    for time in found.answers.times:
        place = found.answers.place
        assert found.mean[place(high, time)] > found.mean[place(low, time)]


def test_draws_have_the_stated_spread() -> None:
    found = fit_of(20)
    draws = found.draws(1500, seed=1)
    np.testing.assert_allclose(draws.std(axis=0) / found.sd, 1, atol=0.12)
    assert np.max(np.abs((draws.mean(axis=0) - found.mean) / found.sd)) < 0.25


def test_draws_of_a_path_move_together() -> None:
    found = fit_of(20)
    draws = found.draws(1500, seed=2)
    data = found.answers
    unit = data.units[0]
    one, two = (data.place(unit, data.times[t]) for t in (3, 4))
    assert np.corrcoef(draws[:, one], draws[:, two])[0, 1] > 0.3


def test_a_unit_without_answers_for_a_while_is_less_sure() -> None:
    truth = truth_of(20)
    gap = truth.table.filter(~((truth.table["unit"] == 3) & truth.table["time"].is_in([2, 3, 4])))
    found = fit(answers(gap, scale=(0, 1, 2)), Model(anchors=Anchors((truth.extremes()[0],))))
    place = found.answers.place
    assert found.answers.node_answers[place(3, 3)] == 0
    assert found.sd[place(3, 3)] > 1.15 * found.sd[place(3, 1)]


def test_predictions_are_probabilities_that_fit() -> None:
    truth = truth_of(25)
    keep = np.random.default_rng(1).random(truth.table.height) > 0.05
    high, low = truth.extremes()
    data = answers(truth.table.filter(pl.Series(keep)), scale=(0, 1, 2))
    found = fit(data, Model(anchors=Anchors((high,), (low,))))
    held = truth.table.filter(~pl.Series(keep)).filter(pl.col("item").is_in(data.items))
    losses, bare = [], []
    for unit, time, item, answer in held.iter_rows():
        chances = found.predict(unit, time, item)
        assert sum(chances.values()) == pytest.approx(1)
        losses.append(-np.log(chances[str(answer)]))
        a, cuts = truth.items[item]
        edges = np.concatenate([[-np.inf], cuts - a * truth.theta[time, unit], [np.inf]])
        from scipy.special import ndtr

        bare.append(-np.log(ndtr(edges[answer + 1]) - ndtr(edges[answer])))
    # As well as one who knows the truth, but for what estimating costs.
    assert np.mean(losses) < np.mean(bare) + 0.06


def test_logit_and_probit_agree_on_positions() -> None:
    assert np.corrcoef(fit_of(20).mean, fit_of(20, link="logit").mean)[0, 1] > 0.998


def test_static_and_returning_positions() -> None:
    truth = simulate(4, units=30, times=3, items=30, step=0.001, shock=0.001)
    high, low = truth.extremes()
    anchors = Anchors((high,), (low,))
    static = fit(answers(truth.table, pool=np.inf), Model(anchors=anchors))
    assert len(static.mean) == 30
    assert np.corrcoef(static.mean, truth.theta[0])[0, 1] > 0.97
    returning = fit(answers(truth.table), Model(anchors=anchors, carry=0.9))
    assert np.corrcoef(returning.mean, truth.at(returning.answers))[0, 1] > 0.97


@pytest.mark.parametrize(
    ("anchors", "message"),
    [
        (Anchors(("nobody",)), "received 'nobody'"),
        (Anchors((1,), (1,)), r"received \[1\] on both"),
    ],
)
def test_anchors_that_cannot_hold(anchors: Anchors, message: str) -> None:
    with pytest.raises(LatentError, match=message):
        fit(answers(truth_of(20).table), Model(anchors=anchors))


def test_reversed_anchors_are_refused() -> None:
    truth = truth_of(20)
    order = np.argsort(truth.theta.mean(axis=0))
    low, high, middle = int(order[0]), int(order[-1]), int(order[-2])
    with pytest.raises(LatentError, match="beyond the other side's anchors"):
        fit(answers(truth.table), Model(anchors=Anchors((high, middle, low), (int(order[1]),))))


def test_options_that_are_unknown() -> None:
    for wrong in ({"link": "cauchit"}, {"carry": 2.0}, {"scale": "big"}, {"load_sd": -1.0}):
        with pytest.raises(LatentError, match="expected"):
            Model(**wrong)
