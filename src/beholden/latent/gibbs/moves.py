"""Draws of items, paths, common shocks and levels.

Each is drawn from its exact conditional where that is normal, else by Metropolis and Hastings from
its local normal approximation.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.gibbs.items import accept_items, propose_items
from beholden.latent.gibbs.kernels import item_pass, node_pass, shift_pass, unpack
from beholden.latent.gibbs.levels import bridge_curvature, cut_prior
from beholden.latent.gibbs.paths import accept_paths, propose_paths, stretch_steps
from beholden.latent.gibbs.scales import log_step_prior, start_variance, steps_of
from beholden.latent.gibbs.streams import key_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.gibbs.items import Blocks
    from beholden.latent.gibbs.state import Plan, State

    Floats = NDArray[np.float64]

__all__ = ["draw_items", "draw_levels", "draw_paths", "draw_shocks", "draw_steps", "unpacked"]

# Longest stretch of a path proposed at once: longer ones are refused more often.
STRETCH = 16


def unpacked(plan: Plan, psi: Floats) -> tuple[Floats, Floats]:
    """Discrimination and cutpoints of every instance."""
    order = plan.layout
    loads = np.empty(len(order.sizes))
    cuts = np.zeros((len(order.sizes), order.index.shape[1]))
    unpack(psi, order.index, order.sizes, loads, cuts)
    return loads, cuts


def _own_prior(plan: Plan, state: State) -> tuple[Floats, Floats]:
    """Prior mean and precision of every parameter; 0 where it only follows another."""
    _, load_sd, cut_mean, cut_sd, gap_mean, gap_sd = state.hyper
    kind = plan.layout.kind
    middle = np.array([0.0, cut_mean, gap_mean])[kind]
    precision = np.array([load_sd, cut_sd, gap_sd])[kind] ** -2.0
    return middle, np.where(plan.layout.chained, 0.0, precision)


def _given_neighbours(plan: Plan, state: State) -> tuple[Floats, Floats]:
    """Prior mean and precision of every parameter given those that it follows or leads."""
    middle, precision = _own_prior(plan, state)
    order = plan.layout
    if not len(order.links):
        return middle, precision
    before, after = (order.split + order.links).T
    step = 1.0 / (order.drift_sd**2 * order.lengths)
    size = len(precision)
    pull = precision * middle
    pull = pull + np.bincount(before, step * state.psi[after], size)
    pull = pull + np.bincount(after, step * state.psi[before], size)
    precision = precision + np.bincount(before, step, size) + np.bincount(after, step, size)
    return pull / precision, precision


def draw_items(
    plan: Plan, state: State, block: Blocks, key: np.uint64, *, walk: bool, force: bool
) -> None:
    """Draw one round of items' parameters given all positions."""
    data, order = plan.answers, plan.layout
    pull, size = (0.0, 1.0) if walk else (1.0, 1.0)
    middle, precision = _given_neighbours(plan, state)

    def at(psi: Floats) -> tuple[Floats, Floats, Floats]:
        loads, cuts = unpacked(plan, psi)
        count, most = order.index.shape
        found = np.zeros(count), np.zeros((count, most)), np.zeros((count, most, most))
        item_pass(
            block.members, data.instance_start, data.node, data.code, order.sizes, loads, cuts,
            state.theta, plan.probit, *found,
        )  # fmt: skip
        return found

    value, grad, hess = at(state.psi)
    own = (block.members, block.starts, block.first, block.last, order.index, state.psi)
    proposed, forth, taken = (
        state.psi.copy(),
        np.empty(len(block.first)),
        np.empty(len(block.first)),
    )
    propose_items(key, *own, grad, hess, middle, precision, pull, size, proposed, forth)
    accept_items(
        key_of(int(key), 1), *own, value, proposed, *at(proposed), middle, precision, pull, size,
        forth, force, taken,
    )  # fmt: skip
    state.taken[1] += taken.sum(), len(taken)


