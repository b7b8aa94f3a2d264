"""The published sampler: its draws, seeds and threads, interruption, against the fit."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numba import config, get_num_threads, set_num_threads
from scipy.stats import kstest, norm, truncnorm
from simulating import Truth, simulate

from beholden.latent import (
    Anchors,
    Answers,
    LatentError,
    PublishedSample,
    answers,
    fit_published,
    sample_published,
)
from beholden.latent.published.kernels import quantile, stream, uniform
from beholden.latent.published.moments import NARROW, _drift
from beholden.latent.published.sweep import _candidate, _latent, _probabilities, _within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHORT: dict[str, Any] = {"iterations": 60, "warmup": 20, "thin": 5, "seed": 4}


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Threads only wait for each other on so few answers."""
    threads = get_num_threads()
    set_num_threads(1)
    yield
    set_num_threads(threads)


@pytest.fixture(scope="module")
def truth() -> Truth:
    return simulate(5, units=40, times=5, items=40, bridged=0.3, step=0.15, load=1.0, cut=1.2)


@pytest.fixture(scope="module")
def data(truth: Truth) -> Answers:
    return answers(truth.table, scale=[0, 1, 2], repeats=True)


@pytest.fixture(scope="module")
def sides(truth: Truth) -> Anchors:
    high, low = truth.extremes()
    return Anchors((high,), (low,))


@pytest.fixture(scope="module")
def short(data: Answers, sides: Anchors) -> PublishedSample:
    return sample_published(data, anchors=sides, **SHORT)


@pytest.fixture(scope="module")
def long(data: Answers, sides: Anchors) -> PublishedSample:
    return sample_published(data, anchors=sides, iterations=4000, warmup=500, thin=10)


def by_item(data: Answers) -> list[np.ndarray]:
    """The answers to each item."""
    item = np.repeat(data.instance_item, np.diff(data.instance_start))
    return [data.code[item == i].astype(int) for i in range(len(data.items))]


def numbers(count: int, owner: int) -> np.ndarray:
    state, found = stream(np.uint64(1), np.uint64(2), np.uint64(owner)), np.empty(count)
    for k in range(count):
        state, found[k] = uniform(np.uint64(state))
    return found


def test_streams_are_uniform_and_apart() -> None:
    one, two = numbers(4000, 1), numbers(4000, 2)
    assert kstest(one, "uniform").pvalue > 0.001
    assert kstest([quantile(u) for u in one], norm.cdf).pvalue > 0.001
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.06
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 0.06
    assert numbers(5, 1).tolist() == one[:5].tolist()


def test_normal_values_within_an_interval() -> None:
    found = [_within(0.3, 0.5, -0.2, 0.9, u) for u in numbers(2000, 3)]
    assert kstest(found, truncnorm(-1.0, 1.2, 0.3, 0.5).cdf).pvalue > 0.001


@pytest.mark.parametrize(("between", "steep"), [(0, 1.0), (1, 2.0), (4, 0.5)])
def test_close_cutpoints_drift_up_by_the_tabled_force(between: int, steep: float) -> None:
    """The published step is not reversible: it leads where no step leads back from."""
    pull, scale = 0.15, 0.01
    low, high, total, steps = -0.3, 0.3, 0.0, 60_000
    state = np.uint64(11)
    for _ in range(steps):
        new_low, new_high, ratio, state = _candidate(
            low * scale, high * scale, scale, np.uint64(state)
        )
        new_low, new_high = new_low / scale, new_high / scale
        old_gap, gap = max(high - low, 1e-12), max(new_high - new_low, 1e-12)
        ratio += between * math.log(gap / old_gap) - steep * (gap - old_gap)
        ratio -= 0.5 * pull * (((new_low + new_high) / 2) ** 2 - ((low + high) / 2) ** 2)
        state, u = uniform(np.uint64(state))
        if math.log(u) < ratio:
            low, high = new_low, new_high
        total += (low + high) / 2
    assert pull * total / steps == pytest.approx(_drift(between, steep) * NARROW, abs=0.06)


def test_candidates_stay_in_order_and_within_bounds() -> None:
    for owner in range(300):
        state = stream(np.uint64(1), np.uint64(3), np.uint64(owner))
        first, second, _, _ = _candidate(-6.98, -6.95, 0.1, np.uint64(state))
        assert -7 <= first <= second <= 7
        assert second >= -6.98


@pytest.mark.parametrize(("category", "low", "high"), [(0, -9, -0.6), (1, -0.6, 0.7), (2, 0.7, 9)])
@pytest.mark.parametrize("position", [-1.5, 2.0])
def test_latent_variables_follow_their_votes(
    category: int, low: float, high: float, position: float
) -> None:
    votes, beta = 1500, 0.8
    start = np.array([0, 0, 0, 0])
    start[category + 1 :] = votes
    place, theta = np.zeros(votes, dtype=np.int32), np.array([position])
    eta, below_one, above = np.empty(votes), np.empty(votes), np.empty(votes)
    _probabilities(start, place, theta, beta, -0.6, 0.7, eta, below_one, above)
    state = stream(np.uint64(9), np.uint64(1), np.uint64(category))
    cross, square, _ = _latent(
        start, theta, place, -0.6, 0.7, eta, below_one, above, np.uint64(state)
    )
    middle = beta * position
    assert kstest(eta, truncnorm(low - middle, high - middle, middle, 1.0).cdf).pvalue > 0.001
    assert cross == pytest.approx(float((eta * position).sum()))
    assert square == pytest.approx(votes * position**2)


