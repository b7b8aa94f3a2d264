"""Vetoes in the UN Security Council, 1946 to July 2022, by member."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, typed
from beholden.sources.un_names import iso3_column
from beholden.sources.un_tools import originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


__all__ = ["DATASET", "read"]

FILE = "un_sc_vetoes/unsc_vetoes_1946_sept2022.csv"
MEMBERS = ("member_veto1", "member_veto2", "member_veto3")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a permanent member that vetoed a draft.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    drafts = csv_as_text(paths[FILE], encoding="latin-1").with_columns(
        pl.int_range(1, pl.len() + 1).alias("number"),
        pl.col("date").str.to_date("%m/%d/%Y"),
        pl.sum_horizontal(pl.col(MEMBERS).is_not_null()).alias("vetoes"),
    )
    texts = ("draft", "meeting_record", "agenda_item", "crisis_topic", "region")
    long = drafts.unpivot(
        MEMBERS, index=["number", "date", "year", *texts, "vetoes"], value_name="member"
    ).drop_nulls("member")
    return typed(
        iso3_column(long.drop("variable"), "member", "member_iso3"),
        keys=DATASET.keys,
        text=(*texts, "member", "member_iso3"),
        whole=("number", "year", "vetoes"),
        dates=("date",),
    )


COLUMNS = columns_of("""
number | number of the draft in the file, from 1
date | day of the vote
year | calendar year of that day
draft | symbol of the draft, or of the meeting where it has none
meeting_record | symbol of the verbatim record
agenda_item | agenda item
crisis_topic | crisis or topic
region | region of the world
vetoes | number of permanent members that vetoed the draft
member | permanent member: China, France, Russia, UK, USA or USSR
member_iso3 | ISO 3166 alpha-3 code made from the name
""")

DATASET = Dataset(
    name="un_sc_vetoes",
    title="List of UN Security Council vetoes (1946-2022)",
    producer="C. L. Yordan, World Politics Data Lab",
    version="unsc_vetoes_1946_sept2022",
    home="https://research.un.org/en/docs/sc/quick/veto",
    doi="",
    licence="MIT",
    redistribution="allowed",
    released="2022-09",
    acts="date",
    citation=(
        "Yordan, C. L. (2022). List of UN Security Council vetoes (1946-2022) [Data set]. World "
        "Politics Data Lab. "
        "https://github.com/world-politics-datalab/vetoes-un-security-council"
    ),
    bibtex="""@misc{un_sc_vetoes,
  author = {Yordan, C. L.},
  title = {List of {UN} {Security} {Council} vetoes (1946-2022)},
  year = {2022},
  note = {Data set, World Politics Data Lab},
  url = {https://github.com/world-politics-datalab/vetoes-un-security-council}
}""",
    unit="veto",
    keys=("number", "member"),
    span=(1946, 2022),
    originals=originals_in(
        "un_sc_vetoes",
        "world-politics-datalab/vetoes-un-security-council",
        "661c52468721",
        "",
        "unsc_vetoes_1946_sept2022.csv "
        "d6b65d698d8f4e5a6eddcd922e7659b40e22d262940f1440b51360929d87ab74 33832",
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("member_iso3", "iso3", "iso3", year="date"),),
    traps=(
        (
            "The file's dummies for members miscount and are left out: they give the USA 71, "
            "the USSR 84 and France 7 vetoes where the names give 82, 90 and 16."
        ),
        "China's 17 vetoes leave out that of the Republic of China in 1955.",
        (
            "The last row is S/2022/538 of 8 July 2022, whatever the name of the file says: "
            "S/2022/720 of 30 September 2022 and all later vetoes are missing."
        ),
        "The votes of the other members are not given; tallies are in un_sc_meetings_dhl_outcomes.",
    ),
)
