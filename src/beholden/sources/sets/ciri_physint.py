"""The physical integrity items of CIRI, 1981-2011."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_ciri as family
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import raw_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "ciri/CIRI_physint2011.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return family.ciri_table(paths[FILE])


DATASET = Dataset(
    name="ciri_physint",
    title="CIRI physical integrity rights, 1981-2011",
    producer=family.PRODUCER,
    version="2011",
    home=family.HOME,
    doi="",
    licence="free with citation; exact terms unknown",
    redistribution="unknown",
    released="2014-04-14",
    citation=family.CITATION,
    bibtex="""@misc{ciri_physint,
  author = {Cingranelli, David L. and Richards, David L. and Clay, K. Chad},
  title = {The {CIRI} Human Rights Dataset},
  year = {2014},
  note = {Physical integrity items to 2011},
  url = {http://www.humanrightsdata.com}
}""",
    unit="state-year",
    keys=("ciri", "year"),
    span=(1981, 2011),
    originals=(
        Original(
            "ciri/CIRI_physint2011.csv",
            "0754133d60905a0885d071b3902f2b1d636d31936056ea0a84e953a46c5378ee",
            190822,
            raw_address(
                "CJFariss/Human-Rights-Latent-Variable",
                "2f1892e74899",
                "LHRS-V4/data_raw/CIRI_physint2011.csv",
            ),
        ),
    ),
    columns=family.IDENTITY | family.PHYSINT,
    read=read,
    states=(StateCode("cow", "cow", "iso3"),),
    traps=(*family.TRAPS,),
)
