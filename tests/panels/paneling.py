"""Small made measures for panels, and slow look-ups that share no code with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from beholden import states
from beholden.core import Input, Provenance
from beholden.errors import PanelError, nearest
from beholden.panels import STATE_YEAR, Values, build
from beholden.states.timeline import index, on_window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from beholden.panels import Panel
    from beholden.states.timeline import System

KINDS: dict[str, type[pl.DataType]] = {
    "state": pl.Int64,
    "other": pl.Int64,
    "year": pl.Int64,
    "x": pl.Float64,
}
Row = tuple[Any, ...]
# Codes that went from one state to another, or to a list's other number, and a few that did not.
TURNING: dict[str, list[Any]] = {
    "iso3": ["SUN", "RUS", "DEU", "DDR", "YEM", "YMD", "CSK", "CZE", "SVK", "YUG", "SCG", "SRB"],
    "cow": [365, 255, 260, 265, 678, 679, 680, 315, 316, 317, 345, 341],
    "gw": [365, 260, 265, 678, 680, 315, 316, 317, 345, 340, 341],
    "m49": [810, 643, 280, 276, 278, 886, 887, 720, 200, 203, 890, 891, 688],
}
STEADY: dict[str, list[Any]] = {
    "iso3": ["PRK", "CHN", "USA", "ERI", "SSD", "XKX", "ROM", "ZZZ"],
    "cow": [731, 710, 2, 531, 626, 347, 999],
    "gw": [731, 710, 2, 531, 626, 347, 999],
    "m49": [408, 156, 840, 232, 728, 999],
}


def values(
    rows: Sequence[Row],
    system: System = "cow",
    *,
    span: tuple[int, int] | None = None,
    symmetric: bool = False,
    extra: Mapping[str, Sequence[object]] | None = None,
    missing: Mapping[str, str] | None = None,
    sources: tuple[str, ...] = ("made",),
) -> Values:
    """Rows of (state, year, x) or (state, other, year, x) as values."""
    pairs = bool(rows) and len(rows[0]) == 4
    names = ["state", "other", "year", "x"] if pairs else ["state", "year", "x"]
    kinds = {name: KINDS[name] for name in names}
    if system == "iso3":
        kinds |= {name: pl.String for name in ("state", "other") if name in kinds}
    frame = pl.DataFrame(list(rows), schema=kinds, orient="row").with_columns(
        **{name: pl.Series(cells) for name, cells in (extra or {}).items()}
    )
    years = frame["year"].drop_nulls()
    first, last = (int(str(years.min())), int(str(years.max()))) if len(years) else (1816, 2024)
    inputs = tuple(Input(name, "1", f"{name}.csv", "0" * 64) for name in sources)
    return Values(
        frame,
        "dyad-year" if pairs else "state-year",
        system,
        span or (first, last),
        "units",
        "higher: more",
        sources,
        Provenance(inputs),
        symmetric,
        missing=missing or {},
    )


@dataclass
class Made:
    """Measures by name, as a panel asks for them; a pick changes the label alone."""

    tables: dict[str, Values]
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)
    picked: dict[str, dict[str, str]] = field(default_factory=dict)

    def choices(self, name: str) -> tuple[str, ...]:
        if name not in self.tables:
            raise PanelError(f"expected a measure, found {name!r}. {nearest(name, self.tables)}")
        return self.options.get(name, ())

    def values(self, name: str, picks: Mapping[str, str]) -> Values:
        self.picked[name] = dict(picks)
        return self.tables[name]

    def label(self, name: str, picks: Mapping[str, str]) -> str:
        return ", ".join([f"the measure {name}", *picks.values()])

    def cite(self, names: Iterable[str]) -> dict[str, str]:
        return {name: f"@misc{{{name},\n  title = {{{name}}}\n}}" for name in names}


def made(
    years: range,
    unit: str = STATE_YEAR,
    system: str = "cow",
    *,
    directed: bool = True,
    **tables: Values,
) -> Panel:
    """A panel over made measures, each added under its name."""
    panel = build(Made(dict(tables)), unit, years, system, directed=directed)
    return panel.add(*tables) if tables else panel


@cache
def members(system: str, year: int) -> dict[int, tuple[date, date]]:
    """The members of a list in a year by code, each with its first and last day in it."""
    found: dict[int, tuple[date, date]] = {}
    for spell in states.spells(system):
        start = max(spell.start, date(year, 1, 1))
        end = min(spell.end or date.max, date(year, 12, 31))
        if start <= end:
            before = found.get(spell.code, (start, end))
            found[spell.code] = (min(before[0], start), max(before[1], end))
    return found


@cache
def bearer(code: str | int, year: int, system: str, into: str) -> tuple[int, date] | None:
    """The number of the last member to bear a code in a year, and until which day it did."""
    under_code = index(cast("System", system)).get(code, ())
    day = date(year, 12, 31)
    while day.year == year:
        there = on_window(under_code, (day, day))
        number = getattr(there[-1], into) if there else None
        if number is not None:
            return number, day
        day -= timedelta(days=1)
    return None


def looked_up(table: Values, into: str) -> dict[Row, float | None]:
    """(list number, [other], year) to value, one row at a time; of two the later state's."""
    found: dict[Row, tuple[list[date], float | None]] = {}
    for row in table.frame.to_dicts():
        sides = [row["state"]] + ([row["other"]] if "other" in row else [])
        borne = [
            bearer(code, row["year"], table.system, into)
            for code in sides
            if code is not None and row["year"] is not None
        ]
        if len(borne) < len(sides) or None in borne:
            continue
        known = [item for item in borne if item is not None]
        key = (*(number for number, _ in known), row["year"])
        days = [day for _, day in known]
        if key not in found or days > found[key][0]:
            found[key] = days, row["x"]
    return {key: x for key, (_, x) in found.items()}
