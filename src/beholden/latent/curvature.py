"""The joint curvature of paths and items, factored exactly: no vote counts as more than it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csc_array
from scipy.sparse.linalg import spsolve

from beholden.latent.chain import factor, pieces
from beholden.latent.fronts import factor_fronts
from beholden.latent.kernels import cross_right, fill_front, fill_panel
from beholden.latent.pass_kernels import assemble
from beholden.latent.paths import time_frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.fronts import Fronts, Order
    from beholden.latent.layout import ItemPrior, Layout
    from beholden.latent.observed import Answers
    from beholden.latent.paths import Paths

    Floats = NDArray[np.float64]

__all__ = [
    "Curvature",
    "Pass",
    "State",
    "curvature",
    "item_step",
    "joint_step",
    "one_pass",
    "path_step",
]


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
    loose : ndarray, shape (nodes,)
        The part of it that comes from the uncertainty of discriminations.
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
    loose: Floats
    instances: Floats
    cross: Floats


@dataclass(frozen=True, eq=False)
class Curvature:
    """The factored curvature of everything, items of one time eliminated.

    Attributes
    ----------
    fronts : Fronts
        Positions and the parameters shared over times.
    items : ndarray, shape (instances, most, most)
        Inverse lower roots of the curvature of each time's own items.
    panels : list of ndarray
        For each time, the cross terms of its own items solved by those roots.
    """

    fronts: Fronts
    items: Floats
    panels: list[Floats]


def one_pass(
    answers: Answers,
    state: State,
    *,
    probit: bool,
    spread: bool,
    whole: bool = False,
    value: bool = True,
) -> Pass:
    """Gradient and curvature at a state; `spread` averages over positions and items.

    `whole` takes the whole curvature between positions and discriminations, which may be
    negative far from the centre. Without `value` no likelihood is computed.
    """
    layout = state.layout
    nodes, (count, most) = len(state.theta), layout.index.shape
    gt, ht, vt = np.zeros(nodes), np.zeros(nodes), np.zeros(nodes)
    g, h, b = np.zeros((count, most)), np.zeros((count, most, most)), np.zeros((answers.n, most))
    bounds = np.searchsorted(answers.instance_time, np.arange(len(answers.times) + 1))
    logs = np.zeros(len(answers.times))
    starts = answers.category_starts
    widest = int(np.max(np.diff(starts), initial=1)) * (2 * most + 2)
    assemble(
        bounds, starts, answers.node, layout.sizes, layout.index, state.theta, state.sd,
        state.tilt, state.psi, state.roots, float(spread), probit, float(whole), value, widest,
        gt, ht, vt, g, h, b, logs,
    )  # fmt: skip
    real = layout.real
    psi = np.bincount(layout.index[real], g[real], minlength=len(state.psi))
    path_pull, path_value = state.paths.pull(state.theta)
    item_pull, item_value = layout.pull(state.psi)
    likelihood = float(logs.sum())
    whole_value = likelihood + path_value + item_value
    return Pass(whole_value, likelihood, gt + path_pull, psi + item_pull, ht, vt, h, b)


def item_roots(layout: Layout, instances: Floats) -> Floats:
    """Inverse lower roots of each instance's curvature with its prior, padded by the identity."""
    most = layout.index.shape[1]
    full = instances.copy()
    prior = np.append(layout.own, layout.shared)[layout.index]
    full[:, np.arange(most), np.arange(most)] += np.where(layout.real, prior, 1.0)
    return np.linalg.inv(np.linalg.cholesky(full))


