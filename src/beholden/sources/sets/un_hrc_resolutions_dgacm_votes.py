"""Votes on resolutions of the UN Human Rights Council, by state, from the UN Secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.sets import un_hrc_resolutions_dgacm as whole
from beholden.sources.tidying import columns_of
from beholden.sources.un_dgacm import TERMS, bibtex, votes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state that is listed in favour, against or as abstaining.

    Parameters
    ----------
    paths : mapping of str to Path
        The originals by their names.
    """
    return votes(paths).drop("listing")


COLUMNS = columns_of("""
symbol | symbol of the resolution
date | day of adoption
year | calendar year of that day
member_state | name as printed, in capitals
member_iso3 | ISO 3166 alpha-3 code made from the name
vote | Y yes, N no, A abstention
""")

DATASET = Dataset(
    name="un_hrc_resolutions_dgacm_votes",
    title="Machine-readable Human Rights Council resolutions: votes by state",
    producer=whole.DATASET.producer,
    version=whole.DATASET.version,
    home=whole.DATASET.home,
    doi="",
    licence=whole.DATASET.licence,
    redistribution=whole.DATASET.redistribution,
    citation=whole.DATASET.citation,
    bibtex=bibtex("un_hrc_resolutions_dgacm_votes", whole.TITLE, "UNxml/HRCresolutions"),
    unit="vote",
    keys=("symbol", "member_state"),
    span=(2023, 2025),
    originals=whole.ORIGINALS,
    columns=COLUMNS,
    read=read,
    states=(StateCode("member_iso3", "iso3", "iso3", year="date"),),
    traps=(
        (
            "Only resolutions adopted by a recorded vote in sessions 52 and 54-60; for all roll "
            "calls use un_hrc_votes_ohchr."
        ),
        TERMS,
    ),
)
