"""Fit a latent model to answers: the one call that most users need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.model import Model
from beholden.latent.newton import centre
from beholden.latent.posterior import Posterior
from beholden.latent.problems import LatentError
from beholden.latent.result import Fit
from beholden.latent.start import anchored, sign_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from beholden.latent.newton import Centre
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]

__all__ = ["fit"]


def fit(
    answers: Answers,
    model: Model | None = None,
    *,
    tolerance: float = 5e-3,
    limit: int = 60,
    progress: Callable[[int, float], None] | None = None,
    checkpoint: str | Path | None = None,
) -> Fit:
    """Estimate positions and items with their joint uncertainty.

    A Gaussian posterior of all paths and items together: its centre is where gradients averaged
    over that posterior vanish (variational, Opper and Archambeau), its covariance the inverse of
    the averaged joint curvature. Positions are reported with mean 0 and standard deviation 1
    over all unit-times with an answer; standard errors are those of positions so reported. The
    same answers and model give the same numbers.

    Parameters
    ----------
    answers : Answers
        From :func:`beholden.latent.observed.answers`.
    model : Model or None
        What is assumed; None takes the defaults.
    tolerance : float
        Iterations end when no position moves by more, in units of the first positions.
    limit : int
        Most iterations.
    progress : callable or None
        Called after every iteration with its number and the largest move.
    checkpoint : str, Path or None
        A file that keeps the fit after every iteration. Where it exists, the fit goes on from
        there and ends at the same bytes as one that was not interrupted.

    Returns
    -------
    Fit

    Raises
    ------
    LatentError
        When an anchor is unknown, anchors contradict the answers, positions run away, or the
        checkpoint is that of other answers or another model.

    References
    ----------
    .. [1] Opper, M., and Archambeau, C. (2009). The variational Gaussian approximation
       revisited. Neural Computation 21(3), 786-792. https://doi.org/10.1162/neco.2008.08-07-592

    Examples
    --------
    >>> import polars as pl
    >>> from beholden.latent.observed import answers
    >>> from beholden.latent.model import Anchors
    >>> rows = [(u, t, 10 * t + i, int(u > i)) for u in range(6) for t in (1, 2) for i in range(5)]
    >>> table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    >>> found = fit(answers(table), Model(anchors=Anchors(positive=(5,))))
    >>> bool(found.mean[found.answers.place(5, 1)] > found.mean[found.answers.place(0, 1)])
    True
    """
    model = model or Model()
    if limit < 1:
        raise LatentError(f"expected a limit of at least 1 iteration, received {limit}")
    path = Path(checkpoint) if checkpoint is not None else None
    found = centre(
        answers, model, tolerance=tolerance, limit=limit, progress=progress, checkpoint=path
    )
    if not np.isfinite(found.state.theta).all():
        raise LatentError("expected finite positions, the iterations ran away. Narrow the priors")
    sign, holding = _orientation(answers, model, found)
    return Fit(answers, model, _posterior(answers, found, sign), found.iterations,
               found.converged, found.moved, found.found.likelihood, holding)  # fmt: skip


def _orientation(answers: Answers, model: Model, found: Centre) -> tuple[float, float]:
    """The sign that sets the anchors right, and the share of times at which they then stand so.

    Raises
    ------
    LatentError
        When an anchor on one side lies beyond the middle of the other side.
    """
    plus, minus = anchored(answers, model.anchors)
    count = np.maximum(np.bincount(answers.node_unit, minlength=len(plus)), 1)
    mean = np.bincount(answers.node_unit, found.state.theta, len(plus)) / count
    sign = sign_of(mean, plus, minus)
    mean = mean * sign
    if not (plus.any() and minus.any()):
        return sign, 1.0
    high, low = mean @ plus / plus.sum(), mean @ minus / minus.sum()
    for side, mask, beyond in (
        ("positive", plus > 0, mean < low),
        ("negative", minus > 0, mean > high),
    ):
        wrong = np.flatnonzero(mask & beyond)
        if len(wrong):
            raise LatentError(
                f"expected the anchor {answers.units[wrong[0]]!r} on the {side} side, found it "
                "beyond the other side's anchors. Choose anchors that the answers do not contradict"
            )
    return sign, _share_in_order(answers, found.state.theta * sign, plus, minus)


def _share_in_order(answers: Answers, theta: Floats, plus: Floats, minus: Floats) -> float:
    """The share of times with anchors of both sides at which the positive stand above."""
    above, times = 0, 0
    for t in range(len(answers.times)):
        here = answers.node_time == t
        p, m = plus[answers.node_unit[here]] > 0, minus[answers.node_unit[here]] > 0
        if p.any() and m.any():
            times += 1
            above += int(theta[here][p].mean() > theta[here][m].mean())
    return above / times if times else 1.0


def _posterior(answers: Answers, found: Centre, sign: float) -> Posterior:
    """The Gaussian posterior, turned so that the anchors stand right."""
    state = found.state
    loads = state.layout.kind == 0
    return Posterior(
        theta=state.theta * sign,
        psi=np.where(loads, state.psi * sign, state.psi),
        sign=sign,
        answers=answers,
        state=state,
        found=found.found,
        factored=found.factored,
    )
