"""Tables from a source's own names to ISO codes, reviewed by hand; no code means no state."""

from __future__ import annotations

from pathlib import Path

import polars as pl

__all__ = ["with_codes"]


def with_codes(frame: pl.DataFrame, crosswalk: str, *columns: str) -> pl.DataFrame:
    """The frame with a column ``<name>_code`` after those that hold names.

    Parameters
    ----------
    frame : polars.DataFrame
        A table with names.
    crosswalk : str
        Which source's names.
    *columns : str
        The columns with names; a name that the crosswalk does not know has no code.
    """
    path = Path(__file__).with_name(f"{crosswalk}.csv")
    known = dict(pl.read_csv(path, infer_schema=False).drop_nulls().iter_rows())
    codes = [
        pl.col(name)
        .replace_strict(known, default=None, return_dtype=pl.String)
        .alias(f"{name}_code")
        for name in columns
    ]
    return frame.with_columns(codes)
