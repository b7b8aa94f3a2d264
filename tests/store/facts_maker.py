"""A user's own folder of facts, made for one test."""

from __future__ import annotations

import csv
import hashlib
from typing import TYPE_CHECKING

import yaml

from beholden.store import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# One valid row of each kind; a test changes what it is about.
VALID: dict[str, dict[str, str]] = {
    "trade": {
        "year": "2014",
        "partner": "CHN",
        "flow": "total",
        "usd_million": "6860",
        "compiler": "KOTRA",
        "crude_basis": "incl_estimated_crude",
        "interkorean_basis": "not_applicable",
        "value_type": "published",
        "preferred": "1",
    },
    "votes": {
        "date": "2014-12-18",
        "body": "UNGA plenary",
        "symbol": "A/RES/69/188",
        "subject": "human rights in the DPRK",
        "yes": "116",
        "no": "20",
        "abstain": "53",
        "absent": "4",
        "outcome": "adopted by vote",
        "preferred": "1",
    },
    "events": {
        "date": "2015-10-09",
        "kind": "summit/visit China-DPRK",
        "title": "a visit",
        "actors": "CHN;PRK",
    },
    "arrivals": {
        "year": "2011",
        "period_start": "2011",
        "period_end": "2011",
        "arrivals_total": "2706",
        "status": "final",
        "series": "yearly",
        "preferred": "1",
    },
    "returns": {
        "date": "2023-10-09",
        "measure": "returns",
        "low": "500",
        "high": "600",
        "unit": "persons",
        "destination_from": "CHN",
        "claim_basis": "witnesses",
    },
    "aid": {
        "year": "2011",
        "donor": "CHN",
        "kind": "food",
        "status": "delivered",
        "quantity": "300000",
        "unit": "t",
    },
    "vetoes": {
        "date": "2007-01-12",
        "draft_symbol": "S/2007/14",
        "subject_state": "MMR",
        "vetoing_states": "CHN;RUS",
        "yes": "9",
        "no": "3",
        "abstain": "3",
        "topic": "human rights",
        "scope": "core",
    },
}
SOURCE = {
    "source_title": "A yearbook",
    "source_url": "https://example.org",
    "source_date": "2015-06-05",
    "confidence": "high",
}


def row(table: str, **cells: str) -> dict[str, str]:
    """A valid row of a kind of table, with some cells changed or added."""
    blank = dict.fromkeys(SCHEMAS[table].columns, "")
    return {**blank, **VALID[table], **SOURCE, **cells}


def text_of(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV with a header."""
    lines: list[str] = []

    class Sink:
        def write(self, line: str) -> None:
            lines.append(line)

    writer = csv.DictWriter(Sink(), list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return "".join(lines)


def put(folder: Path, name: str, data: str | bytes, **entry: object) -> Path:
    """Write a folder of facts with one table and its manifest; the path of its file."""
    folder.mkdir(parents=True, exist_ok=True)
    raw = data.encode() if isinstance(data, str) else data
    path = folder / f"{name}.csv"
    path.write_bytes(raw)
    line = {
        "table": name,
        "file": path.name,
        "sha256": hashlib.sha256(raw).hexdigest(),
        "client": "PRK",
        "title": "A table",
        **entry,
    }
    manifest = {
        "title": "My facts",
        "version": "7",
        "licence": "CC0",
        "citation": "Me",
        "tables": [line],
    }
    (folder / "manifest.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return path
