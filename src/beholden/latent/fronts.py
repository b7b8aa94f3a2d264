"""Exact elimination time by time: positions with the items still open, front after front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import lapack

from beholden.latent.chain import pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from beholden.latent.layout import Layout
    from beholden.latent.observed import Answers
    from beholden.latent.paths import Paths

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Fronts", "Order", "factor_fronts", "order_of"]


@dataclass(frozen=True, eq=False)
class Order:
    """What is eliminated at each time, and what it still hangs on.

    Variables are numbered over all: the nodes, then the parameters shared over times. A shared
    parameter is open from its first time to its last, where it is eliminated; so a front is as
    wide as the items open at once, not as all that are bridged.

    Attributes
    ----------
    inner : list of ndarray
        The nodes of each time and the shared parameters that close there.
    border : list of ndarray
        The nodes of the next time and the shared parameters that stay open.
    carried : list of ndarray
        Where each time's border stands in the next front (its inner variables, then its border).
    where : ndarray, shape (times, shared)
        Where each shared parameter stands in each front, -1 where it is not open.
    closing, links : list of ndarray
        The shared parameters that close at each time, and their links to those that follow.
    """

    inner: list[Ints]
    border: list[Ints]
    carried: list[Ints]
    where: Ints
    closing: list[Ints]
    links: list[Ints]


def order_of(answers: Answers, layout: Layout, paths: Paths) -> Order:
    """The order of elimination for a table of answers."""
    times, nodes = len(answers.times), len(answers.node_unit)
    first, last = _open(answers, layout)
    spans = pieces(paths.bounds)
    inner, border, closing = [], [], []
    for t, (a, b) in enumerate(spans):
        after = np.arange(*spans[t + 1]) if t + 1 < times else np.empty(0, dtype=np.int64)
        closing.append(np.flatnonzero(last == t))
        staying = np.flatnonzero((first <= t) & (last > t))
        inner.append(np.append(np.arange(a, b), nodes + closing[t]))
        border.append(np.append(after, nodes + staying))
    where = np.full((times, len(first)), -1)
    carried = []
    place = np.full(nodes + len(first), -1)
    for t in range(times):
        front = np.append(inner[t], border[t])
        place[front] = np.arange(len(front))
        shared = front[front >= nodes]
        where[t, shared - nodes] = place[shared]
        if t:
            carried.append(place[border[t - 1]])
    links = [np.flatnonzero(last[layout.links[:, 0]] == t) for t in range(times)]
    return Order(inner, border, carried, where, closing, links)


def _open(answers: Answers, layout: Layout) -> tuple[Ints, Ints]:
    """The first and last time of every shared parameter."""
    count = len(layout.kind) - layout.split
    first, last = np.full(count, len(answers.times)), np.full(count, -1)
    chosen = layout.real & ~layout.local[:, None]
    shared = layout.index[chosen] - layout.split
    time = np.broadcast_to(answers.instance_time[:, None], chosen.shape)[chosen]
    np.minimum.at(first, shared, time)
    np.maximum.at(last, shared, time)
    # A cutpoint that moves stays open until the one that follows it appears.
    before, after = layout.links.T
    np.maximum.at(last, before, first[after])
    return first, last


@dataclass(frozen=True, eq=False)
class Fronts:
    """The Cholesky factor of a precision, eliminated front by front.

    Attributes
    ----------
    order : Order
        What is eliminated when.
    inverses : list of ndarray
        Inverse lower root of each front's inner block. Multiplying by it is several times as fast
        as solving by the root, and the blocks are well conditioned.
    gains : list of ndarray
        That inverse times the bonds between inner block and border.
    """

    order: Order
    inverses: list[Floats]
    gains: list[Floats]

    def solve(self, right: Floats) -> Floats:
        """The solution for one right-hand side, or for each column of several."""
        return self.back(self.forth(right))

    def forth(self, right: Floats) -> Floats:
        """The solution by the lower factor alone."""
        rest, out = right.copy(), np.empty(right.shape)
        for t, inner in enumerate(self.order.inner):
            out[inner] = self.inverses[t] @ rest[inner]
            rest[self.order.border[t]] -= self.gains[t].T @ out[inner]
        return out

    def back(self, right: Floats) -> Floats:
        """The solution by the upper factor alone; of normal deviates it makes a draw."""
        out = np.empty(right.shape)
        for t in reversed(range(len(self.inverses))):
            inner = self.order.inner[t]
            rest = right[inner] - self.gains[t] @ out[self.order.border[t]]
            out[inner] = self.inverses[t].T @ rest
        return out

    def covariances(self) -> Iterator[tuple[int, Floats]]:
        """The covariance of each front's variables, inner then border, from the last time back."""
        later = np.empty((0, 0))
        for t in reversed(range(len(self.inverses))):
            inverse, gain = self.inverses[t], self.gains[t]
            count = len(inverse)
            full = np.empty((count + gain.shape[1],) * 2)
            weight = inverse.T @ gain
            cross = weight @ later
            full[:count, :count] = inverse.T @ inverse + cross @ weight.T
            full[:count, count:] = -cross
            full[count:, :count] = -cross.T
            full[count:, count:] = later
            yield t, full
            if t:
                at = self.order.carried[t - 1]
                later = full[np.ix_(at, at)]


def factor_fronts(order: Order, front_at: Callable[[int], Floats]) -> Fronts:
    """Factor a precision given what each time adds to its front.

    Parameters
    ----------
    order : Order
        What is eliminated when.
    front_at : callable
        The symmetric matrix that a time adds to its front: inner variables, then border.

    Raises
    ------
    numpy.linalg.LinAlgError
        When the precision is not positive definite.
    """
    inverses: list[Floats] = []
    gains: list[Floats] = []
    rest = np.empty((0, 0))
    for t, inner in enumerate(order.inner):
        front = front_at(t)
        if t:
            at = order.carried[t - 1]
            front[np.ix_(at, at)] += rest
        count = len(inner)
        inverse, _ = lapack.dtrtri(np.linalg.cholesky(front[:count, :count]), lower=1)
        inverses.append(np.tril(inverse))
        gains.append(inverses[-1] @ front[:count, count:])
        rest = front[count:, count:] - gains[-1].T @ gains[-1]
    return Fronts(order, inverses, gains)
