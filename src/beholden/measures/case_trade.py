"""The case file's rows on one client's trade, asked for by year and basis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Years
from beholden.measures.evidence import best
from beholden.measures.frames import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from beholden.core import Series
    from beholden.measures.base import Evidence, Row, Target

__all__ = [
    "OTHER_HALF",
    "Point",
    "TradeRows",
    "known_years",
    "number",
    "share_point",
    "yearly_series",
]

_ESTIMATE = "KOTRA estimate of unrecorded deliveries"
_CUSTOMS = "Chinese customs"


@dataclass(frozen=True)
class Point:
    """One year's value with its range and the rows it came from."""

    year: int
    x: float
    low: float
    high: float
    used: tuple[Row, ...]


def yearly_series(
    evidence: Evidence, points: list[Point], scale: str, notes: Iterable[str] = ()
) -> Series:
    """A series of years from points, with the sources of their rows."""
    frame = pl.DataFrame(
        [
            {
                "year": point.year,
                "x": point.x,
                "low": point.low,
                "high": point.high,
                "rows": [str(row["row"]) for row in point.used],
            }
            for point in points
        ],
        schema=YEAR,
    )
    used = [row for point in points for row in point.used]
    return evidence.series(frame, "year", scale, used, notes)


def number(row: Row, column: str) -> float:
    """The number in a column of a row.

    Raises
    ------
    TypeError
        When there is none.
    """
    value = row[column]
    if not isinstance(value, (int, float)):
        raise TypeError(f"expected a number in {row['row']}, column {column}, found {value!r}")
    return float(value)


class TradeRows:
    """The trade rows of one client, asked for by year and basis."""

    def __init__(self, evidence: Evidence, client: str, partner: str) -> None:
        self.client, self.partner = client, partner
        self.rows = [row for row in evidence.rows("trade") if row["flow"] == "total"]
        self.aid = evidence.rows("aid") if "aid" in evidence.tables else []

    def level(self, partner: str, year: int, compiler: str = "") -> Row | None:
        """The level row of a partner, KOTRA's or a named compiler's; crude oil as it prints it."""
        return best(
            self.rows,
            lambda row: (
                row["year"] == year
                and row["partner"] == partner
                and row["usd_million"] is not None
                and row["interkorean_basis"] != "incl"
                and str(row["compiler"]).startswith(compiler)
                and (bool(compiler) or row["crude_basis"] != "excl_unreported_crude")
            ),
        )

    def printed(self, year: int, basis: str) -> Row | None:
        """The share as its compiler printed it, crude oil counted as the compiler does."""
        return best(
            self.rows,
            lambda row: (
                row["year"] == year
                and row["partner"] == self.partner
                and row["share_of_total"] is not None
                and row["value_type"] == "published"
                and row["interkorean_basis"] == basis
                and row["crude_basis"] != "excl_unreported_crude"
                and row["preferred"] == 1
            ),
        )

    def crude(self, year: int, level: Row) -> Row | float | None:
        """The estimate of unreported crude inside `level`: a row, 0.0, or None if unknown."""
        if level["crude_basis"] != "incl_estimated_crude":
            return 0.0
        return best(
            self.aid,
            lambda row: (
                row["year"] == year
                and row["status"] == _ESTIMATE
                and row["donor"] == self.partner
                and row["usd_million"] is not None
            ),
        )


def share_point(trade: TradeRows, year: int, picks: Mapping[str, str]) -> Point | None:
    """The share of one year: as printed where a compiler printed it, else from levels."""
    computed = _computed(trade, year, picks)
    # A printed share includes the estimate of crude wherever its compiler made one.
    as_printed = picks["compiler"] == "KOTRA" and (
        picks["crude"] == "with" or not _estimated(trade, year)
    )
    basis = "incl" if picks["interkorean"] == "included" else "excl"
    printed = trade.printed(year, basis) if as_printed else None
    if printed is None:
        return computed
    share = number(printed, "share_of_total") / 100
    if computed is None:
        return Point(year, share, share, share, (printed,))
    low, high = min(share, computed.x), max(share, computed.x)
    return Point(year, share, low, high, (printed, *computed.used))


def _estimated(trade: TradeRows, year: int) -> bool:
    """Whether the year's level holds an estimate of unreported crude."""
    level = trade.level(trade.partner, year)
    return level is None or level["crude_basis"] == "incl_estimated_crude"


def _computed(trade: TradeRows, year: int, picks: Mapping[str, str]) -> Point | None:
    own, world = trade.level(trade.partner, year), trade.level("WLD", year)
    if own is None or world is None:
        return None
    used = [own, world]
    top, bottom = number(own, "usd_million"), number(world, "usd_million")
    if picks["compiler"] == "customs":
        customs = trade.level(trade.partner, year, _CUSTOMS)
        if customs is None:
            return None
        # The partner's own figure replaces KOTRA's above and below the line.
        bottom += number(customs, "usd_million") - top
        top = number(customs, "usd_million")
        used.append(customs)
    elif picks["crude"] == "without":
        crude = trade.crude(year, own)
        if crude is None:
            return None
        if not isinstance(crude, float):
            used.append(crude)
            top -= number(crude, "usd_million")
            bottom -= number(crude, "usd_million")
    if picks["interkorean"] == "included":
        south = trade.level(OTHER_HALF[trade.client], year)
        if south is None:
            return None
        used.append(south)
        bottom += number(south, "usd_million")
    return Point(year, top / bottom, top / bottom, top / bottom, tuple(used))


# States whose statistics treat trade with the other half of the nation as internal.
OTHER_HALF = {"PRK": "KOR"}


def _years(evidence: Evidence, target: Target) -> range:
    span = target.years or Years(1900, None)
    return span.until(evidence.as_of.year)


def known_years(rows: list[Row], evidence: Evidence, target: Target) -> list[int]:
    """The years that the rows hold and the target asks for, in order."""
    held = {year for row in rows if isinstance(year := row["year"], int)}
    wanted = _years(evidence, target)
    return sorted(year for year in held if year in wanted)
