"""An item that was not in the fit: what its known answers say of it, and of other answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, ndtr, ndtri
from scipy.stats import qmc

from beholden.latent.problems import AnswersError, LatentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl
    from numpy.typing import NDArray

    from beholden.latent.layout import ItemPrior

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["NewItem", "chances", "coded", "given_answers", "given_parameters"]

POINTS = 2048
WIDER = 1.5
LEAST = 1e-300


@dataclass(frozen=True, eq=False)
class NewItem:
    """An item with what is known of it, as weighted points.

    Attributes
    ----------
    scale : tuple
        Its categories, lowest first.
    loads : ndarray, shape (points,)
        Discriminations on the reported scale.
    cuts : ndarray, shape (points, categories - 1)
        Cutpoints on the reported scale.
    weights : ndarray, shape (points,)
        How likely each point is.
    probit : bool
        The link; logit where not.
    place : callable
        Mean and variance of the position of a unit at a time, on the reported scale.
    """

    scale: tuple[Any, ...]
    loads: Floats
    cuts: Floats
    weights: Floats
    probit: bool
    place: Callable[[object, float], tuple[float, float]]

    @property
    def discrimination(self) -> tuple[float, float]:
        """Mean and standard deviation of the discrimination."""
        mean = float(self.weights @ self.loads)
        return mean, float(np.sqrt(self.weights @ (self.loads - mean) ** 2))

    @property
    def cutpoints(self) -> tuple[Floats, Floats]:
        """Means and standard deviations of the cutpoints."""
        mean = self.weights @ self.cuts
        return mean, np.sqrt(self.weights @ (self.cuts - mean) ** 2)

    def predict(self, unit: object, time: float) -> dict[Any, float]:
        """The probability of each answer of a unit at a time.

        What is not known of the item and of the position is averaged out.

        Raises
        ------
        AnswersError
            When the unit is unknown.
        """
        mean, variance = self.place(unit, time)
        each = chances(self.loads, self.cuts, mean, variance, probit=self.probit)
        return dict(zip(self.scale, (self.weights @ each).tolist(), strict=True))


def chances(loads: Floats, cuts: Floats, mean: float, variance: float, *, probit: bool) -> Floats:
    """Probabilities of each answer of a normal position, for one item or for many.

    Parameters
    ----------
    loads : ndarray, shape (items,)
        Discriminations.
    cuts : ndarray, shape (items, categories - 1)
        Cutpoints.
    mean, variance : float
        Of the position.
    probit : bool
        The link, with which the position is integrated out exactly; logit is scaled.

    Returns
    -------
    ndarray, shape (items, categories)

    Examples
    --------
    >>> chances(np.array([1.0]), np.array([[-1.0, 1.0]]), 0.0, 0.0, probit=True).round(3)
    array([[0.159, 0.683, 0.159]])
    """
    inner = 1.0 if probit else np.pi / 8
    shrink = 1.0 / np.sqrt(1.0 + inner * loads**2 * variance)
    below = (ndtr if probit else expit)((cuts - (loads * mean)[:, None]) * shrink[:, None])
    full = np.column_stack([np.zeros(len(loads)), below, np.ones(len(loads))])
    return np.maximum(np.diff(full, axis=1), 0.0)


def coded(known: pl.DataFrame, scale: Sequence[Any]) -> Ints:
    """The places of answers to one item in its scale.

    Raises
    ------
    AnswersError
        When a column is missing, the scale is too short or an answer is not on it.
    """
    absent = [name for name in ("unit", "time", "answer") if name not in known.columns]
    if absent:
        raise AnswersError(f"expected the columns unit, time, answer, missed {', '.join(absent)}")
    places = {word: code for code, word in enumerate(scale)}
    if len(places) < 2 or len(places) < len(scale):
        raise AnswersError(f"expected at least 2 categories, all different, got {list(scale)}")
    off = [answer for answer in known["answer"] if answer not in places]
    if off:
        raise AnswersError(f"expected answers on {list(scale)}, received {off[0]!r}")
    return np.array([places[answer] for answer in known["answer"]], dtype=np.int64)


def given_parameters(
    discrimination: float,
    cutpoints: Sequence[float],
    scale: Sequence[Any] | None,
    place: Callable[[object, float], tuple[float, float]],
    *,
    probit: bool,
) -> NewItem:
    """An item that is known.

    Raises
    ------
    LatentError
        When the cutpoints do not rise, or the scale has not one category more than they are.
    """
    cuts = np.asarray(cutpoints, dtype=float)
    words = tuple(scale) if scale is not None else tuple(range(len(cuts) + 1))
    numbers = np.append(cuts, discrimination)
    if not len(cuts) or not np.isfinite(numbers).all() or np.any(np.diff(cuts) <= 0):
        raise LatentError(f"expected finite cutpoints that rise, received {list(cutpoints)}")
    if len(words) != len(cuts) + 1:
        raise LatentError(f"expected {len(cuts) + 1} categories, received {list(words)}")
    loads = np.array([float(discrimination)])
    return NewItem(words, loads, cuts[None, :], np.ones(1), probit, place)


def given_answers(
    code: Ints, mean: Floats, variance: Floats, categories: int, prior: ItemPrior, *, probit: bool
) -> tuple[Floats, Floats, Floats]:
    """What answers of known positions say of an item: points of its posterior.

    The mode of the posterior under the prior on items, then a quasi-random net around it,
    weighted by what the posterior is there. Positions are normal and independent of each
    other; the few answers to one item would change them little, and are not used for that.

    Parameters
    ----------
    code : ndarray, shape (answers,)
        Places of the answers in the item's scale.
    mean, variance : ndarray, shape (answers,)
        Of the positions that gave them.
    categories : int
        How many categories there are.
    prior : ItemPrior
        On the scale of the positions.
    probit : bool
        The link.

    Returns
    -------
    loads : ndarray, shape (points,)
    cuts : ndarray, shape (points, categories - 1)
    weights : ndarray, shape (points,)
    """
    middle = np.array([0.0, prior.cut_mean, *[prior.gap_mean] * (categories - 2)])
    width = np.array([prior.load_sd, prior.cut_sd, *[prior.gap_sd] * (categories - 2)])

    def height(points: Floats) -> Floats:
        loads, cuts = _unfolded(points)
        out = -0.5 * np.sum(((points - middle) / width) ** 2, axis=1)
        for c, m, v in zip(code, mean, variance, strict=True):
            each = chances(loads, cuts, float(m), float(v), probit=probit)[:, c]
            out = out + np.log(np.maximum(each, LEAST))
        return np.asarray(out)

    found = minimize(lambda x: -float(height(x[None, :])[0]), middle, method="BFGS")
    root = WIDER * np.linalg.cholesky((found.hess_inv + found.hess_inv.T) / 2)
    net = qmc.Sobol(categories, scramble=False).random(POINTS + 1)[1:]
    normal = ndtri(net)
    points = found.x + normal @ root.T
    logs = height(points) + 0.5 * np.sum(normal**2, axis=1)
    weights = np.exp(logs - logs.max())
    loads, cuts = _unfolded(points)
    return loads, cuts, weights / weights.sum()


def _unfolded(points: Floats) -> tuple[Floats, Floats]:
    """Discriminations and cutpoints of item parameters, a row for each."""
    steps = np.exp(np.minimum(points[:, 2:], 3.0))
    return points[:, 0], np.cumsum(np.column_stack([points[:, 1], steps]), axis=1)
