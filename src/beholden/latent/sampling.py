"""Draw from the posterior of a latent model: full Bayes, by a compiled Gibbs sampler."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.diagnostics import FEWEST
from beholden.latent.gibbs.checkpoint import Kept, Run, load, save
from beholden.latent.gibbs.scales import scale_pull, stretch
from beholden.latent.gibbs.state import State, begin, plan, sweep
from beholden.latent.keeping import digest_of
from beholden.latent.layout import LOAD
from beholden.latent.model import Model
from beholden.latent.problems import LatentError
from beholden.latent.sampled import Sample
from beholden.latent.start import anchored, sign_of

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from numpy.typing import NDArray

    from beholden.latent.gibbs.state import Plan
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]

__all__ = ["pooled_ridge", "reported", "sample"]

# Sweeps in which every proposal is taken, to come near from far away; part of the warmup.
FORCED = 10
FEWEST_PILOT = 100
SAVE_EVERY = 100


def sample(
    answers: Answers,
    model: Model | None = None,
    *,
    draws: int = 1000,
    warmup: int = 500,
    chains: int = 4,
    seed: int = 0,
    thin: int = 1,
    checkpoint: str | os.PathLike[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sample:
    """Draw positions, items and the figures behind their priors from the joint posterior.

    The model is that of :func:`beholden.latent.fit`, with priors on what `fit` estimates: logs
    of standard deviations (steps, discriminations, cutpoints, logs of distances) are normal
    around the model's values with standard deviation 1 (steps around 0.15 `start_sd`), means of
    cutpoints and of logs of distances normal around theirs with the model's `cut_sd` and
    `gap_sd`. The same answers, model and numbers give the same draws, whatever the threads.

    Parameters
    ----------
    answers : Answers
        From :func:`beholden.latent.observed.answers`.
    model : Model or None
        What is assumed; None takes the defaults.
    draws, warmup, chains, thin : int
        Draws kept in each chain, sweeps before them, chains, and sweeps for each draw kept.
    seed : int
        Where random numbers come from.
    checkpoint : path or None
        A file that the run is written to as it goes on, and that it goes on from where it
        exists. A resumed run gives the same draws; `draws` may be larger than it was.
    progress : callable or None
        Called after every sweep of all chains with how many are done and how many there are.

    Returns
    -------
    Sample
        With the draws so far (`finished` is false) where it is interrupted from the keyboard
        after 8 draws or more.

    Raises
    ------
    LatentError
        When a number is too small, an anchor is unknown, anchors contradict the answers, or the
        checkpoint is of another run.

    References
    ----------
    .. [1] Gamerman, D. (1998). Markov chain Monte Carlo for dynamic generalised linear models.
       Biometrika 85(1), 215-227. https://doi.org/10.1093/biomet/85.1.215

    Examples
    --------
    >>> import polars as pl
    >>> from beholden.latent import Anchors, answers
    >>> rows = [(u, t, 10 * t + i, int(u > i)) for u in range(6) for t in (1, 2) for i in range(5)]
    >>> table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    >>> found = sample(answers(table), Model(anchors=Anchors(positive=(5,))), draws=50, warmup=50)
    >>> bool(found.mean[found.answers.place(5, 1)] > found.mean[found.answers.place(0, 1)])
    True
    """
    model = model or Model()
    for name, value, least in (
        *(("draws", draws, FEWEST), ("warmup", warmup, FORCED)),
        *(("chains", chains, 1), ("thin", thin, 1)),
    ):
        if value < least:
            raise LatentError(f"expected {name} of at least {least}, received {value}")
    file = None if checkpoint is None else Path(checkpoint)
    layout = plan(answers, model)
    name = digest_of(answers, model, seed, chains, warmup, thin)
    room = Kept.room(chains, draws, len(answers.node_unit), len(layout.layout.kind))
    if file is not None and file.exists():
        run = load(file, name, room)
    else:
        run = Run(_first_states(layout, seed, chains, warmup), 0, room)
    return _drawn(layout, run, seed, warmup, thin, file, name, progress)


def _drawn(
    layout: Plan,
    run: Run,
    seed: int,
    warmup: int,
    thin: int,
    file: Path | None,
    name: str,
    progress: Callable[[int, int], None] | None,
) -> Sample:
    """Go on with a run to its end, or to an interruption."""
    draws = run.kept.theta.shape[1]
    total = warmup + draws * thin
    try:
        while run.turn < total:
            fresh = [state.copy() for state in run.states]
            for chain, state in enumerate(fresh):
                sweep(
                    layout,
                    state,
                    seed,
                    chain,
                    run.turn,
                    force=run.turn < FORCED,
                    tune=run.turn < warmup,
                )
            run = _advanced(layout, run, fresh, warmup, thin)
            if file is not None and run.turn % SAVE_EVERY == 0:
                save(file, run, name, _count(run.turn, warmup, thin))
            if progress is not None:
                progress(run.turn, total)
    except KeyboardInterrupt:
        done = _count(run.turn, warmup, thin)
        if file is not None:
            save(file, run, name, done)
        if done < FEWEST:
            raise
    done = min(_count(run.turn, warmup, thin), draws)
    if file is not None and run.turn >= total:
        save(file, run, name, done)
    return _sampled(layout, run, done, seed, warmup, thin)


def _count(turn: int, warmup: int, thin: int) -> int:
    """How many draws are kept after so many sweeps."""
    return max(turn - warmup, 0) // thin


def _advanced(layout: Plan, run: Run, states: list[State], warmup: int, thin: int) -> Run:
    """The run one sweep on; every `thin`-th draw after the warmup is kept."""
    turn = run.turn + 1
    if turn == warmup:
        for state in states:
            _refuse_contradicted(layout, state)
            state.taken[:] = 0.0
    if turn > warmup and (turn - warmup) % thin == 0:
        place = _count(turn, warmup, thin) - 1
        for chain, state in enumerate(states):
            theta, psi, hyper = reported(layout, state)
            run.kept.theta[chain, place] = theta
            run.kept.psi[chain, place] = psi
            run.kept.hyper[chain, place] = hyper
    return Run(states, turn, run.kept)


def _sampled(layout: Plan, run: Run, done: int, seed: int, warmup: int, thin: int) -> Sample:
    kept = run.kept.first(done)
    return Sample(
        answers=layout.answers,
        model=layout.model,
        layout=layout.layout,
        theta=kept.theta,
        psi=kept.psi,
        hyper=kept.hyper,
        seed=seed,
        warmup=warmup,
        thin=thin,
        ridge=run.states[0].ridge,
        taken=sum((state.taken for state in run.states), np.zeros((3, 2))),
        finished=done == run.kept.theta.shape[1],
    )


def _first_states(layout: Plan, seed: int, chains: int, warmup: int) -> list[State]:
    """Scattered first states; under ``scale="pool"`` with the multiplier that a pilot finds."""
    states = [begin(layout, seed, chain) for chain in range(chains)]
    if layout.model.scale == "pool":
        ridge = pooled_ridge(layout, seed, chains, max(warmup // 2, FEWEST_PILOT))
        for state in states:
            state.ridge = ridge
    return states


def pooled_ridge(layout: Plan, seed: int, chain: int, turns: int) -> float:
    """The precision to the middle at which all positions together keep a size of 1.

    A chain of its own is stretched to that size after every sweep; the precision that balances
    the pull of the priors along the stretch is averaged over its second half.
    """
    state = begin(layout, seed, chain)
    answered = layout.answers.node_answers > 0
    found: list[float] = []
    for turn in range(turns):
        sweep(layout, state, seed, chain, turn, force=turn < FORCED, tune=True)
        stretch(layout, state, 1.0 / float(state.theta[answered].std()))
        found.append(scale_pull(layout, state) / float(state.theta @ state.theta))
        state.ridge = max(float(np.mean(found[turn // 2 :])), 0.0)
    return state.ridge


def _sign(layout: Plan, theta: Floats) -> tuple[float, Floats, Floats, Floats]:
    """The sign that sets the anchors right, units' mean positions so turned, the anchors."""
    data = layout.answers
    plus, minus = anchored(data, layout.model.anchors)
    count = np.maximum(np.bincount(data.node_unit, minlength=len(plus)), 1)
    mean = np.bincount(data.node_unit, theta, len(plus)) / count
    sign = sign_of(mean, plus, minus)
    return sign, mean * sign, plus, minus


