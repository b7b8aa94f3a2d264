"""Draws of positions in several dimensions from their joint posterior, items' spread included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import solve_triangular

from beholden.latent.chain import factor, pieces
from beholden.latent.dimensions.kernels import cross_panel, cross_terms, item_pass, node_pass
from beholden.latent.dimensions.start import rotation, standard

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.chain import Chain
    from beholden.latent.dimensions.fitting import Space, Votes
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["joint_draws"]


def joint_draws(
    data: Votes,
    answers: Answers,
    space: Space,
    first: Floats | None,
    probit: bool,
    count: int,
    seed: int,
) -> Floats:
    """Draws of positions, each with mean 0, unit covariance and turned to the estimate.

    Positions and items are jointly normal around the centre, with the joint curvature there;
    mean-field covariances alone would leave out what positions owe to uncertain items.

    Returns
    -------
    ndarray, shape (count, nodes, k)
    """
    chain, border, root = _joint(data, answers, space, probit=probit)
    generator = np.random.default_rng(seed)
    n, k = space.x.shape
    own = generator.standard_normal((n * k, count))
    shared = generator.standard_normal((len(root), count))
    own += border @ solve_triangular(root, shared, lower=True, trans="T")
    moved = chain.back(own).T.reshape(count, n, k)
    return np.stack([_aligned(space.x + m, space.x, data.answered, first) for m in moved])


def _aligned(draw: Floats, x: Floats, answered: NDArray[np.bool_], first: Floats | None) -> Floats:
    """A draw on the reported scale: turned to the first scale, the rest towards the estimate."""
    matrix, middle = standard(draw, answered)
    draw = (draw - middle) @ matrix
    begin = 0
    if first is not None:
        draw = draw @ rotation(draw[answered], first[answered])
        begin = 1
    rest = draw[:, begin:]
    if rest.shape[1]:
        u, _, v = np.linalg.svd(rest[answered].T @ x[answered][:, begin:])
        draw = np.column_stack([draw[:, :begin], rest @ (u @ v)])
    return draw


def _joint(
    data: Votes, answers: Answers, space: Space, *, probit: bool
) -> tuple[Chain, Floats, Floats]:
    """The factored joint precision of all positions: chain, border, and the border's root.

    Items of one time are eliminated within it; parameters shared over times are a border.
    """
    n, k = space.x.shape
    p = space.psi.shape[1]
    arguments = (data.start, data.group, data.node, data.code, data.sizes,
                 space.x, space.s, space.psi, space.cov)  # fmt: skip
    hess, inner = np.zeros_like(space.s), np.zeros_like(space.cov)
    node_pass(*arguments, probit, np.zeros_like(space.x), hess)
    item_pass(*arguments, probit, np.zeros_like(space.psi), inner)
    lower = np.linalg.cholesky(inner + np.linalg.inv(space.spread))
    roots = np.asarray(np.linalg.inv(lower), dtype=float)
    cross = np.zeros((len(data.code), k, p))
    cross_terms(*arguments, probit, cross)
    times = np.bincount(data.group, minlength=data.groups)
    bounds = np.searchsorted(answers.node_time, np.arange(len(answers.times) + 1))
    blocks, bonds = _prior(data, answers, space, hess, bounds)
    spans = np.searchsorted(answers.instance_time, np.arange(len(answers.times) + 1))
    for t, (begin, end) in enumerate(pieces(spans)):
        own = begin + np.flatnonzero(times[data.group[begin:end]] == 1)
        panel = np.zeros((len(blocks[t]), len(own) * p))
        cross_panel(own, data.start, data.node, data.group, int(bounds[t]), roots, cross, panel)
        blocks[t] -= panel @ panel.T
    chain = factor(blocks, bonds, bounds * k)
    border = chain.forth(_border(data, times, roots, cross, n))
    root = np.linalg.cholesky(np.eye(border.shape[1]) - border.T @ border)
    return chain, border, np.asarray(root, dtype=float)


def _border(data: Votes, times: Ints, roots: Floats, cross: Floats, n: int) -> Floats:
    """Cross terms of positions with the items of several times, whitened by their curvature."""
    k, p = cross.shape[1:]
    bridged = np.flatnonzero(times > 1)
    column = np.full(len(times), -1)
    column[bridged] = np.arange(len(bridged)) * p
    border = np.zeros((n * k, len(bridged) * p))
    for i in np.flatnonzero(times[data.group] > 1):
        at = slice(data.start[i], data.start[i + 1])
        terms = cross[at] @ roots[data.group[i]].T
        rows = data.node[at, None] * k + np.arange(k)
        place = column[data.group[i]]
        np.add.at(border, (rows[:, :, None], place + np.arange(p)), terms)
    return border


def _prior(
    data: Votes, answers: Answers, space: Space, hess: Floats, bounds: Ints
) -> tuple[list[Floats], list[Floats]]:
    """Blocks of the precision of paths with the answers' curvature, by time."""
    k = space.x.shape[1]
    step, begin = np.linalg.inv(space.step), np.linalg.inv(space.begin)
    own = hess.copy()
    own[data.order[data.starts[:-1]]] += begin
    blocks, bonds = [], []
    for a, b in pieces(bounds):
        blocks.append(np.zeros(((b - a) * k, (b - a) * k)))
    for before, after in zip(pieces(bounds)[:-1], pieces(bounds)[1:], strict=True):
        bonds.append(np.zeros(((before[1] - before[0]) * k, (after[1] - after[0]) * k)))
    follows = np.flatnonzero(np.diff(answers.node_unit[data.order]) == 0)
    for j in follows:
        one, two = data.order[j], data.order[j + 1]
        bond = step / data.gaps[j + 1]
        own[one] += bond
        own[two] += bond
        t = answers.node_time[one]
        row, column = (one - bounds[t]) * k, (two - bounds[t + 1]) * k
        bonds[t][row : row + k, column : column + k] -= bond
    for node, block in enumerate(own):
        t = answers.node_time[node]
        at = slice((node - bounds[t]) * k, (node - bounds[t] + 1) * k)
        blocks[t][at, at] += block
    return blocks, bonds
