"""Roll calls of the UN General Assembly 1946 to June 2024: their issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset
from beholden.sources.sets import un_ga_votes_matrix_2024 as votes
from beholden.sources.tidying import columns_of, csv_as_text, typed
from beholden.sources.un_tools import assembly_bibtex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a roll call.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = csv_as_text(paths[votes.FILE]).select(
        "rcid",
        pl.col("date").str.to_date("%Y-%m-%d"),
        pl.col("date").str.slice(0, 4).alias("year"),
        *(pl.col(issue).replace_strict({"TRUE": True, "FALSE": False}) for issue in votes.ISSUES),
    )
    return typed(
        frame, keys=DATASET.keys, whole=("rcid", "year"), dates=("date",), flags=votes.ISSUES
    )


COLUMNS = columns_of("""
rcid | number of the roll call; four numbers occur twice, so take it with the date
date | day of the vote
year | calendar year of that day
me | whether on the Palestinian conflict
nu | whether on nuclear weapons and nuclear material
di | whether on arms control and disarmament
hr | whether on human rights
co | whether on colonialism
ec | whether on economic development
""")

DATASET = Dataset(
    name="un_ga_votes_matrix_2024_roll_calls",
    title="United Nations General Assembly roll calls 1946 to June 2024, issues",
    producer=votes.DATASET.producer,
    version=votes.DATASET.version,
    home=votes.DATASET.home,
    doi=votes.DATASET.doi,
    licence=votes.DATASET.licence,
    redistribution=votes.DATASET.redistribution,
    released=votes.DATASET.released,
    acts="date",
    citation=votes.DATASET.citation,
    bibtex=assembly_bibtex("un_ga_votes_matrix_2024_roll_calls"),
    unit="roll call",
    keys=("rcid", "date"),
    span=(1946, 2024),
    originals=votes.DATASET.originals,
    columns=COLUMNS,
    read=read,
    traps=(
        (
            "The file has neither titles nor symbols: take those to 2019 from "
            "un_ga_votes_voeten_roll_calls by rcid, later ones from un_ga_resolutions_dgacm by "
            "date and votes."
        ),
    ),
)
