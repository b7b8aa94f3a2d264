"""A selection of V-Dem version 12 with physical violence and torture, 1789-2021."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_vdem as family
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, raw_address, typed
from beholden.sources.xlsxfiles import sheet_columns

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "vdem_v12_long/Selected VDEM Data.xlsx"
DOI = "10.23696/vdemds22"
CODES = [
    "v2x_polyarchy",
    "v2juhcind",
    "v2juncind",
    "v2x_clphy",
    "v2xpe_exlgender",
    "v2x_gender",
    "v2x_gencl",
    "v2cltort",
    "v2csprtcpt",
]


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = sheet_columns(paths[FILE], text=("country_name",))
    return typed(frame, keys=DATASET.keys, text=("country_name",), whole=("year", "cowcode"))


COLUMNS = columns_of("""
country_name | name of the country
year | calendar year
cowcode | Correlates of War number as V-Dem has it
e_pop | population | 10,000 people
e_gdppc | gross domestic product per head | thousands of dollars
e_cow_exports | exports, from the Correlates of War trade data | million current US dollars
e_cow_imports | imports, from the Correlates of War trade data | million current US dollars
e_polity2 | Polity score, revised | -10 to 10 | higher = more democratic
""")

DATASET = Dataset(
    name="vdem_v12_long",
    title="V-Dem version 12, selection with physical violence and torture, 1789-2021",
    producer="V-Dem Institute",
    version="v12 (selection)",
    home="https://www.v-dem.net/data/the-v-dem-dataset/",
    doi=DOI,
    licence=family.LICENCE,
    redistribution="allowed",
    released="2022-03",
    citation=family.citation(2022, "v12", DOI),
    bibtex=family.vdem_bibtex("vdem_v12_long", 2022, "v12", DOI),
    unit="state-year",
    keys=("country_name", "year"),
    span=(1789, 2021),
    originals=(
        Original(
            "vdem_v12_long/Selected VDEM Data.xlsx",
            "659983983aa991d99f5f22ac25f432183d2452ac70fc6f53bbb898935e5efd0d",
            2310345,
            raw_address(
                "Brian-Lookabaugh/Human-Rights-Treaties-Project",
                "348c05b099f1",
                "Data/Selected VDEM Data.xlsx",
            ),
        ),
    ),
    columns=COLUMNS | {code: family.vdem_column(code) for code in CODES},
    read=read,
    states=(StateCode("cowcode", "cow", "iso3"),),
    traps=(
        "The file names no version; its values are those of v12.",
        "Years before independence and under colonial rule are kept: filter to independent states.",
        (
            "Codes are V-Dem's own: Germany is 260 from 1949 to 1990 and 255 else, Yemen 678 from "
            "1918 to 1989 and 679 else, Serbia 345 throughout."
        ),
        "There is no freedom of movement in this selection; it is in vdem_v12_subset.",
    ),
)
