"""Helpers that readers share: plain text in, lower-case names and right types out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import polars as pl

from beholden.sources.base import Column

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

__all__ = ["columns_of", "csv_as_text", "raw_address", "snake", "typed"]

_EMPTY = ("", "NA")


def snake(name: str) -> str:
    """A column's name in lower case with single underscores.

    Examples
    --------
    >>> snake("Property Rights"), snake("ISO_code")
    ('property_rights', 'iso_code')
    """
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def raw_address(repository: str, commit: str, path: str) -> str:
    """Where the bytes of one file of a public repository are served.

    Examples
    --------
    >>> raw_address("owner/name", "0123abc", "data/a b.csv")
    'https://raw.githubusercontent.com/owner/name/0123abc/data/a%20b.csv'
    """
    return f"https://raw.githubusercontent.com/{repository}/{commit}/{quote(path)}"


def columns_of(table: str) -> dict[str, Column]:
    """Descriptions of columns from lines of ``name | meaning | unit | direction | missing``.

    Parameters
    ----------
    table : str
        One line for a column; later fields may be left out, missing codes stand apart by spaces.

    Examples
    --------
    >>> columns_of("year | calendar year")["year"].meaning
    'calendar year'
    """
    found: dict[str, Column] = {}
    for line in table.strip().splitlines():
        name, meaning, unit, direction, missing = (
            [part.strip() for part in line.split("|")] + [""] * 4
        )[:5]
        found[name] = Column(meaning, unit, direction, tuple(missing.split()))
    return found


def csv_as_text(
    path: Path, *, encoding: str = "utf8", missing: Iterable[str] = _EMPTY
) -> pl.DataFrame:
    """A CSV file with every cell as text, so that no type is guessed.

    Parameters
    ----------
    path : Path
        The file, with any of the three customary line ends.
    encoding : str
        Any encoding that Python knows; the mark at the start of a UTF-8 file is dropped.
    missing : iterable of str
        Cells that become null.
    """
    text = path.read_bytes().decode("utf-8-sig" if encoding == "utf8" else encoding)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return pl.read_csv(lines.encode(), infer_schema=False, null_values=list(missing))


def typed(
    frame: pl.DataFrame,
    *,
    keys: Iterable[str],
    text: Collection[str] = (),
    whole: Collection[str] = ("year",),
    dates: Collection[str] = (),
    flags: Collection[str] = (),
) -> pl.DataFrame:
    """The frame with lower-case names, right types and rows in the order of their keys.

    Parameters
    ----------
    frame : polars.DataFrame
        Columns of text or of numbers.
    keys : iterable of str
        Columns, in their new names, to sort by.
    text, whole, dates, flags : collection of str
        Which columns, in their new names, hold text, whole numbers, dates or truth values;
        every other holds a number. Blank text is null.

    Returns
    -------
    polars.DataFrame
        A cell that does not fit its type is an error, never silently null.
    """
    named = frame.rename({name: snake(name) for name in frame.columns})
    cells = []
    for name, dtype in named.schema.items():
        cell = pl.col(name)
        if name in text:
            cell = cell.cast(pl.String).str.strip_chars().replace("", None)
        elif name in dates:
            cell = cell.str.to_date("%Y-%m-%d") if dtype == pl.String else cell.cast(pl.Date)
        elif name in flags:
            cell = cell.cast(pl.Boolean)
        elif name in whole:
            cell = cell.cast(pl.Float64).cast(pl.Int64)
        else:
            cell = cell.cast(pl.Float64).fill_nan(None)
        cells.append(cell)
    return named.select(cells).sort(list(keys), nulls_last=True, maintain_order=True)
