"""Compiled loops against the same loops in Python, and compiling where nothing can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba
import numpy as np

from beholden.models import kernels

if TYPE_CHECKING:
    import pytest

RANDOM = np.random.default_rng(2)
TABLE, WEIGHTS = RANDOM.normal(size=(30, 4)), RANDOM.uniform(0.5, 2, 30)
CODES = RANDOM.integers(0, 5, 30)


def test_machine_code_does_what_the_loops_say() -> None:
    for function, shape in ((kernels.sums, (5, 4)), (kernels.blocks, (5, 10))):
        plain, fast = np.zeros(shape), np.zeros(shape)
        function(TABLE, WEIGHTS, CODES, plain)
        kernels.compiled(function)(TABLE, WEIGHTS, CODES, fast)
        assert np.allclose(plain, fast, rtol=1e-13)


def test_loops_against_sums_written_out() -> None:
    sums, blocks, left = np.zeros((5, 4)), np.zeros((5, 10)), TABLE.copy()
    kernels.sums(TABLE, WEIGHTS, CODES, sums)
    kernels.blocks(TABLE, WEIGHTS, CODES, blocks)
    kernels.subtract(left, CODES, sums)
    for level in range(5):
        here = level == CODES
        rows, w = TABLE[here], WEIGHTS[here][:, None]
        assert np.allclose(sums[level], (w * rows).sum(axis=0))
        assert np.allclose(blocks[level], (rows.T @ (w * rows))[np.triu_indices(4)])
        assert np.allclose(left[here], rows - sums[level])


def test_factor_and_substitute_solve() -> None:
    gram = TABLE.T @ TABLE
    members = np.array([[1, 0, 2]])
    order, lower = np.full((1, 3), -1), np.zeros((1, 3, 3))
    pivots, slopes, effects = np.ones(1), np.zeros((1, 3)), np.zeros((1, 3))
    kernels.factor(gram, gram.diagonal().copy(), members, 1e-10, order, lower, pivots)
    kernels.substitute(gram, members, np.array([3]), order, lower, slopes, effects)
    inverse = np.linalg.inv(gram[np.ix_([1, 0, 2], [1, 0, 2])])
    assert np.allclose(slopes[0], inverse @ gram[[1, 0, 2], 3])
    assert np.allclose(effects[0], inverse[0])


def test_without_a_folder_to_keep_code_in(monkeypatch: pytest.MonkeyPatch) -> None:
    njit = numba.njit

    def refusing(**how: Any) -> Any:
        if how.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return njit(**how)

    monkeypatch.setattr(numba, "njit", refusing)
    out = np.zeros((5, 4))
    kernels.compiled.__wrapped__(kernels.sums)(TABLE, WEIGHTS, CODES, out)
    assert np.allclose(out.sum(axis=0), WEIGHTS @ TABLE)
