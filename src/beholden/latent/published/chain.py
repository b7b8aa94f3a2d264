"""Where a chain of the published sampler stands: its start, and its checkpoint."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtr, ndtri

from beholden.latent.keeping import read, write
from beholden.latent.problems import LatentError
from beholden.latent.published.sweep import draw_items
from beholden.latent.start import anchored

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from beholden.latent.model import Anchors
    from beholden.latent.observed import Answers
    from beholden.latent.published.fit import PublishedFit
    from beholden.latent.published.layout import PublishedLayout

    Floats = NDArray[np.float64]

__all__ = [
    "Chain",
    "Plan",
    "begun",
    "check",
    "load",
    "redraw_items",
    "save",
    "total_of",
]


@dataclass(eq=False)
class Chain:
    """Where a chain stands, and what it has summed."""

    sweep: int
    theta: Floats
    mean: Floats
    values: Floats
    total: Floats
    theta_sums: Floats
    value_sums: Floats
    draws: list[NDArray[np.float32]] = field(default_factory=list)
    levels: list[Floats] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """How long to run and what to keep."""

    iterations: int
    warmup: int
    thin: int
    seed: int
    step: float


def check(plan: Plan) -> None:
    """Refuse numbers out of range.

    Raises
    ------
    LatentError
        With what was expected and received.
    """
    if plan.iterations < 1 or plan.warmup < 0 or plan.thin < 1 or not 0 <= plan.seed < 2**63:
        raise LatentError(
            "expected iterations and thin of at least 1, warmup and seed of at least 0, received "
            f"{plan.iterations}, {plan.thin}, {plan.warmup} and {plan.seed}"
        )
    if not plan.step > 0:
        raise LatentError(f"expected a positive step of cutpoints, received {plan.step}")


def begun(
    answers: Answers,
    layout: PublishedLayout,
    plan: Plan,
    sides: Anchors,
    fitted: PublishedFit | None,
) -> Chain:
    """A chain at its start, its latent variables drawn."""
    if fitted is None:
        theta, mean, values, total = _published_start(answers, layout, plan, sides)
    else:
        theta, mean, values, total = _fitted_start(layout, plan, fitted)
    return Chain(0, theta, mean, values, total,
                  np.zeros((2, layout.places)), np.zeros((2, *values.shape)))  # fmt: skip


def _fitted_start(
    layout: PublishedLayout, plan: Plan, fitted: PublishedFit
) -> tuple[Floats, Floats, Floats, Floats]:
    if fitted.mean.shape != (layout.places,) or len(fitted.item_values) != layout.items:
        raise LatentError(
            f"expected a start with {layout.places} positions and {layout.items} items, received "
            f"{len(fitted.mean)} and {len(fitted.item_values)}. Fit the same answers"
        )
    values = fitted.item_values.copy()
    values[:, 1:] = np.clip(values[:, 1:], -6.9, 6.9)
    values[:, 2] = np.maximum(values[:, 2], values[:, 1] + 0.05)
    theta = fitted.mean / fitted.mean.std()
    sums = np.empty((len(layout.chunk_start) - 1, layout.places, 2))
    redraw_items(layout, plan, theta, values, 0, sums)
    return theta, fitted.mean.copy(), values, total_of(sums)


def _published_start(
    answers: Answers, layout: PublishedLayout, plan: Plan, sides: Anchors
) -> tuple[Floats, Floats, Floats, Floats]:
    """The edition's start: anchors aside, all at 0; discriminations by how anchors answered."""
    plus, minus = anchored(answers, sides)
    unit = answers.node_unit[layout.kept]
    counts = np.diff(layout.item_start, axis=1)
    item = np.repeat(np.arange(layout.items), counts.sum(axis=1))
    code = np.repeat(np.tile(np.arange(3), layout.items), counts.ravel())
    means = []
    for side in (plus, minus):
        there = np.bincount(item, side[unit[layout.place]], layout.items)
        given = np.bincount(item, side[unit[layout.place]] * code, layout.items)
        means.append(np.divide(given, there, out=np.ones(layout.items), where=there > 0))
    shares = np.cumsum(counts, axis=1)[:, :2] / counts.sum(axis=1, keepdims=True)
    values = np.column_stack([np.sign(means[0] - means[1]), 2.0 * shares - 1.0])
    edges = np.column_stack([np.zeros(layout.items), ndtr(values[:, 1:]), np.ones(layout.items)])
    low, high = edges[item, code], edges[item, code + 1]
    draw = np.random.default_rng(plan.seed).random(len(item))
    latent = np.clip(ndtri(low + draw * (high - low)), -9.0, 9.0)
    beta = values[item, 0]
    total = np.column_stack(
        [
            np.bincount(layout.place, beta * latent, layout.places).astype(float),
            np.bincount(layout.place, beta**2, layout.places).astype(float),
        ]
    )
    return np.zeros(layout.places), 3.0 * plus[unit] - 2.0 * minus[unit], values, total


def redraw_items(
    layout: PublishedLayout, plan: Plan, theta: Floats, values: Floats, sweep: int, sums: Floats
) -> None:
    """Draw all items given positions; `values` and `sums` are replaced."""
    draw_items(
        layout.chunk_start, layout.item_start, layout.place, theta, values, plan.step,
        np.uint64(plan.seed), np.uint64(sweep), sums,
    )  # fmt: skip


def total_of(sums: Floats) -> Floats:
    """Sums over the parts, in their order."""
    total = np.zeros(sums.shape[1:])
    for part in sums:
        total += part
    return total


def save(path: Path, name: str, chain: Chain) -> None:
    """Write the chain beside the file, then move it there, so that no half file is left."""
    arrays = {
        "sweep": chain.sweep,
        "theta": chain.theta,
        "mean": chain.mean,
        "values": chain.values,
        "total": chain.total,
        "theta_sums": chain.theta_sums,
        "value_sums": chain.value_sums,
        "draws": np.array(chain.draws, dtype=np.float32).reshape(-1, len(chain.theta)),
        "levels": chain.levels,
    }
    write(path, name, arrays)


def load(path: Path, name: str) -> Chain:
    """Read a chain.

    Raises
    ------
    LatentError
        When the file is no checkpoint, or one of another run.
    """
    data: dict[str, Any] = dict(read(path, name, function="sample_published", of="this very run"))
    draws, levels = list(data.pop("draws")), list(data.pop("levels"))
    return Chain(int(data.pop("sweep")), **data, draws=draws, levels=levels)
