"""Security Council votes on North Korea that no data set has: procedure and vetoed drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


__all__ = ["DATASET", "read"]

FILE = "un_sc_dprk_votes_compiled/sc_dprk_votes.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a member in one of seven votes.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = csv_as_text(paths[FILE]).with_columns(pl.col("date").str.slice(0, 4).alias("year"))
    return typed(
        frame.rename({"iso3": "member_iso3"}),
        keys=DATASET.keys,
        text=("symbol", "vote_type", "member_iso3", "vote", "tally", "sources"),
        dates=("date",),
    )


COLUMNS = columns_of("""
symbol | symbol of the meeting or the draft
date | day of the vote
vote_type | what was voted on
member_iso3 | ISO 3166 alpha-3 code of the member
vote | Y yes, N no, A abstention
tally | published tally, for-against-abstaining
sources | where the votes were read
year | calendar year of the vote
""")

DATASET = Dataset(
    name="un_sc_dprk_votes_compiled",
    title="Security Council votes on North Korea: procedural votes and vetoed drafts",
    producer="compiled by hand for this project from press reports and the UN record",
    version="seven votes, December 2014 to June 2024",
    home="https://www.scprocedure.org",
    doi="",
    licence="none stated",
    redistribution="unknown",
    acts="date",
    citation=(
        "UN meeting records S/PV.7353, S/PV.7575, S/PV.7830, S/PV.8130, S/PV.9048, S/PV.9591; "
        "Sievers, L., & Daws, S. Update website of The procedure of the UN Security Council (4th "
        "ed.). https://www.scprocedure.org"
    ),
    bibtex="""@misc{un_sc_dprk_votes_compiled,
  author = {Sievers, L. and Daws, S.},
  title = {Update website of {The} procedure of the {UN} {Security} {Council}},
  note = {With the UN meeting records S/PV.7353, 7575, 7830, 8130, 9048 and 9591},
  url = {https://www.scprocedure.org}
}""",
    unit="vote",
    keys=("symbol", "member_iso3"),
    span=(2014, 2024),
    originals=(
        Original(
            FILE,
            "594347e55900049e34e62e7f8f8c74289a1aa9c142262de2a57871533c4c74d4",
            16261,
            "",  # published nowhere: only a folder can supply it
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("member_iso3", "iso3", "iso3", year="date"),),
    traps=(
        (
            "Compiled by hand from press reports; the verbatim records were not read. Check "
            "them before a single vote is cited."
        ),
        (
            "Members named as voting against or abstaining are as reported; the rest of the "
            "Council of that year is taken to have voted yes. All seven tallies come out as "
            "published."
        ),
        "There was no vote on 17 August 2023, and no meeting from 2018 to 2022.",
    ),
)
