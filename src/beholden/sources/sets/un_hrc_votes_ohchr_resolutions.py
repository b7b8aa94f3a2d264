"""What the UN Commission on Human Rights and the Human Rights Council decided, 1946-2026."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset
from beholden.sources.sets import un_hrc_votes_ohchr as votes
from beholden.sources.tidying import columns_of, csv_as_text, typed
from beholden.sources.un_tools import originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "un_hrc_votes_ohchr/resolutions.csv"
WHOLE = (*("record_id", "year", "yes", "no", "abstain", "nonvoting", "total", "n_rollcall"),)


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a catalogued resolution, decision or amendment.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = csv_as_text(paths[FILE], missing=("",))
    texts = [name for name in frame.columns if name not in (*WHOLE, "date")]
    return typed(frame, keys=DATASET.keys, text=texts, whole=WHOLE, dates=("date",))


COLUMNS = columns_of("""
record_id | number of the record in the library of the OHCHR
symbol | symbol
title | title
statement | statement of responsibility
date | day of the decision
year | calendar year
body | Commission on Human Rights or Human Rights Council
collection | collection of the library
vote_type | RECORDED, ADOPTED WITHOUT VOTE, WITHDRAWN and others
meeting | symbol and day of the meeting
meeting_type | kind of meeting
agenda_item_no | number of the agenda item
agenda_item_title | title of the agenda item
agenda_symbol | symbol of the agenda
agenda_subject | country or theme
main_sponsors | main sponsors
draft | draft and remarks
yes | votes in favour
no | votes against
abstain | abstentions
nonvoting | members that did not vote
total | members
n_rollcall | rows of the roll call, 0 where there is none
url_resolution | address of the text
url_draft | address of the draft
record_url | address of the record
""")

DATASET = Dataset(
    name="un_hrc_votes_ohchr_resolutions",
    title="OHCHR voting records: resolutions, decisions and amendments",
    producer=votes.DATASET.producer,
    version="1.0.0 (9 July 2026; decisions 1946 to March 2026)",
    home=votes.DATASET.home,
    doi=votes.DATASET.doi,
    licence=votes.DATASET.licence,
    redistribution=votes.DATASET.redistribution,
    released=votes.DATASET.released,
    acts="date",
    citation=votes.CITATION,
    bibtex=votes.entry("un_hrc_votes_ohchr_resolutions"),
    unit="decision",
    keys=("record_id",),
    span=(1946, 2026),
    originals=originals_in(
        "un_hrc_votes_ohchr",
        "lszoszk/hrc-voting",
        "193f2d414c94",
        "data/csv/",
        "resolutions.csv 7cc5a2b401d91ef19fdaf676015213649d197593ad86aaf1a6e5b7e346eb1995 3664119",
    ),
    columns=COLUMNS,
    read=read,
    traps=(
        "Symbols are repeated: match on record_id.",
        "1,713 votes are recorded, 1,705 of them have a roll call in un_hrc_votes_ohchr.",
    ),
)
