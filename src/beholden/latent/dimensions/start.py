"""Where the model of several dimensions starts, and how its dimensions are turned in the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.special import ndtri

from beholden.latent.dimensions.fitting import Space, turned
from beholden.latent.problems import LatentError
from beholden.latent.start import anchored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from beholden.latent.dimensions.estimate import Dimensions
    from beholden.latent.dimensions.fitting import Votes
    from beholden.latent.model import Anchors
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["oriented", "resumed", "rotation", "standard", "starting_space"]

STEP_VARIANCE, FIRST_SPREAD = 0.03, 0.05


def starting_space(answers: Answers, data: Votes, dimensions: int) -> Space:
    """One place for each unit from the leading singular vectors of the answers, items flat.

    Answers are centred by item, then by unit, and divided by the item's standard deviation.

    Raises
    ------
    LatentError
        When there are fewer units or items than dimensions ask for.
    """
    most = min(len(answers.units), data.groups) - 2
    if not 1 <= dimensions <= most:
        raise LatentError(
            f"expected 1 to {most} dimensions for {len(answers.units)} units and {data.groups} "
            f"items, received {dimensions}"
        )
    unit = answers.node_unit[answers.node]
    item = np.repeat(data.group, np.diff(data.start))
    value = _standardised(answers.code.astype(float), item, unit)
    table = coo_array((value, (unit, item)), shape=(len(answers.units), data.groups)).tocsr()
    u = _leading(table, dimensions)
    x = (u / u.std(axis=0))[answers.node_unit]
    psi = _margins(data, item, dimensions)
    k, p = dimensions, psi.shape[1]
    return Space(
        x=x,
        s=np.tile(FIRST_SPREAD * np.eye(k), (len(x), 1, 1)),
        psi=psi,
        cov=np.tile(FIRST_SPREAD * np.eye(p), (data.groups, 1, 1)),
        step=STEP_VARIANCE * np.eye(k),
        begin=np.eye(k),
        middle=psi.mean(axis=0),
        spread=np.eye(p),
    )


def _leading(table: csr_array, count: int) -> Floats:
    """The leading left singular vectors, by the products of the side that is shorter."""
    if table.shape[0] <= table.shape[1]:
        return np.asarray(np.linalg.eigh((table @ table.T).toarray())[1][:, : -count - 1 : -1])
    v = np.linalg.eigh((table.T @ table).toarray())[1][:, : -count - 1 : -1]
    u = table @ v
    return np.asarray(u / np.maximum(np.linalg.norm(u, axis=0), 1e-12))


def resumed(answers: Answers, data: Votes, space: Space, start: Dimensions) -> Space:
    """The start from an earlier fit: its items, its positions, and each unit's nearest one.

    Raises
    ------
    LatentError
        When the earlier fit has another number of dimensions or of categories.
    """
    old, before = start.space, start.answers
    if old.x.shape[1] != space.x.shape[1] or old.psi.shape[1] != space.psi.shape[1]:
        raise LatentError(
            f"expected a start with {space.x.shape[1]} dimensions and the same categories, "
            f"received one with {old.x.shape[1]} dimensions"
        )
    place = {unit: i for i, unit in enumerate(before.units)}
    same = np.array([place.get(unit, -1) for unit in answers.units])[answers.node_unit]
    time, past = answers.times[answers.node_time], before.times[before.node_time]
    x, s = np.zeros_like(space.x), np.tile(np.eye(space.x.shape[1]), (len(space.x), 1, 1))
    for unit in np.unique(same[same >= 0]):
        here, there = np.flatnonzero(same == unit), np.flatnonzero(before.node_unit == unit)
        nearest = there[np.argmin(np.abs(time[here, None] - past[there]), axis=1)]
        x[here], s[here] = old.x[nearest], old.s[nearest]
    known = {item: i for i, item in enumerate(before.items)}
    group = np.zeros(len(before.items), dtype=np.int64)
    group[before.instance_item] = start.votes.group
    psi, cov = space.psi.copy(), space.cov.copy()
    for i, new in zip(answers.instance_item, data.group, strict=True):
        item = answers.items[i]
        if item in known:
            psi[new], cov[new] = old.psi[group[known[item]]], old.cov[group[known[item]]]
    return replace(space, x=x, s=s, psi=psi, cov=cov, step=old.step, begin=old.begin,
                   middle=old.middle, spread=old.spread)  # fmt: skip


def _standardised(value: Floats, item: Ints, unit: Ints) -> Floats:
    for group in (item, unit):
        value = value - (np.bincount(group, value) / np.maximum(np.bincount(group), 1))[group]
    size = np.sqrt(np.bincount(item, value**2) / np.maximum(np.bincount(item), 1))
    return value / np.maximum(size, 0.1)[item]


def _margins(data: Votes, item: Ints, dimensions: int) -> Floats:
    """Items without loadings, their cutpoints those of their margins."""
    most = int(data.sizes.max())
    counts = np.zeros((data.groups, most))
    np.add.at(counts, (item, data.code), 1.0)
    sizes = np.zeros(data.groups, dtype=np.int64)
    sizes[data.group] = data.sizes
    counts += np.arange(most) < sizes[:, None]
    below = np.cumsum(counts, axis=1)[:, :-1] / counts.sum(axis=1, keepdims=True)
    cuts = ndtri(np.minimum(below, 1 - 1e-6))
    psi = np.zeros((data.groups, dimensions + most - 1))
    psi[:, dimensions] = cuts[:, 0]
    gaps = np.log(np.maximum(np.diff(cuts, axis=1), 0.05))
    psi[:, dimensions + 1 :] = np.where(np.arange(2, most) < sizes[:, None], gaps, -0.7)
    return psi


def standard(x: Floats, answered: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """The matrix and the middle that give answered positions mean 0 and unit covariance."""
    middle = x[answered].mean(axis=0)
    away = x[answered] - middle
    root = np.linalg.cholesky(away.T @ away / len(away))
    return np.linalg.inv(root).T, middle


def oriented(
    answers: Answers, data: Votes, space: Space, first: Floats | None, sides: Sequence[Anchors]
) -> Space:
    """Positions as they are reported.

    Over unit-times with an answer every dimension has mean 0 and standard deviation 1, and no
    two are correlated. The first is the direction that goes best with the scale `first`;
    the others are the principal axes of the loadings that remain, the largest first.
    """
    space = turned(space, *standard(space.x, data.answered))
    k = space.x.shape[1]
    turn = np.eye(k)
    if first is not None:
        turn = rotation(space.x[data.answered], first[data.answered])
        space = turned(space, turn, np.zeros(k))
    free = slice(0 if first is None else 1, k)
    loads = space.psi[:, :k][:, free]
    inner = loads.T @ loads + space.cov[:, free, free].sum(axis=0)
    turn = np.eye(k)
    turn[free, free] = np.linalg.eigh(inner)[1][:, ::-1]
    space = turned(space, turn, np.zeros(k))
    return turned(space, np.diag(_signs(answers, data, space.x, first, sides)), np.zeros(k))


def rotation(x: Floats, first: Floats) -> Floats:
    """A rotation of uncorrelated positions whose first axis goes best with `first`."""
    k = x.shape[1]
    axis = x.T @ (first - first.mean())
    basis = np.column_stack([axis / np.linalg.norm(axis), np.eye(k)])
    q = np.linalg.qr(basis)[0][:, :k]
    return np.asarray(q * np.sign(q[:, 0] @ axis), dtype=float)


def _signs(
    answers: Answers, data: Votes, x: Floats, first: Floats | None, sides: Sequence[Anchors]
) -> Floats:
    """1 or -1 for each dimension: anchors where named, else the unit farthest out is positive."""
    k = x.shape[1]
    units = len(answers.units)
    unit = answers.node_unit
    signs = np.ones(k)
    for d in range(k):
        mean = np.bincount(unit, x[:, d], units) / np.maximum(np.bincount(unit, None, units), 1)
        if d == 0 and first is not None:
            score = float(x[data.answered, 0] @ first[data.answered])
        elif d < len(sides) and (sides[d].positive or sides[d].negative):
            plus, minus = anchored(answers, sides[d])
            score = mean @ plus / max(plus.sum(), 1) - mean @ minus / max(minus.sum(), 1)
        else:
            score = float(mean[np.argmax(np.abs(mean))])
        signs[d] = 1.0 if score >= 0 else -1.0
    return signs
