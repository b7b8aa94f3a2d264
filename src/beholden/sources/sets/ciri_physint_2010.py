"""The physical integrity items of CIRI in the earlier file, 1981-2010."""

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

FILE = "ciri/CIRI_physint_data20120401.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return family.ciri_table(paths[FILE])


DATASET = Dataset(
    name="ciri_physint_2010",
    title="CIRI physical integrity rights, 1981-2010",
    producer=family.PRODUCER,
    version="2012-04-01",
    home=family.HOME,
    doi="",
    licence="free with citation; exact terms unknown",
    redistribution="unknown",
    released="2012-04-01",
    citation=family.CITATION,
    bibtex="""@misc{ciri_physint_2010,
  author = {Cingranelli, David L. and Richards, David L. and Clay, K. Chad},
  title = {The {CIRI} Human Rights Dataset},
  year = {2014},
  note = {Physical integrity items, file of 2012-04-01},
  url = {http://www.humanrightsdata.com}
}""",
    unit="state-year",
    keys=("ciri", "year"),
    span=(1981, 2010),
    originals=(
        Original(
            "ciri/CIRI_physint_data20120401.csv",
            "43206c59d6ccae99ca8cfa0b932a7ab8baceefe2a5fb5dad03d5d1a99a0ddce9",
            183691,
            raw_address(
                "CJFariss/Human-Rights-Latent-Variable",
                "2f1892e74899",
                "LHRS-V1/SchnakenberFariss2014ReplicationFiles/data/CIRI_physint_data20120401.csv",
            ),
        ),
    ),
    columns=family.IDENTITY | family.PHYSINT,
    read=read,
    states=(StateCode("cow", "cow", "iso3"),),
    traps=("Superseded by ciri_physint, which goes to 2011.", *family.TRAPS),
)
