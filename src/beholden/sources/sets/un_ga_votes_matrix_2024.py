"""Roll calls of the UN General Assembly 1946 to June 2024: every state in every roll call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, typed
from beholden.sources.un_tools import ASSEMBLY_CITATION, assembly_bibtex, originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "FILE", "ISSUES", "read"]

FILE = "un_ga_votes_matrix_2024/ungaVoting_003.csv"
ISSUES = ("me", "nu", "di", "hr", "co", "ec")
NOT_A_MEMBER = 9


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a roll call, whether it voted, was absent or was no member.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    matrix = csv_as_text(paths[FILE]).with_columns(pl.col("date").str.to_date("%Y-%m-%d"))
    long = matrix.drop(ISSUES).unpivot(
        index=["rcid", "date"], variable_name="column_iso3", value_name="vote"
    )
    code = pl.col("vote").cast(pl.Float64).cast(pl.Int64)
    frame = long.select(
        "rcid",
        "date",
        pl.col("date").dt.year().alias("year"),
        "column_iso3",
        _iso3_of_the_day().alias("iso3_then"),
        code.replace(NOT_A_MEMBER, None).alias("vote"),
    )
    return typed(
        frame,
        keys=DATASET.keys,
        text=("column_iso3", "iso3_then"),
        whole=("rcid", "year", "vote"),
        dates=("date",),
    )


def _iso3_of_the_day() -> pl.Expr:
    """The code the seat had: the file's column, but SUN before RUS, YUG and SCG before SRB."""
    column, day = pl.col("column_iso3"), pl.col("date")
    soviet = (column == "RUS") & (day < pl.date(1991, 12, 26))
    serbia = (column == "SRB") & (day < pl.date(2006, 6, 5))
    federal = serbia & (day >= pl.date(2003, 2, 4))
    return (
        pl.when(soviet)
        .then(pl.lit("SUN"))
        .when(federal)
        .then(pl.lit("SCG"))
        .when(serbia)
        .then(pl.lit("YUG"))
        .otherwise(column)
    )


COLUMNS = columns_of("""
rcid | number of the roll call; four numbers occur twice, so take it with the date
date | day of the vote
year | calendar year of that day
column_iso3 | column of the file: ISO 3166 alpha-3 code, of today also for former states
iso3_then | the same, but SUN for Russia and YUG or SCG for Serbia while those held the seat
vote | 1 yes, 2 abstain, 3 no, 8 absent; empty: not a member | | | 9
""")

DATASET = Dataset(
    name="un_ga_votes_matrix_2024",
    title="United Nations General Assembly roll calls 1946 to June 2024, wide matrix",
    producer="Voeten, Strezhnev and Bailey; matrix by Mapping UNGA Voting Alliances",
    version="ungaVoting_003 (to 4 June 2024)",
    home="https://doi.org/10.7910/DVN/LEJUQZ",
    doi="10.7910/DVN/LEJUQZ",
    licence="none stated by the repository; data presumably CC0 1.0 at Dataverse, not checked",
    redistribution="unknown",
    released="2024",
    acts="date",
    citation=ASSEMBLY_CITATION,
    bibtex=assembly_bibtex("un_ga_votes_matrix_2024"),
    unit="vote",
    keys=("rcid", "date", "column_iso3"),
    span=(1946, 2024),
    originals=originals_in(
        "un_ga_votes_matrix_2024",
        "Pigeon-Effect/Mapping-UNGA-Voting-Alliances",
        "4a2353a59cf4",
        "docs/static/",
        "ungaVoting_003.csv "
        "42948eab4adac8302b78a02ca08e4ef0a82a752320bf634b8b26eb7a5dd2bf12 2885408",
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("iso3_then", "iso3", "iso3"),),
    traps=(
        "Roll calls 411, 427, 449 and 495 occur twice, in 1954-57 and in 2023.",
        (
            "The emergency session ES-11 (Ukraine, 2022-23) and the resumed sessions 75 and 76 are "
            "missing: 16 roll calls that the UN recorded."
        ),
        (
            "East Germany, Czechoslovakia, South Yemen and Zanzibar have no column; the Yemen Arab "
            "Republic is coded as no member before 1990, and Serbia differs from "
            "un_ga_votes_voeten in 110 cells."
        ),
        "Before 25 October 1971 China is no member and Taiwan holds the seat.",
        (
            "Türkiye is coded absent or no member in 80 roll calls of 2023 and 2024 in which the "
            "UN recorded its vote. Otherwise no roll call from December 2019 on differs from the "
            "UN's records in more than 8 cells; Zimbabwe and Zambia differ most."
        ),
    ),
)
