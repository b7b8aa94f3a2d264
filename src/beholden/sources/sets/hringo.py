"""Human rights organisations in each country, 1990-2019."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_naming as family
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "naming_shaming/hringo_inter_v2.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = csv_as_text(paths[FILE], missing=("", "NA", "-999"))
    text, whole = ("country", "country_text_id"), ("year", "country_id", "ccode")
    return typed(frame, keys=DATASET.keys, text=text, whole=whole)


COLUMNS = columns_of("""
country | name of the country
country_text_id | V-Dem's letters of the country
country_id | V-Dem's number of the country
year | calendar year
ccode | Correlates of War number | | | -999
hringo | international human rights organisations with a seat or members | organisations | | NA
hringo_inter | the same, interpolated in a straight line; negative in places | organisations | | NA
""")

DATASET = Dataset(
    name="hringo",
    title="Human rights international organisations in each country",
    producer=family.PRODUCER,
    version=family.VERSION,
    home=family.HOME,
    doi=family.DOI,
    licence=family.LICENCE,
    redistribution="unknown",
    released="2022",
    citation=family.CITATION,
    bibtex=family.naming_bibtex("hringo"),
    unit="state-year",
    keys=("country_id", "year"),
    span=(1990, 2019),
    originals=(
        Original(
            "naming_shaming/hringo_inter_v2.csv",
            "92f3cbd2ec0331d713a8017b920b8697608ce4ef5beeaa9a8309562c8614e0c2",
            212889,
            raw_address(
                "CJFariss/Human-Rights-Search", "f314c6a240c7", "Data_output/hringo_inter_v2.csv"
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3"),),
    traps=(
        "hringo_inter is drawn in a straight line between years and goes below zero in places.",
        "Countries that Correlates of War does not list (-999 in the file) have no code.",
    ),
)
