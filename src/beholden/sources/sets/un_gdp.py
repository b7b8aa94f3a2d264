"""The UN's national accounts main aggregates: GDP and its parts in current US dollars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.errors import TableError
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, raw_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "un_gdp/Download-GDPcurrent-USD-countries.xlsx"
HEAD = ["CountryID", "Country", "IndicatorName"]
KEYS = ("m49", "indicator", "year")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country or area, an indicator and a year with a value.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    sheet = pl.read_excel(
        paths[FILE], engine="openpyxl", sheet_id=1, has_header=False, infer_schema_length=None
    )
    head = next((at for at, row in enumerate(sheet.iter_rows()) if list(row[:3]) == HEAD), None)
    if head is None:
        raise TableError(f"{FILE}: expected a line with {', '.join(HEAD)}, found none.")
    years = {
        name: str(int(year))
        for name, year in zip(sheet.columns[3:], sheet.row(head)[3:], strict=False)
    }
    names = dict(zip(sheet.columns[:3], ("m49", "country", "indicator"), strict=True))
    body = sheet.slice(head + 1).rename({**names, **years})
    long = body.unpivot(
        index=list(names.values()), on=list(years.values()), variable_name="year", value_name="usd"
    )
    typed = long.with_columns(
        pl.col("m49", "year").cast(pl.Int64),
        pl.col("country", "indicator").str.strip_chars(),
        pl.col("usd").cast(pl.Float64),
    )
    return typed.drop_nulls("usd").select(*DATASET.columns).sort(KEYS)


COLUMNS = columns_of("""
m49 | the UN's number of the country or area
country | its name
indicator | GDP, a kind of expenditure or a branch of industry, in the UN's words
year | calendar year
usd | value at current prices and exchange rates | current US dollars
""")

DATASET = Dataset(
    name="un_gdp",
    title="National Accounts: Analysis of Main Aggregates, GDP and its breakdown in US dollars",
    producer="United Nations Statistics Division",
    version="1970-2023",
    home="https://unstats.un.org/unsd/snaama/downloads",
    doi="",
    licence="UN, free use with attribution",
    redistribution="unknown",
    # The workbook was saved on 25 March.
    released="2025-03",
    citation=(
        "United Nations Statistics Division. (2025). National Accounts: Analysis of Main "
        "Aggregates."
    ),
    bibtex="""@misc{un_gdp,
  author = {{United Nations Statistics Division}},
  title = {National Accounts: Analysis of Main Aggregates},
  year = {2025},
  url = {https://unstats.un.org/unsd/snaama/downloads}
}""",
    unit="state-indicator-year",
    keys=KEYS,
    span=(1970, 2023),
    originals=(
        Original(
            FILE,
            "03e7d861e65b7529f78bf6dd5448fe67bcccbb42f243631f2da5b0b22bec2be8",
            2987063,
            raw_address(
                "SabelOs/pb321-BigData",
                "04a0f92d1af848af97038d407a4ed0b4624b4c1b",
                "Download-GDPcurrent-USD-countries.xlsx",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("m49", "m49", "iso3"),),
    traps=(
        "North Korea's figures are UN estimates; the fall in 1995 comes from an exchange rate.",
        (
            "North Korea's exports and imports are modelled: 1.0 billion of exports in 2014, when "
            "China alone imported 2.8 billion. Do not divide by them."
        ),
        (
            "Former states end and their successors start under numbers of their own; Germany is "
            "one series back to 1970."
        ),
        (
            "Germany before 1990 and the mainland of Tanzania name no state under their "
            "numbers here, so they are not mapped to one."
        ),
        "Taiwan is absent.",
    ),
)
