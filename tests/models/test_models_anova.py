"""Shapley shares against the same from all sets of choices written out."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest

from beholden.models.anova import shapley_shares


def written_out(codes: np.ndarray, figure: np.ndarray) -> list[float]:
    """Shapley effects from the variance of the mean given every set of choices (Owen 2014)."""
    choices = range(codes.shape[1])

    def worth(chosen: tuple[int, ...]) -> float:
        if not chosen:
            return 0.0
        cell = np.unique(codes[:, chosen], axis=0, return_inverse=True)[1].reshape(-1)
        means = np.bincount(cell, weights=figure) / np.bincount(cell)
        return float(np.var(means[cell])) / float(np.var(figure))

    parts = []
    for k in choices:
        others = [other for other in choices if other != k]
        gains = (
            (worth(tuple(sorted((*some, k)))) - worth(some))
            / (len(choices) * comb(len(others), size))
            for size in range(len(others) + 1)
            for some in combinations(others, size)
        )
        parts.append(sum(gains))
    return parts


@pytest.mark.parametrize("seed", range(6))
def test_shares_are_those_of_sets_written_out(seed: int) -> None:
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 5, size=5)
    whole = np.indices(tuple(sizes.tolist())).reshape(len(sizes), -1).T
    codes = whole[random.random(len(whole)) > 0.3] if seed % 2 else whole
    figure = random.normal(size=len(codes)) + codes[:, 0] * (codes[:, 1] + 1)
    found = shapley_shares(codes, figure)
    np.testing.assert_allclose(found, written_out(codes, figure), atol=1e-12)
    assert found.sum() == pytest.approx(1)


def test_cells_that_are_rare_among_the_possible_are_merged_as_well() -> None:
    random = np.random.default_rng(1)
    codes = random.integers(0, 40, size=(50, 4))
    figure = random.normal(size=50)
    np.testing.assert_allclose(
        shapley_shares(codes, figure), written_out(codes, figure), atol=1e-12
    )


def test_what_does_not_vary_has_no_shares() -> None:
    codes = np.array([[0, 1], [1, 1]])
    assert shapley_shares(codes, np.array([0.1, 0.1])).tolist() == [0, 0]
    assert shapley_shares(codes, np.array([0.0, 0.1])).tolist() == [1, 0]
    assert shapley_shares(np.empty((0, 2), dtype=np.int64), np.empty(0)).tolist() == [0, 0]


def test_too_many_choices_are_refused() -> None:
    codes = np.vstack([np.zeros(17, dtype=np.int64), np.eye(17, dtype=np.int64)])
    with pytest.raises(ValueError, match="at most 16 choices that vary, found 17"):
        shapley_shares(codes, np.arange(18.0))