def _refuse_contradicted(layout: Plan, state: State) -> None:
    """Refuse anchors of which one lies beyond the middle of the other side."""
    _, mean, plus, minus = _sign(layout, state.theta)
    if not (plus.any() and minus.any()):
        return
    high, low = mean @ plus / plus.sum(), mean @ minus / minus.sum()
    wrong = np.flatnonzero(((plus > 0) & (mean < low)) | ((minus > 0) & (mean > high)))
    if len(wrong):
        raise LatentError(
            f"expected the anchor {layout.answers.units[wrong[0]]!r} on its side, found it beyond "
            "the other side's anchors. Choose anchors that the answers do not contradict"
        )


def reported(layout: Plan, state: State) -> tuple[Floats, Floats, Floats]:
    """A draw on the reported scale: anchors right, mean 0 and standard deviation 1."""
    sign = _sign(layout, state.theta)[0]
    answered = layout.answers.node_answers > 0
    middle, size = float(state.theta[answered].mean()), float(state.theta[answered].std())
    psi = state.psi.copy()
    join = layout.bridged
    psi[join.cut] -= psi[join.cut_load] * middle
    psi[layout.layout.kind == LOAD] *= sign * size
    hyper = state.hyper.copy()
    hyper[0] /= size
    hyper[1] *= size
    return sign * (state.theta - middle) / size, psi, hyper
