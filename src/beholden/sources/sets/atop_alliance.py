"""Alliances of the Alliance Treaty Obligations and Provisions project (ATOP)."""

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

FILE = "state_ties/atop_alliance.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a directed pair of allied states in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    flags = [name for name in DATASET.columns if name not in DATASET.keys]
    return dyad_years(paths[FILE], DATASET.keys, flags)


COLUMNS = columns_of("""
ccode1 | Correlates of War code of the first state
ccode2 | Correlates of War code of the second state
year | calendar year
atop_defense | whether the first state pledges to defend the second
atop_offense | whether the first state pledges to join an attack by the second
atop_neutral | whether the first state pledges neutrality
atop_nonagg | whether the first state pledges not to attack the second
atop_consul | whether the first state pledges to consult the second
""")

DATASET = Dataset(
    name="atop_alliance",
    title="Alliance Treaty Obligations and Provisions, directed dyad-years",
    producer="Brett Ashley Leeds and others",
    version="5.1, as in the R package peacesciencer",
    home="http://www.atopdata.org",
    doi="",
    licence=LICENCE,
    redistribution="unknown",
    released="2022-08-09",
    citation=(
        "Leeds, B. A., Ritter, J. M., Mitchell, S. M., & Long, A. G. (2002). Alliance treaty "
        "obligations and provisions, 1815-1944. International Interactions, 28(3), 237-260."
    ),
    bibtex="""@article{atop_alliance,
  author = {Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and
    Long, Andrew G.},
  title = {Alliance treaty obligations and provisions, 1815-1944},
  journal = {International Interactions},
  year = {2002},
  volume = {28},
  number = {3},
  pages = {237--260}
}""",
    unit="dyad-year",
    keys=("ccode1", "ccode2", "year"),
    span=(1815, 2018),
    originals=(
        packaged(FILE, "1449ca0369aed33ccf3ac66e959d1d7429c981a3840981facc84fcb2c2bc0441", 32646),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode1", "cow", "iso3_1"), StateCode("ccode2", "cow", "iso3_2")),
    traps=(
        "An absent row means no alliance only for pairs and years in which both were states.",
        (
            "North Korea's ties with the states of ASEAN from 2008 on are the Treaty of Amity and "
            "Cooperation, a pledge of non-aggression, and no patronage; so are those with others "
            "that have joined it, such as the United States from 2009."
        ),
        "The data end in 2018; the Russian-North Korean treaty of 2024 is outside.",
        "The rows of 1815 lie before the lists of states begin, so they have no ISO3 code.",
        "170 rows have no pledge of these five kinds.",
    ),
)
