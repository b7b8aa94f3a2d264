"""Drafts that failed in the UN Security Council 1947-2022, with the vote of each member."""

from __future__ import annotations

import ast
from contextlib import closing
from typing import TYPE_CHECKING

import polars as pl
from openpyxl import load_workbook

from beholden.sources.base import Dataset, StateCode
from beholden.sources.tidying import columns_of, typed
from beholden.sources.un_names import iso3_column
from beholden.sources.un_tools import originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


__all__ = ["DATASET", "read"]

FILE = "un_sc_failed_drafts/cleaned_data_unsc.xlsx"
VOTES = {"Y": "In Favor", "A": "Abstain", "N": "Against"}


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a member that voted on a draft or a part of it.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    with closing(load_workbook(paths[FILE], read_only=True)) as book:
        head, *drafts = book[book.sheetnames[0]].iter_rows(values_only=True)
    rows = [
        row
        for number, cells in enumerate(drafts, 1)
        for row in _votes(number, dict(zip(map(str, head), cells, strict=True)))
    ]
    return typed(
        iso3_column(pl.DataFrame(rows), "member", "member_iso3").with_columns(
            # The file gives the Soviet Union the name of its successor.
            pl.when((pl.col("member_iso3") == "RUS") & (pl.col("year") < 1992))
            .then(pl.lit("SUN"))
            .otherwise(pl.col("member_iso3"))
            .alias("member_iso3")
        ),
        keys=DATASET.keys,
        text=("voting_on", "submitted_by", "note", "member", "vote", "member_iso3"),
        whole=("number", "meeting", "year", "stated_yes", "stated_no", "stated_abstain"),
    )


def _votes(number: int, draft: Mapping[str, object]) -> list[dict[str, object]]:
    """The votes on one draft; the file prints its tally as for, abstain, against."""
    yes, abstain, no = ast.literal_eval(str(draft["For,Abstain,Against"]))
    common = {
        "number": number,
        "meeting": draft["Meeting Number"],
        "year": draft["Year"],
        "voting_on": draft["Voting On"],
        "submitted_by": "; ".join(ast.literal_eval(str(draft["Submitted By"]))),
        "note": draft["Note"],
        "stated_yes": yes,
        "stated_no": no,
        "stated_abstain": abstain,
    }
    return [
        common | {"member": member, "vote": vote}
        for vote, column in VOTES.items()
        for member in ast.literal_eval(str(draft[column]))
    ]


COLUMNS = columns_of("""
number | number of the draft in the file, from 1
meeting | number of the meeting
year | calendar year
voting_on | symbol of the draft or part of it that was voted on
submitted_by | sponsors, apart by semicolons
note | remark of the compiler
stated_yes | votes in favour as stated
stated_no | votes against as stated
stated_abstain | abstentions as stated
member | name of the member
vote | Y yes, N no, A abstention
member_iso3 | ISO 3166 alpha-3 code made from the name; SUN for the Soviet Union
""")

DATASET = Dataset(
    name="un_sc_failed_drafts",
    title="Security Council drafts that failed, 1947-2022",
    producer="E. Tong",
    version="cleaned_data_unsc, commit 6346d1c963be",
    home="https://digitallibrary.un.org",
    doi="",
    licence="none stated",
    redistribution="unknown",
    released="2023",
    acts="year",
    citation=(
        "Tong, E. (2023). UNSC for us [Data set]. https://github.com/emilytong123/unsc_for_us"
    ),
    bibtex="""@misc{un_sc_failed_drafts,
  author = {Tong, E.},
  title = {{UNSC} for us},
  year = {2023},
  note = {Data set},
  url = {https://github.com/emilytong123/unsc_for_us}
}""",
    unit="vote",
    keys=("number", "member"),
    span=(1947, 2022),
    originals=originals_in(
        "un_sc_failed_drafts",
        "emilytong123/unsc_for_us",
        "6346d1c963be",
        "",
        "cleaned_data_unsc.xlsx "
        "9387b6ebf290a1726eb4bad8454040f4902b1907a9e318e70b74726e97e337ec 11806",
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("member_iso3", "iso3", "iso3"),),
    traps=(
        (
            "A student's compilation, incomplete and not checked: most vetoed drafts, among "
            "them S/2022/431, are not in it. Use it as a list to start from."
        ),
        (
            "The file prints tallies as for, abstain, against; the UN prints for, against, "
            "abstain. Here each number has its own column."
        ),
        "The list of those in favour of S/1127 (1948) has one name less than its tally.",
        "The Soviet Union stands under the name Russian Federation; its code here is SUN.",
    ),
)
