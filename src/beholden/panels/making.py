"""Columns made: measured from values, moved in time, derived within a state or pair."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from beholden.errors import PanelError
from beholden.panels.align import align
from beholden.panels.columns import (
    EXTRAS,
    FIRST,
    PAIR,
    REVERSED,
    SECOND,
    Column,
    Measured,
    Shifted,
)
from beholden.panels.naming import require_free
from beholden.panels.transform import CHANGES, TRANSFORMS, Changed, kept
from beholden.panels.values import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Collection

    from beholden.panels.columns import Origin
    from beholden.panels.grid import Grid
    from beholden.panels.values import Values

__all__ = ["measured", "moved", "require_fitting", "transformed"]


def require_fitting(name: str, values: Values, grid: Grid) -> None:
    """Refuse pairs in a panel of states, and a source that covers none of its years.

    Raises
    ------
    PanelError
        With what to do instead.
    """
    if values.unit != STATE_YEAR and grid.unit == STATE_YEAR:
        raise PanelError(
            f"{name!r} is measured for pairs of states; expected a measure of single states in a "
            'state-year panel. Ask for panel("dyad-year") instead.'
        )
    (first, last), (begins, ends) = grid.roster.years, values.span
    if first > ends or last < begins:
        raise PanelError(
            f"{name!r}: expected a source that covers a year of the panel, {first} to {last}; "
            f"found {values.name}, which covers {begins} to {ends}. For a lag or lead, build the "
            "panel with those years and drop them with where()."
        )


def measured(
    name: str, label: str, values: Values, grid: Grid, taken: Collection[str]
) -> dict[str, Column]:
    """The columns that hold a measure: its values and what is known of their errors.

    Parameters
    ----------
    name, label : str
        What the columns are called, and the line that says what they are.
    values : Values
        The measure.
    grid : Grid
        The rows.
    taken : collection of str
        Names that the panel has already.

    Raises
    ------
    PanelError
        When a name is taken.
    TableError
        When the source has several rows for one key.
    """
    parts = ("x", *(extra for extra in EXTRAS if extra in values.frame.columns))
    plan = {
        f"{name}{'' if part == 'x' else f'_{part}'}{suffix}": Measured(values, side, part)
        for suffix, side in _sides(values, grid)
        for part in parts
    }
    for key in plan:
        require_free(key, taken, grid)
    aligned, found = align(values, grid.roster), dict[str, Column]()
    for key, origin in plan.items():
        cells = origin.on(grid.rows, aligned)
        found[key] = Column(
            cells,
            cells.counted(key, aligned.dropped),
            name,
            EXTRAS.get(origin.part, "") + label,
            values.scale,
            values.direction,
            values.provenance,
            origin,
            values.sources,
            values.notes,
        )
    return found


def _sides(values: Values, grid: Grid) -> tuple[tuple[str, int], ...]:
    """Which columns values make: one, or one for each state or each direction of a pair."""
    if grid.unit == STATE_YEAR:
        return (("", PAIR),)
    if values.unit == STATE_YEAR:
        return (("_1", FIRST), ("_2", SECOND))
    if grid.directed or values.symmetric:
        return (("", PAIR),)
    return (("_12", PAIR), ("_21", REVERSED))


def moved(column: Column, key: str, by: int, grid: Grid) -> Column:
    """A column some years earlier, or later where `by` is negative.

    Parameters
    ----------
    column : Column
        What to move; a lag of a lag is one lag.
    key : str
        The new column's name.
    by : int
        Years.
    grid : Grid
        The rows.
    """
    base, total = column.origin, by
    if isinstance(column.origin, Shifted):
        base, total = column.origin.base, column.origin.by + by
    years = f"{abs(by)} year{'' if abs(by) == 1 else 's'}"
    told = f"{years} {'earlier' if by > 0 else 'later'}"
    return _derived(column, key, Shifted(base, total) if total else base, told, total, grid)


def transformed(column: Column, key: str, how: str, grid: Grid) -> Column:
    """A column derived from another within each state or pair, over its years.

    Parameters
    ----------
    column : Column
        With numbers or truth values.
    key : str
        The new column's name.
    how : str
        One of `TRANSFORMS`.
    grid : Grid
        The rows.

    Raises
    ------
    PanelError
        When the column holds words.
    """
    kind = column.cells.data.dtype
    if not (kind.is_numeric() or kind == pl.Boolean):
        raise PanelError(
            f"expected a column with numbers, found {kind} in {column.coverage.column!r}"
        )
    if how in CHANGES:
        return _derived(column, key, Changed(column.origin, how), TRANSFORMS[how], 1, grid)
    # Time runs on in years whose rows a rule left out; a mean is that of the rows at hand.
    home = grid.rows if how == "demean" else grid.whole().rows
    made = _derived(column, key, kept(column.origin, how, home), TRANSFORMS[how], 0, grid)
    return replace(made, scale="years", direction="") if how in ("spell", "peace") else made


def _derived(
    column: Column, key: str, origin: Origin, told: str, crossed: int, grid: Grid
) -> Column:
    """A column made from another; `crossed` is the number of years that it looks away."""
    cells = origin.at(grid.rows)
    names = grid.rows.carried(crossed) if crossed else ()
    note = f"The list runs on under one number from {', '.join(names)}; values cross these names."
    return replace(
        column,
        cells=cells,
        coverage=cells.counted(key),
        label=f"{column.label}, {told}",
        provenance=column.provenance.step(f"{column.coverage.column}: {told}"),
        origin=origin,
        # A derived column is no measure of its own, so no name stands for it but its own.
        measure="",
        notes=(*column.notes, *([note] if names and note not in column.notes else [])),
    )
