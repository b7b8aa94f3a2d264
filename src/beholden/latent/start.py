"""Deterministic first positions: the leading direction of the votes, seeded by the anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.problems import LatentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.model import Anchors
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]

__all__ = ["anchored", "first_positions", "sign_of"]


def anchored(answers: Answers, anchors: Anchors) -> tuple[Floats, Floats]:
    """Which units are positive and which negative anchors, as masks.

    Raises
    ------
    LatentError
        When an anchor is no unit of the table, or is on both sides.
    """
    both = set(anchors.positive) & set(anchors.negative)
    if both:
        raise LatentError(f"expected each anchor on one side, received {sorted(both)} on both")
    for unit in (*anchors.positive, *anchors.negative):
        if unit not in answers.units:
            raise LatentError(
                f"expected the anchors among the {len(answers.units)} units, received {unit!r}. "
                "Name a unit that answers items others answer differently"
            )
    masks = [
        np.array([unit in side for unit in answers.units], dtype=float)
        for side in (anchors.positive, anchors.negative)
    ]
    return masks[0], masks[1]


def first_positions(
    answers: Answers, anchors: Anchors, rounds: int = 60, *, twice: bool = True
) -> Floats:
    """One position for each unit over all times: mean 0, standard deviation 1.

    The leading left singular vector of the answers, centred by item and then by unit, found by
    power iteration from the anchors, or from the units' leaning where there are none. Without
    `twice` units are not centred: where all items point one way, as indicators do, the scale
    *is* their mean, and without it the next direction folds both ends together. The same table
    always gives the same positions.

    Returns
    -------
    ndarray, shape (units,)
    """
    plus, minus = anchored(answers, anchors)
    unit = answers.node_unit[answers.node]
    counts = np.diff(answers.instance_start)
    instance = np.repeat(np.arange(len(counts)), counts)
    item = answers.instance_item[instance]
    value = _centred(answers.code.astype(float), item, len(answers.items))
    if twice:
        value = _centred(value, unit, len(plus))
    seed = plus - minus
    if not seed.any():
        seed = np.bincount(unit, answers.code, len(plus)) / np.bincount(unit, minlength=len(plus))
        seed = seed - seed.mean()
    if not seed.any():
        seed = np.linspace(-1, 1, len(plus))
    answered = np.bincount(unit, minlength=len(plus))
    position = seed / np.linalg.norm(seed)
    for _ in range(rounds):
        loads = np.bincount(item, value * position[unit], len(answers.items)).astype(float)
        loads = np.divide(loads, np.bincount(item, minlength=len(loads)))
        fresh = np.bincount(unit, value * loads[item], len(plus)) / answered
        spread = fresh.std()
        if spread == 0:
            break
        position = (fresh - fresh.mean()) / spread
    return position * sign_of(position, plus, minus)


def sign_of(position: Floats, plus: Floats, minus: Floats) -> float:
    """1 where the anchors stand on their sides, else -1; positions and masks by unit."""
    if not plus.any() and not minus.any():
        return 1.0
    high = position @ plus / plus.sum() if plus.any() else position.mean()
    low = position @ minus / minus.sum() if minus.any() else position.mean()
    return 1.0 if high >= low else -1.0


def _centred(value: Floats, group: NDArray[np.int64], size: int) -> Floats:
    count = np.maximum(np.bincount(group, minlength=size), 1)
    return np.asarray(value - (np.bincount(group, value, size) / count)[group])
