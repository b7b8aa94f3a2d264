"""How many documents on a country Amnesty International put on its site, 1946-2019."""

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

FILE = "naming_shaming/HumanRightsProtectionScores_v4.01_amnesty_report_count_v2.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year, without the latent scores that the file repeats.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    own = ("YEAR", "COW", "country_name", "amnesty_report_count", "country_name_amnesty")
    frame = csv_as_text(paths[FILE]).select(own)
    text = ("country_name", "country_name_amnesty")
    return typed(frame, keys=DATASET.keys, text=text, whole=("year", "cow"))


COLUMNS = columns_of("""
year | calendar year
cow | Correlates of War number
country_name | name of the state
amnesty_report_count | documents on amnesty.org in the year | count | higher = more attention | NA
country_name_amnesty | name of the state in the count
""")

DATASET = Dataset(
    name="amnesty_reports",
    title="Amnesty International: documents on each country",
    producer=family.PRODUCER,
    version=family.VERSION,
    home=family.HOME,
    doi=family.DOI,
    licence=family.LICENCE,
    redistribution="unknown",
    released="2022",
    citation=family.CITATION,
    bibtex=family.naming_bibtex("amnesty_reports"),
    unit="state-year",
    keys=("cow", "year"),
    span=(1946, 2019),
    originals=(
        Original(
            "naming_shaming/HumanRightsProtectionScores_v4.01_amnesty_report_count_v2.csv",
            "895b4d745cde57e67bd49a607f5d469beb86a51114612dfa1ad804fc61527d18",
            1720577,
            raw_address(
                "CJFariss/Human-Rights-Search",
                "f314c6a240c7",
                "Data_input/HumanRightsProtectionScores_v4.01_amnesty_report_count_v2.csv",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("cow", "cow", "iso3"),),
    traps=(
        (
            "Counts begin in 1961 and are dense only from about 1991; they rise with what the site "
            "covers, after 1990 and after 2008."
        ),
        "The latent scores in the file are those of fariss_lhrs_v4_01 and are left out here.",
    ),
)
