"""Resolutions as the UN Secretariat publishes them for machines: one JSON object per line."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.errors import TableError
from beholden.sources.un_names import iso3_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["resolutions", "sponsors", "votes"]

Record = dict[str, Any]

LISTS = {"Y": "MS_in_favour", "N": "MS_against", "A": "MS_abstaining"}
ROLES = {"sponsor": "sponsors", "additional": "additional_sponsors"}
SPLIT = "; "


def resolutions(paths: Mapping[str, Path], fields: Mapping[str, str]) -> pl.DataFrame:
    """One row for a resolution, with its tallies as stated and as counted from the lists.

    Parameters
    ----------
    paths : mapping of str to Path
        The originals.
    fields : mapping of str to str
        Columns of text to take over: new name to the source's name.
    """
    rows = [_resolution(record, fields) for record in _records(paths)]
    schema = dict.fromkeys(rows[0], pl.String) | {"date": pl.Date, "year": pl.Int64}
    counts = (name for name in rows[0] if name.startswith(("stated_", "listed_")))
    frame = pl.DataFrame(rows, schema=schema | dict.fromkeys(counts, pl.Int64))
    return frame.sort("date", "symbol")


def votes(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in the list of those in favour, against or abstaining.

    Parameters
    ----------
    paths : mapping of str to Path
        The originals.
    """
    found = [
        (*_named(record), state, vote)
        for record in _records(paths)
        for vote, key in LISTS.items()
        for state in record[key]
    ]
    frame = _long(found, ("member_state", "vote")).with_columns(
        listing=pl.int_range(1, pl.len() + 1).over("symbol", "member_state")
    )
    named = iso3_column(frame, "member_state", "member_iso3")
    order = ("symbol", "date", "year", "member_state", "member_iso3", "vote", "listing")
    return named.select(order).sort("date", "symbol", "member_state", "listing")


def sponsors(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a sponsor of a resolution; a name that a list repeats is taken once.

    Parameters
    ----------
    paths : mapping of str to Path
        The originals.
    """
    found = [
        (*_named(record), state, role)
        for record in _records(paths)
        for role, key in ROLES.items()
        for state in dict.fromkeys(name.strip() for name in record[key])
        if state
    ]
    named = iso3_column(_long(found, ("sponsor", "role")), "sponsor", "sponsor_iso3")
    order = ("symbol", "date", "year", "role", "sponsor", "sponsor_iso3")
    return named.select(order).sort("date", "symbol", "role", "sponsor")


def _records(paths: Mapping[str, Path]) -> list[Record]:
    """Every record, of those with the same symbol the one that lists the most names."""
    best: dict[str, Record] = {}
    for file in sorted(paths):
        for record in _lines(paths[file]):
            known = best.get(record["symbol"])
            if known is None or _names(record) > _names(known):
                best[record["symbol"]] = record
    return list(best.values())


def _lines(path: Path) -> Iterable[Record]:
    """The objects of a file; some lines have a stray quotation mark on either side."""
    decoder = json.JSONDecoder()
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip(' "\r\t'):
            try:
                yield decoder.raw_decode(line, line.index("{"))[0]
            except ValueError as fault:
                raise TableError(f"{path.name}:{number}: expected a JSON object: {fault}") from None


def _names(record: Record) -> tuple[int, int]:
    """How many votes and how many sponsors a record lists."""
    listed = sum(len(record[key]) for key in LISTS.values())
    return listed, sum(len(record[key]) for key in ROLES.values())


def _resolution(record: Record, fields: Mapping[str, str]) -> dict[str, object]:
    symbol, day, year = _named(record)
    row: dict[str, object] = {"symbol": symbol, "date": day, "year": year}
    row |= {new: _text(record[old]) for new, old in fields.items()}
    stated = [_count(record[f"{key}_count"]) for key in LISTS.values()]
    listed = [len(record[key]) for key in LISTS.values()]
    for prefix, counts in (("stated", stated), ("listed", listed)):
        # Without a recorded vote the source prints 0-0-0, which is no tally.
        tally = counts if any(counts) else [None] * 3
        names = (f"{prefix}_{vote}" for vote in ("yes", "no", "abstain"))
        row |= dict(zip(names, tally, strict=True))
    row |= {key: _joined(record[key]) for key in ROLES.values()}
    row["subjects"] = _joined(pair[0] for pair in record["subjects"])
    row["sdgs"] = _joined(record["SDGs"])
    return row


def _named(record: Record) -> tuple[str, date, int]:
    day = _date(record["adoption_date"])
    return record["symbol"].strip(), day, day.year


def _date(text: str) -> date:
    """The day in "2019-12-18 00:00:00", "18 December 2019" or "19 November 2004 in Nairobi"."""
    plain = " ".join(text.split())
    if re.match(r"\d{4}-", plain):
        return date.fromisoformat(plain[:10])
    return datetime.strptime(" ".join(plain.split()[:3]), "%d %B %Y").date()


def _count(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None


def _text(text: str) -> str | None:
    return " ".join(text.split()) or None


def _joined(parts: Iterable[str]) -> str | None:
    return SPLIT.join(part.strip() for part in parts if part.strip()) or None


def _long(rows: list[tuple[Any, ...]], names: tuple[str, str]) -> pl.DataFrame:
    kinds = {"symbol": pl.String, "date": pl.Date, "year": pl.Int64}
    return pl.DataFrame(rows, schema=kinds | dict.fromkeys(names, pl.String), orient="row")
