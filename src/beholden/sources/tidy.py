"""The way from originals to the table that is kept: read, correct, map to states, check."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR
from typing import TYPE_CHECKING, cast

import polars as pl

from beholden.errors import TableError
from beholden.sources.corrections import CORRECTED, traced
from beholden.states.timeline import check_system, index, on_window, window

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from beholden.sources.base import Dataset, StateCode
    from beholden.states.timeline import Code, System

__all__ = ["tidy"]

_CODE, _ON = "__code", "__on"


def tidy(dataset: Dataset, paths: Mapping[str, Path]) -> pl.DataFrame:
    """A data set as the library keeps it.

    Parameters
    ----------
    dataset : Dataset
        The set's description with its reader.
    paths : mapping of str to Path
        Each original by its name.

    Returns
    -------
    polars.DataFrame
        The reader's frame with its corrections applied and, for each of the set's state codes,
        a column with the ISO3 code of the state that bore the code then; null where none did.
        Where corrections changed cells, `corrected` names them row by row.
        Neither the number of rows nor their order changes by the mapping.

    Raises
    ------
    TableError
        When an original does not read, a correction does not fit, rows share their keys, or the
        columns are not those that the set describes.
    """
    frame = traced(dataset.name, dataset.read(paths))
    _check_columns(dataset, frame)
    _check_keys(dataset, frame)
    for code in dataset.states:
        frame = frame.with_columns(_states(dataset, frame, code))
    return frame


def _check_columns(dataset: Dataset, frame: pl.DataFrame) -> None:
    """Refuse a frame whose columns are not exactly those described."""
    # What was corrected is told of every set alike, and described in docs/library.md.
    added = {code.into for code in dataset.states} | {CORRECTED}
    described = set(dataset.columns) - added
    found = set(frame.columns) - {CORRECTED}
    unknown, absent = found - described, described - found
    if unknown or absent:
        raise TableError(
            f"{dataset.name}: expected exactly the columns that are described, found "
            f"{', '.join(sorted(unknown)) or 'none'} without a description and missed "
            f"{', '.join(sorted(absent)) or 'none'}"
        )


def _check_keys(dataset: Dataset, frame: pl.DataFrame) -> None:
    """Refuse rows that cannot be told apart by their keys."""
    keys = list(dataset.keys)
    absent = [key for key in keys if key not in frame.columns]
    if absent or not keys:
        raise TableError(f"{dataset.name}: expected key columns, found {absent or 'none'} missing")
    double = frame.height - frame.select(keys).n_unique()
    if double:
        first = frame.filter(frame.select(keys).is_duplicated()).row(0, named=True)
        shown = ", ".join(f"{key} {first[key]}" for key in keys)
        raise TableError(
            f"{dataset.name}: expected one row for each {' + '.join(keys)}, found {double} more, "
            f"the first at {shown}"
        )


def _states(dataset: Dataset, frame: pl.DataFrame, code: StateCode) -> pl.Series:
    """The column of ISO3 codes; each pair of code and date is looked up once."""
    for column in (code.column, code.year):
        if column not in frame.columns:
            raise TableError(
                f"{dataset.name}: expected a column {column!r} to map states by, found none"
            )
    pairs = frame.select(_code(frame, code), pl.col(code.year).alias(_ON))
    if not (pairs.schema[_ON].is_integer() or pairs.schema[_ON].is_temporal()):
        raise TableError(
            f"{dataset.name}: expected whole years or dates in {code.year!r}, found "
            f"{pairs.schema[_ON]}"
        )
    check_system(code.system)
    system = cast("System", code.system)
    unique = pairs.unique(maintain_order=True)
    known = [_iso3(cell, on, system) for cell, on in unique.iter_rows()]
    looked_up = unique.with_columns(pl.Series(code.into, known, dtype=pl.String))
    joined = pairs.join(looked_up, on=[_CODE, _ON], how="left", maintain_order="left")
    return joined[code.into]


def _code(frame: pl.DataFrame, code: StateCode) -> pl.Expr:
    """The codes as text for ISO and as whole numbers for the rest.

    A number with a fraction is no code; cut to its whole part it would name another state.
    """
    cells = pl.col(code.column)
    if code.system == "iso3":
        return cells.cast(pl.String).alias(_CODE)
    kind = frame.schema[code.column]
    if kind.is_float():
        cells = pl.when(cells == cells.floor()).then(cells)
    return cells.cast(pl.Int64, strict=False).alias(_CODE)


def _iso3(code: Code | None, on: date | int | None, system: System) -> str | None:
    """The ISO3 code of the state that bore `code` on a day or in a year; None where none did.

    As `beholden.states.find`, but without the words on what a wrong code may have meant, which
    take longer than everything else where a set has many territories that are no states.
    """
    if code is None or on is None:
        return None
    if isinstance(on, int) and not MINYEAR <= on <= MAXYEAR:
        return None
    there = on_window(index(system).get(code, ()), window(on))
    return there[-1].iso3 if there else None
