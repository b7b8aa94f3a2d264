"""Resolutions of the UN Human Rights Council, with sponsors, from the UN Secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset
from beholden.sources.tidying import columns_of
from beholden.sources.un_dgacm import LICENCE, TERMS, bibtex, resolutions
from beholden.sources.un_tools import originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "TITLE", "read"]

TITLE = "Machine-readable {Human} {Rights} {Council} resolutions"
FIELDS = {
    "session": "session",
    "title": "title",
    "agenda_item": "agenda_item",
    "agenda_item_name": "agenda_item_name",
    "adoption_meeting": "adoption_meeting",
    "draft_resolution": "draft_resolution",
    "adoption_type": "adoption_type",
}


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a resolution.

    Parameters
    ----------
    paths : mapping of str to Path
        The originals by their names.
    """
    return resolutions(paths, FIELDS)


COLUMNS = columns_of("""
symbol | symbol of the resolution
date | day of adoption
year | calendar year of that day
session | session, in words
title | title
agenda_item | number of the agenda item
agenda_item_name | name of the agenda item
adoption_meeting | meeting that adopted it
draft_resolution | symbol of the draft
adoption_type | how it was adopted, in words
stated_yes | votes in favour as stated; empty without a recorded vote
stated_no | votes against as stated
stated_abstain | abstentions as stated
listed_yes | names listed in favour; empty where no names are listed
listed_no | names listed against
listed_abstain | names listed as abstaining
sponsors | sponsors, apart by semicolons; one row each in un_hrc_resolutions_dgacm_sponsors
additional_sponsors | states that joined the sponsors, apart by semicolons
subjects | subjects in the UN Library's words, apart by semicolons
sdgs | Sustainable Development Goals that the Secretariat links it to, apart by semicolons
""")

ORIGINALS = originals_in(
    "un_hrc_resolutions_dgacm",
    "UNxml/HRCresolutions",
    "b987fdad4bf1",
    "data_extract/",
    """
json/52session.json b3602af89ae83e29b8baecfc10e9e4f413e1a5807a86c7b90c578709cb336e02 2286
json/54session.json 75d30533881bdf39e1a5734fda88d212860a08923b1c5c0e8fa4d242a3a91508 55764
json/55session.json 5ad8bd8942a3c22e5fcbf8fde4fd857d1f8e9dd890dc2db896517e26365df6f2 55470
json/56session.json 19c35e288d3c3c4e234038e32da9b510a9b1ac4c6980d39c257a14e0dba640ca 32306
json/57session.json 893e3cbfd73aa579eedfd53797558fc8e7db6c6f35d514d0c7cdfb3453740ec6 63427
json/58session.json 5791cdb8d121e412d3d7437e2613b7b9a265014e23a21230b834ee5fea55f36d 59073
json/59session.json 724cb81bad1221cac30ded79bd8dfc6e3f1a8ceedc40bb8bc6e600b460a1ebe2 39909
json/60session.json 8ebaa3f4fee53f97810fd0847f51e17e9f972fad00caec2826dabf75845412b3 5503
""",
)

DATASET = Dataset(
    name="un_hrc_resolutions_dgacm",
    title="Machine-readable Human Rights Council resolutions",
    producer="United Nations, Department for General Assembly and Conference Management",
    version="data_extract, commit b987fdad4bf1 (sessions 52 and 54-60)",
    home="https://www.un.org/dgacm/en/content/visualizations-and-machine-readability",
    doi="",
    licence=LICENCE,
    redistribution="unknown",
    citation=(
        "United Nations, Department for General Assembly and Conference Management. (2026). "
        "Machine-readable Human Rights Council resolutions [Data set]. "
        "https://github.com/UNxml/HRCresolutions"
    ),
    bibtex=bibtex("un_hrc_resolutions_dgacm", TITLE, "UNxml/HRCresolutions"),
    unit="resolution",
    keys=("symbol",),
    span=(2023, 2025),
    originals=ORIGINALS,
    columns=COLUMNS,
    read=read,
    traps=(
        "Incomplete: session 53 is missing, 52 has one resolution and 60 has three.",
        "For complete votes use un_hrc_votes_ohchr; this set adds the sponsors.",
        "Four symbols occur twice: the record with the most votes and sponsors is kept.",
        TERMS,
    ),
)
