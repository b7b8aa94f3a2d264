"""Correlates of War formal alliances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import COW_LICENCE, dyad_years, packaged
from beholden.sources.tidying import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "state_ties/cow_alliance.rda"


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
cow_defense | whether there is a defence pact
cow_neutral | whether there is a pact of neutrality
cow_nonagg | whether there is a pact of non-aggression
cow_entente | whether there is an entente
""")

DATASET = Dataset(
    name="cow_alliance",
    title="Formal Alliances, directed dyad-years",
    producer="Correlates of War Project; Douglas M. Gibler",
    version="4.1, as in the R package peacesciencer 1.1.0",
    home="https://correlatesofwar.org/data-sets/formal-alliances/",
    doi="",
    licence=COW_LICENCE,
    redistribution="forbidden",
    # At the latest: carried by peacesciencer 0.1.0 of that day.
    released="2020-12-19",
    citation="Gibler, D. M. (2009). International military alliances, 1648-2008. CQ Press.",
    bibtex="""@book{cow_alliance,
  author = {Gibler, Douglas M.},
  title = {International military alliances, 1648-2008},
  publisher = {CQ Press},
  year = {2009}
}""",
    unit="dyad-year",
    keys=("ccode1", "ccode2", "year"),
    span=(1816, 2012),
    originals=(
        packaged(
            FILE,
            "0d3488bf736440d70c33df7f1dc9b0df5f8a2204b147b9a705d522e3dd709e25",
            13674,
            "cran/peacesciencer",
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode1", "cow", "iso3_1"), StateCode("ccode2", "cow", "iso3_2")),
    traps=(
        "An absent row means no alliance only for pairs and years in which both were states.",
        "The data end in 2012; the package dropped them in later versions.",
        "Several treaties of a pair in a year are one row here; each pact is true if any has it.",
    ),
)
