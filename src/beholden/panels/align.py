"""Lay values on the cells of a roster. A join never changes the number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.errors import TableError
from beholden.panels.roster import NOBODY
from beholden.panels.values import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from beholden.panels.roster import Roster
    from beholden.panels.values import Values

__all__ = ["Aligned", "align"]

OTHER_YEARS = "the year lies outside the panel's"
NO_MEMBER = "a state is no member of the list in that year"
ITSELF = "the two states are one and the same"
NO_COMMON_DAY = "the two states were never members on the same day of that year"
FOLLOWED = "another state followed under the same number in that year, with a row too"
_FAR = 4_000_000


@dataclass(frozen=True, eq=False)
class Aligned:
    """Where the value of each cell of a roster stands in the frame of some values.

    Parameters
    ----------
    values : Values
        What was laid.
    rows : ndarray of int32, (states * years,) or (states * states * years,)
        Row of the frame for each cell, -1 where it has none.
    listed : ndarray of bool, (states,)
        Whether the source has any row of the state at all, in whatever year.
    dropped : mapping of str to int
        Rows of the frame that lie on no cell, by reason.
    """

    values: Values
    rows: NDArray[np.int32]
    listed: NDArray[np.bool_]
    dropped: Mapping[str, int]


def align(values: Values, roster: Roster) -> Aligned:
    """Lay values on the cells of a roster.

    Parameters
    ----------
    values : Values
        In any system of codes; a code is read as that of the state which bore it in the year.
    roster : Roster
        The state list and the years.

    Returns
    -------
    Aligned
        Each cell with at most one row.

    Raises
    ------
    TableError
        When two rows of one source claim the same cell, so that a join would have to repeat
        rows; the message shows the keys.
    """
    states, span = len(roster.codes), roster.span
    years = values.frame["year"].cast(pl.Int64).fill_null(0).to_numpy()
    column = years - roster.years[0]
    place = roster.places(values.system, values.frame["state"], years)
    listed = np.zeros(states + 1, dtype=bool)
    listed[place] = True
    cell = place.astype(np.int64) * span + column
    left = _Left((column >= 0) & (column < span))
    left.keep(place != NOBODY, NO_MEMBER)
    size = states * span
    if values.unit != STATE_YEAR:
        other = roster.places(values.system, values.frame["other"], years)
        listed[other] = True
        left.keep(other != NOBODY, NO_MEMBER)
        left.keep(other != place, ITSELF)
        cell, size = cell + (place.astype(np.int64) * (states - 1) + other) * span, states * size
        # Rows left out already may have a cell beyond the table.
        common = roster.overlap.ravel().take(cell if left.all else np.where(left.inside, cell, 0))
        left.keep(common, NO_COMMON_DAY)
    found = np.flatnonzero(left.inside)
    rows, followed = _scatter(cell if left.all else cell[found], found, size, values, roster)
    if values.symmetric and values.unit != STATE_YEAR:
        rows = _both_ways(rows, states, values)
    dropped = left.dropped | ({FOLLOWED: followed} if followed else {})
    return Aligned(values, rows, listed[:states], dropped)


class _Left:
    """The rows of a source that still have a cell, and how many do not, by reason."""

    def __init__(self, inside: NDArray[np.bool_]) -> None:
        self.inside = inside
        outside = int(len(inside) - inside.sum())
        self.dropped = {OTHER_YEARS: outside} if outside else {}

    @property
    def all(self) -> bool:
        """Whether no row has been left out."""
        return not self.dropped

    def keep(self, which: NDArray[np.bool_], otherwise: str) -> None:
        """Leave out the rows that are not `which`."""
        lost = int((self.inside & ~which).sum())
        if lost:
            self.dropped[otherwise] = self.dropped.get(otherwise, 0) + lost
            self.inside = self.inside & which


def _scatter(
    cell: NDArray[np.int64],
    found: NDArray[np.int64],
    size: int,
    values: Values,
    roster: Roster,
) -> tuple[NDArray[np.int32], int]:
    """The row of each cell, and how many rows gave way to a later state's."""
    rows = np.full(size, NOBODY, dtype=np.int32)
    rows[cell] = found
    lost = rows.take(cell) != found
    if not lost.any():
        return rows, 0
    contested = np.isin(cell, cell[lost])
    cell, found = cell[contested], found[contested]
    rank = _rank(found, values, roster)
    order = np.lexsort((rank, cell))
    cell, rank, found = cell[order], rank[order], found[order]
    new = np.append(True, cell[1:] != cell[:-1])
    twice = np.append(False, ~new[1:] & (rank[1:] == rank[:-1]))
    if twice.any():
        raise TableError(_doubled(values, found[twice]))
    last = np.append(new[1:], True)
    rows[cell[last]] = found[last]
    return rows, int((~last).sum())


def _rank(found: NDArray[np.int64], values: Values, roster: Roster) -> NDArray[np.int64]:
    """The last day on which a row's state bore its code: of two the later one counts."""
    frame = values.frame[found.tolist()]
    years = frame["year"].cast(pl.Int64).to_numpy()
    rank = roster.until(values.system, frame["state"], years)
    if values.unit != STATE_YEAR:
        rank = rank * _FAR + roster.until(values.system, frame["other"], years)
    return rank


def _both_ways(rows: NDArray[np.int32], states: int, values: Values) -> NDArray[np.int32]:
    """A pair's row in both orders.

    Raises
    ------
    TableError
        When a source that should say the same from both sides does not.
    """
    cube = rows.reshape(states, states, -1)
    turned = cube.transpose(1, 0, 2)
    both = (cube != NOBODY) & (turned != NOBODY)
    if both.any():
        x = values.frame["x"]
        one, two = x.gather(cube[both]), x.gather(turned[both])
        unlike = one.ne_missing(two).to_numpy()
        if unlike.any():
            keys = _shown(values, cube[both][unlike].astype(np.int64))
            raise TableError(
                f"{values.name}: expected the same value from both sides of a pair, found "
                f"different ones for {keys}. Keep one row of each pair, or say that the values "
                "are not symmetric."
            )
    return np.where(cube == NOBODY, turned, cube).ravel()


def _doubled(values: Values, rows: NDArray[np.int64]) -> str:
    return (
        f"{values.name}: expected one row for each {' + '.join(values.keys)}, found more than one "
        f"for {_shown(values, rows)}. A join would repeat rows of the panel; make the keys unique "
        "first."
    )


def _shown(values: Values, rows: NDArray[np.int64], most: int = 5) -> str:
    """The keys of the first few of those rows, in words."""
    keys = values.frame[rows.tolist()].select(values.keys).unique(maintain_order=True)
    told = [
        ", ".join(f"{name} {cell}" for name, cell in row.items()) for row in keys[:most].to_dicts()
    ]
    more = keys.height - len(told)
    return "; ".join(told) + (f"; and {more:,} more" if more > 0 else "")
