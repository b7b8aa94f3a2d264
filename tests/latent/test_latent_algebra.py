"""Linear algebra on chains and the joint curvature, against dense matrices."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from simulating import simulate

from beholden.latent import Anchors, Model, answers
from beholden.latent.chain import factor
from beholden.latent.curvature import State, curvature, joint_step, one_pass
from beholden.latent.fronts import order_of
from beholden.latent.layout import ItemPrior, layout
from beholden.latent.paths import paths
from beholden.latent.spread import joint_spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent import Answers

    Floats = NDArray[np.float64]

SIZES = (3, 4, 2, 5)
PRIOR = ItemPrior(1.3, -0.4, 2.0, -0.5, 0.8)


def chain_matrix() -> tuple[Floats, list[Floats], list[Floats], NDArray[np.int64]]:
    draw = np.random.default_rng(4)
    bounds = np.append(0, np.cumsum(SIZES))
    full = np.zeros((bounds[-1], bounds[-1]))
    for t in range(3):
        part = draw.normal(size=(40, SIZES[t] + SIZES[t + 1]))
        full[bounds[t] : bounds[t + 2], bounds[t] : bounds[t + 2]] += part.T @ part
    cut = [slice(a, b) for a, b in itertools.pairwise(bounds)]
    blocks = [full[c, c].copy() for c in cut]
    bonds = [full[a, b].copy() for a, b in itertools.pairwise(cut)]
    return full, blocks, bonds, bounds


def test_a_chain_solves_as_the_whole_matrix() -> None:
    full, blocks, bonds, bounds = chain_matrix()
    right = np.random.default_rng(1).normal(size=(len(full), 3))
    found = factor(blocks, bonds, bounds)
    np.testing.assert_allclose(found.solve(right), np.linalg.solve(full, right), atol=1e-10)
    np.testing.assert_allclose(
        found.back(np.eye(len(full))) @ found.back(np.eye(len(full))).T,
        np.linalg.inv(full),
        atol=1e-10,
    )


def test_blocks_of_the_inverse() -> None:
    full, blocks, bonds, bounds = chain_matrix()
    inverse = np.linalg.inv(full)
    own, between = factor(blocks, bonds, bounds).inverse_blocks()
    for t, block in enumerate(own):
        here = slice(bounds[t], bounds[t + 1])
        np.testing.assert_allclose(block, inverse[here, here], atol=1e-10)
        if t < 3:
            after = slice(bounds[t + 1], bounds[t + 2])
            np.testing.assert_allclose(between[t], inverse[here, after], atol=1e-10)


def small() -> Answers:
    truth = simulate(3, units=7, times=4, items=6, bridged=0.4)
    table = truth.table.filter(~((truth.table["unit"] == 2) & (truth.table["time"] == 1)))
    return answers(table, scale=(0, 1, 2), drift=[1] if 1 in table["item"] else [])


def state_of(data: Answers, model: Model, seed: int = 5) -> State:
    order = layout(data, model, PRIOR)
    draw = np.random.default_rng(seed)
    most = order.index.shape[1]
    roots = np.tril(draw.normal(size=(len(order.sizes), most, most))) * 0.05
    nodes = len(data.node_unit)
    return State(
        theta=draw.normal(size=nodes),
        psi=order.mean + 0.3 * draw.normal(size=len(order.mean)),
        paths=paths(data, model, 0.3),
        layout=order,
        prior=PRIOR,
        sd=np.full(nodes, 0.3),
        roots=roots,
        tilt=np.zeros((data.n, most)),
    )


def moved(state: State, name: str, place: int, by: float) -> State:
    from dataclasses import replace

    values = getattr(state, name).copy()
    values[place] += by
    return replace(state, **{name: values})


@pytest.mark.parametrize("link", ["probit", "logit"])
@pytest.mark.parametrize("carry", [1.0, 0.8])
@pytest.mark.parametrize("name", ["theta", "psi"])
def test_gradients_are_the_slopes_of_the_log_posterior(link: str, carry: float, name: str) -> None:
    data = small()
    state = state_of(data, Model(link=link, carry=carry))
    probit = link == "probit"

    def value(by: float, place: int) -> float:
        return one_pass(data, moved(state, name, place, by), probit=probit, spread=False).value

    found = getattr(one_pass(data, state, probit=probit, spread=False), name)
    slopes = [(value(1e-5, k) - value(-1e-5, k)) / 2e-5 for k in range(len(found))]
    np.testing.assert_allclose(found, slopes, rtol=2e-5, atol=2e-5)


def dense(data: Answers, state: State) -> Floats:
    """The Hessian of minus the log posterior by differences of its gradient."""

    def gradient(at: State) -> Floats:
        found = one_pass(data, at, probit=True, spread=False)
        return np.append(found.theta, found.psi)

    columns = [
        (gradient(moved(state, name, k, -1e-5)) - gradient(moved(state, name, k, 1e-5))) / 2e-5
        for name in ("theta", "psi")
        for k in range(len(getattr(state, name)))
    ]
    return np.column_stack(columns)


def test_the_joint_step_is_newtons() -> None:
    data = answers(simulate(8, units=9, times=3, items=8).table, scale=(0, 1, 2))
    model = Model()
    state = state_of(data, model)
    order = order_of(data, state.layout, state.paths)
    for _ in range(25):
        found = one_pass(data, state, probit=True, spread=False)
        factored = curvature(data, order, state, found)
        theta, psi = joint_step(data, state.layout, found, factored)
        state = state_after(state, theta, psi)
    found = one_pass(data, state, probit=True, spread=False, whole=True)
    factored = curvature(data, order, state, found)
    state = moved(state, "theta", 3, 1e-3)
    found = one_pass(data, state, probit=True, spread=False, whole=True)
    theta, psi = joint_step(data, state.layout, found, curvature(data, order, state, found))
    whole = dense(data, state)
    # Logs of distances bend upwards only: rows in which that was held back differ.
    straight = np.append(np.ones(len(theta), bool), state.layout.kind < 2)
    right = np.append(found.theta, found.psi)
    step = np.linalg.solve(whole, right)
    np.testing.assert_allclose(np.append(theta, psi)[straight], step[straight], atol=2e-3)
    covariance = np.linalg.inv(whole)[: len(theta), : len(theta)]
    spread = joint_spread(data, state, factored)
    np.testing.assert_allclose(spread.sd**2, np.diag(covariance), rtol=0.03)


def state_after(state: State, theta: Floats, psi: Floats) -> State:
    from dataclasses import replace

    size = max(1.0, float(np.max(np.abs(theta))), float(np.max(np.abs(psi))))
    return replace(state, theta=state.theta + theta / size, psi=state.psi + psi / size)


def test_anchors_are_only_a_direction() -> None:
    truth = simulate(2, units=20, times=3, items=20)
    high, low = truth.extremes()
    from beholden.latent import fit

    one = fit(answers(truth.table), Model(anchors=Anchors((high,), (low,))))
    two = fit(answers(truth.table), Model(anchors=Anchors((low,), (high,))))
    np.testing.assert_allclose(one.mean, -two.mean, atol=0.02)
