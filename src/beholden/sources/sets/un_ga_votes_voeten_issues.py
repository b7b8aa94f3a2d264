"""Roll calls of the UN General Assembly 1946-2020: their issues (R package unvotes)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset
from beholden.sources.rfiles import read_r
from beholden.sources.sets import un_ga_votes_voeten as votes
from beholden.sources.tidying import columns_of, typed
from beholden.sources.un_tools import assembly_bibtex, originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "un_ga_votes_voeten/un_roll_call_issues.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a roll call and an issue that it belongs to.

    Parameters
    ----------
    paths : mapping of str to Path
        The issues and the roll calls, which have the dates, by their names.
    """
    years = read_r(paths[votes.ROLL_CALLS]).select("rcid", year=pl.col("date").dt.year())
    frame = read_r(paths[FILE]).join(years, on="rcid", how="left", validate="m:1")
    return typed(
        frame.select("rcid", "year", "short_name", "issue"),
        keys=DATASET.keys,
        text=("short_name", "issue"),
        whole=("rcid", "year"),
    )


COLUMNS = columns_of("""
rcid | number of the roll call, as in un_ga_votes_voeten_roll_calls
year | calendar year of the vote, from the roll calls
short_name | issue: me, nu, di, hr, co or ec
issue | Palestinian conflict, nuclear, disarmament, human rights, colonialism or development
""")

DATASET = Dataset(
    name="un_ga_votes_voeten_issues",
    title="United Nations General Assembly voting data: issues of roll calls, sessions 1-74",
    producer=votes.DATASET.producer,
    version=votes.DATASET.version,
    home=votes.DATASET.home,
    doi=votes.DATASET.doi,
    licence=votes.DATASET.licence,
    redistribution=votes.DATASET.redistribution,
    released=votes.DATASET.released,
    acts="year",
    citation=votes.DATASET.citation,
    bibtex=assembly_bibtex("un_ga_votes_voeten_issues"),
    unit="roll call-issue",
    keys=("rcid", "short_name"),
    span=(1946, 2019),
    originals=originals_in(
        "un_ga_votes_voeten",
        "dgrtwo/unvotes",
        "7eb7034314ff79c49c9e0785fcd9d216fa04cf14",
        "data/",
        "un_roll_call_issues.rda "
        "eec1b509ebce692c242b842837d5d861b52b65b2868a7c66f573d4a87d2eb0be 8512",
    )
    + votes.ORIGINALS[1:],
    columns=COLUMNS,
    read=read,
    traps=("A roll call can belong to several issues or to none.",),
)
