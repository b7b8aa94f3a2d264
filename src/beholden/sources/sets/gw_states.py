"""The Gleditsch-Ward list of independent states, with microstates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import LICENCE, packaged
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "state_system/gw_system.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for each unbroken membership of a state.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(
        read_r(paths[FILE]),
        keys=DATASET.keys,
        whole=("gwcode",),
        text=("gw_abb", "gw_name"),
        dates=("start", "end"),
        flags=("microstate",),
    )


COLUMNS = columns_of("""
gwcode | Gleditsch-Ward code of the state
gw_abb | Gleditsch-Ward abbreviation; ROK is South Korea, AUS is Austria
gw_name | name of the state
microstate | whether the state stands in the separate list of microstates
start | first day of membership
end | last day of membership; 2020-12-31 is where the list ends, not where the state does
""")

DATASET = Dataset(
    name="gw_states",
    title="Independent states since the Congress of Vienna",
    producer="Kristian Skrede Gleditsch and Michael D. Ward",
    version="list to 2020-12-31, as in the R package isard",
    home="http://ksgleditsch.com/data-4.html",
    doi="10.1080/03050629908434958",
    licence=LICENCE,
    redistribution="unknown",
    # States and microstates were joined by the package; its 0.1.0 is of that day.
    released="2025-04-10",
    citation=(
        "Gleditsch, K. S., & Ward, M. D. (1999). A revised list of independent states since the "
        "Congress of Vienna. International Interactions, 25(4), 393-413. "
        "https://doi.org/10.1080/03050629908434958"
    ),
    bibtex="""@article{gw_states,
  author = {Gleditsch, Kristian Skrede and Ward, Michael D.},
  title = {A revised list of independent states since the {Congress} of {Vienna}},
  journal = {International Interactions},
  year = {1999},
  volume = {25},
  number = {4},
  pages = {393--413},
  doi = {10.1080/03050629908434958}
}""",
    unit="spell",
    keys=("gwcode", "start"),
    span=(1816, 2020),
    originals=(
        packaged(
            FILE,
            "53c434467bd592fc62b33522d26eec9401478aed30376b49fb0abedcb74d86ce",
            4434,
            "svmiller/isard",
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("gwcode", "gw", "iso3", year="start"),),
    traps=(
        "Membership ends in 2020 in this list; later years are unknown to it.",
        "Germany is 260 in all years, Yemen 678; Serbia is 345 to 2006 and 340 from then.",
        "iso3 is that of the first day: the spell of Russia (365) goes through the Soviet Union.",
    ),
)
