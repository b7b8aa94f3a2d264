"""One piece of work: some universes of one block, estimated or drawn. Runs in any process."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from beholden.models.curve import Curve, estimate
from beholden.models.design import Group, plan
from beholden.models.hazard import durations, estimate_hazard
from beholden.models.logit import estimate_logit
from beholden.models.ordered import estimate_ordered
from beholden.models.permutation import permute
from beholden.models.rubin import pool
from beholden.models.wild import wild_bootstrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from beholden.associations.blocks import Block
    from beholden.models.design import Design, Specifications

    Arrays = Mapping[str, NDArray[Any]]

__all__ = ["Task", "concatenated", "design_of", "tasks", "work"]

SIZE = 1024
"""Universes in a piece of work, give or take a group."""


@lru_cache(maxsize=1)
def design_of(block: Block, errors: str, draw: int | None = None) -> Design:
    """The design of a block, kept for the next piece of work.

    Parameters
    ----------
    block, errors, draw
        As in :meth:`~beholden.associations.blocks.Block.design`.
    """
    return block.design(errors, draw)


@dataclass(frozen=True)
class Task:
    """A piece of work.

    Attributes
    ----------
    block : int
        Which block.
    kind : str
        ``"curve"``, ``"slopes"`` (bootstrapped slopes), ``"ratios"`` (and their t ratios), or
        ``"permuted"`` (slopes with exposures exchanged between units).
    form, errors : str
        How universes are estimated.
    places : ndarray of int, shape (u,)
        Places among the block's universes.
    groups : tuple of Group
        Of these, numbered from 0.
    pooled : bool
        Whether each draw of latent variables is estimated and all are pooled.
    level : float
        Of the intervals.
    singletons : str
        As in the engine.
    draws, seed : int
        Of the bootstrap.
    weights : str
        Of the bootstrap.
    """

    block: int
    kind: str
    form: str
    errors: str
    places: NDArray[np.int64]
    groups: tuple[Group, ...]
    pooled: bool
    level: float
    singletons: str
    draws: int = 0
    seed: int = 0
    weights: str = "rademacher"


def tasks(
    number: int,
    block: Block,
    places: NDArray[np.int64],
    kind: str,
    form: str = "linear",
    errors: str = "CR1",
    *,
    pooled: bool = False,
    level: float = 0.95,
    singletons: str = "keep",
    draws: int = 0,
    seed: int = 0,
    weights: str = "rademacher",
) -> Iterator[Task]:
    """Cut universes of one block into pieces of work along the groups that they share.

    Pieces depend on the universes alone, never on how many processes there are, so that results
    are the same.
    """
    if not len(places):
        return
    design = design_of(block, errors)
    gathered: list[Group] = []
    groups = plan(design, block.specs.take(places), singletons=singletons)
    for at, group in enumerate(groups):
        gathered.append(group)
        if sum(len(one.universes) for one in gathered) >= SIZE or at == len(groups) - 1:
            mine = places[np.concatenate([one.universes for one in gathered])]
            local = tuple(_numbered(gathered))
            yield Task(
                *(number, kind, form, errors, mine, local, pooled, level, singletons),
                *(draws, seed, weights),
            )
            gathered = []


def _numbered(groups: list[Group]) -> Iterator[Group]:
    at = 0
    for group in groups:
        count = len(group.universes)
        yield Group(group.rows, group.effects, np.arange(at, at + count))
        at += count


def work(block: Block, task: Task) -> dict[str, NDArray[Any]]:
    """Do a piece of work.

    Parameters
    ----------
    block : Block
        The task's own.
    task : Task

    Returns
    -------
    dict of str to ndarray
        The first axis is that of the task's places.
    """
    specs = block.specs.take(task.places)
    if task.kind == "curve":
        if task.pooled:
            return _pooled(block, specs, task)
        curve = _fit(block, design_of(block, task.errors), specs, task)
        return _standardised(curve)
    return _drawn(block, design_of(block, task.errors), specs, task)


def _fit(block: Block, design: Design, specs: Specifications, task: Task) -> Curve:
    if task.form == "linear":
        return estimate(design, specs, errors=task.errors, level=task.level, groups=task.groups)
    if task.form == "hazard":
        return _hazards(block, design, specs, task)
    fit = {"logit": estimate_logit, "ordered": estimate_ordered}[task.form]
    return fit(
        design,
        specs,
        errors=task.errors,
        conditional=block.conditional,
        level=task.level,
        groups=task.groups,
    )


def _hazards(block: Block, design: Design, specs: Specifications, task: Task) -> Curve:
    """Outcome by outcome, for each has its own years at risk."""
    curves, places = [], []
    for outcome in np.unique(specs.outcome):
        mine = np.flatnonzero(specs.outcome == outcome)
        spell = durations(block.unit, block.time, design.outcomes[:, outcome])
        curves.append(
            estimate_hazard(
                *(design, specs.take(mine), spell),
                errors=task.errors,
                conditional=block.conditional,
                level=task.level,
            )
        )
        places.append(mine)
    order = np.argsort(np.concatenate(places))
    parts = [{one.name: getattr(curve, one.name) for one in fields(Curve)} for curve in curves]
    joined = concatenated(parts, task.level)
    ordered = {one.name: getattr(joined, one.name) for one in fields(Curve) if one.name != "level"}
    return Curve(**{name: values[order] for name, values in ordered.items()}, level=task.level)


SHOWN = ("status", "coefficient", "error", "low", "high", "p", "rows", "clusters", "dropped")


def _standardised(curve: Curve) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {name: getattr(curve, name) for name in SHOWN}
    scale = curve.exposure_sd / curve.outcome_sd
    for name, figure in (("effect", "coefficient"), ("effect_low", "low"), ("effect_high", "high")):
        found[name] = scale * getattr(curve, figure)
    return found


def _pooled(block: Block, specs: Specifications, task: Task) -> dict[str, NDArray[Any]]:
    """Every draw estimated, slopes and effects pooled by Rubin's rules."""
    curves = [
        _fit(block, design_of(block, task.errors, draw), specs, task) for draw in range(block.draws)
    ]
    first = curves[0]
    ok = np.array([curve.ok for curve in curves])
    # The first draw that has no estimate says why.
    status = np.array([curve.status for curve in curves])
    found = _standardised(first)
    found["status"] = status[ok.argmin(axis=0), np.arange(len(first.status))]
    degrees = np.maximum(first.clusters - 1, 1).astype(float)
    scales = np.array([curve.exposure_sd / curve.outcome_sd for curve in curves])
    slopes = np.array([curve.coefficient for curve in curves])
    errors = np.array([curve.error for curve in curves])
    raw = pool(slopes, errors, degrees, level=task.level)
    found |= {name: getattr(raw, name) for name in ("coefficient", "error", "low", "high", "p")}
    effects = pool(scales * slopes, scales * errors, degrees, level=task.level)
    found |= {
        "effect": effects.coefficient,
        "effect_low": effects.low,
        "effect_high": effects.high,
        "dropped": np.any([curve.dropped for curve in curves], axis=0),
    }
    return found


