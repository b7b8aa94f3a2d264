"""Exit and return: who gets out, and who is sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Measure, Option
from beholden.measures.evidence import best
from beholden.measures.frames import EVENT, YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.core import Series
    from beholden.measures.base import Evidence, Row, Target

__all__ = ["ARRIVALS", "DOCUMENTED_RETURNS"]


def _arrivals(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    del picks
    rows = [
        row
        for row in evidence.rows("arrivals")
        # Totals over several years, or part of a year, are no yearly figure.
        if row["period_start"] == row["period_end"] == str(row["year"])
        and row["arrivals_total"] is not None
    ]
    held = sorted({int(str(row["year"])) for row in rows})
    wanted = target.years.until(evidence.as_of.year) if target.years else held
    points, used = [], []
    for year in (year for year in held if year in wanted):
        alternatives = [row for row in rows if row["year"] == year]
        row = best(alternatives, lambda _: True)
        if row is not None:
            points.append(_year_point(year, row, alternatives))
            used.append(row)
    frame = pl.DataFrame(points, schema=YEAR)
    return evidence.series(frame, "year", "persons", used)


def _year_point(year: int, row: Row, alternatives: list[Row]) -> Row:
    totals = [float(str(other["arrivals_total"])) for other in alternatives]
    return {
        "year": year,
        "x": float(str(row["arrivals_total"])),
        "low": min(totals),
        "high": max(totals),
        "rows": [row["row"]],
    }


_RECORDS = {
    "dated returns": ("returns",),
    "cumulative counts": ("returns, cumulative",),
    "documented cases": ("documented cases",),
}


def _returns(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    rows = [
        row
        for row in evidence.rows("returns")
        if row["measure"] in _RECORDS[picks["record"]]
        and target.patron in str(row["destination_from"])
        and row["low"] is not None
    ]
    if target.years is not None:
        years = target.years.until(evidence.as_of.year)
        rows = [row for row in rows if int(str(row["date"])[:4]) in years]
    if picks["record"] != "dated returns":
        # Totals over overlapping years are never added: the largest stands for all.
        largest = max(rows, key=lambda row: int(str(row["low"])), default=None)
        rows = [] if largest is None else [largest]
    frame = pl.DataFrame(
        [
            {
                "date": row["start"],
                "year": int(str(row["date"])[:4]),
                "kind": str(row["measure"]),
                "title": str(row["claim_basis"]),
                "low": float(str(row["low"])),
                "high": None if row["high"] is None else float(str(row["high"])),
                "rows": [row["row"]],
            }
            for row in rows
        ],
        schema=EVENT,
    ).sort("date")
    return evidence.series(frame, "event", "persons", rows)


ARRIVALS = Measure(
    name="arrivals",
    construct="exit",
    title="people from the client who arrived in the place of refuge",
    definition=(
        "Persons who arrived in a calendar year; the latest release known, with the range of "
        "earlier releases. Totals over several years are left out."
    ),
    unit="year",
    scale="persons",
    direction="higher: more people get out",
    needs=("arrivals",),
    compute=_arrivals,
    limits="Arrivals lag departures by months or years, and do not count who failed.",
    references=("Case file, dprk_arrivals.csv",),
)

DOCUMENTED_RETURNS = Measure(
    name="documented_returns",
    construct="exit",
    title="people returned to the client by the patron, as documented",
    definition=(
        "Documented returns with a lowest and, where there is one, a highest figure. Dated "
        "returns may be added; of overlapping totals only the largest is taken."
    ),
    unit="event",
    scale="persons",
    direction="higher: more people returned",
    needs=("returns",),
    choices=(
        Choice(
            "record",
            "which kind of record is trusted",
            (
                Option("dated returns", "by dated returns", "each with place, time and source"),
                Option(
                    "cumulative counts",
                    "by the largest cumulative count",
                    "organisations that follow cases over years miss fewer",
                ),
                Option(
                    "documented cases",
                    "by the largest database of testimonies",
                    "testimony is checked case by case, though only of those who got out again",
                ),
            ),
            "not equivalent",
        ),
    ),
    compute=_returns,
    limits=(
        "The returning state publishes nothing, so every figure is a lower bound by others. Cases "
        "are not persons: one person can be returned twice."
    ),
    references=("Case file, dprk_repatriations.csv",),
)
