"""Lay values on the cells of a roster. A join never changes the number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
import polars as pl

from beholden.errors import TableError
from beholden.panels.values import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from beholden.panels.roster import Roster
    from beholden.panels.values import Values

__all__ = ["Aligned", "align"]

_NONE = -1


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
        Whether the source has any row of the state at all.
    outside : int
        Rows of the frame that lie on no cell: not a member of the list, or another year.
    superseded : int
        Rows left out because, in the year of a succession, the state that came after has
        one too under the same code.
    """

    values: Values
    rows: NDArray[np.int32]
    listed: NDArray[np.bool_]
    outside: int
    superseded: int


def align(values: Values, roster: Roster) -> Aligned:
    """Lay values on the cells of a roster.

    Parameters
    ----------
    values : Values
        In any system of codes.
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
    states, count = len(roster.codes), values.frame.height
    span = roster.years[1] - roster.years[0] + 1
    year = values.frame["year"].cast(pl.Int64).to_numpy() - roster.years[0]
    place, rank = _places(values.frame["state"], year, values, roster)
    inside = (place != _NONE) & (year >= 0) & (year < span)
    listed = np.zeros(states, dtype=bool)
    listed[place[place != _NONE]] = True
    if values.unit == STATE_YEAR:
        size, cell = states * span, place * span + year
    else:
        other, also = _places(values.frame["other"], year, values, roster)
        listed[other[other != _NONE]] = True
        inside &= (other != _NONE) & (other != place)
        rank = None if rank is None or also is None else np.maximum(rank, also)
        size, cell = states * states * span, (place * states + other) * span + year
    found = np.flatnonzero(inside)
    rows, superseded = _scatter(cell[found], found, rank, size, values)
    if values.symmetric and values.unit != STATE_YEAR:
        rows = _both_ways(rows, (states, states, span))
    return Aligned(values, rows, listed, count - len(found), superseded)


def _both_ways(rows: NDArray[np.int32], shape: tuple[int, int, int]) -> NDArray[np.int32]:
    """A pair's row in both orders; where both orders have one, each keeps its own."""
    cube = rows.reshape(shape)
    return np.where(cube == _NONE, cube.transpose(1, 0, 2), cube).ravel()


def _scatter(
    cell: NDArray[np.int64],
    found: NDArray[np.int64],
    rank: NDArray[np.int64] | None,
    size: int,
    values: Values,
) -> tuple[NDArray[np.int32], int]:
    rows = np.full(size, _NONE, dtype=np.int32)
    rows[cell] = found
    lost = rows[cell] != found
    if not lost.any():
        return rows, 0
    if rank is not None:
        # The later state of a succession is written last and stays.
        order = np.argsort(rank[found], kind="stable")
        rows[cell[order]] = found[order]
        winner = rank[rows[cell]]
        lost = rows[cell] != found
        if not (lost & (rank[found] == winner)).any():
            return rows, int(lost.sum())
        lost &= rank[found] == winner
    raise TableError(_doubled(values, found[lost][:5]))


def _doubled(values: Values, rows: NDArray[np.int64]) -> str:
    shown = values.frame[rows.tolist()].select(values.keys)
    keys = "; ".join(
        ", ".join(f"{name} {cell}" for name, cell in row.items()) for row in shown.to_dicts()
    )
    return (
        f"{', '.join(values.sources) or 'the values'}: expected one row for each "
        f"{' + '.join(values.keys)}, found more than one for {keys}. A join would repeat rows of "
        "the panel; make the keys unique first."
    )


def _places(
    codes: pl.Series, year: NDArray[np.int64], values: Values, roster: Roster
) -> tuple[NDArray[np.int64], NDArray[np.int64] | None]:
    """The place of each row's state in the roster, and the last day it bore the code."""
    if values.system == roster.system:
        wanted = codes.cast(pl.Int64).fill_null(_NONE).to_numpy()
        place = np.searchsorted(roster.codes, wanted).clip(max=len(roster.codes) - 1)
        place = np.where(roster.codes[place] == wanted, place, _NONE)
        return _members(place, year, roster), None
    return _by_date(codes, year, values, roster)


def _members(
    place: NDArray[np.int64], year: NDArray[np.int64], roster: Roster
) -> NDArray[np.int64]:
    """The places again, but none in years in which the state is no member."""
    within = (year >= 0) & (year < roster.member.shape[1])
    there = roster.member[place, np.where(within, year, 0)] | ~within
    return np.where((place == _NONE) | ~there, _NONE, place)


def _by_date(
    codes: pl.Series, year: NDArray[np.int64], values: Values, roster: Roster
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """As `_places` for another system of codes: each pair of code and year is looked up once."""
    label = codes.rank("dense").fill_null(0).to_numpy().astype(np.int64)
    span = roster.years[1] - roster.years[0] + 1
    known = np.where((year >= 0) & (year < span) & (label > 0), label * span + year, _NONE)
    pairs, first, back = np.unique(known, return_index=True, return_inverse=True)
    cells = cast("Sequence[str | int]", codes.gather(first.tolist()).to_list())
    looked = [
        roster.rows_of(values.system, cell, int(year[row]) + roster.years[0])
        if pair != _NONE
        else None
        for pair, cell, row in zip(pairs, cells, first, strict=True)
    ]
    place = np.array([item[0] if item else _NONE for item in looked], dtype=np.int64)
    rank = np.array([item[1].toordinal() if item else 0 for item in looked], dtype=np.int64)
    return place[back], rank[back]
