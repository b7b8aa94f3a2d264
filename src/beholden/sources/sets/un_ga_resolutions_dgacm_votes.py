"""Votes on resolutions of the UN General Assembly, by state, from the UN Secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.sets import un_ga_resolutions_dgacm as whole
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
    return votes(paths)


COLUMNS = columns_of("""
symbol | symbol of the resolution
date | day of adoption
year | calendar year of that day
member_state | name as printed, in capitals
member_iso3 | ISO 3166 alpha-3 code made from the name
vote | Y yes, N no, A abstention
listing | 2 where a resolution lists the same name once more, else 1
""")

DATASET = Dataset(
    name="un_ga_resolutions_dgacm_votes",
    title="Machine-readable General Assembly resolutions: votes by state",
    producer=whole.DATASET.producer,
    version=whole.DATASET.version,
    home=whole.DATASET.home,
    doi="",
    licence=whole.DATASET.licence,
    redistribution=whole.DATASET.redistribution,
    citation=whole.DATASET.citation,
    bibtex=bibtex("un_ga_resolutions_dgacm_votes", whole.TITLE, "UNxml/GAresolutions"),
    unit="vote",
    keys=("symbol", "member_state", "listing"),
    span=(2019, 2026),
    originals=whole.ORIGINALS,
    columns=COLUMNS,
    read=read,
    states=(StateCode("member_iso3", "iso3", "iso3", year="date"),),
    traps=(
        "A state on none of the three lists did not vote: absent or not participating.",
        "75/290 A lists every state twice; the correction drops the second listing (listing 2).",
        "Names are printed in several spellings, Türkiye in five: use member_iso3.",
        TERMS,
    ),
)
