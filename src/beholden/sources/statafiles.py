"""Read Stata's .dta files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pyreadstat

from beholden.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_stata"]


def read_stata(path: Path, encoding: str | None = None) -> pl.DataFrame:
    """One .dta file with its variables as they are, labels left aside.

    Parameters
    ----------
    path : Path
        The original.
    encoding : str or None
        Of its texts, where the file is older than Stata 14 and does not say.

    Returns
    -------
    polars.DataFrame
        Stata's codes for missing as null.

    Raises
    ------
    TableError
        When the file is no .dta file or ends too soon.
    """
    try:
        frame, _ = pyreadstat.read_dta(str(path), encoding=encoding, output_format="polars")
    except (pyreadstat.ReadstatError, UnicodeDecodeError) as error:
        raise TableError(f"{path.name}: expected a .dta file of Stata, found: {error}") from error
    if not frame.columns:
        raise TableError(f"{path.name}: expected a .dta file of Stata, found no variable in it")
    return pl.DataFrame(frame)
