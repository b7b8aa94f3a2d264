"""UCDP/PRIO armed conflicts by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import packaged
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "state_codes/ucdp_acd.rda"
WHOLE = (
    "conflict_id",
    "year",
    "gwno_a",
    "gwno_a_2nd",
    "gwno_b",
    "gwno_b_2nd",
    "intensity_level",
    "start_prec",
    "start_prec2",
)


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a conflict in a year and a combination of the states on its sides.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(
        read_r(paths[FILE]),
        keys=DATASET.keys,
        whole=WHOLE,
        text=("incompatibility", "type_of_conflict"),
        dates=("start_date", "start_date2", "ep_end_date"),
        flags=("ep_end",),
    )


COLUMNS = columns_of("""
conflict_id | the producers' number of the conflict
year | calendar year
gwno_a | Gleditsch-Ward code of the state on side A
gwno_a_2nd | code of a state that supports side A with troops; null where none does
gwno_b | code of the state on side B; null where side B is no state
gwno_b_2nd | code of a state that supports side B with troops; null where none does
incompatibility | what it is fought over: territory, government or both
intensity_level | 1 at least 25 and fewer than 1,000 battle deaths in the year, 2 at least 1,000 | \
code | higher = deadlier
type_of_conflict | extrasystemic, interstate, intrastate or II (internationalised intrastate)
start_date | date of the first battle death of the conflict
start_prec | how exact start_date is | code | higher = less exact
start_date2 | date of the first battle death of the episode
start_prec2 | how exact start_date2 is | code | higher = less exact
ep_end | whether the episode ended in the year
ep_end_date | when the episode ended; null where it went on
""")

DATASET = Dataset(
    name="ucdp_acd",
    title="UCDP/PRIO Armed Conflict Dataset",
    producer="Uppsala Conflict Data Program (UCDP)",
    version="25.1, as in the R package peacesciencer",
    home="https://ucdp.uu.se/downloads",
    doi="",
    licence="CC BY 4.0 (UCDP); the R package that carries the file is under GPL-2",
    redistribution="allowed",
    # At the latest: carried by peacesciencer 1.2.0 of that day.
    released="2025-07-17",
    citation=(
        "Gleditsch, N. P., Wallensteen, P., Eriksson, M., Sollenberg, M., & Strand, H. (2002). "
        "Armed conflict 1946-2001: A new dataset. Journal of Peace Research, 39(5), 615-637."
    ),
    bibtex="""@article{ucdp_acd,
  author = {Gleditsch, Nils Petter and Wallensteen, Peter and Eriksson, Mikael and
    Sollenberg, Margareta and Strand, H{\\aa}vard},
  title = {Armed conflict 1946-2001: A new dataset},
  journal = {Journal of Peace Research},
  year = {2002},
  volume = {39},
  number = {5},
  pages = {615--637}
}""",
    unit="conflict-year",
    keys=("conflict_id", "year", "gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd"),
    span=(1946, 2024),
    originals=(
        packaged(FILE, "e040581fa00a27a21544c5cc8d012fb841d64f2bb99d1a483c6ae68c465e6bdc", 13684),
    ),
    columns=COLUMNS,
    read=read,
    states=(
        StateCode("gwno_a", "gw", "iso3_a"),
        StateCode("gwno_a_2nd", "gw", "iso3_a_2nd"),
        StateCode("gwno_b", "gw", "iso3_b"),
        StateCode("gwno_b_2nd", "gw", "iso3_b_2nd"),
    ),
    traps=(
        (
            "A conflict with several states on a side has a row for each combination: count "
            "conflicts by conflict_id and year, never by rows."
        ),
        "type_of_conflict II stands for internationalised intrastate.",
        "Code 751 is Hyderabad in 1947 and 1948, which is on no list of states.",
        "Only conflicts in years with at least 25 battle deaths are in the table.",
    ),
)
