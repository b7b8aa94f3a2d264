"""Answers that nobody has given yet: positions carried forward, items known or only their prior."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from scipy.optimize import minimize, minimize_scalar
from scipy.special import logsumexp, ndtr, ndtri

from beholden.latent.dimensions.kernels import score
from beholden.latent.problems import AnswersError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.dimensions.estimate import Dimensions

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = [
    "OpinionPool",
    "forecast",
    "given_last",
    "last_answers",
    "opinion_pool",
    "persistence",
]

# So that a pool with few forecasts behind it stays near the plain product of its sources.
SHRINKAGE = 1.0
POINTS, MOST, TINY = 48, 0.97, 1e-12


def forecast(found: Dimensions, table: pl.DataFrame) -> Floats:
    """Probabilities of answers at a time after those of the fit.

    A unit's position is its last one, less sure by the steps since; a unit never seen is any
    unit. An item seen before keeps its parameters; one never seen is any item of the prior.
    All of that uncertainty is averaged out.

    Parameters
    ----------
    found : Dimensions
        A fit of earlier answers, all of whose items have the same number of categories.
    table : polars.DataFrame
        Columns `unit`, `time` and `item`.

    Returns
    -------
    ndarray, shape (rows, categories)

    Raises
    ------
    AnswersError
        When items differ in their categories, or a time is no later than the last of the fit.

    Examples
    --------
    >>> from beholden.latent import answers, fit_dimensions
    >>> rows = [(u, 1, i, int((u * (i % 3 - 1) + i) % 7 > 2)) for u in range(9) for i in range(12)]
    >>> seen = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    >>> found = fit_dimensions(answers(seen), dimensions=2)
    >>> forecast(found, pl.DataFrame({"unit": [3], "time": [2], "item": [4]})).shape
    (1, 2)
    """
    data = found.answers
    sizes = np.unique(data.categories)
    if len(sizes) > 1:
        raise AnswersError(f"expected items of as many categories each, received {sizes.tolist()}")
    early = table.filter(pl.col("time") <= float(data.times[-1]))
    if early.height:
        raise AnswersError(
            f"expected times after {data.times[-1]:g}, received {early['time'][0]:g}. Ask "
            "Dimensions.predict about times within the fit"
        )
    x, s = _carried(found, table)
    psi, cov, group = _known_items(found, table["item"])
    out = np.empty((table.height, int(sizes[0])))
    rows = np.arange(table.height)
    for code in range(out.shape[1]):
        score(
            group, rows, np.full(len(rows), code), np.full(len(rows), sizes[0]), x, s, psi, cov,
            found.model.link == "probit", out[:, code],
        )  # fmt: skip
    return np.asarray(np.exp(out))


def _carried(found: Dimensions, table: pl.DataFrame) -> tuple[Floats, Floats]:
    """Position and covariance of every row's unit at its time."""
    data, space = found.answers, found.space
    k = found.dimensions
    last = np.append(np.zeros(len(data.units), dtype=np.int64), -1)
    last[data.node_unit] = np.arange(len(data.node_unit))
    place = _places(table["unit"], data.units)
    node = last[place]
    x = np.vstack([space.x, np.zeros(k)])[node]
    s = np.concatenate([space.s, np.eye(k)[None]])[node]
    since = table["time"].to_numpy() - np.append(data.times[data.node_time], 0.0)[node]
    since = np.where(node >= 0, since, 0.0)
    return x, s + since[:, None, None] * space.step


def _known_items(found: Dimensions, items: pl.Series) -> tuple[Floats, Floats, Ints]:
    """Parameters of the items, the prior's for those never seen, and which each row uses."""
    data, space = found.answers, found.space
    group = np.append(np.full(len(data.items), -1), -1)
    group[data.instance_item] = found.votes.group
    chosen = group[_places(items, data.items)]
    psi = np.vstack([space.psi, space.middle])
    cov = np.concatenate([space.cov, space.spread[None]])
    return psi, cov, np.where(chosen >= 0, chosen, len(space.psi))


def _places(column: pl.Series, labels: tuple[Any, ...]) -> Ints:
    """Where each entry stands among the labels; -1 for one that is not there."""
    place = {label: i for i, label in enumerate(labels)}
    return np.array([place.get(label, -1) for label in column.to_list()], dtype=np.int64)


def last_answers(past: pl.DataFrame, table: pl.DataFrame) -> pl.Series:
    """Each unit's last answer to the same item, null where it has given none.

    Parameters
    ----------
    past : polars.DataFrame
        Columns `unit`, `time`, `item` and `answer`.
    table : polars.DataFrame
        Columns `unit`, `time` and `item`; only answers of earlier times count.

    Examples
    --------
    >>> past = pl.DataFrame({"unit": [1, 1], "time": [1, 2], "item": [7, 7], "answer": ["n", "y"]})
    >>> asked = pl.DataFrame({"unit": [1, 2], "time": [3, 3], "item": [7, 7]})
    >>> last_answers(past, asked).to_list()
    ['y', None]
    """
    keys = ["unit", "item"]
    latest = past.group_by([*keys, "time"], maintain_order=True).agg(pl.col("answer").last())
    asked = table.select(*keys, "time").with_row_index("row").sort("time")
    found = asked.join_asof(
        latest.sort("time"), on="time", by=keys, allow_exact_matches=False,
        check_sortedness=False,
    )  # fmt: skip
    return found.sort("row")["answer"]


