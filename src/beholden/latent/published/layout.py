"""Answers laid out for the published model: votes by item and category, states by session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.latent.problems import LatentError
from beholden.latent.published.kernels import sort_votes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.latent.observed import Answers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["CHUNKS", "PRIOR_VARIANCE", "PublishedLayout", "published_layout"]

CATEGORIES = 3
# How much a position may move between sessions: the edition's smoother.
PRIOR_VARIANCE = 0.5
# Sums over votes are taken in so many parts, whatever the number of threads: the same bytes.
CHUNKS = 16


@dataclass(frozen=True, eq=False)
class PublishedLayout:
    """Votes sorted by item and category, and the prior of each position.

    A *place* is a unit at a time at which it answered; years without answers have none.

    Attributes
    ----------
    kept : ndarray, shape (places,)
        The node of the answers that each place is.
    time_start : ndarray, shape (times + 1,)
        Where the places of each time begin.
    item_start : ndarray, shape (items, 4)
        Where the votes of each category of an item begin, and where the last ends.
    place : ndarray of int32, shape (votes,)
        Who voted.
    before : ndarray, shape (places,)
        The place whose position is the prior mean: the unit's last one, for its first one the
        second; itself where a unit has only one (then the prior mean is 0).
    prior : ndarray, shape (places,)
        Prior precision: (n + n before) / (n * 1/2).
    home : ndarray, shape (items,)
        The time of an item put at one time only, -1 where it binds several.
    chunk_start : ndarray, shape (CHUNKS + 1,)
        Where the parts begin into which items are cut for summing.
    """

    kept: Ints
    time_start: Ints
    item_start: Ints
    place: NDArray[np.int32]
    before: Ints
    prior: Floats
    home: Ints
    chunk_start: Ints

    @property
    def places(self) -> int:
        """How many positions there are."""
        return len(self.kept)

    @property
    def items(self) -> int:
        """How many items there are."""
        return len(self.item_start)


def published_layout(answers: Answers) -> PublishedLayout:
    """Lay answers out for the published model.

    Raises
    ------
    LatentError
        When an item has another number of categories than three.
    """
    if np.any(answers.categories != CATEGORIES):
        raise LatentError(
            "expected items with 3 categories (no, abstain, yes), for the published model has two "
            f"cutpoints; received {sorted(set(answers.categories.tolist()))}. Use fit() instead"
        )
    kept = np.flatnonzero(answers.node_answers > 0)
    where = np.full(len(answers.node_unit), -1, dtype=np.int32)
    where[kept] = np.arange(len(kept), dtype=np.int32)
    unit, time = answers.node_unit[kept], answers.node_time[kept]
    count = answers.node_answers[kept].astype(float)
    before = _before(unit)
    other = np.where(before == np.arange(len(kept)), 0.0, count[before])
    place, start = sort_votes(
        answers.instance_item, answers.instance_start, answers.node, answers.code, where,
        len(answers.items),
    )  # fmt: skip
    return PublishedLayout(
        kept=kept,
        time_start=np.searchsorted(time, np.arange(len(answers.times) + 1)),
        item_start=start,
        place=place,
        before=before,
        prior=(count + other) / (PRIOR_VARIANCE * count),
        home=_homes(answers),
        chunk_start=_chunks(start),
    )


def _before(unit: Ints) -> Ints:
    """The place before each of the same unit; the second for the first."""
    order = np.argsort(unit, kind="stable")
    ordered = unit[order]
    before = np.arange(len(unit))
    follows = ordered[1:] == ordered[:-1]
    before[order[1:][follows]] = order[:-1][follows]
    first = np.flatnonzero(np.append(True, ~follows) & np.append(follows, False))
    before[order[first]] = order[first + 1]
    return before


def _homes(answers: Answers) -> Ints:
    low = np.full(len(answers.items), len(answers.times))
    high = np.full(len(answers.items), -1)
    np.minimum.at(low, answers.instance_item, answers.instance_time)
    np.maximum.at(high, answers.instance_item, answers.instance_time)
    return np.where(low == high, low, -1)


def _chunks(start: Ints) -> Ints:
    """Parts with about as many votes each."""
    share = np.linspace(0, start[-1, -1], CHUNKS + 1)
    return np.searchsorted(np.append(start[:, 0], start[-1, -1]), share).astype(np.int64)