def curvature(
    answers: Answers, order: Order, state: State, found: Pass, *, loose: bool = False
) -> Curvature:
    """Factor the joint curvature of positions and parameters.

    `loose` takes off what pins each time's mean and size only because items are uncertain: right
    for the spread at the centre, too little to step by.

    Items of one time are eliminated within it; positions and the parameters shared over times
    follow in fronts, time by time.
    """
    layout, paths = state.layout, state.paths
    blocks, bonds = paths.precision(found.nodes)
    items = item_roots(layout, found.instances)
    spans = pieces(np.searchsorted(answers.instance_time, np.arange(len(answers.times) + 1)))
    panels: list[Floats] = []
    known = answers.node_answers > 0

    def front_at(t: int) -> Floats:
        (first, last), count = spans[t], len(blocks[t])
        columns = int(np.sum(layout.sizes[first:last][layout.local[first:last]]))
        panel = np.zeros((count, columns), order="F")
        front = np.zeros((len(order.inner[t]) + len(order.border[t]),) * 2)
        place = (first, last, answers.instance_start, answers.node, int(paths.bounds[t]))
        fill_panel(*place, layout.sizes, layout.local, items, found.cross, panel)
        fill_front(
            *place, layout.sizes, layout.local, layout.index, layout.split, order.where[t],
            found.cross, found.instances, front,
        )  # fmt: skip
        front[:count, :count] += blocks[t] - panel @ panel.T
        here = slice(paths.bounds[t], paths.bounds[t + 1])
        if loose:
            front[:count, :count] += _unpinned(found.loose[here], state.theta[here], known[here])
        if t < len(bonds):
            nexts = slice(len(order.inner[t]), len(order.inner[t]) + len(blocks[t + 1]))
            front[:count, nexts] = bonds[t]
            front[nexts, :count] = bonds[t].T
        _add_prior(layout, order, t, front)
        panels.append(panel)
        return front

    return Curvature(factor_fronts(order, front_at), items, panels)


def _unpinned(loose: Floats, theta: Floats, known: NDArray[np.bool_]) -> Floats:
    """What is taken off a time's curvature, for uncertain items do not pin its mean and size.

    Averaged with the spread of items held, curvature resists a common move of all positions by
    n var(a) for each item; but when all move, the items' spread moves along, and nothing resists.
    """
    spans, weights = time_frame(theta, known)
    heavy = loose[:, None] * weights
    one = heavy @ spans.T
    return spans @ (weights.T @ heavy) @ spans.T - one - one.T


def _add_prior(layout: Layout, order: Order, t: int, front: Floats) -> None:
    """Add the priors of the shared parameters that close at a time."""
    closing, at = order.closing[t], order.where[t]
    front[at[closing], at[closing]] += layout.shared[closing]
    before, after = layout.links[order.links[t]].T
    step = layout.steps[order.links[t]]
    front[at[before], at[after]] -= step
    front[at[after], at[before]] -= step


def joint_step(
    answers: Answers, layout: Layout, found: Pass, factored: Curvature
) -> tuple[Floats, Floats]:
    """The Newton step of positions and parameters together."""
    split, nodes = layout.split, len(found.theta)
    own = _by_instance(layout, found.psi) * layout.local[:, None]
    solved = _solve_items(factored.items, own)
    theta = found.theta - _to_nodes(answers, found, solved)
    step = factored.fronts.solve(np.append(theta, found.psi[split:]))
    moved = np.zeros_like(own)
    cross_right(answers.instance_start, answers.node, layout.sizes, found.cross, step, moved)
    psi = np.zeros(len(found.psi))
    psi[split:] = step[nodes:]
    _scatter(layout, _solve_items(factored.items, own - moved), psi)
    return step[:nodes], psi


def item_step(layout: Layout, found: Pass) -> Floats:
    """The Newton step of the item parameters, positions held."""
    items = item_roots(layout, found.instances)
    psi = np.zeros(len(found.psi))
    _scatter(layout, _solve_items(items, _by_instance(layout, found.psi)), psi)
    if len(layout.shared):
        psi[layout.split :] = spsolve(shared_curvature(layout, found), found.psi[layout.split :])
    return psi


def shared_curvature(layout: Layout, found: Pass) -> csc_array:
    """Curvature of the parameters shared over times, priors included, positions held."""
    chosen = layout.real & ~layout.local[:, None]
    both = chosen[:, :, None] & chosen[:, None, :]
    index = layout.index - layout.split
    rows = np.broadcast_to(index[:, :, None], both.shape)[both]
    columns = np.broadcast_to(index[:, None, :], both.shape)[both]
    before, after = layout.links.T
    own = np.arange(len(layout.shared))
    values = [found.instances[both], layout.shared, -layout.steps, -layout.steps]
    places = (
        np.concatenate([rows, own, before, after]),
        np.concatenate([columns, own, after, before]),
    )
    return csc_array((np.concatenate(values), places), shape=(len(own), len(own)))


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
