"""Contacts: meetings at the top between patron and client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Measure
from beholden.measures.frames import EVENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.core import Series
    from beholden.measures.base import Evidence, Target

__all__ = ["HIGH_LEVEL_CONTACTS"]


def _contacts(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    del picks
    both = {target.client, target.patron}
    rows = [
        row
        for row in evidence.rows("events")
        if str(row["kind"]).startswith("summit/visit")
        and both <= set(str(row["actors"] or "").split(";"))
    ]
    if target.years is not None:
        years = target.years.until(evidence.as_of.year)
        rows = [row for row in rows if int(str(row["date"])[:4]) in years]
    frame = pl.DataFrame(
        [
            {
                "date": row["start"],
                "year": int(str(row["date"])[:4]),
                "kind": str(row["kind"]),
                "title": str(row["title"]),
                "low": 1.0,
                "high": 1.0,
                "rows": [row["row"]],
            }
            for row in rows
        ],
        schema=EVENT,
    ).sort("date")
    return evidence.series(frame, "event", "visits", rows)


HIGH_LEVEL_CONTACTS = Measure(
    name="high_level_contacts",
    construct="ties",
    title="high-level visits between patron and client",
    definition="Summits and visits of leaders and members of the top leadership, by day.",
    unit="event",
    scale="visits",
    direction="higher: closer contact",
    needs=("events",),
    compute=_contacts,
    limits="Only visits that were made public; working-level contacts are not listed.",
    references=("Case file, dprk_events.csv",),
)
