"""Meetings of the UN Security Council 1946 to July 2022, from the UN Library's tables."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from beholden.errors import TableError
from beholden.sources.base import Dataset, Original
from beholden.sources.tidying import columns_of
from beholden.sources.un_tables import rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["CITATION", "DATASET", "entry", "read"]

FILE = "un_sc_meetings_dhl/sc_meeting_tables_html.zip"
TABLES = r"scact\d{4}(_covid)?_table_en\.html"
TEXTS = {
    "meeting_record": "meeting record",
    "press_release": "press release",
    "topic": "topic",
    "outcome": "security council outcome / vote",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CITATION = (
    "United Nations Dag Hammarskjöld Library. (2022). Security Council meetings and outcomes "
    "tables. https://research.un.org/en/docs/sc/quick/meetings"
)


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a topic of a meeting.

    Parameters
    ----------
    paths : mapping of str to Path
        The archive by its name.
    """
    found: list[dict[str, object]] = []
    for file, cells in rows(paths[FILE], TABLES):
        last = found[-1] if found and found[-1]["source_file"] == file else {}
        number = int(str(last.get("number", 0))) + 1
        row: dict[str, object] = {"source_file": file, "number": number, "year": int(file[5:9])}
        row["date"] = _day(cells["date"], file)
        row |= {new: _text(cells.get(old, "")) for new, old in TEXTS.items()}
        if not cells["date"] and last:
            # A further topic of the meeting above.
            row |= {key: last[key] for key in ("date", "meeting_record")}
        found.append(row)
    kinds = {"number": pl.Int64, "year": pl.Int64, "date": pl.Date}
    schema = {name: kinds.get(name, pl.String) for name in found[0]}
    return pl.DataFrame(found, schema=schema).sort("source_file", "number")


def _text(text: str) -> str | None:
    return None if text in ("", "--") else text


def _day(text: str, file: str) -> date | None:
    """The first day in "26 December", "2 Sep." or "14-15 October" of the year of the table."""
    if not text.strip():
        return None
    found = re.match(r"(\d{1,2})\b.*?([A-Z][a-z]{2})", text)
    if found is None:
        raise TableError(f"{file}: expected a day and a month, found {text!r}")
    return date(int(file[5:9]), MONTHS.index(found[2]) + 1, int(found[1]))


def entry(key: str) -> str:
    """The BibTeX entry of the tables under a key."""
    return f"""@misc{{{key},
  author = {{{{United Nations Dag Hammarskjöld Library}}}},
  title = {{{{Security}} {{Council}} meetings and outcomes tables}},
  year = {{2022}},
  url = {{https://research.un.org/en/docs/sc/quick/meetings}}
}}"""


COLUMNS = columns_of("""
source_file | table of the Library, one for a year and one more for written votes of 2020
number | number of the row in its table, from 1, latest meeting first
year | calendar year
date | day of the meeting; the first day where it had two
meeting_record | symbol of the verbatim record; empty for written votes of 2020
press_release | symbol of the press release
topic | topic
outcome | resolutions, drafts and statements with their tallies, as printed
""")

DATASET = Dataset(
    name="un_sc_meetings_dhl",
    title="Security Council meetings and outcomes tables: meetings",
    producer="United Nations Dag Hammarskjöld Library",
    version="tables of July 2022 (meetings from 1946 to June 2022)",
    home="https://research.un.org/en/docs/sc/quick/meetings",
    doi="",
    licence="UN copyright, free non-commercial use with attribution",
    redistribution="unknown",
    released="2022-07",
    acts="date",
    citation=CITATION,
    bibtex=entry("un_sc_meetings_dhl"),
    unit="meeting-topic",
    keys=("source_file", "number"),
    span=(1946, 2022),
    originals=(
        Original(
            FILE,
            "e9f3a723e41dc89a08a47746563dc41435f95848a05e7291228a9aaf6c3ac769",
            333335,
            "",  # the tables are published one by one
        ),
    ),
    columns=COLUMNS,
    read=read,
    traps=(
        (
            "The archive bundles the tables that the Library publishes one by one, so it can only "
            "be imported from a folder. Its table of vetoes is not read: see un_sc_vetoes."
        ),
        (
            "Procedural votes, such as those on North Korea of 2014-2017 (S/PV.7353, 7575, 7830, "
            "8130), have no outcome and no tally: see un_sc_dprk_votes_compiled."
        ),
        "The table of written votes in 2020 has other columns; the letters are left out.",
        "A meeting with two topics has two rows.",
    ),
)
