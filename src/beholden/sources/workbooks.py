"""Read the first sheet of an Excel workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fastexcel
import polars as pl

from beholden.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_workbook"]


def read_workbook(path: Path) -> pl.DataFrame:
    """The first sheet of an .xls or .xlsx workbook, its first row as names.

    Parameters
    ----------
    path : Path
        The original.

    Returns
    -------
    polars.DataFrame
        Empty cells as null.

    Raises
    ------
    TableError
        When the file is no workbook or is damaged.
    """
    try:
        return pl.read_excel(path, engine="calamine", infer_schema_length=None)
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        reason = str(error).splitlines()[0]
        raise TableError(f"{path.name}: expected an Excel workbook, found: {reason}") from error
