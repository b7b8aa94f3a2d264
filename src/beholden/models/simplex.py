"""Weights of donors that come closest to many targets at once: the core of synthetic controls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.models.simplex_kernels import least_norm, on_simplex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

__all__ = ["Weights", "simplex_weights"]

_FACE, _RANK, _ROUNDS = 1e-10, 1e-9, 1000


@dataclass(frozen=True, eq=False)
class Weights:
    """The closest mixes of donors.

    Attributes
    ----------
    weights : ndarray, shape (targets, units)
        Not negative, with sum one; zero outside the donors.
    loss : ndarray, shape (targets,)
        Sum of squared distances over the periods, without the ridge.
    unique : ndarray of bool, shape (targets,)
        Whether no other mix comes as close. Where several do, the shortest is given: that
        with the least sum of squared weights.
    rounds : ndarray of int, shape (targets,)
        Rounds of the active set.
    """

    weights: Floats
    loss: Floats
    unique: Flags
    rounds: NDArray[np.int64]


def simplex_weights(
    table: Floats, targets: NDArray[np.int64], donors: Flags, ridge: float = 0.0
) -> Weights:
    """For each target the mix of its donors that comes closest to it.

    Minimises ``|table[:, j] - table @ w|^2 + ridge |w|^2`` over weights that are not negative and
    sum to one, by an active set on products that all targets share, so that the answer is
    exact up to rounding [1]_.

    Parameters
    ----------
    table : ndarray, shape (periods, units)
        Outcomes before the event, without gaps.
    targets : ndarray of int, shape (targets,)
        Columns that are approached.
    donors : ndarray of bool, shape (targets, units)
        Which columns may enter each mix; a target is no donor to itself.
    ridge : float
        Penalty on squared weights, in squared units of the table.

    Returns
    -------
    Weights

    Raises
    ------
    ValueError
        When the table has gaps, a target is among its donors or has none.

    References
    ----------
    .. [1] Lawson, C. L., Hanson, R. J. (1995). Solving Least Squares Problems, chapter 23.
       https://doi.org/10.1137/1.9781611971217

    Examples
    --------
    >>> table = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5]])
    >>> found = simplex_weights(table, np.array([2]), np.array([[True, True, False]]))
    >>> found.weights.round(3).tolist(), bool(found.unique[0])
    ([[0.5, 0.5, 0.0]], True)
    """
    _require(table, targets, donors)
    shift = table.mean(axis=1, keepdims=True)
    # Weights sum to one, so a common shift changes nothing; it saves digits.
    moved = table - shift
    size = float(np.sqrt(np.max(np.sum(moved**2, axis=0)))) or 1.0
    scaled = np.ascontiguousarray(moved / size)
    gram = scaled.T @ scaled
    count = len(targets)
    weights = np.zeros((count, table.shape[1]))
    unique, rounds = np.ones(count, dtype=bool), np.zeros(count, dtype=np.int64)
    for i, target in enumerate(targets):
        weights[i], slope, rounds[i] = on_simplex(
            scaled, gram, int(target), donors[i], ridge / size**2, _ROUNDS
        )
        if not rounds[i]:
            raise ArithmeticError(f"the weights of column {target} did not settle")
        if ridge == 0.0:
            weights[i], unique[i] = _shortest(scaled, weights[i], slope, donors[i])
    rest = table[:, targets] - table @ weights.T
    return Weights(weights, np.sum(rest**2, axis=0), unique, rounds)


def _shortest(scaled: Floats, weights: Floats, slope: Floats, donors: Flags) -> tuple[Floats, bool]:
    """The shortest of the mixes that come as close, and whether there is only one."""
    face = np.flatnonzero(donors & ((slope <= _FACE) | (weights > 0)))
    # Columns enter one by one, each because it is no mix of those before it.
    if len(face) == np.count_nonzero(weights):
        return weights, True
    rows = np.vstack([scaled[:, face], np.ones(len(face))])
    left, sizes, right = np.linalg.svd(rows, full_matrices=False)
    rank = int(np.sum(sizes > _RANK * sizes[0]))
    if rank == len(face):
        return weights, True
    # Independent equations only: those that the others imply would make the steps singular.
    found = least_norm(
        np.ascontiguousarray(sizes[:rank, None] * right[:rank]),
        np.ascontiguousarray(left[:, :rank].T @ (rows @ weights[face])),
        weights[face],
        200,
    )
    out = np.zeros_like(weights)
    out[face] = found / found.sum()
    return out, False


def _require(table: Floats, targets: NDArray[np.int64], donors: Flags) -> None:
    if not np.isfinite(table).all():
        raise ValueError("expected outcomes without gaps, found some that are not finite")
    if donors.shape != (len(targets), table.shape[1]):
        expected = (len(targets), table.shape[1])
        raise ValueError(f"expected donors of shape {expected}, received {donors.shape}")
    if donors[np.arange(len(targets)), targets].any():
        raise ValueError("expected donors other than the target, found a target among its donors")
    if not donors.any(axis=1).all():
        raise ValueError("expected at least one donor for each target, found a target without any")
