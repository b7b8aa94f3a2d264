"""Positions in several dimensions: what one scale leaves of the answers, and prediction by it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from beholden.latent.dimensions.fitting import iterate, votes
from beholden.latent.dimensions.kernels import score
from beholden.latent.dimensions.spread import joint_draws
from beholden.latent.dimensions.start import oriented, resumed, starting_space
from beholden.latent.model import Model
from beholden.latent.problems import LatentError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from beholden.latent.dimensions.fitting import Space, Votes
    from beholden.latent.model import Anchors
    from beholden.latent.observed import Answers
    from beholden.latent.result import Fit

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Dimensions", "fit_dimensions", "neighbourly"]

NEIGHBOURLY = 14
DRAWS = 400


@dataclass(frozen=True, eq=False)
class Dimensions:
    """Positions of units at times in several dimensions, the items, and predictions.

    Attributes
    ----------
    answers : Answers
        What was fitted.
    model : Model
        What was assumed: its link and anchors.
    space : Space
        Positions, items and priors on the reported scale.
    votes : Votes
        The answers as they were laid out.
    first : ndarray or None, shape (nodes,)
        The one-dimensional scale that the first dimension follows.
    iterations : int
        Iterations taken.
    converged : bool
        Whether the last one moved the likelihood by no more than the tolerance.
    """

    answers: Answers
    model: Model
    space: Space
    votes: Votes
    first: Floats | None
    iterations: int
    converged: bool

    @property
    def dimensions(self) -> int:
        """How many dimensions there are."""
        return int(self.space.x.shape[1])

    @property
    def mean(self) -> Floats:
        """Positions, shape (nodes, dimensions): mean 0, standard deviation 1, uncorrelated."""
        return self.space.x

    @property
    def agreement(self) -> float:
        """Correlation of the first dimension with the one-dimensional scale; NaN without one."""
        if self.first is None:
            return float("nan")
        here = self.votes.answered
        return float(np.corrcoef(self.mean[here, 0], self.first[here])[0, 1])

    @property
    def sizes(self) -> Floats:
        """Root mean square of the items' loadings, shape (dimensions,)."""
        k = self.dimensions
        variance = np.diagonal(self.space.cov, axis1=1, axis2=2)[:, :k]
        return np.asarray(np.sqrt(np.mean(self.space.psi[:, :k] ** 2 + variance, axis=0)))

    def draws(self, count: int = 200, seed: int = 0) -> Floats:
        """Draws of all positions from the joint normal posterior, each turned as reported.

        Items' uncertainty is in. Made for few dimensions: cost grows with their cube.

        Returns
        -------
        ndarray, shape (count, nodes, dimensions)
        """
        return joint_draws(self.votes, self.answers, self.space, self.first,
                           self.model.link == "probit", count, seed)  # fmt: skip

    @cached_property
    def sd(self) -> Floats:
        """Standard errors of positions, shape (nodes, dimensions), from 400 draws."""
        return np.asarray(self.draws(DRAWS).std(axis=0))

    def positions(self) -> pl.DataFrame:
        """A row for each unit at each time: `mean_1`, `mean_2`, ... and the number of `answers`."""
        data = self.answers
        columns: dict[str, Any] = {
            "unit": [data.units[u] for u in data.node_unit],
            "time": data.times[data.node_time],
        }
        columns |= {f"mean_{d + 1}": self.mean[:, d] for d in range(self.dimensions)}
        return pl.DataFrame(columns | {"answers": data.node_answers})

    def items(self) -> pl.DataFrame:
        """A row for each item at each time: `loading_1`, ... and the `cutpoints`.

        A unit at x answers below cutpoint c with probability F(c - loadings . x).
        """
        data, k = self.answers, self.dimensions
        psi = self.space.psi[self.votes.group]
        steps = np.exp(np.minimum(psi[:, k + 1 :], 3.0))
        cuts = np.cumsum(np.concatenate([psi[:, k : k + 1], steps], axis=1), axis=1)
        columns: dict[str, Any] = {
            "item": [data.items[i] for i in data.instance_item],
            "time": data.times[data.instance_time],
        }
        columns |= {f"loading_{d + 1}": psi[:, d] for d in range(k)}
        pairs = zip(cuts, self.votes.sizes, strict=True)
        return pl.DataFrame(columns | {"cutpoints": [c[: n - 1].tolist() for c, n in pairs]})

    def predict(self, unit: object, time: float, item: object) -> dict[Any, float]:
        """The probability of each answer of a unit at a time to an item of the fit.

        The uncertainty of position and item is averaged out. A drifting item is taken as at
        the time nearest.

        Raises
        ------
        AnswersError
            When the item is unknown, or the unit has no position at that time.
        """
        instance, node = self.answers.put(item, time), self.answers.place(unit, time)
        chances = self.probabilities(np.array([node]), np.array([instance]))[0]
        return dict(zip(self.answers.scale_of(instance), chances.tolist(), strict=False))

    def probabilities(self, node: Ints, instance: Ints) -> Floats:
        """The probability of every answer of nodes to instances, shape (rows, categories).

        Rows of items with fewer categories end in zeros.
        """
        sizes = self.votes.sizes[instance]
        out = np.zeros((len(node), int(self.votes.sizes.max())))
        for code in range(out.shape[1]):
            here = np.flatnonzero(sizes > code)
            out[here, code] = np.exp(
                self._logs(np.full(len(here), code), node[here], instance[here])
            )
        return out

    def log_scores(self, held: pl.DataFrame) -> Floats:
        """Log probability of answers that were held out.

        Parameters
        ----------
        held : polars.DataFrame
            Columns `node`, `instance` and `code`, as places in this fit's answers.

        Returns
        -------
        ndarray, shape (rows,)
        """
        node, instance, code = (held[name].to_numpy() for name in ("node", "instance", "code"))
        return self._logs(code, node, instance)

    def _logs(self, code: NDArray[Any], node: Ints, instance: Ints) -> Floats:
        space = self.space
        out = np.empty(len(code))
        score(
            self.votes.group[instance], node, code.astype(np.int64), self.votes.sizes[instance],
            space.x, space.s, space.psi, space.cov, self.model.link == "probit", out,
        )  # fmt: skip
        return out


