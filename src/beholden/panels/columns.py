"""Columns of a panel, and where their cells come from, so that they can be had of other years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import polars as pl

from beholden.panels.align import Aligned, align
from beholden.panels.coverage import (
    NO_ROW,
    NO_VALUE,
    NOT_COVERED,
    NOT_LISTED,
    NOT_THERE,
    REASONS,
    Cells,
    Coverage,
)
from beholden.panels.values import STATE_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.core import Provenance
    from beholden.panels.rows import Rows
    from beholden.panels.values import Values

__all__ = [
    "EXTRAS",
    "FIRST",
    "PAIR",
    "REVERSED",
    "SECOND",
    "Column",
    "Measured",
    "Origin",
    "Shifted",
]

EXTRAS = {"se": "standard error: ", "low": "lower end: ", "high": "upper end: "}
# Which states of a row a column describes.
PAIR, FIRST, SECOND, REVERSED = 0, 1, 2, -1


class Origin(Protocol):
    """What can give the cells of a column for any rows, also of years beyond the panel's."""

    def at(self, rows: Rows) -> Cells:
        """The cells of these rows."""
        ...


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a panel with its meaning.

    Parameters
    ----------
    cells : Cells
        What it holds, and why it lacks the rest.
    coverage : Coverage
        The same, counted.
    measure : str
        The name under which the measure was added; several columns may share it.
    label : str
        A line that says what it is.
    scale, direction : str
        Unit, and what a higher value means.
    provenance : Provenance
        Where it comes from and what was done.
    origin : Origin
        Where its cells come from.
    sources, notes : tuple of str
        Data sets behind it; what a reader should know.
    """

    cells: Cells
    coverage: Coverage
    measure: str
    label: str
    scale: str
    direction: str
    provenance: Provenance
    origin: Origin
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def aside(self) -> bool:
        """Whether it holds the errors of another column."""
        return isinstance(self.origin, Measured) and self.origin.part != "x"


@dataclass(frozen=True, eq=False)
class Measured:
    """One part of a measure, as the source has it.

    Parameters
    ----------
    values : Values
        The measure.
    side : int
        1 or 2 for a state's measure on a pair's row; 0 for the pair or the state-year; -1 for
        the pair the other way round.
    part : str
        Which column of the values: x, se, low or high.
    """

    values: Values
    side: int = PAIR
    part: str = "x"

    def at(self, rows: Rows) -> Cells:
        """The cells of these rows."""
        return self.on(rows, align(self.values, rows.roster))

    def on(self, rows: Rows, aligned: Aligned) -> Cells:
        """As `at`, with the values laid on the rows' roster already."""
        if self.values.unit == STATE_YEAR:
            table = self._table(rows, aligned)
            found = table.taken(rows.two if self.side == SECOND else rows.one)
            return found if rows.there is None else _away(found, rows.there)
        places = aligned.rows.take(rows.turned if self.side == REVERSED else rows.pair)
        places = places if rows.there is None else np.where(rows.there, places, np.int32(-1))
        second = rows.state if rows.other is None else rows.other
        listed = aligned.listed.take(rows.state) & aligned.listed.take(second)
        return self._told(places, rows.years, listed, rows.there)

    def _table(self, rows: Rows, aligned: Aligned) -> Cells:
        """The measure of every state in every year of the roster."""
        first, last = rows.roster.years
        years = np.tile(np.arange(first, last + 1, dtype=np.int16), len(rows.roster.codes))
        return self._told(aligned.rows, years, np.repeat(aligned.listed, rows.roster.span), None)

    def _told(
        self,
        places: NDArray[np.int32],
        years: NDArray[np.int16],
        listed: NDArray[np.bool_],
        there: NDArray[np.bool_] | None,
    ) -> Cells:
        """The cells at these places of the frame, -1 for none, and why some have no value."""
        data, missing = _gathered(self.values.frame[self.part], places)
        first, last = self.values.span
        # Later lines overrule earlier ones: the last reason to be set is the first in rank.
        reason = np.where(missing, _number(NO_VALUE), np.int8(0))
        reasons = self._given(reason, places)
        reason[places < 0] = _number(NO_ROW)
        reason[missing & ~listed] = _number(NOT_LISTED)
        if there is not None:
            reason[~there] = _number(NOT_THERE)
        if int(years.min(initial=first)) < first or int(years.max(initial=last)) > last:
            reason[missing & ((years < first) | (years > last))] = _number(NOT_COVERED)
        return Cells(data, reason, reasons)

    def _given(self, reason: NDArray[np.int8], places: NDArray[np.int32]) -> tuple[str, ...]:
        """Put down the reasons that the source itself gives; the reasons, with these added."""
        frame = self.values.frame
        if "why" not in frame.columns:
            return REASONS
        names = sorted(frame["why"].drop_nulls().unique().to_list())
        own = {name: number for number, name in enumerate(names, len(REASONS) + 1)}
        numbers = frame["why"].replace_strict(own, default=0, return_dtype=pl.Int8).to_numpy()
        lacking = np.flatnonzero((reason > 0) & (places >= 0))
        given = numbers.take(places[lacking])
        reason[lacking[given > 0]] = given[given > 0]
        return (*REASONS, *(self.values.missing.get(name, name) for name in names))


@dataclass(frozen=True, eq=False)
class Shifted:
    """Another column some years earlier, or later where `by` is negative."""

    base: Origin
    by: int

    def at(self, rows: Rows) -> Cells:
        """The cells of these rows."""
        return self.base.at(rows.moved(self.by))


def _number(reason: str) -> np.int8:
    return np.int8(REASONS.index(reason) + 1)


def _away(cells: Cells, there: NDArray[np.bool_]) -> Cells:
    """The cells again, empty where the states were not there."""
    reason = cells.reason.copy()
    lost = ~there & (reason != _number(NOT_COVERED))
    reason[lost] = _number(NOT_THERE)
    data = pl.select(pl.when(pl.lit(pl.Series(there))).then(pl.lit(cells.data))).to_series()
    return Cells(data, reason, cells.reasons)


def _gathered(cells: pl.Series, places: NDArray[np.int32]) -> tuple[pl.Series, NDArray[np.bool_]]:
    """The cells at those places, null for -1, and whether each lacks a value."""
    if cells.dtype.is_float():
        # Appending one NaN lets -1 point at "missing" without a second pass.
        found = np.append(cells.cast(pl.Float64).to_numpy(), np.nan).take(places)
        return pl.Series(found, nan_to_null=True), np.isnan(found)
    taken = cells.gather(pl.Series(places).replace(-1, None).cast(pl.UInt32))
    return taken, taken.is_null().to_numpy()
