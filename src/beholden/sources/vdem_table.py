"""The country-year table of V-Dem as v-dem.net ships it: what makes it one, and how it reads."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import polars as pl

from beholden.errors import TableError
from beholden.sources.base import Original
from beholden.sources.tidying import typed
from beholden.store.answers import is_page

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

__all__ = ["check_country_years", "read_country_years"]

# Versions 11 to 16 have from 27,192 rows on 202 countries to 28,093; each adds some 180 rows.
ROWS = (27_000, 33_000)
COUNTRIES = (200, 212)
FIRST_YEAR, BEFORE_VERSION_1 = 1789, 2009
KEYS = ("country_id", "year")
_HEADER_LIMIT = 2**20
_MISSING = ["", "NA"]


def check_country_years(path: Path, version: str, needed: Collection[str]) -> None:
    """Refuse a file that is not V-Dem's table of that version, whole.

    Parameters
    ----------
    path : Path
        The file.
    version : str
        The version in its name, such as ``"15"``; it runs to the year 2009 + 15.
    needed : collection of str
        Columns that it must have.

    Raises
    ------
    TableError
        When the header lacks a column, the file is a web page or breaks off, a country and year
        stand twice, or rows, countries or years are not those that V-Dem has.
    """
    header = _header(path)
    absent = [name for name in needed if name not in header]
    if absent:
        shown = ", ".join(absent[:5]) + (", ..." if len(absent) > 5 else "")
        raise _other(
            path,
            f"no column {shown} in its header of {len(header)} columns",
            "Take the country-year file called Full+Others, in CSV.",
        )
    _check_end(path, len(header))
    _check_rows(path, _scanned(path, KEYS), int(version.split(".")[0]))


def read_country_years(
    path: Path, columns: Sequence[str], *, text: Sequence[str], whole: Sequence[str]
) -> pl.DataFrame:
    """The wanted columns of the table; the others, some thousands, are not read.

    Parameters
    ----------
    path : Path
        The file.
    columns : sequence of str
        In V-Dem's own spelling. One that this version has not is empty.
    text, whole : sequence of str
        Which of them hold text and whole numbers, in lower case.

    Returns
    -------
    polars.DataFrame
        Names in lower case; a row for a country in a year.
    """
    header = _header(path)
    there = [name for name in columns if name in header]
    frame = _scanned(path, there).with_columns(
        pl.lit(None, pl.String).alias(name) for name in columns if name not in header
    )
    return typed(
        frame.select(columns),
        keys=("country_text_id", "year"),
        text=text,
        whole=whole,
        dates=("historical_date",),
    )


def _header(path: Path) -> list[str]:
    with path.open("rb") as file:
        line = file.readline(_HEADER_LIMIT)
    if is_page(line, Original(path.name, "", 0, "")):
        raise _other(path, "a web page, perhaps for a login", "Log in, download it and unpack it.")
    try:
        return next(csv.reader([line.decode("utf-8-sig").rstrip("\r\n")]), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise _other(path, "no header of a CSV file") from error


def _scanned(path: Path, columns: Sequence[str]) -> pl.DataFrame:
    """Some columns as text. The streaming engine holds pieces of the file, never all of it."""
    try:
        lazy = pl.scan_csv(path, infer_schema=False, null_values=_MISSING, low_memory=True)
        return lazy.select(columns).collect(engine="streaming")
    except pl.exceptions.PolarsError as error:
        raise _other(path, f"lines that do not fit its header ({_first_line(error)})") from error


def _check_end(path: Path, width: int) -> None:
    """Refuse a file whose last line has other cells than the header has: it broke off there."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _HEADER_LIMIT))
        tail = file.read()
    last = tail.rstrip(b"\r\n").rpartition(b"\n")[2].decode("utf-8", "replace")
    cells = len(next(csv.reader([last]), []))
    if cells != width:
        raise _other(
            path,
            f"{cells} cells in the last line and {width} in the header",
            "The file breaks off: download it again.",
        )


def _check_rows(path: Path, keys: pl.DataFrame, version: int) -> None:
    numbers = keys.select(pl.all().cast(pl.Int64, strict=False))
    blank = sum(numbers.null_count().row(0))
    if blank:
        raise _other(path, f"{blank} cells without a number in {' and '.join(KEYS)}")
    twice = numbers.height - numbers.n_unique()
    if twice:
        raise _other(path, f"{twice} rows more than pairs of country_id and year")
    for what, count, (low, high) in (
        ("rows", numbers.height, ROWS),
        ("countries", numbers["country_id"].n_unique(), COUNTRIES),
    ):
        if not low <= count <= high:
            raise _other(path, f"{count:,} {what} where {low:,} to {high:,} were expected")
    first, last = numbers.select(pl.col("year").min(), last=pl.col("year").max()).row(0)
    if (first, last) != (FIRST_YEAR, BEFORE_VERSION_1 + version):
        raise _other(
            path,
            f"the years {first} to {last}, where version {version} has {FIRST_YEAR} to "
            f"{BEFORE_VERSION_1 + version}",
            "Keep the name that the file was published under.",
        )


def _other(path: Path, found: str, hint: str = "") -> TableError:
    words = f"{path.name}: expected V-Dem's country-year table (Full+Others), found {found}."
    return TableError(f"{words} {hint}".rstrip())


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
