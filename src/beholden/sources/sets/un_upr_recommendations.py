"""Recommendations in the Universal Periodic Review, sessions 1-20 (2008-2014)."""

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

FOLDER = "un_upr_recommendations"
PARTS = ("1-5", "6-9", "10-13", "14-17", "17-20")
NAMES = {
    "To": "under_review",
    "To-Rgrp": "under_review_region",
    "To-Org": "under_review_orgs",
    "Text": "text",
    "From": "recommending",
    "From-Rgrp": "recommending_region",
    "From-Org": "recommending_orgs",
    "Response": "response",
    "Action": "action",
    "Issue": "issue",
    "Session": "session",
}
# The first session of each year; the files do not give dates.
FIRST_OF_YEAR = {2008: 1, 2009: 4, 2010: 7, 2011: 10, 2012: 13, 2013: 15, 2014: 18}


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a recommendation of one state to another.

    Parameters
    ----------
    paths : mapping of str to Path
        The five originals by their names.
    """
    parts = (csv_as_text(paths[f"{FOLDER}/{part}.csv"], encoding="mac_roman") for part in PARTS)
    frame = pl.concat(parts).rename(NAMES).with_row_index("number", offset=1)
    years = {n: max(y for y, first in FIRST_OF_YEAR.items() if first <= n) for n in range(1, 21)}
    named = frame.with_columns(
        year=pl.col("session").cast(pl.Int64).replace_strict(years, return_dtype=pl.Int64)
    )
    for side in ("under_review", "recommending"):
        named = iso3_column(named, side, f"{side}_code")
    texts = (name for name in named.columns if name not in ("number", "action", "session", "year"))
    return typed(
        named,
        keys=DATASET.keys,
        text=tuple(texts),
        whole=("number", "action", "session", "year"),
    )


COLUMNS = columns_of("""
number | number of the recommendation in the files in their order, from 1
under_review | state under review, by UPR Info's name
under_review_region | its regional group
under_review_orgs | organisations that it belongs to
text | the recommendation
recommending | state that recommends, by UPR Info's name
recommending_region | its regional group
recommending_orgs | organisations that it belongs to
response | final answer of the state under review: Accepted or Noted
action | what is asked | 1 to 5 | 1 least, 2 continue, 3 consider, 4 general, 5 specific action
issue | issues, apart by commas
session | session of the working group
year | calendar year of the session
under_review_code | ISO 3166 alpha-3 code made from the name
recommending_code | ISO 3166 alpha-3 code made from the name; empty where it is unknown
""")

DATASET = Dataset(
    name="un_upr_recommendations",
    title="Database of UPR recommendations, sessions 1-20",
    producer="UPR Info; export by Terman and Voeten",
    version="v.2, commit 986898e98047 (2008-2014)",
    home="https://upr-info.org",
    doi="",
    licence="none stated by the repository",
    redistribution="unknown",
    released="2015",
    acts="year",
    citation=(
        "UPR Info. (2015). Database of UPR recommendations [Data set]. https://upr-info.org ; "
        "Terman, R., & Voeten, E. (2018). The relational politics of shame: Evidence from the "
        "Universal Periodic Review. Review of International Organizations, 13(1), 1-23. "
        "https://doi.org/10.1007/s11558-016-9264-x"
    ),
    bibtex="""@misc{un_upr_recommendations,
  author = {{UPR Info}},
  title = {Database of {UPR} recommendations},
  year = {2015},
  note = {Data set},
  url = {https://upr-info.org}
}""",
    unit="recommendation",
    keys=("number",),
    span=(2008, 2014),
    originals=originals_in(
        FOLDER,
        "rochelleterman/uprs",
        "986898e98047",
        "v.2/Data/CSVs/",
        """
1-5.csv e1053f6bdd035bfda753d45bd21e21fd811973c762f6a5c883c2a26fdcf81c84 1498089
6-9.csv ee3f5b373cad9a8b9d712b514d2891a241805baef18407307e3c1f96b683cee4 2085935
10-13.csv 67b40ff31a7720a04ba528243fc563a33e683295870e2f42095aaa2d66879aa8 2230678
14-17.csv 036b9923a9d165c69ccba5c3ae7192f821193f33763555f980b043e1df6010e6 2298860
17-20.csv 0ae39053e2e02645413976a7234aa9847f8e6ad6a460a7da257cdd411fa31a88 1929550
""",
    ),
    columns=COLUMNS,
    read=read,
    states=(
        StateCode("under_review_code", "iso3", "under_review_iso3"),
        StateCode("recommending_code", "iso3", "recommending_iso3"),
    ),
    traps=(
        "The files are in Mac Roman with the line ends of old Macintoshes.",
        "Names are UPR Info's, such as DPR Korea; the codes are made from them here.",
        "Cycles 3 and 4 (from 2017) are not here: see https://upr-info-database.uwazi.io",
        "Two recommendations are printed twice with every cell alike; both rows are kept.",
        "In 9 rows the state that recommends is printed as unknown.",
    ),
)