def test_a_seed_gives_the_same_draws_on_one_thread_and_on_two(
    data: Answers, sides: Anchors, short: PublishedSample
) -> None:
    # The most that numba was started with.
    set_num_threads(int(vars(config)["NUMBA_NUM_THREADS"]))
    again = sample_published(data, anchors=sides, **SHORT)
    set_num_threads(1)
    assert again.draws.tobytes() == short.draws.tobytes()
    assert again.mean.tobytes() == short.mean.tobytes()
    other = sample_published(data, anchors=sides, **{**SHORT, "seed": 5})
    assert other.draws.tobytes() != short.draws.tobytes()


def test_every_draw_is_standardised(short: PublishedSample) -> None:
    assert short.draws.shape == (12, len(short.mean))
    assert short.draws.mean(axis=1) == pytest.approx(np.zeros(12), abs=1e-6)
    assert short.draws.std(axis=1, ddof=1) == pytest.approx(np.ones(12), rel=1e-5)


def test_an_interrupted_run_goes_on_as_if_it_had_not_been(
    data: Answers, sides: Anchors, short: PublishedSample, tmp_path: Path
) -> None:
    def stop(sweep: int, size: float) -> None:
        if sweep == 37:
            raise KeyboardInterrupt

    file = tmp_path / "chain.npz"
    with pytest.raises(KeyboardInterrupt):
        sample_published(data, anchors=sides, checkpoint=file, progress=stop, **SHORT)
    told: list[int] = []
    again = sample_published(
        data, anchors=sides, checkpoint=file, progress=lambda sweep, _: told.append(sweep), **SHORT
    )
    assert told[0] == 38
    assert again.draws.tobytes() == short.draws.tobytes()
    assert again.levels.tobytes() == short.levels.tobytes()
    assert again.item_values.tobytes() == short.item_values.tobytes()
    assert [path.name for path in tmp_path.iterdir()] == ["chain.npz"]


def test_checkpoints_of_other_runs_and_other_files_are_refused(
    data: Answers, sides: Anchors, tmp_path: Path
) -> None:
    file = tmp_path / "chain.npz"
    brief = {**SHORT, "iterations": 2, "warmup": 0}
    sample_published(data, anchors=sides, checkpoint=file, **brief)
    with pytest.raises(LatentError, match="checkpoint of this very run"):
        sample_published(data, anchors=sides, checkpoint=file, **{**brief, "seed": 8})
    file.write_bytes(b"no archive")
    with pytest.raises(LatentError, match="could not read it"):
        sample_published(data, anchors=sides, checkpoint=file, **brief)


def test_numbers_out_of_range_and_foreign_starts_are_refused(data: Answers, sides: Anchors) -> None:
    with pytest.raises(LatentError, match="at least 1"):
        sample_published(data, anchors=sides, iterations=0)
    with pytest.raises(LatentError, match="positive step"):
        sample_published(data, anchors=sides, step=0.0)
    start = fit_published(data, anchors=sides)
    with pytest.raises(LatentError, match="expected a start with"):
        sample_published(data, anchors=sides, start=replace(start, mean=start.mean[:-1]))


def test_the_sampler_recovers_the_truth(truth: Truth, long: PublishedSample) -> None:
    true = truth.at(long.answers)[long.answers.node_answers > 0]
    time = long.answers.node_time[long.answers.node_answers > 0]
    for t in range(5):
        assert np.corrcoef(long.mean[time == t], true[time == t])[0, 1] > 0.93


def test_the_fit_is_where_the_sampler_wanders(
    data: Answers, sides: Anchors, long: PublishedSample
) -> None:
    fit = fit_published(data, anchors=sides)
    time = data.node_time[data.node_answers > 0]
    for t in range(5):
        here = time == t
        assert np.corrcoef(long.mean[here], fit.mean[here])[0, 1] > 0.995
        assert 0.9 < fit.mean[here].std() / long.mean[here].std() < 1.1
    assert np.median(fit.sd / long.sd) == pytest.approx(1.0, abs=0.15)
    full = np.array([min(np.bincount(codes, minlength=3)) > 3 for codes in by_item(data)])
    assert np.corrcoef(fit.item_values[full, 0], long.item_values[full, 0])[0, 1] > 0.99


def test_mixing_is_told_of_positions_and_levels(long: PublishedSample) -> None:
    assert np.median(long.mixing.bulk) > 100
    assert long.level_mixing.rhat.shape == (5,)
    # Levels mix slowest: that is the published algorithm's.
    assert np.median(long.level_mixing.bulk) / 4000 < np.median(long.mixing.bulk) / 400
