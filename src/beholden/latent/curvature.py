"""The joint curvature of paths and items, factored exactly: no vote counts as more than it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import cho_solve, lapack

from beholden.latent.chain import Chain, factor, pieces
from beholden.latent.kernels import (
    assemble,
    cross_right,
    fill_panel,
    fill_shared,
)
from beholden.latent.spread_kernels import own_spread, shared_spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.layout import ItemPrior, Layout
    from beholden.latent.observed import Answers
    from beholden.latent.paths import Paths

    Floats = NDArray[np.float64]

__all__ = ["Curvature", "Pass", "State", "curvature", "joint_spread", "one_pass"]


@dataclass(frozen=True, eq=False)
class State:
    """Where a fit stands.

    Attributes
    ----------
    theta : ndarray, shape (nodes,)
        Positions.
    psi : ndarray, shape (parameters,)
        Item parameters.
    paths : Paths
        The prior on paths with the present variance of steps.
    layout : Layout
        The order of parameters with the present prior on items.
    prior : ItemPrior
        That prior.
    sd : ndarray, shape (nodes,)
        Standard deviations of positions.
    roots : ndarray, shape (instances, most, most)
        Lower roots of the items' covariances.
    tilt : ndarray, shape (answers, most)
        How far a position moves with each axis of the item it answers.
    """

    theta: Floats
    psi: Floats
    paths: Paths
    layout: Layout
    prior: ItemPrior
    sd: Floats
    roots: Floats
    tilt: Floats


@dataclass(frozen=True, eq=False)
class Pass:
    """Gradient and curvature of the log posterior, before anything is solved.

    Attributes
    ----------
    value : float
        Log likelihood (averaged over the spread) plus log priors.
    likelihood : float
        Its first part.
    theta, psi : ndarray
        Gradients.
    nodes : ndarray, shape (nodes,)
        Curvature of the answers in each position.
    instances : ndarray, shape (instances, most, most)
        Curvature of the answers in each instance's parameters, without priors.
    cross : ndarray, shape (answers, most)
        Curvature between a position and its answer's item.
    """

    value: float
    likelihood: float
    theta: Floats
    psi: Floats
    nodes: Floats
    instances: Floats
    cross: Floats


@dataclass(frozen=True, eq=False)
class Curvature:
    """The factored curvature of everything, items of one time eliminated.

    Attributes
    ----------
    chain : Chain
        Positions, given the parameters shared over times.
    items : ndarray, shape (instances, most, most)
        Inverse lower roots of the curvature of each time's own items.
    panels : list of ndarray
        For each time, the cross terms of its own items solved by those roots.
    bridge : ndarray, shape (nodes, shared)
        The chain's lower factor solved for the cross terms with shared parameters.
    root : ndarray, shape (shared, shared)
        Lower root of the shared parameters' precision, all else integrated out.
    """

    chain: Chain
    items: Floats
    panels: list[Floats]
    bridge: Floats
    root: Floats


@dataclass(frozen=True, eq=False)
class Spread:
    """How uncertain positions and items are together.

    Attributes
    ----------
    sd, roots, tilt : ndarray
        As in :class:`State`.
    step : float
        The variance of steps that fits these positions and their covariances (EM).
    """

    sd: Floats
    roots: Floats
    tilt: Floats
    step: float


def one_pass(
    answers: Answers, state: State, *, probit: bool, spread: bool, whole: bool = False
) -> Pass:
    """Gradient and curvature at a state; `spread` averages over positions and items.

    `whole` takes the whole curvature between positions and discriminations, which may be
    negative far from the centre.
    """
    layout = state.layout
    nodes, (count, most) = len(state.theta), layout.index.shape
    gt, ht, g = np.zeros(nodes), np.zeros(nodes), np.zeros((count, most))
    h, b = np.zeros((count, most, most)), np.zeros((answers.n, most))
    bounds = np.searchsorted(answers.instance_time, np.arange(len(answers.times) + 1))
    logs = np.zeros(len(answers.times))
    assemble(
        bounds, answers.instance_start, answers.node, answers.code, layout.sizes, layout.index,
        state.theta, state.sd, state.tilt, state.psi, state.roots, float(spread), probit,
        float(whole), gt, ht, g, h, b, logs,
    )  # fmt: skip
    real = layout.real
    psi = np.bincount(layout.index[real], g[real], minlength=len(state.psi))
    path_pull, path_value = state.paths.pull(state.theta)
    item_pull, item_value = layout.pull(state.psi)
    likelihood = float(logs.sum())
    value = likelihood + path_value + item_value
    return Pass(value, likelihood, gt + path_pull, psi + item_pull, ht, h, b)


def item_roots(layout: Layout, instances: Floats) -> Floats:
    """Inverse lower roots of each instance's curvature with its prior, padded by the identity."""
    most = layout.index.shape[1]
    full = instances.copy()
    prior = np.append(layout.own, np.diag(layout.shared))[layout.index]
    full[:, np.arange(most), np.arange(most)] += np.where(layout.real, prior, 1.0)
    return np.linalg.inv(np.linalg.cholesky(full))


