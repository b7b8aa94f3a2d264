"""Columns of a panel: cells picked from values that lie on a roster, with their coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.panels.align import Aligned, align
from beholden.panels.coverage import Coverage, cover
from beholden.panels.roster import roster
from beholden.panels.values import STATE_YEAR

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from beholden.core import Provenance
    from beholden.panels.grid import Grid
    from beholden.panels.roster import Roster
    from beholden.panels.values import Values

    # Rows, cells or states by their place.
    Places = NDArray[np.integer[Any]]

__all__ = ["EXTRAS", "Column", "Origin", "picked"]

EXTRAS = ("se", "low", "high")
_WORDS = {"se": "standard error: ", "low": "lower end: ", "high": "upper end: "}
# Which states of a row a column describes.
PAIR, FIRST, SECOND, REVERSED = 0, 1, 2, -1


@dataclass(frozen=True, eq=False)
class Origin:
    """Where the cells of a measured column come from.

    Parameters
    ----------
    values : Values
        The measure.
    side : int
        1 or 2 for a state's measure on a pair's row; 0 for the pair or the state-year; -1 for
        the pair the other way round.
    part : str
        Which column of the values: x, se, low or high.
    shift : int
        How many years earlier the value stands.
    """

    values: Values
    side: int = PAIR
    part: str = "x"
    shift: int = 0


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a panel with its meaning.

    Parameters
    ----------
    data : polars.Series
        Its cells, null where missing.
    label : str
        A line that says what it is.
    scale, direction : str
        Unit, and what a higher value means.
    provenance : Provenance
        Where it comes from and what was done.
    coverage : Coverage
        What it holds and lacks.
    sources, notes : tuple of str
        Data sets behind it; what a reader should know.
    origin : Origin or None
        For a measure, so that a lag can reach beyond the panel's first year.
    """

    data: pl.Series
    label: str
    scale: str
    direction: str
    provenance: Provenance
    coverage: Coverage
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    origin: Origin | None = None


def picked(name: str, label: str, grid: Grid, origin: Origin, aligned: Aligned) -> Column:
    """The column of a panel that holds one part of a measure.

    Parameters
    ----------
    name, label : str
        The column's name and its line.
    grid : Grid
        The rows.
    origin : Origin
        What to pick.
    aligned : Aligned
        The values on the grid's own roster, or on a longer one for a lag.
    """
    values, years = origin.values, (grid.years - origin.shift).astype(np.int16)
    wide = _wide(grid, origin.shift)
    first, second = _sides(grid, wide)
    rows = aligned.rows[_cells(grid, wide, origin, first, second)]
    listed = aligned.listed[second if origin.side == SECOND else first]
    if values.unit != STATE_YEAR:
        listed = listed & aligned.listed[second]
    data, present = _gather(values.frame[origin.part], rows)
    provenance = values.provenance
    if origin.shift:
        provenance = provenance.step(f"shifted by {origin.shift} years")
    return Column(
        data.alias(name),
        _WORDS.get(origin.part, "") + label,
        values.scale,
        values.direction,
        provenance,
        cover(name, aligned, rows, present, years, listed),
        values.sources,
        values.notes,
        origin,
    )


def shifted(name: str, label: str, grid: Grid, origin: Origin) -> Column:
    """As `picked`, for an origin with a shift: the values are laid on a longer roster."""
    return picked(name, label, grid, origin, align(origin.values, _wide(grid, origin.shift)))


def _wide(grid: Grid, shift: int) -> Roster:
    """The roster of the panel, longer by the years that a lag or lead reaches beyond it."""
    if not shift:
        return grid.roster
    first, last = grid.roster.years
    return roster(grid.roster.system, first - max(shift, 0), last + max(-shift, 0))


def _sides(grid: Grid, wide: Roster) -> tuple[Places, Places]:
    """The places of each row's first and second state in a roster."""
    pair = grid.unit != STATE_YEAR
    if wide is grid.roster:
        return grid.state, grid.other if pair else grid.state
    place = np.searchsorted(wide.codes, grid.roster.codes)
    first = place[grid.state]
    return first, place[grid.other] if pair else first


def _cells(
    grid: Grid,
    wide: Roster,
    origin: Origin,
    first: Places,
    second: Places,
) -> Places:
    """The cell of every row in a table of states (or pairs) by years."""
    if wide is grid.roster and origin.side == PAIR:
        return grid.cells
    states, span = wide.member.shape
    column = grid.years.astype(np.intp) - origin.shift - wide.years[0]
    if origin.values.unit == STATE_YEAR:
        place = second if origin.side == SECOND else first
        return np.asarray(place.astype(np.intp) * span + column)
    one, other = (second, first) if origin.side == REVERSED else (first, second)
    return np.asarray((one.astype(np.intp) * states + other) * span + column)


def _gather(cells: pl.Series, rows: NDArray[np.int32]) -> tuple[pl.Series, NDArray[np.bool_]]:
    """The cells of those rows, null for -1, and whether each holds a value."""
    if cells.dtype.is_float():
        # Appending one NaN lets -1 point at "missing" without a second pass.
        plain = np.append(cells.cast(pl.Float64).to_numpy(), np.nan)
        found = plain[rows]
        return pl.Series(found, nan_to_null=True), ~np.isnan(found)
    taken = cells.gather(pl.Series(rows).replace(-1, None).cast(pl.UInt32))
    return taken, taken.is_not_null().to_numpy()
