"""Roll calls of the UN General Assembly 1946-2015 with absences (Voeten's published file)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, StateCode
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, typed
from beholden.sources.un_tools import ASSEMBLY_CITATION, assembly_bibtex, originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "un_ga_votes_voeten/UNVotesPublished.RData"
NOT_A_MEMBER = 9


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a roll call, whether it voted, was absent or was no member.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = read_r(paths[FILE]).select(
        "rcid",
        "session",
        pl.col("date").str.to_date("%m/%d/%Y"),
        "year",
        "unres",
        "ccode",
        pl.col("vote").replace(NOT_A_MEMBER, None),
        "member",
    )
    return typed(
        frame,
        keys=DATASET.keys,
        text=("unres",),
        whole=("rcid", "session", "year", "ccode", "vote"),
        dates=("date",),
        flags=("member",),
    )


COLUMNS = columns_of("""
rcid | number of the roll call, as in un_ga_votes_voeten_roll_calls
session | session of the Assembly
date | day of the vote; empty for roll call 4592
year | year as the source has it
unres | symbol of the resolution
ccode | Correlates of War number
vote | 1 yes, 2 abstain, 3 no, 8 absent; empty: not a member | | | 9
member | true where the state was a member; the source has no other value
""")

DATASET = Dataset(
    name="un_ga_votes_voeten_published",
    title="United Nations General Assembly voting data with absences, sessions 1-70",
    producer="Voeten, Strezhnev and Bailey",
    version="UNVotesPublished (sessions 1-70, to December 2015)",
    home="https://doi.org/10.7910/DVN/LEJUQZ",
    doi="10.7910/DVN/LEJUQZ",
    licence="MIT (repository of the R package unvotes); data presumably CC0 1.0, not checked",
    redistribution="allowed",
    # At the latest: the year of the package's commit.
    released="2021",
    acts="date",
    citation=ASSEMBLY_CITATION,
    bibtex=assembly_bibtex("un_ga_votes_voeten_published"),
    unit="vote",
    keys=("rcid", "ccode"),
    span=(1946, 2015),
    originals=originals_in(
        "un_ga_votes_voeten",
        "dgrtwo/unvotes",
        "7eb7034314ff79c49c9e0785fcd9d216fa04cf14",
        "data-raw/",
        "UNVotesPublished.RData "
        "7cf08a10ceb316711f94e6c16889be49a5400f84fcb015801b5c2b9116c572f6 3157053",
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3"),),
    traps=(
        "2,223 rows are coded as not a member although member is true.",
        "China has 399 codes 8 (absent); many of them are present and not participating.",
        (
            "The flags of issues and the important votes of this file are left out: they belong to "
            "the roll call and stand in un_ga_votes_voeten_roll_calls and _issues."
        ),
        "Belarus and Ukraine voted before 1991: the Correlates of War list no state there.",
    ),
)
