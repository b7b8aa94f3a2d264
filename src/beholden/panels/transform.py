"""Columns derived within a state or pair over its years: shifts, differences, spells, peace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.errors import PanelError
from beholden.panels.columns import Column
from beholden.panels.coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from beholden.panels.grid import Grid

__all__ = ["TRANSFORMS", "Step", "derived"]

TRANSFORMS = {
    "difference": "change from the year before",
    "growth": "relative change from the year before",
    "demean": "minus the mean of the unit's years",
    "cumulate": "sum of the unit's years so far",
    "spell": "years in a row above zero, this one included",
    "peace": "full years since it was last above zero, counted from the panel's first year",
}
DERIVED = "derived from missing values"


@dataclass(frozen=True)
class Step:
    """What to derive: how, under which name and line; `shift` in years for shifts."""

    how: str
    name: str
    label: str
    shift: int = 0


def derived(grid: Grid, column: Column, step: Step) -> Column:
    """A column made from another one within each state or pair.

    Parameters
    ----------
    grid : Grid
        The rows, sorted by unit and year.
    column : Column
        With numbers or truth values.
    step : Step
        What to make.

    Raises
    ------
    PanelError
        When the column holds words.
    """
    kind = column.data.dtype
    if not (kind.is_numeric() or kind == pl.Boolean):
        raise PanelError(f"expected a column with numbers, found {kind} in {column.data.name!r}")
    cells = column.data.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    made = _MAKERS[step.how](cells, _Units.of(grid), step.shift)
    data = pl.Series(step.name, made, nan_to_null=True)
    lacking = data.null_count()
    coverage = Coverage(
        step.name, grid.height, grid.height - lacking, {DERIVED: lacking} if lacking else {}
    )
    provenance = column.provenance.step(f"{column.data.name}: {step.how}")
    return Column(
        data,
        step.label,
        "years" if step.how in ("spell", "peace") else column.scale,
        column.direction,
        provenance,
        coverage,
        column.sources,
        column.notes,
    )


@dataclass(frozen=True, eq=False)
class _Units:
    """Where each unit's rows begin, and the years of the rows."""

    starts: NDArray[np.intp]
    unit: NDArray[np.intp]
    years: NDArray[np.int16]

    @classmethod
    def of(cls, grid: Grid) -> _Units:
        unit = grid.cells // grid.mask.shape[-1]
        new = np.append(True, unit[1:] != unit[:-1]) if len(unit) else np.zeros(0, dtype=bool)
        starts = np.flatnonzero(new)
        number = np.cumsum(new) - 1
        return cls(starts, number, grid.years)

    def blocks(self) -> NDArray[np.intp]:
        """The row at which each row's stretch of consecutive years in one unit begins."""
        if not len(self.years):
            return np.zeros(0, dtype=np.intp)
        breaks = np.append(True, np.diff(self.years) != 1)
        breaks[self.starts] = True
        return np.maximum.accumulate(np.where(breaks, np.arange(len(breaks)), 0))


def _shift(cells: NDArray[np.float64], units: _Units, by: int) -> NDArray[np.float64]:
    """The cell `by` years earlier in the same unit; NaN where that year is no row."""
    key = units.unit * 10_000 + units.years
    place = np.searchsorted(key, key - by).clip(max=max(len(key) - 1, 0))
    return np.where(key[place] == key - by, cells[place], np.nan) if len(key) else cells


def _difference(cells: NDArray[np.float64], units: _Units, _: int) -> NDArray[np.float64]:
    return cells - _shift(cells, units, 1)


def _growth(cells: NDArray[np.float64], units: _Units, _: int) -> NDArray[np.float64]:
    before = _shift(cells, units, 1)
    # Growth from nothing has no size.
    return np.where(before > 0, cells / np.where(before > 0, before, 1) - 1, np.nan)


def _demean(cells: NDArray[np.float64], units: _Units, _: int) -> NDArray[np.float64]:
    known = ~np.isnan(cells)
    count = np.bincount(units.unit, known, minlength=1)
    total = np.bincount(units.unit, np.where(known, cells, 0), minlength=1)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return cells - mean[units.unit]


def _cumulate(cells: NDArray[np.float64], units: _Units, _: int) -> NDArray[np.float64]:
    """Sums break off at a missing year: what is unknown once is unknown in every later sum."""
    frame = pl.DataFrame({"unit": units.unit, "x": cells})
    return frame.select(pl.col("x").cum_sum().over("unit")).to_series().to_numpy()


def _spell(cells: NDArray[np.float64], units: _Units, _: int) -> NDArray[np.float64]:
    """Lengths of runs above zero; after a missing year a run's length is unknown."""
    place, block = np.arange(len(cells)), units.blocks()
    zero = _latest(cells <= 0, place)
    unknown = _latest(np.isnan(cells), place)
    length = place - np.maximum(zero, block - 1)
    cut = (unknown >= block) & (unknown > zero)
    return np.where(np.isnan(cells) | cut, np.nan, np.where(cells > 0, length, 0.0))


def _peace(cells: NDArray[np.float64], units: _Units, _: int) -> NDArray[np.float64]:
    """Years since the last event as they stand at the start of a year: 0 the year after it."""
    place, block = np.arange(len(cells)), units.blocks()
    event = _before(_latest(cells > 0, place))
    unknown = _before(_latest(np.isnan(cells), place))
    since_event = np.where(event >= block, place - 1 - event, np.nan)
    # Where nothing has happened yet, peace is counted from the unit's first row.
    opens = np.isin(block, units.starts)
    never = np.where(opens, (place - block).astype(float), np.nan)
    found = np.where(event >= block, since_event, never)
    return np.where((unknown >= block) & (unknown > event), np.nan, found)


def _latest(which: NDArray[np.bool_], place: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each row the last row so far, itself included, that is marked; -1 for none."""
    return np.maximum.accumulate(np.where(which, place, -1)) if len(place) else place


def _before(latest: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.append(-1, latest[:-1]) if len(latest) else latest


_MAKERS: dict[str, Callable[[NDArray[np.float64], _Units, int], NDArray[np.float64]]] = {
    "shift": _shift,
    "difference": _difference,
    "growth": _growth,
    "demean": _demean,
    "cumulate": _cumulate,
    "spell": _spell,
    "peace": _peace,
}
