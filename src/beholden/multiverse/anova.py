"""Which choice decides: the variance over the universes, shared out among the choices."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Shares", "variance_shares"]

MAX_CHOICES = 14


@dataclass(frozen=True)
class Shares:
    """Each choice's part in the variance of an outcome over the universes.

    Attributes
    ----------
    shapley : mapping of str to float
        Parts that add to one: a choice's own effect and an equal part of every interaction
        it takes part in.
    alone : mapping of str to float
        The part that the choice explains by itself.
    variance : float
        What is shared out.
    """

    shapley: Mapping[str, float]
    alone: Mapping[str, float]
    variance: float


def variance_shares(picks: Sequence[Mapping[str, str]], outcome: NDArray[np.float64]) -> Shares:
    """Functional ANOVA over universes, also where not every combination exists.

    The worth of a set of choices is the variance of the outcome's mean given those choices
    (all universes weighing the same); parts are Shapley effects of that worth. On a complete
    grid they are the classical main effects plus equal parts of the interactions; on an
    incomplete one they still add to one, which sums of squares do not.

    Parameters
    ----------
    picks : sequence of mapping, length n
        The option of every choice in each universe.
    outcome : ndarray, shape (n,)
        What varies: a figure, or 0 and 1 for an expectation that fails or holds.

    Returns
    -------
    Shares
        All zero where the outcome does not vary.

    Raises
    ------
    ValueError
        With more than 14 choices that vary (2 to the power of 14 sets).

    References
    ----------
    .. [1] Owen, A. B. (2014). Sobol' indices and Shapley value. SIAM/ASA Journal on
       Uncertainty Quantification 2(1), 245-251. https://doi.org/10.1137/130936233

    Examples
    --------
    >>> grid = [{"a": x, "b": y} for x in "01" for y in "01"]
    >>> variance_shares(grid, np.array([0.0, 0, 1, 1])).shapley["a"]
    1.0
    """
    names = [name for name in (picks[0] if picks else {}) if len({row[name] for row in picks}) > 1]
    everything = tuple(picks[0]) if picks else ()
    if len(names) > MAX_CHOICES:
        raise ValueError(f"expected at most {MAX_CHOICES} choices that vary, found {len(names)}")
    total = float(np.var(outcome)) if len(outcome) else 0.0
    zero = dict.fromkeys(everything, 0.0)
    if total <= 1e-15 or not names:
        return Shares(zero, dict(zero), total)
    codes = {
        name: np.unique([row[name] for row in picks], return_inverse=True)[1] for name in names
    }
    worth = {
        subset: _explained([codes[name] for name in subset], outcome) / total
        for size in range(len(names) + 1)
        for subset in combinations(names, size)
    }
    shapley = {name: _shapley(name, names, worth) for name in names}
    alone = {name: worth[(name,)] for name in names}
    return Shares({**zero, **shapley}, {**zero, **alone}, total)


def _explained(codes: list[NDArray[np.intp]], outcome: NDArray[np.float64]) -> float:
    """Variance of the outcome's mean within the cells of some choices."""
    if not codes:
        return 0.0
    cell = np.unique(np.stack(codes, axis=1), axis=0, return_inverse=True)[1].reshape(-1)
    sizes = np.bincount(cell)
    means = np.bincount(cell, weights=outcome) / sizes
    return float((sizes * (means - outcome.mean()) ** 2).sum() / len(outcome))


def _shapley(name: str, names: list[str], worth: dict[tuple[str, ...], float]) -> float:
    others = [other for other in names if other != name]
    part = 0.0
    for size in range(len(others) + 1):
        weight = 1 / (len(names) * comb(len(others), size))
        for subset in combinations(others, size):
            joined = tuple(item for item in names if item in subset or item == name)
            part += weight * (worth[joined] - worth[subset])
    return part
