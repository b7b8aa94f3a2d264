"""Roll calls of the UN General Assembly 1946-2020: what was voted on (R package unvotes)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset
from beholden.sources.rfiles import read_r
from beholden.sources.sets import un_ga_votes_voeten as votes
from beholden.sources.tidying import columns_of, typed
from beholden.sources.un_tools import assembly_bibtex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FLAGS = ("importantvote", "amend", "para", "no_action_motion")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a roll call.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = read_r(paths[votes.ROLL_CALLS]).with_columns(
        year=pl.col("date").dt.year(), no_action_motion=pl.lit(None, dtype=pl.Boolean)
    )
    return typed(
        frame,
        keys=DATASET.keys,
        text=("unres", "short", "descr"),
        whole=("rcid", "session", "year"),
        dates=("date",),
        flags=FLAGS,
    )


COLUMNS = columns_of("""
rcid | number of the roll call
session | session of the Assembly; session s begins in September of 1945 + s
importantvote | whether the US State Department called the vote important
date | day of the vote
unres | symbol of the resolution: R/60/173 to 2015 and in 2018, A/RES/71/203 otherwise
amend | whether the vote was on an amendment; known only for part of the series
para | whether the vote was on a paragraph or an amendment; known only for part of the series
short | subject in capitals
descr | description; in sessions 71-73 often the agenda title, not the resolution's
year | calendar year of the vote
no_action_motion | true where known to be on a motion to take no action; the source is silent
""")

DATASET = Dataset(
    name="un_ga_votes_voeten_roll_calls",
    title="United Nations General Assembly voting data: roll calls, sessions 1-74",
    producer=votes.DATASET.producer,
    version=votes.DATASET.version,
    home=votes.DATASET.home,
    doi=votes.DATASET.doi,
    licence=votes.DATASET.licence,
    redistribution=votes.DATASET.redistribution,
    released=votes.DATASET.released,
    acts="date",
    citation=votes.DATASET.citation,
    bibtex=assembly_bibtex("un_ga_votes_voeten_roll_calls"),
    unit="roll call",
    keys=("rcid",),
    span=(1946, 2020),
    originals=votes.ORIGINALS[1:],
    columns=COLUMNS,
    read=read,
    traps=(
        (
            "544 roll calls share their symbol with another and 159 have none: paragraphs, "
            "amendments and motions bear that of the whole resolution. The vote on the "
            "whole mostly has the largest turnout."
        ),
        (
            "para is missing for 2,995 roll calls; para and amend are empty for sessions 68-70 and "
            "73-74."
        ),
        (
            "Roll call 5916 is a motion to take no action on 66/175 (Iran): yes is a vote against "
            "the resolution. The correction flags it. For all others the flag is empty, which says "
            "nothing: by their descriptions 5747, 5801, 5802, 5838, 5847 and 5866 are such motions "
            "too."
        ),
        "In sessions 71-73 a search by title misses resolutions: match on the symbol.",
        (
            "Symbols have two forms: R/60/173 to session 70 and in session 73, A/RES/74/1 in "
            "session 74, and both in sessions 71 and 72."
        ),
        "Some descriptions have broken apostrophes, such as People?s.",
    ),
)