def given_last(chances: Floats, last: Ints, correlation: float) -> Floats:
    """Forecasts that know what the same unit answered to the same item last.

    What a unit thinks of one item beyond its position lasts. The two answers are cut from two
    normal variables with a correlation (a Gaussian copula), each with the forecast's own
    probabilities; the forecast is then taken given the earlier answer.

    Parameters
    ----------
    chances : ndarray, shape (rows, categories)
        Forecasts that do not know the earlier answer as the unit's own.
    last : ndarray, shape (rows,)
        The category of the earlier answer, -1 where there is none: such rows stay as they are.
    correlation : float
        From 0 to below 1.

    Returns
    -------
    ndarray, shape (rows, categories)

    Examples
    --------
    >>> given_last(np.array([[0.2, 0.8], [0.2, 0.8]]), np.array([0, -1]), 0.7).round(2).tolist()
    [[0.56, 0.44], [0.2, 0.8]]
    """
    known = np.flatnonzero(last >= 0)
    share = chances[known] / chances[known].sum(axis=1, keepdims=True)
    cuts = ndtri(np.clip(np.cumsum(share, axis=1)[:, :-1], 1e-12, 1 - 1e-12))
    joint = np.zeros_like(share)
    places, weights = np.polynomial.hermite_e.hermegauss(POINTS)
    for place, weight in zip(places, weights, strict=True):
        below = ndtr((cuts - np.sqrt(correlation) * place) / np.sqrt(1 - correlation))
        given = np.diff(below, axis=1, prepend=0.0, append=1.0)
        joint += weight * given * given[np.arange(len(known)), last[known], None]
    out = np.array(chances, dtype=float)
    total = joint.sum(axis=1, keepdims=True)
    out[known] = np.where(total > 0, joint / np.maximum(total, 1e-300), share)
    return out


def persistence(chances: Floats, last: Ints, code: Ints) -> float:
    """The correlation for :func:`given_last` that would have forecast known answers best.

    Parameters
    ----------
    chances, last
        As there.
    code : ndarray, shape (rows,)
        What was answered.
    """
    known = np.flatnonzero(last >= 0)

    def loss(correlation: float) -> float:
        better = given_last(chances[known], last[known], correlation)
        return -float(np.mean(np.log(np.maximum(better[np.arange(len(known)), code[known]], TINY))))

    found = minimize_scalar(loss, bounds=(0.0, MOST), method="bounded", options={"xatol": 1e-3})
    return float(found.x)


@dataclass(frozen=True, eq=False)
class OpinionPool:
    """A logarithmic pool of several forecasts of the same answers.

    Attributes
    ----------
    weights : ndarray, shape (sources,)
        The power to which each source's probabilities are raised.
    tilt : ndarray, shape (categories,)
        What is added to the log probability of each category; the last has 0.
    """

    weights: Floats
    tilt: Floats

    def __call__(self, logs: Floats) -> Floats:
        """Pooled probabilities of log probabilities, shape (rows, sources, categories)."""
        mixed = np.einsum("s,nsc->nc", self.weights, logs) + self.tilt
        return np.asarray(np.exp(mixed - logsumexp(mixed, axis=1, keepdims=True)))


def opinion_pool(logs: Floats, code: Ints) -> OpinionPool:
    """The weights that would have forecast known answers best.

    With one source it is a recalibration of that source. Weights are held to 1 / sources as by
    one unit of information each, the tilt to 0.

    Parameters
    ----------
    logs : ndarray, shape (rows, sources, categories)
        Log probabilities by each source.
    code : ndarray, shape (rows,)
        What was answered.

    References
    ----------
    .. [1] Genest, C., and Zidek, J. V. (1986). Combining probability distributions: a critique
       and an annotated bibliography. Statistical Science 1(1), 114-135.
       https://doi.org/10.1214/ss/1177013825

    Examples
    --------
    >>> flat = np.log(np.full((40, 1, 2), 0.5))
    >>> opinion_pool(flat, np.repeat([0, 1], [30, 10]))(flat)[0].round(1).tolist()
    [0.7, 0.3]
    """
    _, sources, categories = logs.shape
    rows = np.arange(len(code))
    centre = np.append(np.full(sources, 1 / sources), np.zeros(categories - 1))

    def loss(values: Floats) -> tuple[float, Floats]:
        tilt = np.append(values[sources:], 0.0)
        mixed = np.einsum("s,nsc->nc", values[:sources], logs) + tilt
        total = logsumexp(mixed, axis=1)
        away = np.exp(mixed - total[:, None])
        away[rows, code] -= 1.0
        gradient = np.append(np.einsum("nc,nsc->s", away, logs), away.sum(axis=0)[:-1])
        held = SHRINKAGE * (values - centre)
        cost = float(np.sum(total - mixed[rows, code]) + held @ (values - centre) / 2)
        return cost, gradient + held

    best = minimize(loss, centre, jac=True, method="L-BFGS-B").x
    return OpinionPool(best[:sources], np.append(best[sources:], 0.0))