def joint_spread(answers: Answers, state: State, factored: Curvature) -> Spread:
    """The spread of every position together with every item that it answers.

    Positions and items are uncertain together: a bloc that may lie further out makes the items
    that set it apart uncertain in step. Averaging over each alone would stretch the scale.
    """
    layout, start = state.layout, answers.instance_start
    roots, tilt = np.zeros_like(state.roots), np.zeros_like(state.tilt)
    inner = inverse_root(factored.root)
    lean = factored.chain.back(factored.bridge @ inner.T)
    blocks, between = factored.chain.inverse_blocks()
    bounds = np.searchsorted(answers.instance_time, np.arange(len(answers.times) + 1))
    variance = []
    for t, (first, last) in enumerate(pieces(bounds)):
        here = slice(state.paths.bounds[t], state.paths.bounds[t + 1])
        full = blocks[t] + lean[here] @ lean[here].T
        variance.append(np.diag(full))
        # Column by column, as the loops over items read it.
        solved = np.asfortranarray(full @ factored.panels[t])
        own_spread(
            first, last, start, answers.node, int(state.paths.bounds[t]), layout.sizes,
            layout.local, factored.items, factored.panels[t], solved,
            roots, tilt,
        )  # fmt: skip
        _shared_covariances(answers, layout, (first, last), here, -lean[here], inner, tilt)
    shared_spread(
        start, layout.sizes, layout.local, layout.index, layout.split, inner.T @ inner, roots, tilt
    )
    step = state.paths.step_estimate(state.theta, blocks, between)
    return Spread(np.sqrt(np.concatenate(variance)), roots, tilt, step)


def _shared_covariances(
    answers: Answers,
    layout: Layout,
    span: tuple[int, int],
    here: slice,
    lean: Floats,
    inner: Floats,
    tilt: Floats,
) -> None:
    """Fill in how the positions of one time vary with the shared items answered at it."""
    shared = span[0] + np.flatnonzero(~layout.local[span[0] : span[1]])
    if not len(shared):
        return
    columns = np.unique(layout.index[shared]) - layout.split
    covariance = lean @ inner[:, columns]
    for i in shared:
        at = layout.index[i, : layout.sizes[i]] - layout.split
        own = slice(answers.instance_start[i], answers.instance_start[i + 1])
        rows = answers.node[own] - here.start
        tilt[own, : len(at)] = covariance[rows[:, None], np.searchsorted(columns, at)]


