"""The Fraser Institute's Economic Freedom of the World, panel of the 2021 report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "economic_freedom/efwpnl.rda"
TEXT = ("iso_code", "country_name", "region_code", "region_name", "income_group")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(read_r(paths[FILE], "efwpnl"), keys=DATASET.keys, text=TEXT)


COLUMNS = columns_of("""
iso_code | ISO 3166 code
country_name | name of the country
year | calendar year; every fifth to 2000
region_code | World Bank code of the region
region_name | name of the region
income_group | income group of the World Bank
efw_index | overall score | 0 to 10 | higher = freer
size_of_govt | size of government | 0 to 10 | higher = freer
legal_system | legal system and property rights | 0 to 10 | higher = freer
sound_money | sound money | 0 to 10 | higher = freer
trade_freedom | freedom to trade internationally | 0 to 10 | higher = freer
regulation | regulation | 0 to 10 | higher = freer
""")

DATASET = Dataset(
    name="fraser",
    title="Economic Freedom of the World, panel of the 2021 report",
    producer="Fraser Institute",
    version="2021 report",
    home="https://www.fraserinstitute.org/economic-freedom/dataset",
    doi="",
    licence="attribution; exact terms unknown",
    redistribution="unknown",
    released="2021",
    citation=(
        "Gwartney, J., Lawson, R., Hall, J., & Murphy, R. (2021). Economic freedom of the world: "
        "2021 annual report. Fraser Institute."
    ),
    bibtex="""@book{fraser,
  author = {Gwartney, James and Lawson, Robert and Hall, Joshua and Murphy, Ryan},
  title = {Economic Freedom of the World: 2021 Annual Report},
  publisher = {Fraser Institute},
  year = {2021}
}""",
    unit="state-year",
    keys=("iso_code", "year"),
    span=(1970, 2019),
    originals=(
        Original(
            "economic_freedom/efwpnl.rda",
            "a5db78893be90ceb7a1c42c4fb26291b06d71a73a11652dc9eb3056a6131d018",
            165817,
            raw_address(
                "acforrester/FreedomData",
                "e3e77be41d01b2954525dacba4e8064f0ce214bc",
                "data/efwpnl.rda",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("iso_code", "iso3", "iso3"),),
    traps=("North Korea is not in it.", "To 2000 there is only every fifth year."),
)
