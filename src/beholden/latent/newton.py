"""From first positions to the centre of the posterior: Newton steps on everything at once."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.checkpoint import Standing, load, save
from beholden.latent.curvature import (
    Curvature,
    Pass,
    State,
    curvature,
    item_step,
    joint_step,
    one_pass,
    path_step,
)
from beholden.latent.fronts import order_of
from beholden.latent.keeping import digest_of
from beholden.latent.layout import LOAD, ItemPrior, layout
from beholden.latent.paths import paths
from beholden.latent.problems import LatentError
from beholden.latent.spread import carried, joint_spread
from beholden.latent.start import first_positions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from beholden.latent.fronts import Order
    from beholden.latent.model import Model
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]

__all__ = ["Centre", "centre"]

# Of checkpoints: another form of the iterations goes on from none of this one.
FORM = 2
FIRST_STEP_SD = 0.15
FEWEST_ITEMS = 30
LONGEST = 1.0
SAFE = 0.25
FEWEST_STEPS = 4
SAFE_STEPS = 3
ALIKE = 0.97


@dataclass(frozen=True, eq=False)
class Centre:
    """Where the iterations ended.

    Attributes
    ----------
    state : State
        Positions, parameters and their spread.
    found : Pass
        Gradient and curvature there.
    factored : Curvature
        The factored joint curvature there.
    iterations : int
        Joint steps taken.
    converged : bool
        Whether the last step moved no position by more than the tolerance.
    moved : float
        The largest move of a position in the last step.
    """

    state: State
    found: Pass
    factored: Curvature
    iterations: int
    converged: bool
    moved: float


def centre(
    answers: Answers,
    model: Model,
    *,
    tolerance: float = 1e-3,
    limit: int = 40,
    progress: Callable[[int, float], None] | None = None,
    checkpoint: Path | None = None,
) -> Centre:
    """Find the centre of the posterior, averaging over the spread of positions and items.

    A joint mode would stretch positions where items are many, for it treats estimated items as
    known. Here every gradient is averaged over the spread of positions and item parameters
    (cubature of degree 3), as in a Gaussian variational posterior with joint paths; the steps
    are Newton's with the joint curvature of everything.

    Raises
    ------
    LatentError
        When an anchor is no unit, or the checkpoint is that of another fit.
    """
    probit = model.link == "probit"
    name = digest_of(answers, FORM, model) if checkpoint else ""
    at = _begun(answers, model, checkpoint, name)
    order = order_of(answers, at.state.layout, at.state.paths)
    while at.done < limit and (at.moved > tolerance or at.done < FEWEST_STEPS):
        whole = at.done >= SAFE_STEPS
        found, factored = _curved(answers, order, at.state, probit=probit, whole=whole)
        theta, psi = joint_step(answers, at.state.layout, found, factored)
        fresh = _spread(answers, at.state, _moved(at.state, theta, psi), factored, model)
        at = Standing(fresh, at.done + 1, _distance(at.state, fresh))
        if checkpoint:
            save(checkpoint, name, at)
        if progress is not None:
            progress(at.done, at.moved)
    found, factored = _curved(answers, order, at.state, probit=probit, whole=True, final=True)
    return Centre(at.state, found, factored, at.done, at.moved <= tolerance, at.moved)


def _begun(answers: Answers, model: Model, checkpoint: Path | None, name: str) -> Standing:
    """Where the iterations begin: at the checkpoint, or at the better of two first positions."""
    first = first_positions(answers, model.anchors)
    if checkpoint and checkpoint.exists():
        return load(checkpoint, name, _begin(answers, model, first))
    second = first_positions(answers, model.anchors, twice=False)
    # One that folds both ends together can hold the iterations at a lesser mode.
    alike = float(np.corrcoef(first, second)[0, 1]) > ALIKE if len(first) > 2 else False
    starts = [first] if alike else [first, second]
    warm = [_warm(answers, model, _begin(answers, model, each)) for each in starts]
    return Standing(max(warm, key=partial(_worth, answers, model)), 0, math.inf)


def _worth(answers: Answers, model: Model, state: State) -> float:
    """The log posterior at a state, spread left aside."""
    probit = model.link == "probit"
    return one_pass(answers, state, probit=probit, spread=False, value=True).value


def _curved(
    answers: Answers, order: Order, state: State, *, probit: bool, whole: bool, final: bool = False
) -> tuple[Pass, Curvature]:
    """Gradient and factored curvature; far from the centre the whole may be negative."""
    ways = [(True, True), (True, False), (False, False)] if whole else [(False, False)]
    for part, loose in ways:
        found = one_pass(answers, state, probit=probit, spread=True, whole=part, value=final)
        with contextlib.suppress(np.linalg.LinAlgError):
            return found, curvature(answers, order, state, found, loose=loose)
    raise LatentError(
        "expected answers that fix every position, found a direction that nothing fixes. "
        "State narrower priors, or give more answers"
    )


def _distance(before: State, after: State) -> float:
    """How far a step went: the largest move of a position, and of the logs of the scales."""
    scales = math.log(after.paths.step_variance / before.paths.step_variance) / 2
    theta = float(np.max(np.abs(after.theta - before.theta)))
    return max(theta, abs(scales) / 10)


def _begin(answers: Answers, model: Model, position: Floats) -> State:
    prior = ItemPrior(model.load_sd, model.cut_mean, model.cut_sd, model.gap_mean, model.gap_sd)
    order = layout(answers, model, prior)
    walk = paths(answers, model, model.step_sd or FIRST_STEP_SD)
    theta = position[answers.node_unit] * model.start_sd
    most = order.index.shape[1]
    roots = np.zeros((len(order.sizes), most, most))
    return State(
        theta,
        order.mean.copy(),
        walk,
        order,
        prior,
        np.zeros(len(theta)),
        roots,
        np.zeros((answers.n, most)),
    )


def _warm(answers: Answers, model: Model, state: State) -> State:
    """Items to the first positions, then paths and items in turn, spread left aside."""
    probit = model.link == "probit"
    for turn in range(8):
        found = one_pass(answers, state, probit=probit, spread=False, value=False)
        still = np.zeros(len(state.theta))
        if turn in {4, 6}:
            state = _moved(state, path_step(state.paths, found), np.zeros(len(state.psi)))
        else:
            state = _moved(state, still, item_step(state.layout, found))
    return state


def _moved(state: State, theta: Floats, psi: Floats) -> State:
    """The state after a step, cut where it is longer than the model can be trusted."""
    size = max(float(np.sqrt(np.mean(theta**2))), float(np.sqrt(np.mean(psi**2))) / 2)
    part = min(1.0, SAFE / size) if size > 0 else 1.0
    return replace(
        state,
        theta=state.theta + np.clip(part * theta, -LONGEST, LONGEST),
        psi=state.psi + np.clip(part * psi, -LONGEST, LONGEST),
    )


def _spread(
    answers: Answers, before: State, state: State, factored: Curvature, model: Model
) -> State:
    """The state with the spread found at it, and the scales that make it likeliest."""
    found = joint_spread(answers, state, factored)
    sd, roots, tilt = found.sd, found.roots, found.tilt
    if state.sd.any():
        # Half way only: curvature depends on the spread, and the spread on curvature.
        sd, roots, tilt = (state.sd + sd) / 2, (state.roots + roots) / 2, (state.tilt + tilt) / 2
    roots = carried(answers, before.theta, state.theta, roots)
    state = replace(state, sd=sd, roots=roots, tilt=tilt)
    if model.step_sd is None:
        state = replace(state, paths=state.paths.with_step(found.step))
    variance = np.zeros(len(state.psi))
    real = state.layout.real
    variance[state.layout.index[real]] = np.sum(state.roots**2, axis=2)[real]
    if model.adapt and len(answers.items) >= FEWEST_ITEMS:
        prior = state.layout.estimate(state.psi, variance, state.prior)
        if model.scale == "pool":
            prior = replace(prior, load_sd=model.load_sd)
        state = replace(state, prior=prior, layout=state.layout.with_prior(prior))
        if model.scale == "starts" and model.step_sd is None:
            size = np.sqrt(np.mean((state.theta**2 + state.sd**2)[state.paths.begins]))
            return _scaled(state, model.start_sd / float(size), loads=True)
    return _pooled(answers, state, model) if model.scale == "pool" else state


def _pooled(answers: Answers, state: State, model: Model) -> State:
    """The same state with positions of standard deviation 1, and the multiplier that keeps it.

    Likelihood does not change when positions stretch and discriminations shrink; so at the
    centre the pull of both priors along that line is balanced by the multiplier.
    """
    answered = answers.node_answers > 0
    walk = state.paths
    state = _scaled(state, 1.0 / float(state.theta[answered].std()), loads=False)
    if model.step_sd is not None:
        state = replace(state, paths=walk)
    pull, _ = replace(state.paths, ridge=0.0).pull(state.theta)
    loads = state.layout.kind == LOAD
    wanted = float(np.sum(state.psi[loads] ** 2)) / model.load_sd**2 + float(pull @ state.theta)
    ridge = max(wanted, 0.0) / float(state.theta @ state.theta)
    return replace(state, paths=replace(state.paths, ridge=(state.paths.ridge + ridge) / 2))


def _scaled(state: State, factor: float, *, loads: bool) -> State:
    """The same state stretched: positions by a factor, discriminations by its inverse.

    When steps and discriminations adapt, little else knows the scale; finding it step by step
    would take hundreds of iterations. `loads` stretches the prior of discriminations, too.
    """
    roots = state.roots.copy()
    roots[:, 0, :] /= factor
    prior = state.prior
    if loads:
        prior = replace(prior, load_sd=prior.load_sd / factor)
    first = state.layout.kind == LOAD
    return replace(
        state,
        theta=state.theta * factor,
        psi=np.where(first, state.psi / factor, state.psi),
        paths=state.paths.with_step(state.paths.step_variance * factor**2)
        if any(len(going) > 1 for going in state.paths.before)
        else state.paths,
        prior=prior,
        layout=state.layout.with_prior(prior),
        sd=state.sd * factor,
        roots=roots,
        tilt=state.tilt * factor,
    )
