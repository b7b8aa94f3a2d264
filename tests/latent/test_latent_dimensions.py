"""Several dimensions: the truth comes back, the algebra is right, predictions are calibrated."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
import pytest
from scipy.special import ndtr
from tabling import long

from beholden.latent import (
    Anchors,
    Answers,
    Dimensions,
    Fit,
    LatentError,
    Model,
    answers,
    fit,
    fit_dimensions,
    forecast,
    given_last,
    last_answers,
    neighbourly,
    opinion_pool,
    persistence,
)
from beholden.latent.assembly import SCALE
from beholden.latent.dimensions.kernels import item_pass, node_pass, score, smooth

SEEDS = (1, 3)
LOADS = (1.8, 1.2)


@cache
def simulate(
    seed: int, loads: tuple[float, ...] = LOADS, items: int = 60, units: int = 60, times: int = 6
) -> tuple[pl.DataFrame, np.ndarray, dict[int, tuple[np.ndarray, np.ndarray]]]:
    """Answers of units that walk in several dimensions, a quarter of the items put again."""
    draw, k = np.random.default_rng(seed), len(loads)
    x = np.empty((times, units, k))
    x[0] = draw.normal(size=(units, k))
    for t in range(1, times):
        x[t] = x[t - 1] + 0.1 * draw.normal(size=(units, k))
    rows: list[tuple[int, int, int, int]] = []
    last: list[int] = []
    known: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    for t in range(times):
        again = [i for i in last if draw.random() < 0.25]
        for _ in range(items - len(again)):
            cuts = np.cumsum(np.append(1.5 * draw.normal(), np.exp(draw.normal(-0.5, 0.6, 1))))
            again.append(len(known))
            known[len(known)] = (np.array(loads) * draw.normal(size=k), cuts)
        for i in again:
            a, cuts = known[i]
            code = np.searchsorted(cuts, x[t] @ a + draw.normal(size=units))
            rows += [(int(u), t, i, int(code[u])) for u in np.flatnonzero(draw.random(units) > 0.1)]
        last = again
    table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    return table, x, known


@cache
def two_of(seed: int) -> tuple[Dimensions, Fit]:
    table, x, _ = simulate(seed)
    data = answers(table, scale=(0, 1, 2))
    mean = x.mean(axis=0)[:, 0]
    anchors = Anchors((int(mean.argmax()),), (int(mean.argmin()),))
    first = fit(data, Model(anchors=anchors))
    return fit_dimensions(data, first=first, tolerance=5e-5), first


def truth_of(seed: int) -> np.ndarray:
    """True positions, identified as estimates are: by the one-dimensional scale alone."""
    found, first = two_of(seed)
    data, here = found.answers, found.votes.answered
    true = simulate(seed)[1][data.times[data.node_time].astype(int), data.node_unit]
    away = true - true[here].mean(axis=0)
    values, vectors = np.linalg.eigh(away[here].T @ away[here] / here.sum())
    white = away @ vectors / np.sqrt(values)
    axis = white[here].T @ (first.mean[here] - first.mean[here].mean())
    axis /= np.linalg.norm(axis)
    other = white @ np.array([-axis[1], axis[0]])
    return np.column_stack([white @ axis, other * np.sign(other @ found.mean[:, 1])])


@pytest.mark.parametrize("seed", SEEDS)
def test_both_dimensions_come_back(seed: int) -> None:
    found, _ = two_of(seed)
    assert found.converged
    true = truth_of(seed)
    for d in range(2):
        assert np.corrcoef(found.mean[:, d], true[:, d])[0, 1] > 0.98


def test_intervals_cover_in_both_dimensions() -> None:
    away = np.concatenate([(two_of(s)[0].mean - truth_of(s)) / two_of(s)[0].sd for s in SEEDS])
    inside = np.mean(np.abs(away) < 1.96, axis=0)
    assert np.all((inside > 0.91) & (inside < 0.98))


def test_reported_dimensions_are_standard_and_follow_the_first_scale() -> None:
    found, first = two_of(1)
    x = found.mean[found.votes.answered]
    np.testing.assert_allclose(x.mean(axis=0), 0, atol=1e-10)
    np.testing.assert_allclose(x.T @ x / len(x), np.eye(2), atol=1e-8)
    # All that the two dimensions know of the scale is in the first.
    assert abs(np.corrcoef(first.mean, found.mean[:, 1])[0, 1]) < 1e-6
    assert found.agreement > 0.97
    assert found.sizes[0] > found.sizes[1] > 0.5


def test_a_dimension_too_many_shrinks() -> None:
    table, _, _ = simulate(4, loads=(1.6,), items=50)
    found = fit_dimensions(answers(table, scale=(0, 1, 2)), dimensions=3)
    assert found.sizes[0] > 1.0
    assert np.all(found.sizes[1:] < 0.3 * found.sizes[0])


def test_the_same_answers_give_the_same_bytes() -> None:
    table, _, _ = simulate(1)
    one = fit_dimensions(answers(table, scale=(0, 1, 2)))
    mixed = table.sample(fraction=1, shuffle=True, seed=2)
    two = fit_dimensions(answers(mixed, scale=(0, 1, 2)))
    assert one.mean.tobytes() == two.mean.tobytes()
    assert one.draws(3, seed=1).tobytes() == two.draws(3, seed=1).tobytes()


def test_held_out_answers_of_three_dimensions() -> None:
    table, x, known = simulate(7, loads=(1.6, 1.2, 1.0), items=80)
    out = pl.Series(np.random.default_rng(1).random(table.height) < 0.05)
    data = answers(table.filter(~out), scale=(0, 1, 2))
    held = table.filter(out).filter(pl.col("item").is_in(list(data.items)))
    losses = {}
    for k in (1, 3, 6):
        found = fit_dimensions(data, dimensions=k)
        chances = [found.predict(*row)[str(a)] for *row, a in held.iter_rows()]
        losses[k] = -np.mean(np.log(chances))
    bare = []
    for unit, time, item, answer in held.iter_rows():
        a, cuts = known[item]
        edges = np.concatenate([[-np.inf], cuts - a @ x[time, unit], [np.inf]])
        bare.append(-np.log(ndtr(edges[answer + 1]) - ndtr(edges[answer])))
    assert losses[3] < losses[1] - 0.15
    assert losses[3] < np.mean(bare) + 0.1
    # More than there are cost next to nothing.
    assert abs(losses[6] - losses[3]) < 0.02


def test_log_scores_are_the_logs_of_predictions() -> None:
    found, _ = two_of(1)
    places = pl.DataFrame({"node": [5, 9], "instance": [3, 20], "code": [0, 2]})
    chances = found.probabilities(places["node"].to_numpy(), places["instance"].to_numpy())
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    np.testing.assert_allclose(found.log_scores(places), np.log(chances[[0, 1], [0, 2]]))


def small_problem(seed: int = 3) -> tuple[np.ndarray, ...]:
    """Two instances of three categories, five nodes, two dimensions."""
    draw = np.random.default_rng(seed)
    start, group = np.array([0, 5, 10]), np.array([0, 1])
    nodes, codes = np.tile(np.arange(5), 2), np.array([0, 1, 2, 2, 1, 1, 0, 2, 0, 1], dtype=np.int8)
    sizes = np.array([3, 3])
    x, psi = draw.normal(size=(5, 2)), draw.normal(size=(2, 4))
    return start, group, nodes, codes, sizes, x, psi


def log_likelihood(x: np.ndarray, psi: np.ndarray) -> float:
    _, _, nodes, codes, _, _, _ = small_problem()
    total = 0.0
    for o, (n, code) in enumerate(zip(nodes, codes, strict=True)):
        item = psi[o // 5]
        cuts = np.array([-np.inf, item[2], item[2] + np.exp(item[3]), np.inf]) - item[:2] @ x[n]
        total += np.log(ndtr(cuts[code + 1]) - ndtr(cuts[code]))
    return total


def slope(function: object, at: np.ndarray) -> np.ndarray:
    out = np.empty_like(at)
    for place in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[place] = 1e-5
        out[place] = (function(at + step) - function(at - step)) / 2e-5  # type: ignore[operator]
    return out


def test_gradients_are_those_of_the_likelihood_where_all_is_known() -> None:
    start, group, nodes, codes, sizes, x, psi = small_problem()
    s, cov = np.zeros((5, 2, 2)), np.zeros((2, 4, 4))
    gx, hx, gp, hp = np.zeros_like(x), np.zeros_like(s), np.zeros_like(psi), np.zeros_like(cov)
    total = node_pass(start, group, nodes, codes, sizes, x, s, psi, cov, True, gx, hx)
    item_pass(start, group, nodes, codes, sizes, x, s, psi, cov, True, gp, hp)
    assert total == pytest.approx(log_likelihood(x, psi))
    np.testing.assert_allclose(gx, slope(lambda v: log_likelihood(v, psi), x), atol=1e-6)
    np.testing.assert_allclose(gp, slope(lambda v: log_likelihood(x, v), psi), atol=1e-6)
    assert np.all(np.linalg.eigvalsh(hx) > -1e-10)


def test_scores_average_out_position_and_item() -> None:
    draw = np.random.default_rng(8)
    x, psi = np.array([[0.4, -0.8]]), np.array([[1.1, 0.6, -0.3, -0.5]])
    root, other = 0.3 * draw.normal(size=(2, 2)), 0.25 * draw.normal(size=(4, 4))
    other[3] = 0.0
    s, cov = (root @ root.T)[None], (other @ other.T)[None]
    out = np.empty(3)
    none, three = np.zeros(3, dtype=np.int64), np.full(3, 3)
    score(none, none, np.arange(3), three, x, s, psi, cov, True, out)
    n = 400_000
    items = psi + draw.normal(size=(n, 4)) @ other.T
    places = x + draw.normal(size=(n, 2)) @ root.T
    low = items[:, 2] - np.sum(items[:, :2] * places, axis=1)
    below = ndtr(np.column_stack([low, low + np.exp(items[:, 3])])).mean(axis=0)
    assert np.exp(out).sum() == pytest.approx(1)
    # A product of two normal variables is not quite normal.
    np.testing.assert_allclose(np.exp(out), np.diff([0, *below, 1]), atol=0.01)


def test_smoothing_is_the_dense_solution() -> None:
    draw = np.random.default_rng(5)
    x, grad = draw.normal(size=(4, 2)), draw.normal(size=(4, 2))
    roots = draw.normal(size=(4, 2, 2))
    hess = roots @ roots.transpose(0, 2, 1)
    step, begin = np.array([[5.0, 1.0], [1.0, 4.0]]), np.array([[1.0, 0.2], [0.2, 2.0]])
    gaps = np.array([0.0, 1.0, 2.0, 1.0])
    fresh, s = np.empty_like(x), np.empty_like(hess)
    moved, began = np.zeros((2, 2)), np.zeros((2, 2))
    order, starts = np.arange(4), np.array([0, 4])
    smooth(order, starts, gaps, x, grad, hess, step, begin, fresh, s, moved, began)
    full = np.zeros((8, 8))
    full[:2, :2] += begin
    for t in range(4):
        full[2 * t : 2 * t + 2, 2 * t : 2 * t + 2] += hess[t]
        if t:
            change = np.zeros((2, 8))
            change[:, 2 * t - 2 : 2 * t], change[:, 2 * t : 2 * t + 2] = -np.eye(2), np.eye(2)
            full += change.T @ (step / gaps[t]) @ change
    covariance = np.linalg.inv(full)
    right = np.concatenate([g + h @ p for g, h, p in zip(grad, hess, x, strict=True)])
    np.testing.assert_allclose(fresh.ravel(), covariance @ right, atol=1e-10)
    for t in range(4):
        at = slice(2 * t, 2 * t + 2)
        np.testing.assert_allclose(s[t], covariance[at, at], atol=1e-10)
    np.testing.assert_allclose(began, s[0] + np.outer(fresh[0], fresh[0]), atol=1e-10)


def test_a_later_start_ends_where_the_first_did() -> None:
    found, first = two_of(1)
    again = fit_dimensions(found.answers, first=first, start=found, tolerance=5e-5)
    assert again.iterations < found.iterations
    for d in range(2):
        assert np.corrcoef(again.mean[:, d], found.mean[:, d])[0, 1] > 0.999
    with pytest.raises(LatentError, match="expected a start with 3 dimensions"):
        fit_dimensions(found.answers, dimensions=3, start=found)


def test_sides_turn_a_dimension() -> None:
    found, first = two_of(1)
    mean = np.bincount(found.answers.node_unit, found.mean[:, 1])
    low = found.answers.units[int(mean.argmin())]
    turned = fit_dimensions(
        found.answers, first=first, sides=(Anchors(), Anchors((low,))), tolerance=5e-5
    )
    np.testing.assert_allclose(turned.mean[:, 1], -found.mean[:, 1], atol=1e-9)
    np.testing.assert_allclose(turned.mean[:, 0], found.mean[:, 0], atol=1e-9)


def test_items_of_two_and_three_answers_some_drifting() -> None:
    table, _, _ = simulate(3)
    yes_no = table["item"] % 2 == 0
    mixed = table.with_columns(answer=pl.when(yes_no).then(pl.min_horizontal("answer", 1))
                               .otherwise("answer"))  # fmt: skip
    scales = {i: (0, 1) if i % 2 == 0 else (0, 1, 2) for i in table["item"].unique()}
    often = table.group_by("item").agg(pl.col("time").n_unique()).filter(pl.col("time") > 1)
    drifting = often["item"].sort()[0]
    found = fit_dimensions(answers(mixed, scale=scales, drift=[drifting]), dimensions=2)
    assert np.isfinite(found.mean).all()
    even = next(i for i in found.answers.items if i % 2 == 0)
    chances = found.predict(found.answers.units[0], 0.0, even)
    assert len(chances) == 2
    assert sum(chances.values()) == pytest.approx(1)
    instances = np.array(found.answers.items)[found.answers.instance_item] == drifting
    assert len(np.unique(found.votes.group[instances])) == instances.sum() > 1


def test_what_cannot_be_fitted() -> None:
    found, first = two_of(1)
    with pytest.raises(LatentError, match="expected 1 to 58 dimensions"):
        fit_dimensions(found.answers, dimensions=59)
    fewer = answers(simulate(1)[0].filter(pl.col("time") < 3), scale=(0, 1, 2))
    with pytest.raises(LatentError, match="same 180 unit-times"):
        fit_dimensions(fewer, first=first)
    with pytest.raises(LatentError, match="received 'nothing'"):
        found.predict(0, 0.0, "nothing")
    with pytest.raises(LatentError, match="received 'nobody'"):
        fit_dimensions(fewer, sides=(Anchors(("nobody",)),))


def test_forecasts_of_the_next_time() -> None:
    table, x, known = simulate(9, items=80)
    past, now = table.filter(pl.col("time") < 5), table.filter(pl.col("time") == 5)
    found = fit_dimensions(answers(past, scale=(0, 1, 2)))
    chances = forecast(found, now)
    np.testing.assert_allclose(chances.sum(axis=1), 1, atol=1e-9)
    code = now["answer"].to_numpy()
    again = now["item"].is_in(list(found.answers.items)).to_numpy()
    right = chances.argmax(axis=1) == code
    true = []
    for unit, time, item, _ in now.iter_rows():
        a, cuts = known[item]
        true.append(int(np.searchsorted(cuts, a @ x[time, unit])))
    # On items put again nearly as good as one who knows the truth; new ones are anybody's guess.
    assert right[again].mean() > np.mean((np.array(true) == code)[again]) - 0.05
    assert right[~again].mean() < right[again].mean() - 0.1


def test_forecasts_grow_less_sure_and_know_no_strangers() -> None:
    found, _ = two_of(1)
    item = found.answers.items[-1]
    rows = [(0, 6.0, item), (0, 60.0, item), ("stranger", 6.0, item), ("stranger", 60.0, item)]
    table = pl.DataFrame(rows, schema=["unit", "time", "item"], orient="row", strict=False)
    soon, late, one, two = forecast(found, table.with_columns(unit=pl.Series([0, 0, -1, -1])))
    assert np.sum(late * np.log(late)) > np.sum(soon * np.log(soon)) or late.max() < soon.max()
    np.testing.assert_allclose(one, two)
    with pytest.raises(LatentError, match="expected times after 5"):
        forecast(found, table.with_columns(unit=0, time=5.0))


def test_a_pool_trusts_who_knows_and_corrects_who_is_too_sure() -> None:
    draw = np.random.default_rng(2)
    score_of = draw.normal(size=(6000, 3)) * 1.5
    true = score_of - np.log(np.exp(score_of).sum(axis=1, keepdims=True))
    code = (np.cumsum(np.exp(true), axis=1) < draw.random((6000, 1))).sum(axis=1)
    noise = draw.normal(size=(6000, 3))
    pool = opinion_pool(np.stack([true, noise], axis=1), code)
    np.testing.assert_allclose(pool.weights, [1, 0], atol=0.07)
    sure = opinion_pool(2.0 * true[:, None, :], code)
    np.testing.assert_allclose(sure.weights, [0.5], atol=0.03)
    np.testing.assert_allclose(sure(2.0 * true[:, None, :]).sum(axis=1), 1)


def test_an_earlier_answer_counts_as_much_as_opinions_last() -> None:
    draw = np.random.default_rng(4)
    n, lasts = 8000, 0.6
    cuts = np.sort(draw.normal(size=(n, 2)), axis=1)
    shared = np.sqrt(lasts) * draw.normal(size=n)
    noise = np.sqrt(1 - lasts) * draw.normal(size=(2, n))
    last, code = ((cuts < (shared + one)[:, None]).sum(axis=1) for one in noise)
    chances = np.diff(ndtr(cuts), axis=1, prepend=0, append=1)
    assert persistence(chances, last, code) == pytest.approx(lasts, abs=0.04)
    better = given_last(chances, last, lasts)
    np.testing.assert_allclose(better.sum(axis=1), 1)
    rows = np.arange(n)
    assert np.log(better[rows, code]).mean() > np.log(chances[rows, code]).mean() + 0.05
    for low in (0.1, 0.4, 0.7):
        here = (better > low) & (better < low + 0.2)
        given = (np.arange(3) == code[:, None])[here]
        assert given.mean() == pytest.approx(better[here].mean(), abs=0.025)
    unknown = given_last(chances, np.full(n, -1), lasts)
    np.testing.assert_array_equal(unknown, chances)


def test_the_last_answer_is_that_of_an_earlier_time() -> None:
    past = pl.DataFrame(
        {"unit": [1, 1, 2], "time": [1, 3, 3], "item": [7, 7, 8], "answer": ["n", "y", "y"]}
    )
    asked = pl.DataFrame({"unit": [1, 1, 2, 2], "time": [3, 4, 4, 4], "item": [7, 7, 7, 8]})
    assert last_answers(past, asked).to_list() == ["n", "y", None, "y"]


@pytest.fixture(scope="module")
def assembly(published: Answers) -> pl.DataFrame:
    """The published votes of sessions 56 to 62."""
    return long(published).filter(pl.col("time").is_between(56, 62))


def placed(data: Answers, held: pl.DataFrame) -> pl.DataFrame:
    """Where held-out votes stand among a table's nodes and instances."""
    units, items = np.array(data.units), np.array(data.items)
    nodes = pl.DataFrame({"unit": units[data.node_unit], "time": data.times[data.node_time]})
    put = {"item": items[data.instance_item], "time": data.times[data.instance_time]}
    asked = pl.DataFrame(put)
    joined = held.join(nodes.with_row_index("node"), on=["unit", "time"])
    return joined.join(asked.with_row_index("instance"), on=["item", "time"]).with_columns(
        pl.col("node", "instance").cast(pl.Int64),
        code=pl.col("answer").replace_strict(dict(zip(SCALE, range(3), strict=True))),
    )


