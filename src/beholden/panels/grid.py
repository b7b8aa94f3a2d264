"""The rows of a panel: which states or pairs of states, in which years, in fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.panels.rows import Rows
from beholden.panels.values import DYAD_YEAR, STATE_YEAR, Unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.panels.roster import Roster

__all__ = ["Grid", "dyad_grid", "state_grid"]

_CODES = {"cow": "ccode", "gw": "gwcode"}


@dataclass(frozen=True, eq=False)
class Grid:
    """Rows by state (or pair) and year; sorted by first state, second state, year.

    Parameters
    ----------
    roster : Roster
        The state list and the years.
    unit : str
        ``"state-year"`` or ``"dyad-year"``.
    mask : ndarray of bool, (states, years) or (states, states, years)
        Which cells are rows.
    directed : bool
        Whether a pair stands in both orders.
    """

    roster: Roster
    unit: Unit
    mask: NDArray[np.bool_]
    directed: bool = True

    @cached_property
    def rows(self) -> Rows:
        """The rows as places in the roster, ascending."""
        cells = np.flatnonzero(self.mask)
        unit, span, states = cells // self.roster.span, self.roster.span, len(self.roster.codes)
        column = (cells - unit * span).astype(np.int16)
        if self.unit == STATE_YEAR:
            return Rows(self.roster, self.unit, unit.astype(np.int32), None, column, own=cells)
        first = unit // states
        second = (unit - first * states).astype(np.int32)
        return Rows(self.roster, self.unit, first.astype(np.int32), second, column, own=cells)

    @property
    def height(self) -> int:
        """How many rows."""
        return self.rows.height

    @property
    def key_names(self) -> tuple[str, ...]:
        """The key columns, as the field names them."""
        code = _CODES[self.roster.system]
        if self.unit == STATE_YEAR:
            return (code, "year")
        return (f"{code}1", f"{code}2", "year")

    @property
    def iso3_names(self) -> tuple[str, ...]:
        """The columns with ISO3 codes."""
        return ("iso3",) if self.unit == STATE_YEAR else ("iso3_1", "iso3_2")

    def key_columns(self) -> dict[str, pl.Series]:
        """Codes, year, and the ISO3 codes that the states bore in that year."""
        rows, codes = self.rows, self.roster.codes.astype(np.int16)
        sides = (rows.state,) if rows.other is None else (rows.state, rows.other)
        own = [*(codes.take(side) for side in sides), rows.years]
        found = {
            name: pl.Series(name, values) for name, values in zip(self.key_names, own, strict=True)
        }
        for name, cells in zip(self.iso3_names, (rows.one, rows.two), strict=False):
            found[name] = self._iso3(cells).alias(name)
        return found

    def _iso3(self, cells: NDArray[np.int64]) -> pl.Series:
        places, labels = self.roster.iso3
        # One more label, the null, stands where a state bears no code.
        table = pl.Series([*labels, None], dtype=pl.Enum(labels)).gather(
            np.where(places < 0, len(labels), places).ravel()
        )
        return table.gather(pl.Series(cells.astype(np.uint32)))

    def where(self, keep: NDArray[np.bool_]) -> Grid:
        """The same grid with only those rows that `keep`, (rows,), marks."""
        mask = np.zeros(self.mask.size, dtype=bool)
        mask[self.rows.cells[keep]] = True
        return Grid(self.roster, self.unit, mask.reshape(self.mask.shape), self.directed)

    def whole(self) -> Grid:
        """The grid before any row was left out."""
        if self.unit == STATE_YEAR:
            full = state_grid(self.roster)
        else:
            full = dyad_grid(self.roster, directed=self.directed)
        return self if np.array_equal(full.mask, self.mask) else full


def state_grid(roster: Roster) -> Grid:
    """A row for every member in every year.

    Parameters
    ----------
    roster : Roster
        The list and the years.
    """
    return Grid(roster, STATE_YEAR, roster.member)


def dyad_grid(roster: Roster, *, directed: bool = True) -> Grid:
    """A row for every pair of members that shared a day of the year.

    Parameters
    ----------
    roster : Roster
        The list and the years.
    directed : bool
        Whether each pair stands in both orders; otherwise the lower code comes first.
    """
    mask = roster.overlap
    if not directed:
        count = len(roster.codes)
        mask = mask & np.triu(np.ones((count, count), dtype=bool), 1)[:, :, None]
    return Grid(roster, DYAD_YEAR, mask, directed)