def curvature(answers: Answers, state: State, found: Pass) -> Curvature:
    """Factor the joint curvature of positions and parameters.

    Items of one time are eliminated within it; the positions that remain form a chain of
    blocks; parameters shared over times are a border around it.
    """
    layout, paths = state.layout, state.paths
    blocks, bonds = paths.precision(found.nodes)
    items = item_roots(layout, found.instances)
    bounds = np.searchsorted(answers.instance_time, np.arange(len(answers.times) + 1))
    panels = []
    for t, (first, last) in enumerate(pieces(bounds)):
        columns = int(np.sum(layout.sizes[first:last][layout.local[first:last]]))
        panel = np.zeros((len(blocks[t]), columns), order="F")
        fill_panel(
            first, last, answers.instance_start, answers.node, int(paths.bounds[t]),
            layout.sizes, layout.local, items, found.cross, panel,
        )  # fmt: skip
        blocks[t] -= panel @ panel.T
        panels.append(panel)
    chain = factor(blocks, bonds, paths.bounds)
    bridge = np.zeros((len(found.theta), len(layout.shared)))
    fill_shared(
        answers.instance_start, answers.node, layout.sizes, layout.local, layout.index,
        layout.split, found.cross, bridge,
    )  # fmt: skip
    bridge = chain.forth(bridge)
    inner = shared_curvature(layout, found) - bridge.T @ bridge
    root = np.asarray(np.linalg.cholesky(inner), dtype=float)
    return Curvature(chain, items, panels, bridge, root)


def shared_curvature(layout: Layout, found: Pass) -> Floats:
    """Curvature of the parameters shared over times, priors included."""
    full = layout.shared.copy()
    for i in np.flatnonzero(~layout.local):
        k = layout.sizes[i]
        at = layout.index[i, :k] - layout.split
        full[np.ix_(at, at)] += found.instances[i, :k, :k]
    return full


def joint_step(
    answers: Answers, layout: Layout, found: Pass, factored: Curvature
) -> tuple[Floats, Floats]:
    """The Newton step of positions and parameters together."""
    split = layout.split
    own = _by_instance(layout, found.psi) * layout.local[:, None]
    solved = _solve_items(factored.items, own)
    theta = found.theta - _to_nodes(answers, found, solved)
    low = factored.chain.forth(theta)
    right = found.psi[split:] - factored.bridge.T @ low
    shared = cho_solve((factored.root, True), right, check_finite=False)
    step = factored.chain.back(low - factored.bridge @ shared)
    moved = np.zeros_like(own)
    cross_right(answers.instance_start, answers.node, layout.sizes, found.cross, step, moved)
    psi = np.zeros(len(found.psi))
    psi[split:] = shared
    _scatter(layout, _solve_items(factored.items, own - moved), psi)
    return step, psi


def item_step(layout: Layout, found: Pass) -> Floats:
    """The Newton step of the item parameters, positions held."""
    items = item_roots(layout, found.instances)
    psi = np.zeros(len(found.psi))
    _scatter(layout, _solve_items(items, _by_instance(layout, found.psi)), psi)
    if len(layout.shared):
        inner = shared_curvature(layout, found)
        psi[layout.split :] = np.linalg.solve(inner, found.psi[layout.split :])
    return psi


def path_step(paths: Paths, found: Pass) -> Floats:
    """The Newton step of all paths, items held."""
    return factor(*paths.precision(found.nodes), paths.bounds).solve(found.theta)


def _by_instance(layout: Layout, psi: Floats) -> Floats:
    return np.where(layout.real, psi[layout.index], 0.0)


def _solve_items(roots: Floats, right: Floats) -> Floats:
    half = np.einsum("imn,in->im", roots, right)
    return np.asarray(np.einsum("inm,in->im", roots, half))


def _scatter(layout: Layout, values: Floats, psi: Floats) -> None:
    """Write the values of each time's own items to their places."""
    chosen = layout.real & layout.local[:, None]
    psi[layout.index[chosen]] = values[chosen]


def _to_nodes(answers: Answers, found: Pass, values: Floats) -> Floats:
    """Cross terms times a value of each parameter, summed by node."""
    counts = np.diff(answers.instance_start)
    each = np.repeat(values, counts, axis=0)
    sums = np.einsum("om,om->o", found.cross, each)
    return np.bincount(answers.node, sums, minlength=len(found.theta)).astype(float)


def inverse_root(root: Floats) -> Floats:
    """The inverse of a lower root."""
    if not len(root):
        return root
    inverse, _ = lapack.dtrtri(root, lower=1)
    return np.asarray(np.tril(inverse))
