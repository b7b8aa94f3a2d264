"""Resolutions and drafts that the UN Security Council voted on 1946 to July 2022, with tallies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset
from beholden.sources.sets import un_sc_meetings_dhl as meetings
from beholden.sources.tidying import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

ITEM = re.compile(
    r"(?=\bS/RES/\d)|(?=\bDraft\b)"
    r"|(?<!resolution )(?<!and )(?=\bS/\d{4}/\d+ (?:vetoed|not adopted)\b)",
    re.IGNORECASE,
)
RESOLUTION = re.compile(r"S/RES/\d+ ?(\([^)]*\))?( [A-Z]\b)?")
REJECTED = re.compile(r"\bvetoed by\b|\bnot adopted\b", re.IGNORECASE)
TALLY = re.compile(r"(?<!\d)(\d+) ?- ?(\d+) ?- ?(\d+)(?!\d)")
WORDS = re.compile(r"adopted unanimously|adopted by consensus|without vote", re.IGNORECASE)
KEPT = ("source_file", "number", "year", "date", "meeting_record", "topic")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a resolution or a draft that was voted on.

    Parameters
    ----------
    paths : mapping of str to Path
        The archive by its name.
    """
    held = meetings.read(paths).drop_nulls("outcome")
    rows = [
        {name: row[name] for name in KEPT} | outcome
        for row in held.iter_rows(named=True)
        for outcome in _outcomes(row["outcome"])
    ]
    whole = ("number", "item_number", "year", "yes", "no", "abstain")
    kinds = dict.fromkeys(whole, pl.Int64) | {"date": pl.Date}
    return pl.DataFrame(rows, schema={name: kinds.get(name, pl.String) for name in rows[0]})


def _outcomes(text: str) -> Iterable[dict[str, object]]:
    """What a cell says of each resolution or draft in it."""
    flat = " ".join(text.split())
    parts = [part.strip() for part in ITEM.split(flat) if ITEM.match(part)]
    found = (_outcome(part) for part in parts)
    for number, outcome in enumerate((one for one in found if one), 1):
        yield {"item_number": number} | outcome


def _outcome(part: str) -> dict[str, object] | None:
    """One resolution (adopted) or one draft that was vetoed or not adopted."""
    rejected, adopted = REJECTED.search(part), RESOLUTION.match(part)
    if not (rejected or adopted):
        return None
    tally = TALLY.search(part)
    counts = [int(group) for group in tally.groups()] if tally else [None] * 3
    status, vetoed_by = "adopted", None
    if rejected:
        status = rejected.group().lower()
        if status != "not adopted":
            after = part[rejected.end() : tally.start() if tally else None]
            status, vetoed_by = "vetoed", after.strip(" ;,.*") or None
    words = tally or WORDS.search(part)
    item = adopted.group() if adopted else part[: rejected.start()] if rejected else part
    return {
        "item": item.strip(" ;,"),
        "status": status,
        "vetoed_by": vetoed_by,
        "tally": words.group() if words else None,
        **dict(zip(("yes", "no", "abstain"), counts, strict=True)),
    }


COLUMNS = columns_of("""
source_file | table of the Library
number | number of the row in that table
year | calendar year
date | day of the meeting
meeting_record | symbol of the verbatim record
topic | topic
item_number | number of the resolution or draft in that row, from 1
item | symbol of the resolution, or what was voted on
status | adopted, vetoed or not adopted
vetoed_by | permanent members that vetoed it, as printed
tally | tally as printed, for-against-abstaining, or how it was adopted without one
yes | votes in favour
no | votes against
abstain | abstentions
""")

DATASET = Dataset(
    name="un_sc_meetings_dhl_outcomes",
    title="Security Council meetings and outcomes tables: resolutions and drafts",
    producer=meetings.DATASET.producer,
    version=meetings.DATASET.version,
    home=meetings.DATASET.home,
    doi="",
    licence=meetings.DATASET.licence,
    redistribution=meetings.DATASET.redistribution,
    released=meetings.DATASET.released,
    acts="date",
    citation=meetings.CITATION,
    bibtex=meetings.entry("un_sc_meetings_dhl_outcomes"),
    unit="decision",
    keys=("source_file", "number", "item_number"),
    span=(1946, 2022),
    originals=meetings.DATASET.originals,
    columns=COLUMNS,
    read=read,
    traps=(
        "Tallies only, no votes by member.",
        (
            "S/2022/431 on North Korea is printed 13-0-2 and means 13-2-0; the correction "
            "exchanges the two numbers, while tally stays as printed."
        ),
        "A resolution voted on in paragraphs appears once.",
        "Some resolutions have no tally, only the words adopted unanimously or without vote.",
        "Resolution 666 of 13 September 1990 is printed as 663, so 663 stands twice.",
    ),
)
