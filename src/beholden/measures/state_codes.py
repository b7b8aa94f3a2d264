"""Columns of data sets under the codes of the state lists, and places among their states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.ranks import percentiles
from beholden.measures.reading import made
from beholden.panels.crosswalk import NOBODY, crosswalk
from beholden.states.timeline import index, on_window, window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beholden.panels import Holdings, Values
    from beholden.states.timeline import System

__all__ = ["Move", "among_states", "at_year_end", "moved", "observed", "turned"]

# A code that a source uses, the code of the state that it means, and the years of that use.
Move = tuple[int, int, int, int]


def moved(column: str, moves: Sequence[Move]) -> pl.Expr:
    """A column of codes, with those that a source uses otherwise than its list put right.

    Parameters
    ----------
    column : str
        With whole numbers.
    moves : sequence of (int, int, int, int)
        Code found, code meant, first and last year.

    Examples
    --------
    >>> frame = pl.DataFrame({"cow": [316, 316], "year": [1992, 1993]})
    >>> frame.select(moved("cow", [(316, 315, 1946, 1992)]))["cow"].to_list()
    [315, 316]
    """
    code = pl.col(column).cast(pl.Int64)
    for found, meant, first, last in moves:
        hit = (pl.col(column) == found) & pl.col("year").is_between(first, last)
        code = pl.when(hit).then(meant).otherwise(code)
    return code.alias(column)


def observed(
    holdings: Holdings,
    name: str,
    x: str | pl.Expr,
    *,
    state: str | pl.Expr,
    scale: str,
    direction: str,
    system: System = "cow",
    frame: pl.DataFrame | None = None,
    sets: tuple[str, ...] = (),
    notes: Sequence[str] = (),
    step: str = "",
    extras: Mapping[str, str | pl.Expr] | None = None,
) -> Values:
    """One column of a state-year data set, each state and year once.

    Parameters
    ----------
    holdings : Holdings
        The library.
    name : str
        The data set.
    x : str or polars.Expr
        Its column, or an expression over its columns.
    state : str or polars.Expr
        The code of the state.
    scale, direction : str
        Unit, and what a higher value means.
    system : str
        Of which list or system the codes are.
    frame : polars.DataFrame or None
        The rows to read where they are not those of the data set as it stands.
    sets : tuple of str
        Data sets read besides.
    notes : sequence of str
        What a reader should know.
    step : str
        What was done, for the provenance.
    extras : mapping of str to str or polars.Expr
        `se`, or `low` and `high`, where the source has them.

    Returns
    -------
    Values
        Where a source has two rows for one state and year, the first that holds a value counts.

    Raises
    ------
    MissingDataError
        When the library does not hold a data set.
    """
    rows = holdings.frame(name) if frame is None else frame
    cells = {"x": x, **(extras or {})}
    picked = rows.select(
        (pl.col(state) if isinstance(state, str) else state).alias("state"),
        pl.col("year").cast(pl.Int64),
        *(
            (pl.col(cell) if isinstance(cell, str) else cell).alias(part)
            for part, cell in cells.items()
        ),
    ).filter(pl.col("state").is_not_null())
    keys = ["state", "year"]
    one = picked.sort(pl.col("x").is_null(), maintain_order=True).unique(
        keys, keep="first", maintain_order=True
    )
    return made(
        holdings,
        one.sort(keys),
        (name, *sets),
        system=system,
        scale=scale,
        direction=direction,
        notes=notes,
        step=step,
    )


def among_states(values: Values) -> Values:
    """Places among all states of the same year, as percentiles.

    Parameters
    ----------
    values : Values
        Of single states, higher meaning better.

    Returns
    -------
    Values
        As :func:`beholden.measures.ranks.percentiles` gives them, with colonies, and states
        before and after their time, left out of the field.
    """
    frame = values.frame
    table = crosswalk(values.system, "gw" if values.system == "gw" else "cow")
    cells = table.cells(frame["state"], frame["year"].to_numpy())
    there = pl.Series(table.number.ravel()[cells] != NOBODY)
    return percentiles(replace(values, frame=frame.filter(there)))


def turned(values: Values, direction: str) -> Values:
    """The same values with the other sign, so that the direction is the opposite one.

    Parameters
    ----------
    values : Values
        With numbers; the ends of intervals change places.
    direction : str
        What a higher value means now.
    """
    ends = {"low": -pl.col("high"), "high": -pl.col("low")}
    there = {name: cells for name, cells in ends.items() if name in values.frame.columns}
    return replace(
        values, frame=values.frame.with_columns(-pl.col("x"), **there), direction=direction
    )


def at_year_end(codes: pl.DataFrame, system: System) -> pl.DataFrame:
    """The Correlates of War number of the state that bore a code on 31 December.

    Parameters
    ----------
    codes : polars.DataFrame
        `code` and `year`; each pair once.
    system : str
        Of the codes.

    Returns
    -------
    polars.DataFrame
        `code`, `year` and `cow`; null where no state bore the code on that day, or where the
        state is on another list only.
    """
    states, found = index(system), []
    for code, year in codes.select("code", "year").iter_rows():
        there = on_window(states.get(code, ()), window(date(year, 12, 31)))
        found.append(there[-1].cow if there else None)
    return codes.select("code", "year", cow=pl.Series(found, dtype=pl.Int64))
