"""R-hat and effective sample sizes against ArviZ's, and what they say of chains known apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from beholden.latent import LatentError
from beholden.latent.diagnostics import mixing, split_rhat

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PATH = Path(__file__).parents[1] / "reference" / "mixing.json"
CASES: list[dict[str, Any]] = json.loads(PATH.read_text("utf-8"))["cases"]


def chains(seed: int, count: int, draws: int, carry: float, shift: float, spread: float) -> Floats:
    noise = np.random.default_rng(seed).standard_normal((count, draws))
    out = np.empty((count, draws))
    out[:, 0] = noise[:, 0]
    for t in range(1, draws):
        out[:, t] = carry * out[:, t - 1] + np.sqrt(1 - carry**2) * noise[:, t]
    out[0] += shift
    out[-1] *= spread
    return out


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["plan"][0]))
def test_same_figures_as_arviz(case: dict[str, Any]) -> None:
    found = mixing(chains(*case["plan"]))
    assert found.rhat[0] == pytest.approx(case["rhat"], rel=1e-9)
    assert found.bulk[0] == pytest.approx(case["bulk"], rel=1e-9)
    assert found.tail[0] == pytest.approx(case["tail"], rel=1e-9)


def test_many_figures_are_those_of_each() -> None:
    parts = [chains(seed, 3, 60, 0.4, 0.0, 1.0) for seed in range(300)]
    found = mixing(np.stack(parts, axis=2))
    for k in (0, 255, 256, 299):
        alone = mixing(parts[k])
        assert (found.rhat[k], found.bulk[k], found.tail[k]) == (
            alone.rhat[0], alone.bulk[0], alone.tail[0],
        )  # fmt: skip


def test_the_size_of_autoregressive_draws_is_known() -> None:
    # An AR(1) with correlation r is worth (1 - r) / (1 + r) of independent draws.
    found = mixing(chains(3, 4, 20_000, 0.8, 0.0, 1.0))
    assert found.bulk[0] == pytest.approx(80_000 * 0.2 / 1.8, rel=0.1)


def test_a_figure_that_never_moves_and_one_that_is_missing() -> None:
    draws = np.random.default_rng(1).normal(size=(2, 40, 3))
    draws[:, :, 1] = 2.0
    draws[1, 3, 2] = np.nan
    found = mixing(draws)
    assert found.bulk[1] == 80
    assert np.isnan([found.rhat[2], found.bulk[2], found.tail[2]]).all()
    assert np.isfinite(found.rhat[0])


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(LatentError, match=r"8 draws or more.*received shape \(2, 5\)"):
        split_rhat(np.zeros((2, 5)))
