"""Correlates of War state system membership."""

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

FILE = "state_codes/cow_states.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for each unbroken membership of a state.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = read_r(paths[FILE]).select(
        "ccode", "stateabb", "statenme", day("st").alias("start"), day("end").alias("end")
    )
    return spells(frame, DATASET.keys, whole=("ccode",), text=("stateabb", "statenme"))


COLUMNS = columns_of("""
ccode | Correlates of War code of the state
stateabb | Correlates of War abbreviation; ROK is South Korea, AUS is Austria
statenme | name of the state
start | first day of membership
end | last day of membership; 2016-12-31 is where the list ends, not where the state does
""")

DATASET = Dataset(
    name="cow_states",
    title="State System Membership",
    producer="Correlates of War Project",
    version="v2016, as in the R package peacesciencer",
    home="https://correlatesofwar.org/data-sets/state-system-membership/",
    doi="",
    licence=COW_LICENCE,
    redistribution="forbidden",
    released="2017-02-20",
    citation="Correlates of War Project. (2017). State system membership list, v2016.",
    bibtex="""@misc{cow_states,
  author = {{Correlates of War Project}},
  title = {State system membership list, v2016},
  year = {2017},
  url = {https://correlatesofwar.org/data-sets/state-system-membership/}
}""",
    unit="spell",
    keys=("ccode", "start"),
    span=(1816, 2016),
    originals=(
        packaged(FILE, "9248b9fc801124d2bb48c58740bb335a1ee4938c4096e4d5e0bd01c22bf1dc09", 4081),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3", year="start"),),
    traps=(
        "Membership ends in 2016 in this list; later years are unknown to it.",
        "Germany is 260 to 1990 and 255 from then; Yemen is 678 to 1990 and 679 from then.",
        "iso3 is that of the first day: the spell of Russia (365) goes through the Soviet Union.",
    ),
)