def test_votes_held_out_in_the_assembly(assembly: pl.DataFrame) -> None:
    out = pl.Series(np.random.default_rng(7).random(assembly.height) < 0.05)
    data = answers(assembly.filter(~out), scale=SCALE, repeats=True)
    places = placed(data, assembly.filter(out))
    node, instance, code = (places[name].to_numpy() for name in ("node", "instance", "code"))
    losses, right = {}, {}
    for k, found in ((1, fit_dimensions(data, dimensions=1)), (14, neighbourly(data))):
        chances = found.probabilities(node, instance)
        losses[k] = -found.log_scores(places).mean()
        right[k] = np.mean(chances.argmax(axis=1) == code)
    assert losses[14] < 0.2 < losses[1]
    assert right[14] > 0.93


def lasting(votes: pl.DataFrame, session: int) -> float:
    """How long opinions of an item last, from one session's forecasts."""
    past, now = votes.filter(pl.col("time") < session), votes.filter(pl.col("time") == session)
    found = fit_dimensions(answers(past, scale=SCALE, repeats=True), dimensions=5)
    asked = now.with_columns(last=last_answers(past, now)).filter(
        pl.col("last").is_not_null(), pl.col("item").is_in(list(found.answers.items))
    )
    places = [np.array([SCALE.index(word) for word in asked[name]]) for name in ("last", "answer")]
    return persistence(forecast(found, asked), *places)