def _at(plan: Plan, items: tuple[Floats, Floats], theta: Floats) -> tuple[Floats, Floats, Floats]:
    """Log likelihood of each node's answers, its gradient and its curvature."""
    data = plan.answers
    found = np.empty(len(theta)), np.empty(len(theta)), np.empty(len(theta))
    node_pass(
        plan.times, plan.walk.bounds, plan.time_start, data.instance_start, data.node, data.code,
        plan.layout.sizes, *items, theta, plan.probit, *found,
    )  # fmt: skip
    return found


def draw_paths(plan: Plan, state: State, key: np.uint64, *, walk: bool, force: bool) -> None:
    """Draw stretches of all units' paths given the items and the common shocks."""
    data, order = plan.answers, plan.walk
    items = unpacked(plan, state.psi)
    nodes, units = len(state.theta), len(data.units)
    pull, size = (0.0, 2.4 / math.sqrt(STRETCH)) if walk else (1.0, 1.0)

    value, grad, curv = _at(plan, items, state.theta)
    where = (STRETCH, order.order, order.starts, data.node_time, state.theta)
    step = state.hyper[0]
    prior = (
        plan.phi, step**2 * plan.length, state.shock, start_variance(plan, step), state.ridge,
        pull, size,
    )  # fmt: skip
    offsets, proposed, forth = np.empty(units, dtype=np.int64), np.empty(nodes), np.empty(nodes)
    propose_paths(key, *where, grad, curv, *prior, offsets, proposed, forth)
    taken = np.empty((units, 2))
    accept_paths(
        key_of(int(key), 1), *where, value, proposed, *_at(plan, items, proposed), *prior, offsets,
        forth, force, taken,
    )  # fmt: skip
    state.taken[0] += taken.sum(axis=0)


def draw_steps(plan: Plan, state: State, random: np.random.Generator, *, tune: bool) -> None:
    """Draw the standard deviation of steps with all steps in proportion (interweaving).

    Given the steps themselves it hardly moves where answers are few; given their ratios to it,
    it does (Yu and Meng 2011, https://doi.org/10.1198/jcgs.2011.203main).
    """
    model, deviate, chance = plan.model, random.standard_normal(), random.random()
    if model.step_sd is not None:
        return
    move = state.reach * deviate
    factor = math.exp(move)
    proposed = np.empty(len(state.theta))
    stretch_steps(
        plan.walk.order, plan.walk.starts, plan.answers.node_time, state.theta, plan.phi,
        state.shock, factor, factor if model.carry < 1 else 1.0, proposed,
    )  # fmt: skip
    items = unpacked(plan, state.psi)
    gain = _at(plan, items, proposed)[0] - _at(plan, items, state.theta)[0]
    ratio = float(gain.sum()) + log_step_prior(plan, state.hyper[0] * factor)
    ratio -= log_step_prior(plan, state.hyper[0])
    ratio -= 0.5 * state.ridge * float(proposed @ proposed - state.theta @ state.theta)
    taken = math.log(1.0 - chance) < ratio
    if tune:
        state.reach = min(state.reach * (1.4 if taken else 0.87), 1.0)
    if taken:
        state.theta[:] = proposed
        state.hyper[0] *= factor


def draw_shocks(plan: Plan, state: State, random: np.random.Generator) -> None:
    """Draw the shock common to all units after each time, given their steps."""
    deviates = random.standard_normal(len(plan.length))
    if plan.model.shock_sd == 0:
        return
    count, total, _ = steps_of(plan, state.theta)
    own = state.hyper[0] ** 2 * plan.length
    precision = count / own + 1.0 / (plan.model.shock_sd**2 * plan.length)
    state.shock[:] = total / own / precision + deviates / np.sqrt(precision)


