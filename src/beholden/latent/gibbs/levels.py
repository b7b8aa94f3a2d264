"""The level of all positions of each time, drawn for all times in one block.

Moving every position of a time, the first cutpoints of its items along with them, and the common
shocks between times leaves most answers as likely as before: only priors and bridged items hold
such a move. So it is made apart; one path after another would take many draws for it.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from beholden.latent.layout import CUT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.layout import Layout
    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Bridges", "bridge_curvature", "bridges", "cut_prior"]


@dataclass(frozen=True, eq=False)
class Bridges:
    """Items at several times with constant cutpoints, and how first cutpoints hang on levels.

    Attributes
    ----------
    instances : ndarray
        Instances of such items, item by item.
    starts : ndarray
        Where each item's begin.
    cut, cut_load : ndarray
        Every first cutpoint among the parameters, and its item's discrimination.
    cut_start, cut_time : ndarray
        The times whose mean level moves each first cutpoint, one after another.
    links : ndarray, shape (links, 2)
        Places in `cut` of drifting first cutpoints and those that follow them.
    precision : ndarray, shape (links,)
        Precision of such a step.
    free : ndarray of bool
        Whether a first cutpoint has a prior of its own.
    """

    instances: Ints
    starts: Ints
    cut: Ints
    cut_load: Ints
    cut_start: Ints
    cut_time: Ints
    links: Ints
    precision: Floats
    free: NDArray[np.bool_]

    def moved(self, level: Floats) -> Floats:
        """By how much each first cutpoint moves for each unit of discrimination."""
        sums = np.add.reduceat(level[self.cut_time], self.cut_start[:-1])
        return np.asarray(sums / np.diff(self.cut_start))


def bridges(answers: Answers, layout: Layout) -> Bridges:
    """Find the bridged items and the first cutpoints of a table of answers."""
    item, time = answers.instance_item, answers.instance_time
    steady = np.flatnonzero(~layout.local & ~answers.drifting[item])
    steady = steady[np.argsort(item[steady], kind="stable")]
    begins = np.flatnonzero(np.append(True, np.diff(item[steady]) > 0)) if len(steady) else steady
    order = np.argsort(layout.index[:, 1], kind="stable")
    cuts = layout.index[order, 1]
    first = np.flatnonzero(np.append(True, cuts[1:] != cuts[:-1]))
    places = np.full(len(layout.kind), -1)
    places[cuts[first]] = np.arange(len(first))
    joins = layout.kind[layout.split + layout.links[:, 0]] == CUT
    return Bridges(
        instances=steady,
        starts=np.append(begins, len(steady)),
        cut=cuts[first],
        cut_load=layout.index[order[first], 0],
        cut_start=np.append(first, len(cuts)),
        cut_time=time[order],
        links=places[layout.split + layout.links[joins]],
        precision=1.0 / (layout.drift_sd**2 * layout.lengths[joins]),
        free=~layout.chained[cuts[first]],
    )


@njit(cache=True)
def bridge_curvature(starts, time, grad, curv, force, precision):
    """Add to the linear term and the precision of levels what bridged answers say of them.

    An item moves with the mean level of its times; answers see the distance from that.
    """
    for b in range(len(starts) - 1):
        s, e = starts[b], starts[b + 1]
        part = 1.0 / (e - s)
        pull, whole = 0.0, 0.0
        for i in range(s, e):
            pull += grad[i]
            whole += curv[i]
        for i in range(s, e):
            force[time[i]] += grad[i] - part * pull
            for j in range(s, e):
                value = part * part * whole - part * (curv[i] + curv[j])
                precision[time[i], time[j]] += value + (curv[i] if i == j else 0.0)


@njit(cache=True)
def cut_prior(
    cut_start, cut_time, loads, away, own, links, link_precision, steps, force, precision
):
    """Add what the priors of first cutpoints say of levels.

    Parameters
    ----------
    cut_start, cut_time
        As in :class:`Bridges`.
    loads, away, own : ndarray, shape (cutpoints,)
        Discrimination, distance from the prior's mean, and the prior's precision.
    links, link_precision, steps : ndarray
        Drifting cutpoints, the precision of their steps, and the steps themselves.
    force, precision : ndarray
        Added to.
    """
    for c in range(len(loads)):
        s, e = cut_start[c], cut_start[c + 1]
        slope = loads[c] / (e - s)
        for i in range(s, e):
            force[cut_time[i]] -= own[c] * slope * away[c]
            for j in range(s, e):
                precision[cut_time[i], cut_time[j]] += own[c] * slope * slope
    for k in range(len(links)):
        t, v = cut_time[cut_start[links[k, 0]]], cut_time[cut_start[links[k, 1]]]
        a, p = loads[links[k, 0]], link_precision[k]
        force[v] -= p * a * steps[k]
        force[t] += p * a * steps[k]
        precision[t, t] += p * a * a
        precision[v, v] += p * a * a
        precision[t, v] -= p * a * a
        precision[v, t] -= p * a * a
