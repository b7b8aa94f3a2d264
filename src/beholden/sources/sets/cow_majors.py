"""Correlates of War list of major powers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import COW_LICENCE, day, packaged, spells
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "state_system/cow_majors.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for each unbroken time as a major power.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = read_r(paths[FILE])
    dates = frame.select("ccode", day("st").alias("start"), day("end").alias("end"))
    return spells(dates, DATASET.keys, whole=("ccode",), text=())


COLUMNS = columns_of("""
ccode | Correlates of War code of the state
start | first day as a major power
end | last day as a major power; 2016-12-31 is where the list ends
""")

DATASET = Dataset(
    name="cow_majors",
    title="Major powers of the state system",
    producer="Correlates of War Project",
    version="v2016, as in the R package peacesciencer",
    home="https://correlatesofwar.org/data-sets/state-system-membership/",
    doi="",
    licence=COW_LICENCE,
    redistribution="forbidden",
    released="2017-02-20",
    citation="Correlates of War Project. (2017). State system membership list, v2016.",
    bibtex="""@misc{cow_majors,
  author = {{Correlates of War Project}},
  title = {State system membership list, v2016: major powers},
  year = {2017},
  url = {https://correlatesofwar.org/data-sets/state-system-membership/}
}""",
    unit="spell",
    keys=("ccode", "start"),
    span=(1816, 2016),
    originals=(
        packaged(FILE, "673cb752c2d1af045ea8e2c602b45bc037b84dda9537bfb060142ff255c7f2b6", 394),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3", year="start"),),
    traps=(
        "The list ends in 2016; later years are unknown to it.",
        "China is a major power from 1950-01-01, Russia with a gap from 1917 to 1922.",
        "iso3 is that of the first day: the spell of Russia (365) goes through the Soviet Union.",
    ),
)
