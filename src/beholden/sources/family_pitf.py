"""What the problem sets of the Political Instability Task Force have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, Original
from beholden.sources.tidying import columns_of, raw_address, typed
from beholden.sources.workbooks import read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from beholden.sources.base import Column

__all__ = ["EVENT", "WAR", "pitf_set", "pitf_table"]

_REPOSITORY = ("ulfelder/earlywarningproject-statrisk-replication", "5524a401a97c")
_HOME = "https://www.systemicpeace.org/inscrdata.html"
_TEXT = ("country", "scode", "desc", "polityx")
_MONTHS = ("mobegin", "moend")
_WHOLE = ("ccode", "year", "mobegin", "yrbegin", "moend", "yrend", "ptype", "copy")
_UNKNOWN_MONTH, _UNKNOWN_YEAR, _UNKNOWN_SIZE = 99, 9999, 9

_TRAPS = (
    (
        "ccode is Polity's: 626 is Sudan and 341 Kosovo, not what Correlates of War means by them, "
        "so rows are not mapped to states."
    ),
    (
        "Most breakdowns of a state in these data come with war: they say little about a peaceful "
        "collapse."
    ),
)

EVENT = columns_of("""
country | name of the country
scode | Polity's letters of the country
ccode | Polity's number of the country, which is not always that of Correlates of War
year | calendar year
mobegin | month in which it began
yrbegin | year in which it began
moend | month in which it ended; empty while it goes on | | | 99
yrend | year in which it ended; empty while it goes on | | | 9999
ptype | kind: 1 ethnic war, 2 revolutionary war, 3 adverse regime change, 4 genocide
desc | what happened, in the first year of the event
desc2 | 1 where there is a description
""")
WAR = columns_of("""
magfight | fighters | 0 to 4 | higher = worse | 9
magfatal | deaths in the year | 0 to 4 | higher = worse | 9
magarea | part of the country that is hit | 0 to 4 | higher = worse | 9
avemag | mean of the three | 0 to 4 | higher = worse | 9
""")


def pitf_table(path: Path, keys: tuple[str, ...], *, sizes: tuple[str, ...] = ()) -> pl.DataFrame:
    """One workbook with the codes for missing as null.

    Parameters
    ----------
    path : Path
        The original.
    keys : tuple of str
        Columns to sort by; ``copy`` is made here and counts rows that agree in the others.
    sizes : tuple of str
        Columns in which 9 means unknown.
    """
    sheet = read_workbook(path)
    frame = sheet.select(
        pl.col(column).cast(pl.String if name in _TEXT else pl.Float64).alias(name)
        for column, name in ((column, column.lower()) for column in sheet.columns)
    )
    unknown = dict.fromkeys(_MONTHS, _UNKNOWN_MONTH) | dict.fromkeys(sizes, _UNKNOWN_SIZE)
    unknown["yrend"] = _UNKNOWN_YEAR
    blanks = [
        pl.col(name).replace(code, None) for name, code in unknown.items() if name in frame.columns
    ]
    frame = frame.with_columns(blanks)
    if "copy" in keys:
        named = [key for key in keys if key != "copy"]
        frame = frame.with_columns(copy=pl.int_range(1, pl.len() + 1).over(named))
    return typed(frame, keys=keys, text=_TEXT, whole=_WHOLE)


def pitf_set(
    name: str,
    title: str,
    original: tuple[str, str, int],
    keys: tuple[str, ...],
    first: int,
    columns: Mapping[str, Column],
    *,
    sizes: tuple[str, ...] = (),
    traps: tuple[str, ...] = (),
) -> Dataset:
    """The description of one workbook.

    Parameters
    ----------
    name, title : str
        As on a data set.
    original : tuple
        The file's bare name, its sha256 and its size.
    keys : tuple of str
        Columns that name a row.
    first : int
        First year; the last is 2014 for all.
    columns : mapping of str to Column
        Every column.
    sizes : tuple of str
        Columns in which 9 means unknown.
    traps : tuple of str
        Traps beside those of every workbook.
    """
    bare, sha256, size = original
    file, address = f"pitf_2014/{bare}", raw_address(*_REPOSITORY, f"data.in/{bare}")
    authors = "Marshall, M. G., Gurr, T. R., & Harff, B. (2015)."
    work = "PITF state failure problem set, 1955-2014. Societal-Systems Research."
    writers, label = "Marshall, Monty G. and Gurr, Ted Robert and Harff, Barbara", "{PITF} State"
    full = f"{label} Failure Problem Set, 1955-2014"
    if name == "pitf_violence":
        authors, writers = "Marshall, M. G. (2015).", "Marshall, Monty G."
        work = "Major episodes of political violence, 1946-2014. Center for Systemic Peace."
        full = "Major Episodes of Political Violence, 1946-2014"
    return Dataset(
        name=name,
        title=title,
        producer="Center for Systemic Peace",
        version="2014",
        home=_HOME,
        doi="",
        licence="free for research with citation; exact terms unknown",
        redistribution="unknown",
        released="2015",  # the workbooks were saved in March and April
        citation=f"{authors} {work}",
        bibtex=(
            f"@misc{{{name},\n  author = {{{writers}}},\n  title = {{{full}}},\n"
            f"  year = {{2015}},\n  url = {{{_HOME}}}\n}}"
        ),
        unit="state-year",
        keys=keys,
        span=(first, 2014),
        originals=(Original(file, sha256, size, address),),
        columns=columns,
        read=lambda paths: pitf_table(paths[file], keys, sizes=sizes),
        traps=_TRAPS + traps,
    )
