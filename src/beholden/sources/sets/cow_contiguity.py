"""Correlates of War direct contiguity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import COW_LICENCE, packaged, spells
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "state_codes/cow_contdir.rda"
WHOLE = ("ccode1", "ccode2", "conttype", "start_year", "end_year")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for each spell of one kind of contiguity between two states, in both directions.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = read_r(paths[FILE]).rename({"stdate": "start", "enddate": "end"})
    years = (pl.col(side).dt.year().alias(f"{side}_year") for side in ("start", "end"))
    return spells(frame.with_columns(years), DATASET.keys, whole=WHOLE, text=())


COLUMNS = columns_of("""
ccode1 | Correlates of War code of the first state
ccode2 | Correlates of War code of the second state
conttype | 1 border on land or a river, 2 to 5 within 12, 24, 150 and 400 miles of water; \
0 farther apart | code | a name, not a distance: 0 is no contiguity and 1 the closest
start | month in which the spell starts, as its first day
end | month in which the spell ends, as its first day; 2016-12 is where the data end
start_year | year in which the spell starts
end_year | year in which the spell ends
""")

DATASET = Dataset(
    name="cow_contiguity",
    title="Direct Contiguity",
    producer="Correlates of War Project",
    version="3.2, as in the R package peacesciencer",
    home="https://correlatesofwar.org/data-sets/direct-contiguity/",
    doi="",
    licence=COW_LICENCE,
    redistribution="forbidden",
    # At the latest: carried by peacesciencer 0.1.0 of that day.
    released="2020-12-19",
    citation=(
        "Stinnett, D. M., Tir, J., Schafer, P., Diehl, P. F., & Gochman, C. (2002). The "
        "Correlates of War project direct contiguity data, version 3. Conflict Management and "
        "Peace Science, 19(2), 58-66."
    ),
    bibtex="""@article{cow_contiguity,
  author = {Stinnett, Douglas M. and Tir, Jaroslav and Schafer, Philip and Diehl, Paul F. and
    Gochman, Charles},
  title = {The {Correlates} of {War} project direct contiguity data, version 3},
  journal = {Conflict Management and Peace Science},
  year = {2002},
  volume = {19},
  number = {2},
  pages = {58--66}
}""",
    unit="dyad-spell",
    keys=("ccode1", "ccode2", "start"),
    span=(1816, 2016),
    originals=(
        packaged(FILE, "779062fb96238a7c55dbb3436a0925f67d8f0b5bd8e522731c0c3c55f492dd70", 5990),
    ),
    columns=COLUMNS,
    read=read,
    states=(
        StateCode("ccode1", "cow", "iso3_1", year="start_year"),
        StateCode("ccode2", "cow", "iso3_2", year="start_year"),
    ),
    traps=(
        "The type 0 was added by the package: two states that were contiguous at another time.",
        "A pair without any row was never contiguous while both were members.",
        "Months only: where one spell ends and the next starts in a month, the two overlap.",
        "The codes 0 to 5 are no scale of distance; 0 is the farthest.",
        "iso3_1 and iso3_2 are those of the year in which the spell starts.",
    ),
)