def fit_dimensions(
    answers: Answers,
    model: Model | None = None,
    *,
    dimensions: int = 2,
    first: Fit | None = None,
    sides: Sequence[Anchors] = (),
    start: Dimensions | None = None,
    tolerance: float = 3e-4,
    limit: int = 100,
    progress: Callable[[int, float], None] | None = None,
) -> Dimensions:
    """Estimate positions in several dimensions that walk over time.

    A unit at x answers an item below its cutpoint c with probability F(c - a . x), a and x of
    as many numbers as there are dimensions. Positions start from a normal distribution and
    walk with normal steps; loadings and first cutpoints are jointly normal, logs of the distances
    between cutpoints normal; means and covariances of all these are estimated. So a dimension
    that carries little shrinks, and more of them than needed do little harm: many dimensions
    are a kernel on the units, learned from who votes with whom in this and in neighbouring
    times. Posterior: normal for every path and every item, factored between the two, centred
    where gradients averaged over it vanish; the likelihood's own curvature.

    Dimensions are reported with mean 0, standard deviation 1 and no correlation over unit-times
    with an answer. The first is the direction that goes best with `first`, the others are
    principal axes of the loadings that remain. The same answers give the same bytes.

    Parameters
    ----------
    answers : Answers
        From :func:`beholden.latent.observed.answers`. A drifting item has its own parameters at
        every time here.
    model : Model or None
        Its link is used; where there is no `first`, its anchors say which end of the first
        dimension is positive.
    dimensions : int
        How many.
    first : Fit or None
        The one-dimensional fit of the same answers, whose scale the first dimension follows.
    sides : sequence of Anchors
        Which units are on the positive and negative side of each dimension, from the first on;
        where none are named, the unit farthest from the middle is positive.
    start : Dimensions or None
        An earlier fit to begin from: of the same answers, or of fewer, or of other times.
    tolerance : float
        Iterations end when the log likelihood of an average answer moves by less.
    limit : int
        Most iterations.
    progress : callable or None
        Called after every iteration with its number and that move.

    Raises
    ------
    LatentError
        With more dimensions than units or items bear, an unknown anchor, or a `first` of other
        answers.

    References
    ----------
    .. [1] Imai, K., Lo, J., and Olmsted, J. (2016). Fast estimation of ideal points with massive
       data. American Political Science Review 110(4), 631-656.
       https://doi.org/10.1017/S000305541600037X

    Examples
    --------
    >>> import polars as pl
    >>> from beholden.latent.observed import answers
    >>> rows = [(u, t, 20 * t + i, int((u * (i % 3 - 1) + i) % 7 > 2))
    ...     for u in range(9) for t in (1, 2) for i in range(12)]
    >>> table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    >>> fit_dimensions(answers(table), dimensions=2).mean.shape
    (18, 2)
    """
    model = model or (first.model if first is not None else Model())
    if limit < 1:
        raise LatentError(f"expected a limit of at least 1 iteration, received {limit}")
    scale = _scale(answers, first)
    data = votes(answers)
    space = starting_space(answers, data, dimensions)
    if start is not None:
        space = resumed(answers, data, space, start)
    space, done, converged = iterate(
        data, space, probit=model.link == "probit", tolerance=tolerance, limit=limit,
        progress=progress,
    )  # fmt: skip
    if not np.isfinite(space.x).all():
        raise LatentError("expected finite positions, the iterations ran away. Ask for fewer")
    space = oriented(answers, data, space, scale, sides or (model.anchors,))
    return Dimensions(answers, model, space, data, scale, done, converged)


def neighbourly(answers: Answers, first: Fit | None = None, **options: Any) -> Dimensions:
    """A predictor of answers from who answers with whom, not made for measurement.

    :func:`fit_dimensions` with 14 dimensions: a kernel on unit-times, learned from agreement in
    this and in neighbouring times, that weighs the other answers to the same item.

    Parameters
    ----------
    answers, first, options
        As there.

    Examples
    --------
    >>> neighbourly.__name__
    'neighbourly'
    """
    return fit_dimensions(answers, first=first, **({"dimensions": NEIGHBOURLY} | options))


def _scale(answers: Answers, first: Fit | None) -> Floats | None:
    if first is None:
        return None
    same = first.answers is answers or (
        first.answers.units == answers.units
        and np.array_equal(first.answers.node_unit, answers.node_unit)
        and np.array_equal(first.answers.node_time, answers.node_time)
    )
    if not same:
        raise LatentError(
            f"expected a one-dimensional fit of the same {len(answers.node_unit)} unit-times, "
            f"received one of {len(first.mean)}. Fit it to these answers"
        )
    return first.mean
