"""Roll calls of the UN General Assembly 1946-2020: the votes cast (R package unvotes)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, StateCode
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, typed
from beholden.sources.un_tools import ASSEMBLY_CITATION, assembly_bibtex, cow_codes, originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "ORIGINALS", "read"]

VOTES = "un_ga_votes_voeten/un_votes.rda"
ROLL_CALLS = "un_ga_votes_voeten/un_roll_calls.rda"
WITHOUT_CODE = {"Federal Republic of Germany": 260, "Yemen Arab Republic": 678, "Zanzibar": 511}


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a vote that a state cast in a roll call.

    Parameters
    ----------
    paths : mapping of str to Path
        The votes and the roll calls, which have the dates, by their names.
    """
    votes = read_r(paths[VOTES]).with_columns(pl.col("rcid").cast(pl.Int64))
    dates = read_r(paths[ROLL_CALLS]).select("rcid", "date", year=pl.col("date").dt.year())
    by_code = pl.col("country_code").replace_strict(cow_codes(), default=None)
    by_name = pl.col("country").replace_strict(WITHOUT_CODE, default=None)
    frame = votes.join(dates, on="rcid", how="left", validate="m:1").select(
        *("rcid", "date", "year", "country", "country_code"),
        by_code.fill_null(by_name).alias("ccode"),
        "vote",
    )
    return typed(
        frame,
        keys=DATASET.keys,
        text=("country", "country_code", "vote"),
        whole=("rcid", "year", "ccode"),
        dates=("date",),
    )


COLUMNS = columns_of("""
rcid | number of the roll call, as in un_ga_votes_voeten_roll_calls
date | day of the vote, from the roll calls
year | calendar year of that day
country | name of the state, made from its Correlates of War number
country_code | ISO 3166 alpha-2 code; NA is Namibia; empty for three former states
ccode | Correlates of War number, from the two columns before
vote | yes, abstain or no; a state that cast no vote has no row
""")

ORIGINALS = originals_in(
    "un_ga_votes_voeten",
    "dgrtwo/unvotes",
    "7eb7034314ff79c49c9e0785fcd9d216fa04cf14",
    "data/",
    """
un_votes.rda cf814a48bc536e8f87f8e027942ac515fe6aae9d63cd71dd88ed718b14887e87 262083
un_roll_calls.rda ff2070ae600cfd32176c6d149637306b9b677d6b910f48bec59a15357d673b4b 212577
""",
)

DATASET = Dataset(
    name="un_ga_votes_voeten",
    title="United Nations General Assembly voting data: votes cast, sessions 1-74",
    producer="Voeten, Strezhnev and Bailey; R package unvotes by Robinson and Goguen-Compagnoni",
    version="unvotes, commit 7eb7034314ff (sessions 1-74, to January 2020)",
    home="https://cran.r-project.org/package=unvotes",
    doi="10.7910/DVN/LEJUQZ",
    licence="MIT (R package); data at Harvard Dataverse presumably CC0 1.0, not checked",
    redistribution="allowed",
    released="2021",
    acts="date",
    citation=ASSEMBLY_CITATION + " ; Robinson, D., & Goguen-Compagnoni, N. (2021). unvotes: "
    "United Nations General Assembly voting data (R package).",
    bibtex=assembly_bibtex("un_ga_votes_voeten"),
    unit="vote",
    keys=("rcid", "country"),
    span=(1946, 2020),
    originals=ORIGINALS,
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3", year="date"),),
    traps=(
        (
            "A missing row is not an abstention: absent states and states that were no members "
            "have no row. Absences to 2015 are in un_ga_votes_voeten_published, later ones in "
            "un_ga_votes_matrix_2024."
        ),
        (
            "Two tallies differ from the published ones: 62/167 on North Korea (2007) is 102-22-58 "
            "here and 101-22-59 in the record, 64/175 (2009) is 98-20-63 here and 99-20-63 there."
        ),
        (
            "Several roll calls share a symbol: paragraphs, amendments and motions bear that of "
            "the whole resolution."
        ),
        (
            "China is 710 only from 25 October 1971, Taiwan 713 before; Russia is 365 throughout; "
            "Serbia is Yugoslavia, 345, to 2020."
        ),
        (
            "Belarus and Ukraine voted before 1991, Taiwan before December 1949, a few states just "
            "before their independence, and the votes of Germany and Yemen in autumn 1990 stand "
            "under the numbers of 1989: the Correlates of War list no such state on those days, so "
            "these rows map to none."
        ),
        (
            "country_code is empty for West Germany, North Yemen and Zanzibar, and Namibia's is "
            "the text NA, which some readers of tables take for missing."
        ),
        "Dates of early sessions are rough: some stand at the first day of a month.",
        "The package on CRAN (0.3.0) lacks one roll call, 9079 of January 2020.",
    ),
)
