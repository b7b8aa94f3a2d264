"""Which choice decides: the variance over the universes, shared out among the choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.models.anova import shapley_shares

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
        name: np.unique([row[name] for row in picks], return_inverse=True)[1].astype(np.int64)
        for name in names
    }
    # The option of each choice, from 0; the parts are found by the engine of associations.
    shapley = dict(
        zip(
            names, shapley_shares(np.column_stack([*codes.values()]), outcome).tolist(), strict=True
        )
    )
    alone = {name: _explained(codes[name], outcome) / total for name in names}
    return Shares({**zero, **shapley}, {**zero, **alone}, total)


def _explained(cell: NDArray[np.int64], outcome: NDArray[np.float64]) -> float:
    """Variance of the outcome's mean within the options of one choice."""
    sizes = np.bincount(cell)
    means = np.bincount(cell, weights=outcome) / sizes
    return float((sizes * (means - outcome.mean()) ** 2).sum() / len(outcome))
