"""Positions and items of several dimensions in turn, until the likelihood stands still."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.dimensions.kernels import item_pass, node_pass, smooth

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Arguments = tuple[Ints, Ints, Ints, NDArray[np.int8], Ints, Floats, Floats, Floats, Floats]

__all__ = ["Space", "Votes", "iterate", "turned", "votes"]

LONGEST = 1.0
# A step of an item is cut where it is longer than this many of its standard deviations.
TRUSTED = 6.0


@dataclass(frozen=True, eq=False)
class Votes:
    """Answers as the loops need them, with every unit's nodes in a row.

    Attributes
    ----------
    start, node, code : ndarray
        As in :class:`beholden.latent.observed.Answers`.
    group, sizes : ndarray, shape (instances,)
        The set of parameters that each instance uses, and its number of categories.
    groups : int
        How many sets there are: one for each item, one for each time of a drifting item.
    order, starts, gaps : ndarray
        Nodes by unit and time, where each unit begins, and the time since the node before.
    answered : ndarray of bool, shape (nodes,)
        Which nodes have answers: they define the scale.
    """

    start: Ints
    node: Ints
    code: NDArray[np.int8]
    group: Ints
    sizes: Ints
    groups: int
    order: Ints
    starts: Ints
    gaps: Floats
    answered: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Space:
    """Positions and items of several dimensions, how sure they are, and their priors.

    Attributes
    ----------
    x, s : ndarray, shapes (nodes, k) and (nodes, k, k)
        Positions and their covariances.
    psi, cov : ndarray, shapes (items, p) and (items, p, p)
        Loadings, first cutpoint and logs of the distances after it, and their covariances.
    step, begin : ndarray, shape (k, k)
        Covariance of a step in a unit of time, and of a first position.
    middle, spread : ndarray, shapes (p,) and (p, p)
        Mean and covariance of the prior on items.
    likelihood : float
        Log likelihood averaged over the posterior.
    """

    x: Floats
    s: Floats
    psi: Floats
    cov: Floats
    step: Floats
    begin: Floats
    middle: Floats
    spread: Floats
    likelihood: float = -np.inf


def votes(answers: Answers) -> Votes:
    """Lay answers out; a drifting item has its own parameters at every time."""
    drifts = answers.drifting[answers.instance_item]
    key = answers.instance_item.copy()
    key[drifts] = len(answers.items) + np.arange(int(drifts.sum()))
    group = np.unique(key, return_inverse=True)[1]
    order = np.lexsort((answers.node_time, answers.node_unit))
    unit = answers.node_unit[order]
    starts = np.flatnonzero(np.diff(unit, prepend=-1, append=-1))
    return Votes(
        start=answers.instance_start,
        node=answers.node,
        code=answers.code,
        group=group.astype(np.int64),
        sizes=answers.categories[answers.instance_item],
        groups=int(group.max()) + 1,
        order=order,
        starts=starts,
        gaps=np.diff(answers.times[answers.node_time[order]], prepend=0.0),
        answered=answers.node_answers > 0,
    )


def iterate(
    data: Votes,
    space: Space,
    *,
    probit: bool,
    tolerance: float,
    limit: int,
    progress: Callable[[int, float], None] | None = None,
) -> tuple[Space, int, bool]:
    """Items given positions, positions given items, then the priors given both.

    Every gradient is averaged over the spread of what it meets (mean-field variational between
    positions and items, with the likelihood's own curvature). Ends when the likelihood of an
    answer moves by less than `tolerance`.
    """
    done, moved = 0, np.inf
    while done < limit and (moved > tolerance or done < 4):
        before = space.likelihood
        space = _items(data, space, probit=probit)
        space = _priors(data, space)
        space = _positions(data, space, probit=probit)
        space = _whitened(data, space)
        moved = abs(space.likelihood - before) / len(data.code)
        done += 1
        if progress is not None:
            progress(done, moved)
    return space, done, moved <= tolerance


def _arguments(data: Votes, space: Space) -> Arguments:
    return (data.start, data.group, data.node, data.code, data.sizes,
            space.x, space.s, space.psi, space.cov)  # fmt: skip


def _items(data: Votes, space: Space, *, probit: bool) -> Space:
    """One Newton step on every item."""
    grad, hess = np.zeros_like(space.psi), np.zeros_like(space.cov)
    total = item_pass(*_arguments(data, space), probit, grad, hess)
    weight = np.linalg.inv(space.spread)
    grad -= (space.psi - space.middle) @ weight
    precision = hess + weight
    cov = np.linalg.inv(precision)
    move = np.einsum("ipq,iq->ip", cov, grad)
    size = np.sqrt(np.einsum("ip,ip->i", move, grad))
    move *= np.minimum(1.0, TRUSTED / np.maximum(size, TRUSTED))[:, None]
    # Half way only: curvature depends on the spread, and the spread on curvature.
    cov = (cov + space.cov) / 2
    return replace(
        space, psi=space.psi + move, cov=(cov + cov.transpose(0, 2, 1)) / 2, likelihood=total
    )


def _priors(data: Votes, space: Space) -> Space:
    """The prior on items that makes them likeliest (EM)."""
    k = space.x.shape[1]
    psi, cov = space.psi, space.cov
    middle, spread = space.middle.copy(), np.zeros_like(space.spread)
    middle[: k + 1] = psi[:, : k + 1].mean(axis=0)
    away = psi[:, : k + 1] - middle[: k + 1]
    spread[: k + 1, : k + 1] = away.T @ away / len(psi) + cov[:, : k + 1, : k + 1].mean(axis=0)
    sizes = np.zeros(len(psi), dtype=np.int64)
    sizes[data.group] = data.sizes
    real = np.arange(k + 1, psi.shape[1]) < (k - 1 + sizes)[:, None]
    gaps = psi[:, k + 1 :][real]
    if len(gaps):
        middle[k + 1 :] = gaps.mean()
        variance = np.diagonal(cov, axis1=1, axis2=2)[:, k + 1 :][real]
        size = np.mean((gaps - gaps.mean()) ** 2 + variance)
        spread[range(k + 1, len(middle)), range(k + 1, len(middle))] = size
    return replace(space, middle=middle, spread=spread)


def _positions(data: Votes, space: Space, *, probit: bool) -> Space:
    """One Newton step on every path, and the sizes of steps that make them likeliest (EM)."""
    k = space.x.shape[1]
    grad, hess = np.zeros_like(space.x), np.zeros_like(space.s)
    total = node_pass(*_arguments(data, space), probit, grad, hess)
    fresh, s = np.empty_like(space.x), np.empty_like(space.s)
    moved, began = np.zeros((k, k)), np.zeros((k, k))
    smooth(
        data.order, data.starts, data.gaps, space.x, grad, hess,
        np.linalg.inv(space.step), np.linalg.inv(space.begin), fresh, s, moved, began,
    )  # fmt: skip
    units = len(data.starts) - 1
    x = space.x + np.clip(fresh - space.x, -LONGEST, LONGEST)
    s = (s + space.s) / 2
    step = space.step
    if len(x) > units:
        step = moved / (len(x) - units)
    return replace(space, x=x, s=s, step=step, begin=began / units, likelihood=total)


def _whitened(data: Votes, space: Space) -> Space:
    """Positions of mean 0 and unit covariance; loadings uncorrelated, the largest first.

    Likelihood does not know turns and stretches; going there at once saves most iterations.
    """
    answered = data.answered
    middle = space.x[answered].mean(axis=0)
    away = space.x[answered] - middle
    second = away.T @ away / len(away) + space.s[answered].mean(axis=0)
    root = np.linalg.cholesky(second)
    k = len(root)
    loads = space.psi[:, :k] @ root
    inner = np.einsum("ad,iab,be->de", root, space.cov[:, :k, :k], root)
    _, turn = np.linalg.eigh(loads.T @ loads + inner)
    return turned(space, np.linalg.solve(root, np.eye(k)).T @ turn[:, ::-1], middle)


def turned(space: Space, matrix: Floats, middle: Floats) -> Space:
    """The same space with positions (x - middle) times `matrix`, and items to match."""
    k = len(matrix)
    change = np.eye(space.psi.shape[1])
    change[:k, :k] = np.linalg.inv(matrix)
    change[k, :k] = -middle
    prior = change @ space.spread @ change.T
    return replace(
        space,
        x=(space.x - middle) @ matrix,
        s=matrix.T @ space.s @ matrix,
        psi=space.psi @ change.T,
        cov=change @ space.cov @ change.T,
        step=matrix.T @ space.step @ matrix,
        begin=matrix.T @ space.begin @ matrix,
        middle=change @ space.middle,
        spread=(prior + prior.T) / 2,
    )
