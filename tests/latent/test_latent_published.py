"""The published model by its means: its parts, known truth, its pitfalls, refusals."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from numba import get_num_threads, set_num_threads
from scipy.special import ndtr, ndtri
from simulating import Truth, simulate

from beholden.latent import Anchors, Answers, LatentError, PublishedFit, answers, fit_published
from beholden.latent.assembly import SCALE
from beholden.latent.published.kernels import below, quantile
from beholden.latent.published.layout import PublishedLayout, published_layout
from beholden.latent.published.moments import _item_sums, _node_sums, sweep_items


def data_of(rows: list[tuple[object, ...]]) -> Answers:
    table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    return answers(table, scale=SCALE, repeats=True)


@pytest.fixture(scope="module")
def truth() -> Truth:
    return simulate(3, units=60, times=8, items=60, bridged=0.3, step=0.15, load=1.0, cut=1.2)


@pytest.fixture(scope="module")
def data(truth: Truth) -> Answers:
    return answers(truth.table, scale=[0, 1, 2], repeats=True)


def sides(truth: Truth) -> Anchors:
    high, low = truth.extremes()
    return Anchors((high,), (low,))


@pytest.fixture(scope="module")
def found(truth: Truth, data: Answers) -> PublishedFit:
    return fit_published(data, anchors=sides(truth), tolerance=5e-4)


def within(fit: PublishedFit, true: np.ndarray) -> list[float]:
    time = fit.answers.node_time[fit.answers.node_answers > 0]
    return [float(np.corrcoef(fit.mean[time == t], true[time == t])[0, 1]) for t in set(time)]


def test_the_normal_distribution_by_table() -> None:
    x = np.linspace(-8.9, 8.9, 4001)
    assert np.allclose([below(v) for v in x], ndtr(x), rtol=1e-6, atol=0)
    p = ndtr(np.linspace(-8.5, 5, 1001))
    assert np.allclose([quantile(v) for v in p], ndtri(p), atol=2e-6)


def tiny() -> PublishedLayout:
    rows: list[tuple[object, ...]] = []
    for time, count in ((1, 4), (2, 2), (5, 6)):
        for item in range(count):
            # "b" is away at time 2; "c" comes at time 5.
            there = "ab" if time == 1 else "a" if time == 2 else "abc"
            name = f"{time}-{item}" if item else "again"
            rows += [(u, time, name, "yes" if u == "a" else "no") for u in there]
            rows += [("d", time, name, "abstain")]
    return published_layout(data_of(rows))


def test_a_position_borrows_from_the_last_one_and_the_first_from_the_second() -> None:
    layout = tiny()
    # Places: time 1 a b d; time 2 a d; time 5 a b c d.
    assert layout.time_start.tolist() == [0, 3, 5, 9]
    assert layout.before.tolist() == [3, 6, 4, 0, 2, 3, 1, 7, 4]
    n = np.array([4, 4, 4, 2, 2, 6, 6, 6, 6])
    other = np.array([2, 6, 2, 4, 4, 2, 4, 0, 2])
    assert layout.prior == pytest.approx(1 / (0.5 * n / (n + other)))


def test_only_items_of_one_time_have_a_home() -> None:
    layout = tiny()
    assert sorted(layout.home.tolist()) == [-1, 0, 0, 0, 1, 2, 2, 2, 2, 2]
    assert layout.item_start[-1, -1] == len(layout.place)


def log_likelihood(psi: np.ndarray, theta: np.ndarray, counts: list[int]) -> float:
    first, second = psi[1], psi[1] + np.exp(psi[2])
    code = np.repeat([0, 1, 2], counts)
    edges = np.array([-np.inf, first, second, np.inf])
    eta = psi[0] * theta
    return float(np.log(ndtr(edges[code + 1] - eta) - ndtr(edges[code] - eta)).sum())


def test_gradients_and_curvature_against_differences() -> None:
    draw = np.random.default_rng(1)
    counts = [7, 5, 8]
    theta, psi = draw.normal(size=20), np.array([0.8, -0.4, -0.2])
    start, place = np.concatenate([[0], np.cumsum(counts)]), np.arange(20, dtype=np.int32)
    g, h, kinds, cov = np.zeros(3), np.zeros((3, 3)), np.arange(3), np.zeros((3, 3))
    gap = float(np.exp(psi[2]))
    _item_sums(start, place, theta, np.zeros(20), psi, cov, kinds, gap, 0.0, g, h)
    step = 1e-5
    for m in range(3):
        move = step * np.eye(3)[m]
        up, down = (log_likelihood(psi + s * move, theta, counts) for s in (1, -1))
        assert g[m] == pytest.approx((up - down) / (2 * step), rel=1e-5, abs=1e-5)
    sums = np.zeros((20, 6))
    _node_sums(start, place, theta, np.zeros(20), psi, cov, kinds, gap, 0.0, True, sums)
    for n in (0, 9, 15):
        move = 1e-4 * np.eye(20)[n]
        up, here, down = (log_likelihood(psi, theta + s * move, counts) for s in (1, 0, -1))
        assert sums[n, 0] == pytest.approx((up - down) / 2e-4, rel=1e-5)
        assert sums[n, 1] == pytest.approx(-(up - 2 * here + down) / 1e-8, rel=1e-3)
        # The latent variable counts a vote as a whole unit: more than a vote can tell.
        assert sums[n, 1] < sums[n, 2]


def test_positions_are_recovered(truth: Truth, found: PublishedFit) -> None:
    true = truth.at(found.answers)[found.answers.node_answers > 0]
    assert found.converged
    assert found.anchors_hold == 1.0
    assert min(within(found, true)) > 0.955


def test_standard_errors_cover_after_each_time_is_aligned(
    truth: Truth, found: PublishedFit
) -> None:
    true = truth.at(found.answers)[found.answers.node_answers > 0]
    time = found.answers.node_time[found.answers.node_answers > 0]
    misses = []
    for t in range(int(time.max()) + 1):
        here = time == t
        slope, middle = np.polyfit(found.mean[here], true[here], 1)
        away = true[here] - middle - slope * found.mean[here]
        misses.append(away / (slope * found.sd[here]))
    assert 0.9 < np.mean(np.abs(np.concatenate(misses)) < 1.96) < 0.99


def test_discriminations_are_recovered(truth: Truth, found: PublishedFit) -> None:
    table = found.items().filter(pl.col("answers") > 100)
    size = truth.size(found.answers)
    true = np.array([truth.items[item][0] * size for item in table["item"]])
    assert np.corrcoef(table["discrimination"], true)[0, 1] > 0.96


def raw_means(fit: PublishedFit) -> tuple[np.ndarray, np.ndarray]:
    """Conditional means of positions given items at rest, as the sampler computes them."""
    layout = published_layout(fit.answers)
    low, high = fit.item_values[:, 1], fit.item_values[:, 2]
    gap = np.log(np.maximum(high - low, 1e-3))
    psi, cov = np.column_stack([fit.item_values[:, 0], low, gap]), np.zeros((layout.items, 3, 3))
    sums = np.empty((len(layout.chunk_start) - 1, layout.places, 6))
    theta, var = fit.mean.copy(), fit.sd**2
    for _ in range(6):
        sweep_items(layout.chunk_start, layout.item_start, layout.place, layout.home,
                    theta, var, psi, cov, 1.0, sums)  # fmt: skip
    total = sums.sum(axis=0)
    lag = np.where(layout.before == np.arange(layout.places), 0.0, theta[layout.before])
    lag = lag * (1 + fit.pull)
    step = (total[:, 0] + layout.prior * (lag - theta)) / (total[:, 2] + layout.prior)
    return theta + step, theta


def test_positions_rest_where_standardised_conditional_means_are_themselves(
    found: PublishedFit,
) -> None:
    """Standardised after each draw, not at the end: raw means are larger by `pull`."""
    raw, theta = raw_means(found)
    slope, _ = np.polyfit(theta, raw, 1)
    assert slope - 1 == pytest.approx(found.pull, abs=2e-3)
    assert np.max(np.abs((raw - raw.mean()) / slope - theta)) < 0.01
    # Draws have variance 1, so means and their variances make it up together.
    assert found.mean.var() + np.mean(found.sd**2) == pytest.approx(1.0, abs=0.01)


def test_the_order_of_rows_and_threads_change_nothing(truth: Truth, found: PublishedFit) -> None:
    mixed = truth.table.sample(fraction=1, shuffle=True, seed=4)
    threads = get_num_threads()
    set_num_threads(1)
    again = fit_published(
        answers(mixed, scale=[0, 1, 2], repeats=True),
        anchors=sides(truth), tolerance=5e-4,
    )  # fmt: skip
    set_num_threads(threads)
    assert again.mean.tobytes() == found.mean.tobytes()
    assert again.sd.tobytes() == found.sd.tobytes()


def test_items_without_a_category_have_bounded_cutpoints() -> None:
    draw = np.random.default_rng(5)
    rows: list[tuple[object, ...]] = []
    lacking = {"low": ("abstain", "yes"), "top": ("no", "abstain"), "middle": ("no", "yes")}
    for number in range(60):
        kind = list(lacking)[number % 3]
        cut = draw.normal()
        for unit in range(30):
            low, high = lacking[kind]
            above = unit / 10 - 1.5 + draw.normal() > cut
            rows.append((unit, number % 2, f"{kind}-{number}", high if above else low))
    fit = fit_published(data_of(rows), anchors=Anchors((29,), (0,)))
    table = fit.items()
    for name, low, high in zip(
        table["item"], table["cutpoints"].list.get(0), table["cutpoints"].list.get(1), strict=True
    ):
        assert -7 <= low <= high <= 7, name
        if name.startswith("middle"):
            assert low == high
        else:
            assert high - low > 1
    assert np.all(np.isfinite(fit.sd))


def test_turned_anchors_turn_positions_and_discriminations(
    truth: Truth, data: Answers, found: PublishedFit
) -> None:
    high, low = truth.extremes()
    turned = fit_published(data, anchors=Anchors((low,), (high,)), tolerance=5e-4)
    assert turned.mean == pytest.approx(-found.mean, abs=2e-3)
    assert turned.item_values[:, 0] == pytest.approx(-found.item_values[:, 0], abs=5e-3)


def test_other_numbers_of_categories_are_refused() -> None:
    rows = [(u, 1, i, int(u > i)) for u in range(4) for i in range(3)]
    table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    with pytest.raises(LatentError, match="expected items with 3 categories"):
        fit_published(answers(table), anchors=Anchors((3,)))


def test_unknown_anchors_and_no_sweeps_are_refused(data: Answers) -> None:
    with pytest.raises(LatentError, match="expected an anchor among the 60 units"):
        fit_published(data, anchors=Anchors(("x",), ("y",)))
    with pytest.raises(LatentError, match="at least 1 sweep"):
        fit_published(data, limit=0)


def test_progress_is_told_and_may_end_a_fit(truth: Truth, data: Answers) -> None:
    told = []

    def stop(sweep: int, moved: float) -> None:
        told.append((sweep, moved))
        if sweep == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit_published(data, anchors=sides(truth), progress=stop)
    assert [sweep for sweep, _ in told] == [1, 2]
    assert not fit_published(data, anchors=sides(truth), limit=3).converged
