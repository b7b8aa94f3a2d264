"""One sweep of the sampler: items, paths, levels, scale, and the figures priors rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.gibbs.items import Blocks, blocks
from beholden.latent.gibbs.levels import Bridges, bridges
from beholden.latent.gibbs.moves import draw_items, draw_levels, draw_paths, draw_shocks, draw_steps
from beholden.latent.gibbs.scales import FIRST_STEP_SD, draw_hyper, draw_scale
from beholden.latent.gibbs.streams import key_of
from beholden.latent.layout import ItemPrior, layout
from beholden.latent.paths import paths
from beholden.latent.start import first_positions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.layout import Layout
    from beholden.latent.model import Model
    from beholden.latent.observed import Answers
    from beholden.latent.paths import Paths

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Plan", "State", "begin", "plan", "sweep"]

FEWEST_ITEMS = 30
# Every so many sweeps proposals walk about at random: local curvature misleads far out.
WALK_EVERY = 8


@dataclass(frozen=True, eq=False)
class Plan:
    """What stays the same over sweeps.

    Attributes
    ----------
    answers, model, layout, walk
        The data, the model, the order of parameters, the order of paths.
    rounds : list of Blocks
        Parameters of items that are drawn together.
    bridged : Bridges
        Items at several times, and how first cutpoints hang on levels.
    times : ndarray
        Times in the order in which they are shared out over threads.
    time_start : ndarray, shape (times + 1,)
        Where the instances of each time begin.
    phi, length : ndarray, shape (times - 1,)
        Carry and length of each step in time.
    adapt : bool
        Whether the figures behind the priors of items are drawn, too.
    """

    answers: Answers
    model: Model
    layout: Layout
    walk: Paths
    rounds: list[Blocks]
    bridged: Bridges
    times: Ints
    time_start: Ints
    phi: Floats
    length: Floats
    adapt: bool

    @property
    def probit(self) -> bool:
        """Whether the link is probit."""
        return self.model.link == "probit"

    @property
    def free_loads(self) -> bool:
        """Whether the spread of discriminations is drawn."""
        return self.adapt and self.model.scale == "starts"


@dataclass(eq=False)
class State:
    """Where a chain stands; sweeps change it in place.

    Attributes
    ----------
    theta, psi, shock : ndarray
        Positions, parameters of items, common shocks.
    hyper : ndarray, shape (6,)
        The figures named in `HYPER`.
    ridge : float
        Precision that holds positions to the middle under ``scale="pool"``.
    reach : float
        How far the log of steps' standard deviation is proposed to move with all steps.
    taken : ndarray, shape (3, 2)
        Proposals taken and made: of paths, items, levels.
    """

    theta: Floats
    psi: Floats
    shock: Floats
    hyper: Floats
    ridge: float = 0.0
    reach: float = 0.1
    taken: Floats = field(default_factory=lambda: np.zeros((3, 2)))

    def copy(self) -> State:
        """The same, sharing nothing."""
        return State(
            self.theta.copy(), self.psi.copy(), self.shock.copy(), self.hyper.copy(),
            self.ridge, self.reach, self.taken.copy(),
        )  # fmt: skip


def plan(answers: Answers, model: Model) -> Plan:
    """Lay out everything that sweeps need."""
    prior = ItemPrior(model.load_sd, model.cut_mean, model.cut_sd, model.gap_mean, model.gap_sd)
    order = layout(answers, model, prior)
    walk = paths(answers, model, model.step_sd or FIRST_STEP_SD)
    count = len(answers.times)
    time_start = np.searchsorted(answers.instance_time, np.arange(count + 1))
    work = answers.instance_start[time_start]
    ranked = np.argsort(-np.diff(work), kind="stable")
    length = np.diff(answers.times)
    return Plan(
        answers=answers,
        model=model,
        layout=order,
        walk=walk,
        rounds=blocks(answers, order),
        bridged=bridges(answers, order),
        # Threads take neighbouring halves: each gets every second of the times by size.
        times=np.concatenate([ranked[0::2], ranked[1::2]]),
        time_start=time_start,
        phi=model.carry**length,
        length=length,
        adapt=model.adapt and len(answers.items) >= FEWEST_ITEMS,
    )


def begin(plan: Plan, seed: int, chain: int, spread: float = 0.5) -> State:
    """A first state: the leading direction of the answers, scattered anew in each chain."""
    data, model = plan.answers, plan.model
    random = np.random.default_rng([seed, chain, 1])
    position = first_positions(data, model.anchors) * model.start_sd
    position = position + spread * model.start_sd * random.standard_normal(len(position))
    hyper = np.array([
        model.step_sd or FIRST_STEP_SD * model.start_sd,
        *(model.load_sd, model.cut_mean, model.cut_sd, model.gap_mean, model.gap_sd),
    ])  # fmt: skip
    shock = np.zeros(len(plan.length))
    return State(position[data.node_unit], plan.layout.mean.copy(), shock, hyper)


def sweep(
    plan: Plan,
    state: State,
    seed: int,
    chain: int,
    turn: int,
    *,
    force: bool = False,
    tune: bool = False,
) -> None:
    """Draw everything once, in place.

    Parameters
    ----------
    plan, state : Plan, State
        What is fixed, and where the chain stands.
    seed, chain, turn : int
        They determine every random number of the sweep, whatever came before.
    force : bool
        Whether proposals are all taken: to come near from far away.
    tune : bool
        Whether the reach of proposals adapts, as it may during the warmup.
    """
    random = np.random.Generator(np.random.Philox(int(key_of(seed, chain, turn, 0))))
    walk = turn % WALK_EVERY == WALK_EVERY - 1 and not force
    for number, block in enumerate(plan.rounds):
        draw_items(plan, state, block, key_of(seed, chain, turn, 1, number), walk=walk, force=force)
    draw_paths(plan, state, key_of(seed, chain, turn, 2), walk=walk, force=force)
    draw_shocks(plan, state, random)
    draw_levels(plan, state, random)
    draw_steps(plan, state, random, tune=tune)
    draw_hyper(plan, state, random)
    draw_scale(plan, state, random)
