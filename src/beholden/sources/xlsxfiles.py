"""Read one sheet of an .xlsx workbook as text and numbers, without guessing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["sheet_columns"]


def sheet_columns(path: Path, *, text: tuple[str, ...], sheet: str | None = None) -> pl.DataFrame:
    """The rows below the first of a sheet, with the first as names.

    Parameters
    ----------
    path : Path
        An .xlsx workbook.
    text : tuple of str
        Columns that hold text; every other must hold numbers.
    sheet : str or None
        The sheet's name; None takes the first.
    """
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        rows = (book[sheet] if sheet else book.worksheets[0]).iter_rows(values_only=True)
        names = [str(name) for name in next(rows)]
        columns = list(zip(*rows, strict=True))
    finally:
        book.close()
    return pl.DataFrame(
        {
            name: pl.Series(name, cells, dtype=pl.String if name in text else pl.Float64)
            for name, cells in zip(names, columns, strict=True)
        }
    )