def test_a_session_foretold_from_those_before(assembly: pl.DataFrame) -> None:
    past, now = assembly.filter(pl.col("time") < 62), assembly.filter(pl.col("time") == 62)
    last = last_answers(past, now)
    found = fit_dimensions(answers(past, scale=SCALE, repeats=True), dimensions=5)
    asked = now.with_columns(last=last).filter(
        pl.col("last").is_not_null(), pl.col("item").is_in(list(found.answers.items))
    )
    chances = forecast(found, asked)
    code, before = (
        np.array([SCALE.index(word) for word in asked[name]]) for name in ("answer", "last")
    )
    # Estimated on the session before.
    better = given_last(chances, before, lasting(assembly, 61))
    # The rival: how often states repeated their last vote on an item in the sessions before.
    pairs = past.with_columns(last=last_answers(past, past)).drop_nulls("last")
    often = {
        (last, word): (n + 0.5) / (pairs["last"].eq(last).sum() + 1.5)
        for last, word, n in pairs.group_by("last", "answer").len().iter_rows()
    }
    rival = [np.log(often[row]) for row in asked.select("last", "answer").iter_rows()]
    mine = np.log(better[np.arange(len(code)), code])
    assert mine.mean() > np.mean(rival)
    assert mine.mean() > np.log(chances[np.arange(len(code)), code]).mean()
