"""Draws from the joint posterior: truth recovered, agreement with the fit, the same bytes again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy import stats
from simulating import Truth, simulate

from beholden.latent import Anchors, LatentError, Model, answers, fit
from beholden.latent.sampling import sample

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.latent.sampled import Sample


@cache
def truth() -> Truth:
    return simulate(3, units=50, times=5, items=30)


def model() -> Model:
    high, low = truth().extremes()
    return Model(anchors=Anchors((high,), (low,)))


@cache
def drawn() -> Sample:
    data = answers(truth().table, scale=(0, 1, 2))
    return sample(data, model(), draws=400, warmup=300, chains=2, seed=1)


def test_chains_mix_and_the_truth_comes_back() -> None:
    found = drawn().positions()
    true = truth().at(drawn().answers)
    assert np.corrcoef(found["mean"].to_numpy(), true)[0, 1] > 0.98
    inside = (found["low"].to_numpy() < true) & (true < found["high"].to_numpy())
    assert 0.9 <= inside.mean() <= 0.99
    assert found["rhat"].to_numpy().max() < 1.06
    assert found["ess"].to_numpy().min() > 30


def test_the_fit_and_the_draws_agree() -> None:
    found = fit(drawn().answers, model())
    assert np.corrcoef(found.mean, drawn().mean)[0, 1] > 0.998
    assert 0.85 < np.median(drawn().sd / found.sd) < 1.15


def test_the_same_seed_gives_the_same_draws_and_another_gives_others() -> None:
    data = answers(truth().table, scale=(0, 1, 2))
    one, two, other = (
        sample(data, model(), draws=20, warmup=30, chains=2, seed=seed) for seed in (5, 5, 6)
    )
    assert np.array_equal(one.draws(), two.draws())
    assert not np.array_equal(one.draws(), other.draws())


def test_a_run_goes_on_from_its_checkpoint_as_if_it_had_not_stopped(tmp_path: Path) -> None:
    data = answers(truth().table, scale=(0, 1, 2))
    given: dict[str, Any] = {"warmup": 30, "chains": 1, "seed": 5}
    whole = sample(data, model(), draws=30, **given)
    path = tmp_path / "run.checkpoint"

    def stop(done: int, every: int) -> None:
        if done == 45:
            raise KeyboardInterrupt

    part = sample(data, model(), draws=30, checkpoint=path, progress=stop, **given)
    assert not part.finished
    rest = sample(data, model(), draws=30, checkpoint=path, **given)
    assert np.array_equal(rest.draws(), whole.draws())
    with pytest.raises(LatentError):
        sample(data, Model(start_sd=2.0), draws=30, checkpoint=path, **given)


def test_ranks_of_the_truth_are_about_even() -> None:
    """Ranks of true positions among draws, over 40 data sets.

    Truths are not drawn from the model's priors, so this is a coarse check and no calibration.
    """
    ranks = []
    for seed in range(40):
        made = simulate(200 + seed, units=12, times=2, items=14)
        high, low = made.extremes()
        data = answers(made.table, scale=(0, 1, 2))
        found = sample(
            data, Model(anchors=Anchors((high,), (low,))), draws=60, warmup=80, chains=1, thin=2,
            seed=seed,
        )  # fmt: skip
        true, draws = made.at(data), found.draws()
        ranks += [np.mean(draws[:, node] < true[node]) for node in (3, 9, 15)]
    counts = np.histogram(ranks, bins=5, range=(0, 1))[0]
    assert stats.chisquare(counts).pvalue > 0.001


def test_bad_numbers_are_refused_in_words() -> None:
    data = answers(truth().table, scale=(0, 1, 2))
    with pytest.raises(LatentError, match="expected chains of at least 1, received 0"):
        sample(data, model(), chains=0)