def _exchanged(
    block: Block, design: Design, specs: Specifications, task: Task
) -> NDArray[np.float64]:
    try:
        return permute(
            *(design, specs, block.unit, block.time),
            draws=task.draws,
            seed=task.seed,
            singletons=task.singletons,
        ).coefficients
    except ValueError:  # no unit has another with the same years to exchange with
        return np.full((len(specs), task.draws), np.nan)


def _drawn(
    block: Block, design: Design, specs: Specifications, task: Task
) -> dict[str, NDArray[Any]]:
    """The curve with CR1 errors, and what is drawn of it."""
    curve = estimate(design, specs, level=task.level, groups=task.groups)
    found: dict[str, NDArray[Any]] = {
        one.name: getattr(curve, one.name) for one in fields(Curve) if one.name != "level"
    }
    if task.kind == "permuted":
        return found | {"slopes": _exchanged(block, design, specs, task)}
    wild = wild_bootstrap(
        design,
        specs,
        draws=task.draws,
        weights=task.weights,
        seed=task.seed,
        ratios=task.kind == "ratios",
        singletons=task.singletons,
    )
    found["slopes"] = wild.coefficients
    if wild.ratios is not None:
        found["ratios"] = wild.ratios
    return found


def concatenated(parts: Sequence[Arrays], level: float) -> Curve:
    """The curves of several pieces of work, one after the other."""
    return Curve(
        **{
            one.name: np.concatenate([part[one.name] for part in parts])
            for one in fields(Curve)
            if one.name != "level"
        },
        level=level,
    )