def _path_force(plan: Plan, state: State) -> tuple[Floats, Floats]:
    """Linear term and precision that the prior of paths gives to levels."""
    data, walk = plan.answers, plan.walk
    size, time = len(data.times), data.node_time
    start = 1.0 / start_variance(plan, state.hyper[0])
    weight = walk.begins * start + state.ridge
    force = -np.bincount(time, weight * state.theta, size).astype(float)
    precision: Floats = np.diag(np.bincount(time, weight, size)).astype(float)
    if plan.model.shock_sd > 0:
        bond = 1.0 / (plan.model.shock_sd**2 * plan.length)
        step = state.shock
    else:
        count, total, _ = steps_of(plan, state.theta)
        bond = count / (state.hyper[0] ** 2 * plan.length)
        step = total / np.maximum(count, 1.0)
    force[1:] -= bond * step
    force[:-1] += bond * plan.phi * step
    here = np.arange(size - 1)
    precision[here, here] += bond * plan.phi**2
    precision[here + 1, here + 1] += bond
    precision[here, here + 1] -= bond * plan.phi
    precision[here + 1, here] -= bond * plan.phi
    return force, precision


def _level_prior(plan: Plan, state: State) -> tuple[Floats, Floats]:
    """The same with the priors of first cutpoints, which move along."""
    force, precision = _path_force(plan, state)
    join = plan.bridged
    middle, own = _own_prior(plan, state)
    cut = state.psi[join.cut]
    cut_prior(
        join.cut_start, join.cut_time, state.psi[join.cut_load], cut - middle[join.cut],
        own[join.cut], join.links, join.precision, cut[join.links[:, 1]] - cut[join.links[:, 0]],
        force, precision,
    )  # fmt: skip
    return force, precision


def _bridge_pull(
    plan: Plan, state: State, level: Floats, items: tuple[Floats, Floats]
) -> tuple[float, Floats, Floats]:
    """Log likelihood of bridged answers at a move of levels, its gradient and curvature."""
    data, join = plan.answers, plan.bridged
    size, which = len(level), join.instances
    force, precision = np.zeros(size), np.zeros((size, size))
    if not len(which):
        return 0.0, force, precision
    time = data.instance_time[which]
    mean = np.add.reduceat(level[time], join.starts[:-1]) / np.diff(join.starts)
    shift = np.zeros(len(data.instance_item))
    shift[which] = level[time] - np.repeat(mean, np.diff(join.starts))
    found = np.zeros((3, len(shift)))
    shift_pass(
        which, shift, data.instance_start, data.node, data.code, plan.layout.sizes, *items,
        state.theta, plan.probit, *found,
    )  # fmt: skip
    grad, curv = found[1, which], found[2, which]
    bridge_curvature(join.starts, time, grad, curv, force, precision)
    return float(found[0, which].sum()), force, precision


def draw_levels(plan: Plan, state: State, random: np.random.Generator) -> None:
    """Move all positions of each time, and the cutpoints of its items with them."""
    items = unpacked(plan, state.psi)
    force, precision = _level_prior(plan, state)
    still = np.zeros(len(force))
    value, pull, curv = _bridge_pull(plan, state, still, items)
    root = _root(precision + curv)
    deviates = random.standard_normal(len(force))
    mean = _solved(root, force + pull)
    level = mean + np.linalg.solve(root.T, deviates)
    value_new, pull_new, curv_new = _bridge_pull(plan, state, level, items)
    root_new = _root(precision + curv_new)
    back = -level - _solved(root_new, force - precision @ level + pull_new)
    ratio = value_new - value + float(force @ level - 0.5 * level @ precision @ level)
    ratio += float(np.sum(np.log(np.diag(root_new))) - np.sum(np.log(np.diag(root))))
    ratio += 0.5 * float(deviates @ deviates - np.sum((root_new.T @ back) ** 2))
    state.taken[2, 1] += 1
    if math.log(1.0 - random.random()) >= ratio:
        return
    state.taken[2, 0] += 1
    state.theta += level[plan.answers.node_time]
    state.psi[plan.bridged.cut] += state.psi[plan.bridged.cut_load] * plan.bridged.moved(level)
    if plan.model.shock_sd > 0:
        state.shock += level[1:] - plan.phi * level[:-1]


def _solved(root: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(root.T, np.linalg.solve(root, right)))


def _root(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.cholesky(matrix), dtype=np.float64)
