"""The empowerment items of CIRI before cleaning, 1981-2010."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_ciri as family
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, raw_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "ciri/CIRI_empowerment_data20120410.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return family.ciri_table(paths[FILE])


COLUMNS = columns_of("""
assn | freedom of assembly and association | 0 to 2 | higher = freer | -999 -66 -77
formov | freedom to travel abroad, once corrected | 0 to 2 | higher = freer | -999 -66 -77
dommov | freedom to move within the country, once corrected | 0 to 2 | higher = freer | -999 -66 -77
speech | freedom of speech and press | 0 to 2 | higher = freer | -999 -66 -77
elecsd | electoral self-determination | 0 to 2 | higher = freer | -999 -66 -77
new_relfre | freedom of religion | 0 to 2 | higher = freer | -999 -66 -77
worker | rights of workers | 0 to 2 | higher = freer | -999 -66 -77
""")

DATASET = Dataset(
    name="ciri_empowerment",
    title="CIRI empowerment rights, 1981-2010",
    producer=family.PRODUCER,
    version="2012-04-10",
    home=family.HOME,
    doi="",
    licence="free with citation; exact terms unknown",
    redistribution="unknown",
    released="2012-04-10",
    citation=family.CITATION,
    bibtex="""@misc{ciri_empowerment,
  author = {Cingranelli, David L. and Richards, David L. and Clay, K. Chad},
  title = {The {CIRI} Human Rights Dataset},
  year = {2014},
  note = {Empowerment items, file of 2012-04-10},
  url = {http://www.humanrightsdata.com}
}""",
    unit="state-year",
    keys=("ciri", "year"),
    span=(1981, 2010),
    originals=(
        Original(
            "ciri/CIRI_empowerment_data20120410.csv",
            "9bbbca6915c9620a4e5511f8114e5b9744f26ba20bd1875001c311cf8c4ef3ea",
            218478,
            raw_address(
                "CJFariss/Human-Rights-Latent-Variable",
                "2f1892e74899",
                "LHRS-V1/SchnakenberFariss2014ReplicationFiles/data/CIRI_empowerment_data20120410.csv",
            ),
        ),
    ),
    columns=family.IDENTITY | COLUMNS,
    read=read,
    states=(StateCode("cow", "cow", "iso3"),),
    traps=(family.SWAPPED, *family.TRAPS),
)
