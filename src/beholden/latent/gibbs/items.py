"""Draws of items: discrimination and cutpoints of each in one block, by local curvature."""

# mypy: allow-untyped-defs

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit, prange

from beholden.latent.gibbs.streams import normal, stream, uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.layout import Layout
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Blocks", "accept_items", "blocks", "propose_items"]


@dataclass(frozen=True, eq=False)
class Blocks:
    """Parameters that are drawn together, none of which neighbours another block's.

    Attributes
    ----------
    members : ndarray
        Instances, block by block.
    starts : ndarray, shape (blocks + 1,)
        Where each block's instances begin.
    first, last : ndarray, shape (blocks,)
        Which of an instance's parameters it draws: 0 is the discrimination.
    """

    members: Ints
    starts: Ints
    first: Ints
    last: Ints


def blocks(answers: Answers, layout: Layout) -> list[Blocks]:
    """The blocks of every item, in rounds.

    An item with constant cutpoints is one block. Of an item whose cutpoints drift, cutpoints of
    every other time are drawn in the first round, the others in the second, and the
    discrimination in the third.
    """
    item = answers.instance_item
    drifts = answers.drifting[item] & ~layout.local
    steady = np.flatnonzero(~drifts)
    steady = steady[np.argsort(item[steady], kind="stable")]
    moving = np.flatnonzero(drifts)
    moving = moving[np.argsort(item[moving], kind="stable")]
    begins = np.searchsorted(item[moving], item[moving])
    odd = (np.arange(len(moving)) - begins) % 2 == 1
    key = np.arange(len(item))
    rounds = [
        [_grouped(steady, item, 0, layout), _grouped(moving[~odd], key, 1, layout)],
        [_grouped(moving[odd], key, 1, layout)],
        [_grouped(moving, item, 0, layout, only_load=True)],
    ]
    joined = [_joined(parts) for parts in rounds]
    return [part for part in joined if len(part.members)]


def _grouped(
    members: Ints, key: Ints, first: int, layout: Layout, *, only_load: bool = False
) -> Blocks:
    """Neighbouring members with the same key as one block."""
    keys = key[members]
    begins = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else keys
    last = np.ones(len(begins), dtype=np.int64) if only_load else layout.sizes[members[begins]]
    return Blocks(members, np.append(begins, len(members)), np.full(len(begins), first), last)


def _joined(parts: list[Blocks]) -> Blocks:
    shifts = np.cumsum([0] + [len(part.members) for part in parts])
    starts = [part.starts[:-1] + shift for part, shift in zip(parts, shifts, strict=False)]
    return Blocks(
        np.concatenate([part.members for part in parts]),
        np.append(np.concatenate(starts), shifts[-1]),
        np.concatenate([part.first for part in parts]),
        np.concatenate([part.last for part in parts]),
    )


@njit(cache=True)
def _factor(members, c0, c1, params, psi, grad, hess, middle, precision, pull, size, root, mean):
    """Root of a block's proposal precision, its mean, and the log determinant of the root."""
    count = c1 - c0
    for m in range(count):
        j = params[c0 + m]
        force = -precision[j] * (psi[j] - middle[j])
        for n in range(m + 1):
            root[m, n] = precision[j] if n == m else 0.0
        for i in members:
            force += grad[i, c0 + m]
            for n in range(m + 1):
                root[m, n] += hess[i, c0 + m, c0 + n]
        mean[m] = force
    logdet = 0.0
    for m in range(count):
        for n in range(m):
            for r in range(n):
                root[m, n] -= root[m, r] * root[n, r]
            root[m, n] /= root[n, n]
        for r in range(m):
            root[m, m] -= root[m, r] * root[m, r]
        # The prior's own precision is the least that an item with odd answers keeps.
        root[m, m] = math.sqrt(max(root[m, m], precision[params[c0 + m]]))
        logdet += math.log(root[m, m] / size)
    for m in range(count):
        for r in range(m):
            mean[m] -= root[m, r] * mean[r]
        mean[m] /= root[m, m]
    for m in range(count - 1, -1, -1):
        for r in range(m + 1, count):
            mean[m] -= root[r, m] * mean[r]
        mean[m] /= root[m, m]
    for m in range(count):
        mean[m] = psi[params[c0 + m]] + pull * mean[m]
    return logdet


@njit(cache=True, parallel=True)
def propose_items(
    key, members, starts, first, last, index, psi, grad, hess, middle, precision, pull, size,
    proposed, forth,
):  # fmt: skip
    """Propose every block from its local normal approximation.

    Parameters
    ----------
    key : int
        Key of the random streams.
    members, starts, first, last : ndarray
        As in :class:`Blocks`.
    index, psi : ndarray
        Where parameters stand, and their values.
    grad, hess : ndarray
        Gradient and curvature of the log likelihood, by instance.
    middle, precision : ndarray
        Prior mean and precision of each parameter given its neighbours.
    pull, size : float
        Part of the Newton step taken, and factor of the proposal's spread.
    proposed, forth : ndarray
        Filled: the proposal and its log density, by block.
    """
    for b in prange(len(first)):
        own = members[starts[b] : starts[b + 1]]
        c0, c1 = first[b], last[b]
        params = index[own[0]]
        state = np.zeros(1, dtype=np.uint64)
        stream(key, b, state)
        root, mean = np.zeros((c1 - c0, c1 - c0)), np.zeros(c1 - c0)
        total = _factor(
            own, c0, c1, params, psi, grad, hess, middle, precision, pull, size, root, mean
        )
        away = np.zeros(c1 - c0)
        for m in range(c1 - c0 - 1, -1, -1):
            z = normal(state)
            total -= 0.5 * z * z
            rest = size * z
            for r in range(m + 1, c1 - c0):
                rest -= root[r, m] * away[r]
            away[m] = rest / root[m, m]
            proposed[params[c0 + m]] = mean[m] + away[m]
        forth[b] = total


@njit(cache=True, parallel=True)
def accept_items(
    key, members, starts, first, last, index, psi, value, proposed, value_new, grad_new,
    hess_new, middle, precision, pull, size, forth, force, accepted,
):  # fmt: skip
    """Take each proposed block or leave it; fills `psi`, and `accepted` by block.

    Parameters are those of :func:`propose_items`, with the log likelihood of instances before
    (`value`) and its parts at the proposal; `force` takes all.
    """
    for b in prange(len(first)):
        own = members[starts[b] : starts[b + 1]]
        c0, c1 = first[b], last[b]
        params = index[own[0]]
        state = np.zeros(1, dtype=np.uint64)
        stream(key, b, state)
        root, mean = np.zeros((c1 - c0, c1 - c0)), np.zeros(c1 - c0)
        ratio = _factor(
            own, c0, c1, params, proposed, grad_new, hess_new, middle, precision, pull, size,
            root, mean,
        ) - forth[b]  # fmt: skip
        for m in range(c1 - c0):
            j = params[c0 + m]
            z = 0.0
            for r in range(m, c1 - c0):
                z += root[r, m] * (psi[params[c0 + r]] - mean[r])
            ratio -= 0.5 * (z / size) ** 2
            ratio -= 0.5 * precision[j] * ((proposed[j] - middle[j]) ** 2)
            ratio += 0.5 * precision[j] * ((psi[j] - middle[j]) ** 2)
        for i in own:
            ratio += value_new[i] - value[i]
        accepted[b] = 1.0 if force or math.log(uniform(state)) < ratio else 0.0
        if accepted[b] > 0.0:
            for m in range(c0, c1):
                psi[params[m]] = proposed[params[m]]
