"""Shared memberships in intergovernmental organisations, by pair of states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import COW_LICENCE, dyad_years, packaged
from beholden.sources.tidying import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


__all__ = ["DATASET", "read"]

FILE = "state_ties/cow_igo_ndy.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a pair of states in a year; the lower code stands first.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return dyad_years(paths[FILE], DATASET.keys).with_columns(pl.col("dyadigos").cast(pl.Int64))


COLUMNS = columns_of("""
ccode1 | Correlates of War code of the first state, the lower of the two
ccode2 | Correlates of War code of the second state
year | calendar year
dyadigos | organisations of which both states are full members | organisations | higher = more
""")

DATASET = Dataset(
    name="cow_igo_dyads",
    title="Intergovernmental Organizations, shared memberships by dyad-year",
    producer="Correlates of War Project",
    version="3.0, as in the R package peacesciencer",
    home="https://correlatesofwar.org/data-sets/igos/",
    doi="",
    licence=COW_LICENCE,
    redistribution="forbidden",
    # At the latest: the issue with the article on the data.
    released="2020-05",
    citation=(
        "Pevehouse, J. C. W., Nordstrom, T., McManus, R. W., & Jamison, A. S. (2020). Tracking "
        "organizations in the world: The Correlates of War IGO version 3.0 datasets. Journal of "
        "Peace Research, 57(3), 492-503."
    ),
    bibtex="""@article{cow_igo_dyads,
  author = {Pevehouse, Jon C. W. and Nordstrom, Timothy and McManus, Roseanne W. and
    Jamison, Anne Spencer},
  title = {Tracking organizations in the world: The {Correlates} of {War} {IGO} version 3.0
    datasets},
  journal = {Journal of Peace Research},
  year = {2020},
  volume = {57},
  number = {3},
  pages = {492--503}
}""",
    unit="dyad-year",
    keys=("ccode1", "ccode2", "year"),
    span=(1816, 2014),
    originals=(
        packaged(FILE, "e663531dab70d1d46419fdf0d2d29d51b5b314eab055ea1f691d824e4d15af26", 311260),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode1", "cow", "iso3_1"), StateCode("ccode2", "cow", "iso3_2")),
    traps=(
        "Each pair stands once; for the other direction exchange the two codes.",
        "An absent row is missing, not zero; zeros stand in the table as such.",
    ),
)
