"""Columns derived within a state or pair over its years: differences, spells, peace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.panels.coverage import Cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from beholden.panels.columns import Origin
    from beholden.panels.rows import Rows

__all__ = ["CHANGES", "TRANSFORMS", "Changed", "Kept", "kept"]

CHANGES = {
    "difference": "change from the year before",
    "growth": "relative change from the year before",
}
TRANSFORMS = {
    **CHANGES,
    "demean": "minus the mean of the unit's years",
    "cumulate": "sum of the unit's years so far",
    "spell": "years in a row above zero, this one included",
    "peace": "full years since it was last above zero",
}
NONE_BEFORE = "there is no value of the year before"
NO_SIZE = "the value of the year before is not above zero, so growth has no size"
UNKNOWN_BEFORE = "a value of an earlier year is missing, on which this one rests"
NOT_COUNTED = "the year lies outside the panel's, over which it is counted"


@dataclass(frozen=True, eq=False)
class Changed:
    """The change of another column from the year before, which the source may have.

    Parameters
    ----------
    base : Origin
        The other column.
    how : str
        ``"difference"`` or ``"growth"``.
    """

    base: Origin
    how: str

    def at(self, rows: Rows) -> Cells:
        """The cells of these rows."""
        now, before = self.base.at(rows), self.base.at(rows.moved(1))
        x, past = now.plain(), before.plain()
        reasons = (*now.reasons, NONE_BEFORE, NO_SIZE)
        reason = np.where((now.reason == 0) & np.isnan(past), len(reasons) - 1, now.reason)
        if self.how == "difference":
            made = x - past
        else:
            # Growth from nothing has no size.
            made = np.divide(x, past, out=np.full_like(x, np.nan), where=past > 0) - 1
            reason = np.where((reason == 0) & ~(past > 0), len(reasons), reason)
        return Cells(pl.Series(made, nan_to_null=True), reason.astype(np.int8), reasons)


@dataclass(frozen=True, eq=False)
class Kept:
    """Cells that were counted over certain rows and exist for those alone.

    Parameters
    ----------
    home : Rows
        The rows over which they were counted, in ascending order.
    cells : Cells
        One for each.
    """

    home: Rows
    cells: Cells

    def at(self, rows: Rows) -> Cells:
        """The cells of these rows."""
        if rows is self.home:
            return self.cells
        known, wanted = _names(self.home), _names(rows)
        place = np.searchsorted(known, wanted).clip(max=max(len(known) - 1, 0))
        found = known[place] == wanted if len(known) else np.zeros(len(wanted), dtype=bool)
        found = found if rows.there is None else found & rows.there
        lacking = len(self.home.column)
        data = self.cells.data.extend_constant(None, 1)
        reasons = (*self.cells.reasons, NOT_COUNTED)
        reason = np.append(self.cells.reason, np.int8(len(reasons)))
        return Cells(data, reason, reasons).taken(np.where(found, place, lacking))


def kept(base: Origin, how: str, home: Rows) -> Kept:
    """A column counted over the years of each state or pair.

    Parameters
    ----------
    base : Origin
        The column to count.
    how : str
        ``"demean"``, ``"cumulate"``, ``"spell"`` or ``"peace"``.
    home : Rows
        The rows over which to count, sorted by unit and year.
    """
    cells = base.at(home)
    made = _MAKERS[how](cells.plain(), _Units.of(home))
    reasons = (*cells.reasons, UNKNOWN_BEFORE)
    late = np.where((cells.reason == 0) & np.isnan(made), len(reasons), cells.reason)
    # The count of peace needs the years before, not this one.
    reason = np.where(np.isnan(made), late, 0).astype(np.int8)
    return Kept(home, Cells(pl.Series(made, nan_to_null=True), reason, reasons))


def _names(rows: Rows) -> NDArray[np.int64]:
    """A number for each row that is the same in every roster of one list."""
    codes = rows.roster.codes
    unit = codes.take(rows.state)
    if rows.other is not None:
        unit = unit * 10_000 + codes.take(rows.other)
    return np.asarray(unit * 10_000 + rows.years, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class _Units:
    """Which rows belong together.

    Parameters
    ----------
    unit : ndarray of int, (rows,)
        The number of the row's state or pair, from 0.
    opens : ndarray of int, (rows,)
        The row at which each row's stretch of years in a row begins; who returns after a
        break in membership begins anew.
    """

    unit: NDArray[np.intp]
    opens: NDArray[np.intp]

    @classmethod
    def of(cls, rows: Rows) -> _Units:
        cells = rows.cells
        unit = cells // rows.roster.span
        new = np.append(True, unit[1:] != unit[:-1])[: len(unit)]
        breaks = new | np.append(True, cells[1:] - cells[:-1] != 1)[: len(unit)]
        opens = np.maximum.accumulate(np.where(breaks, np.arange(len(unit)), 0))
        return cls(np.cumsum(new) - 1, opens)


def _demean(x: NDArray[np.float64], units: _Units) -> NDArray[np.float64]:
    known = ~np.isnan(x)
    count = np.bincount(units.unit, known, minlength=1)
    total = np.bincount(units.unit, np.where(known, x, 0), minlength=1)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return x - mean[units.unit]


def _cumulate(x: NDArray[np.float64], units: _Units) -> NDArray[np.float64]:
    """Sums break off at a missing year: what is unknown once is unknown in every later sum."""
    frame = pl.DataFrame({"stretch": units.opens, "x": x})
    return frame.select(pl.col("x").cum_sum().over("stretch")).to_series().to_numpy()


def _spell(x: NDArray[np.float64], units: _Units) -> NDArray[np.float64]:
    """Lengths of runs above zero; after a missing year a run's length is unknown."""
    place = np.arange(len(x))
    zero, unknown = _latest(x <= 0, place), _latest(np.isnan(x), place)
    length = place - np.maximum(zero, units.opens - 1)
    cut = (unknown >= units.opens) & (unknown > zero)
    return np.where(np.isnan(x) | cut, np.nan, np.where(x > 0, length, 0.0))


def _peace(x: NDArray[np.float64], units: _Units) -> NDArray[np.float64]:
    """Years since the last event as they stand at the start of a year: 0 the year after it."""
    place = np.arange(len(x))
    event, unknown = _before(_latest(x > 0, place)), _before(_latest(np.isnan(x), place))
    # Where nothing has happened yet, peace is counted from the stretch's first row.
    since = place - np.maximum(event + 1, units.opens)
    cut = (unknown >= units.opens) & (unknown > event)
    return np.where(cut, np.nan, since.astype(np.float64))


def _latest(which: NDArray[np.bool_], place: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each row the last row so far, itself included, that is marked; -1 for none."""
    return np.maximum.accumulate(np.where(which, place, -1)) if len(place) else place


def _before(latest: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.append(-1, latest[:-1])[: len(latest)]


_MAKERS: dict[str, Callable[[NDArray[np.float64], _Units], NDArray[np.float64]]] = {
    "demean": _demean,
    "cumulate": _cumulate,
    "spell": _spell,
    "peace": _peace,
}
