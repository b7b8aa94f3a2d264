"""Archigos 4.1: political leaders and how they came and went, 1840-2015."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.statafiles import read_stata
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "leaders_archigos/Archigos_4.1_stata14.dta"
TEXT = (
    "obsid leadid idacr leader entry exit exitcode posttenurefate gender borndate deathdate "
    "dbpediauri fties ftcur"
)
WHOLE = ("ccode", "prevtimesinoffice", "yrborn", "yrdied", "numentry", "numexitcode")
DATES = ("startdate", "eindate", "enddate", "eoutdate", "ebirthdate", "edeathdate")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a leader's spell in office.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    words = pl.col(pl.String).replace("NA", None)
    # Every negative number in the file is a code for missing.
    whole, floats = pl.col(pl.Int64), pl.col(pl.Float64)
    frame = read_stata(paths[FILE], encoding="LATIN1").with_columns(
        words,
        pl.when(whole >= 0).then(whole).name.keep(),
        pl.when(floats >= 0).then(floats.round(4)).name.keep(),
    )
    return typed(frame, keys=DATASET.keys, text=TEXT.split(), whole=WHOLE, dates=DATES)


COLUMNS = columns_of("""
obsid | name of the spell
leadid | name of the leader, the same in each spell
ccode | Gleditsch-Ward number of the state
idacr | letters of the state
leader | the leader's name
startdate | day on which the spell began
eindate | the same day, from the file's numbers
enddate | day on which the spell ended, or the end of the data
eoutdate | the same day, from the file's numbers
entry | how the leader came: Regular, Irregular, Foreign Imposition, Unknown
exit | how the leader went; Still in Office is no exit
exitcode | how an irregular leader was removed
prevtimesinoffice | spells before this | count
posttenurefate | what became of the leader in the year after
gender | M or F
yrborn | year of birth | | | -999
yrdied | year of death | | | -999 -888 -777 -666
borndate | day of birth, as printed | | | NA
ebirthdate | day of birth, from the file's numbers
deathdate | day of death, as printed | | | NA
edeathdate | day of death, from the file's numbers
dbpediauri | address of the leader's entry in DBpedia | | | NA
numentry | entry as a number | | | -666
numexit | exit as a number | | | -888 -666
numexitcode | exitcode as a number | | | -999 -888
numposttenurefate | posttenurefate as a number | | | -999 -888 -777 -666
fties | family ties to other leaders | | | NA
ftcur | whether those ties are to leaders of the same time | 0 or 1, as text | | NA
""")

DATASET = Dataset(
    name="leaders_archigos",
    title="Archigos: a dataset of political leaders",
    producer="H. E. Goemans, K. S. Gleditsch and G. Chiozza",
    version="4.1",
    home="https://www.rochester.edu/college/faculty/hgoemans/data.htm",
    doi="10.1177/0022343308100719",
    licence="free with citation; exact terms unknown",
    redistribution="unknown",
    released="2016",
    citation=(
        "Goemans, H. E., Gleditsch, K. S., & Chiozza, G. (2009). Introducing Archigos: A dataset "
        "of political leaders. Journal of Peace Research, 46(2), 269-283. "
        "https://doi.org/10.1177/0022343308100719"
    ),
    bibtex="""@article{leaders_archigos,
  author = {Goemans, Henk E. and Gleditsch, Kristian Skrede and Chiozza, Giacomo},
  title = {Introducing {Archigos}: A Dataset of Political Leaders},
  journal = {Journal of Peace Research},
  volume = {46},
  number = {2},
  pages = {269--283},
  year = {2009},
  doi = {10.1177/0022343308100719}
}""",
    unit="leader spell",
    keys=("obsid",),
    span=(1840, 2015),
    originals=(
        Original(
            "leaders_archigos/Archigos_4.1_stata14.dta",
            "3e3b4092a7ac5a7e78cd86df6e6287c69027bf6fe60c9396adf136a39b1943ad",
            2905898,
            raw_address(
                "globalgov/manystates",
                "23d119a10b99",
                "data-raw/leaders/archigos/Archigos_4.1_stata14.dta",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "gw", "iso3", year="startdate"),),
    traps=(
        "The data end on 31 December 2015: who was in office then has no exit.",
        "Leaders are complete only from 1875.",
        "Who leads China in fact is a choice of the coders.",
    ),
)
