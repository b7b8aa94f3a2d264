"""Matrix completion: optimality, recovery, and what it shares with other counterfactuals."""

from __future__ import annotations

import numpy as np
import pytest

from beholden.models.completion import chosen_penalty, complete, matrix_completion
from beholden.models.placebo import placebo_test


def panel(random: np.random.Generator, years: int, units: int, noise: float) -> np.ndarray:
    courses = random.normal(size=(years, 2)).cumsum(axis=0)
    low = courses @ random.normal(size=(2, units))
    return np.asarray(low + 3 * random.normal(size=units) + noise * random.normal(size=low.shape))


@pytest.mark.parametrize("penalty", [0.5, 2.0, 8.0])
def test_the_completed_panel_is_the_optimum(penalty: float) -> None:
    """Residuals of seen entries are the penalty along what is kept, and no more across it."""
    random = np.random.default_rng(1)
    paths = panel(random, 14, 10, 0.5)
    seen = random.random(paths.shape) < 0.85
    found = complete(paths, seen, penalty, tolerance=1e-11)
    rest = np.where(seen, paths - found.values, 0.0)
    np.testing.assert_allclose(rest.sum(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(rest.sum(axis=1), 0, atol=1e-5)
    assert np.linalg.norm(rest, 2) <= penalty * (1 + 1e-5)
    left, sizes, right = np.linalg.svd(found.low)
    rank = int(np.sum(sizes > 1e-6))
    along = left[:, :rank].T @ rest @ right[:rank].T
    np.testing.assert_allclose(along, penalty * np.eye(rank), atol=1e-4 * penalty)


def test_holes_of_a_panel_of_low_rank_are_filled() -> None:
    random = np.random.default_rng(2)
    paths = panel(random, 24, 30, 0.05)
    seen = np.ones(paths.shape, dtype=bool)
    seen[16:, :6] = False
    penalty = chosen_penalty(paths, seen, 16)
    found = complete(paths, seen, penalty)
    away = (found.values - paths)[~seen]
    assert np.sqrt(np.mean(away**2)) < 0.25 * paths[~seen].std()


def test_a_change_is_found_and_moves_no_placebo() -> None:
    paths = panel(np.random.default_rng(3), 16, 21, 0.3)
    moved = paths.copy()
    moved[10:, 4] += 25
    without, found = (matrix_completion(each, 10, 4) for each in (paths, moved))
    np.testing.assert_allclose(found.after[:, 4] - without.after[:, 4], 25, atol=1e-9)
    others = np.arange(21) != 4
    np.testing.assert_allclose(found.after[:, others], without.after[:, others], atol=1e-9)
    test = placebo_test(found.after, found.honest, 4)
    assert test.p == pytest.approx(1 / 21)


def test_bad_input_is_refused_in_words() -> None:
    paths = panel(np.random.default_rng(3), 16, 8, 0.3)
    with pytest.raises(ValueError, match="at least 3 years before"):
        matrix_completion(paths, 2, 0)
