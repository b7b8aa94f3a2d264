"""The Heritage Foundation's Index of Economic Freedom, 1995-2025."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, Original
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "economic_freedom/heritage_iof_raw.rds"
TEXT = ("name_web", "region")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in the year of a report.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    # Scores stand in the file as text; "N/N" occurs once, for "N/A".
    blank = pl.col(pl.String).replace({"N/A": None, "N/N": None})
    frame = read_r(paths[FILE]).with_columns(blank)
    whole = ("year", "rankregion", "rankworld")
    return typed(frame, keys=DATASET.keys, text=TEXT, whole=whole)


COLUMNS = columns_of("""
name_web | name of the country in its web address, such as korea-north
year | year of the report; its data are mostly of the year before
overall | overall score | 0 to 100 | higher = freer market | N/A
property_rights | property rights | 0 to 100 | higher = freer market | N/A
government_integrity | integrity of government | 0 to 100 | higher = freer market | N/A
judicial_effectiveness | effectiveness of courts | 0 to 100 | higher = freer market | N/A
tax_burden | burden of taxes | 0 to 100 | higher = freer market | N/A
government_spending | spending by government | 0 to 100 | higher = freer market | N/A
fiscal_health | deficit and debt | 0 to 100 | higher = freer market | N/A
business_freedom | freedom of business | 0 to 100 | higher = freer market | N/A
labor_freedom | freedom of labour markets | 0 to 100 | higher = freer market | N/A N/N
monetary_freedom | stability of prices without controls | 0 to 100 | higher = freer market | N/A
trade_freedom | freedom of trade | 0 to 100 | higher = freer market | N/A
investment_freedom | freedom of investment | 0 to 100 | higher = freer market | N/A
financial_freedom | freedom of banking | 0 to 100 | higher = freer market | N/A
region | region: AM, AP, E, MENA or SSA
rankregion | rank in the region | rank | 1 = freest | N/A
rankworld | rank in the world | rank | 1 = freest | N/A
""")

DATASET = Dataset(
    name="heritage",
    title="Index of Economic Freedom",
    producer="The Heritage Foundation",
    version="2025",
    home="https://www.heritage.org/index/",
    doi="",
    licence="attribution; the producer asks permission for republication",
    redistribution="unknown",
    released="2025",
    citation="Heritage Foundation. (2025). Index of economic freedom.",
    bibtex="""@misc{heritage,
  author = {{Heritage Foundation}},
  title = {Index of Economic Freedom},
  year = {2025},
  url = {https://www.heritage.org/index/}
}""",
    unit="state-year",
    keys=("name_web", "year"),
    span=(1995, 2025),
    originals=(
        Original(
            "economic_freedom/heritage_iof_raw.rds",
            "dd6dbbb3553e4cedd386bdd129ee4fd6492b448065153ac41676262ea9fb9cc2",
            106281,
            raw_address(
                "WB-PIDA-Data-Science-Shop/cliaretl",
                "996350d2b4a1",
                "data-raw/input/heritage/heritage_iof_raw.rds",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    traps=(
        "The year is that of the report.",
        "Scoring changed in 2017: property rights of North Korea go from 5 to 32.4 by method.",
        "Countries have a name and no code, so they are not mapped to states.",
    ),
)
