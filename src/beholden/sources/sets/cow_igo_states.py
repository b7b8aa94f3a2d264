"""Memberships in intergovernmental organisations, by state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import COW_LICENCE, packaged
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "state_ties/cow_igo_sy.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(read_r(paths[FILE]), keys=DATASET.keys, whole=list(DATASET.columns))


COLUMNS = columns_of("""
ccode | Correlates of War code of the state
year | calendar year
sum_igo_full | organisations of which it is a full member | organisations | higher = more
sum_igo_associate | organisations of which it is an associate member | organisations | higher = more
sum_igo_observer | organisations in which it is an observer | organisations | higher = more
sum_igo_anytype | memberships of any of the three kinds | organisations | higher = more
""")

DATASET = Dataset(
    name="cow_igo_states",
    title="Intergovernmental Organizations, memberships by state-year",
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
    bibtex="""@article{cow_igo_states,
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
    unit="state-year",
    keys=("ccode", "year"),
    span=(1816, 2014),
    originals=(
        packaged(FILE, "0102eb9d48f34791ddb1a17aa0b312df23117ebafb3d707cee03ab64463e3bc7", 13416),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3"),),
    traps=("An absent row is missing, not zero; zeros stand in the table as such.",),
)
