"""Lifeline: what a client's economy takes from one partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Measure, Option, Target, Years
from beholden.measures.evidence import best
from beholden.measures.frames import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from beholden.core import Series
    from beholden.measures.base import Evidence, Row

__all__ = ["AID_QUANTITY", "TRADE_SHARE", "TRADE_VALUE"]

_ESTIMATE = "KOTRA estimate of unrecorded deliveries"
_CUSTOMS = "Chinese customs"


@dataclass(frozen=True)
class _Point:
    """One year's value with its range and the rows it came from."""

    year: int
    x: float
    low: float
    high: float
    used: tuple[Row, ...]


def _series(
    evidence: Evidence, points: list[_Point], scale: str, notes: Iterable[str] = ()
) -> Series:
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


def _number(row: Row, column: str) -> float:
    value = row[column]
    if not isinstance(value, (int, float)):
        raise TypeError(f"expected a number in {row['row']}, column {column}, found {value!r}")
    return float(value)


class _Trade:
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


def _share_point(trade: _Trade, year: int, picks: Mapping[str, str]) -> _Point | None:
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
    share = _number(printed, "share_of_total") / 100
    if computed is None:
        return _Point(year, share, share, share, (printed,))
    low, high = min(share, computed.x), max(share, computed.x)
    return _Point(year, share, low, high, (printed, *computed.used))


def _estimated(trade: _Trade, year: int) -> bool:
    """Whether the year's level holds an estimate of unreported crude."""
    level = trade.level(trade.partner, year)
    return level is None or level["crude_basis"] == "incl_estimated_crude"


def _computed(trade: _Trade, year: int, picks: Mapping[str, str]) -> _Point | None:
    own, world = trade.level(trade.partner, year), trade.level("WLD", year)
    if own is None or world is None:
        return None
    used = [own, world]
    top, bottom = _number(own, "usd_million"), _number(world, "usd_million")
    if picks["compiler"] == "customs":
        customs = trade.level(trade.partner, year, _CUSTOMS)
        if customs is None:
            return None
        # The partner's own figure replaces KOTRA's above and below the line.
        bottom += _number(customs, "usd_million") - top
        top = _number(customs, "usd_million")
        used.append(customs)
    elif picks["crude"] == "without":
        crude = trade.crude(year, own)
        if crude is None:
            return None
        if not isinstance(crude, float):
            used.append(crude)
            top -= _number(crude, "usd_million")
            bottom -= _number(crude, "usd_million")
    if picks["interkorean"] == "included":
        south = trade.level(_OTHER_HALF[trade.client], year)
        if south is None:
            return None
        used.append(south)
        bottom += _number(south, "usd_million")
    return _Point(year, top / bottom, top / bottom, top / bottom, tuple(used))


# States whose statistics treat trade with the other half of the nation as internal.
_OTHER_HALF = {"PRK": "KOR"}


def _years(evidence: Evidence, target: Target) -> range:
    span = target.years or Years(1900, None)
    return span.until(evidence.as_of.year)


def _trade_share(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    trade = _Trade(evidence, target.client, target.other)
    points = [
        _share_point(trade, year, picks) for year in _known_years(trade.rows, evidence, target)
    ]
    return _series(evidence, [point for point in points if point], "share")


def _known_years(rows: list[Row], evidence: Evidence, target: Target) -> list[int]:
    held = {year for row in rows if isinstance(year := row["year"], int)}
    wanted = _years(evidence, target)
    return sorted(year for year in held if year in wanted)


def _trade_value(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    del picks
    trade = _Trade(evidence, target.client, target.other)
    points = []
    for year in _known_years(trade.rows, evidence, target):
        row = trade.level(target.other, year)
        if row is not None:
            value = _number(row, "usd_million")
            points.append(_Point(year, value, value, value, (row,)))
    return _series(evidence, points, "million US dollars")


def _aid_kind(row: Row, kind: str) -> bool:
    words = str(row["kind"])
    return words.startswith(("fuel", "crude oil") if kind == "fuel" else kind)


def _aid_counts(row: Row, counted: str) -> bool:
    status = str(row["status"])
    given = "delivered" in status or "grant" in status
    return given or (counted == "delivered or pledged" and "pledged" in status)


def _aid_quantity(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    fits = [
        row
        for row in evidence.rows("aid")
        if row["donor"] == target.other
        and row["unit"] == "t"
        and row["quantity"] is not None
        and _aid_kind(row, picks["kind"])
        and _aid_counts(row, picks["counted"])
    ]
    points = []
    for year in _known_years(fits, evidence, target):
        rows = tuple(row for row in fits if row["year"] == year)
        total = sum(_number(row, "quantity") for row in rows)
        points.append(_Point(year, total, total, total, rows))
    return _series(evidence, points, "tonnes")


def _forbids_share(picks: Mapping[str, str]) -> str:
    if picks.get("compiler") == "customs" and picks.get("crude") == "with":
        return "Chinese customs print no estimate of crude oil"
    return ""


TRADE_SHARE = Measure(
    name="trade_share",
    construct="lifeline",
    title="partner's share of the client's trade",
    definition=(
        "Trade (exports plus imports) of the client with one partner over its trade with all "
        "partners in a calendar year. As printed by the compiler where it prints a share on that "
        "basis, otherwise computed from its printed levels."
    ),
    unit="year",
    scale="share",
    direction="higher: more of the client's trade goes through the partner",
    needs=("trade",),
    uses=("aid",),
    choices=(
        Choice(
            "interkorean",
            "whether trade with South Korea is counted",
            (
                Option(
                    "excluded",
                    "without trade between the two Koreas",
                    "KOTRA and customs statistics treat inter-Korean trade as internal",
                ),
                Option(
                    "included",
                    "with trade between the two Koreas",
                    "for the North it is income from abroad like any other",
                ),
            ),
            "not equivalent",
        ),
        Choice(
            "crude",
            "whether crude oil that customs do not report is estimated",
            (
                Option(
                    "with",
                    "with KOTRA's estimate of crude oil",
                    "deliveries by pipeline are believed to have gone on after 2013",
                ),
                Option(
                    "without",
                    "without estimated crude oil",
                    "an estimate is no record; from 2014 Chinese customs print none",
                ),
            ),
            "uncertain",
        ),
        Choice(
            "compiler",
            "who compiled the partner's figure",
            (
                Option(
                    "KOTRA",
                    "as KOTRA compiles it",
                    "the usual source, from partner customs; where KOTRA prints no figure for the "
                    "partner, the case file's preferred one stands in",
                ),
                Option(
                    "customs",
                    "as Chinese customs print it",
                    "the partner's own record, put in place of KOTRA's figure",
                ),
            ),
            "equivalent",
        ),
    ),
    compute=_trade_share,
    limits=(
        "Mirror statistics: what partners report, not what the client does. Barter, smuggling, "
        "arms and, since 2020, much Russian trade are not in any series."
    ),
    references=("Case file, section Disagreements",),
    forbids=_forbids_share,
    # Half-nations, and what KOTRA estimates, concern the Koreas alone.
    applies=lambda choice, target: bool(choice) and target.client in _OTHER_HALF,
)

TRADE_VALUE = Measure(
    name="trade_value",
    construct="lifeline",
    title="trade of the client with one partner",
    definition="Exports plus imports in a calendar year, millions of current US dollars.",
    unit="year",
    scale="million US dollars",
    direction="higher: more trade",
    needs=("trade",),
    compute=_trade_value,
    limits="Current dollars, not adjusted for prices. Compilers change between years.",
    references=("Case file, dprk_trade.csv",),
)

AID_QUANTITY = Measure(
    name="aid_quantity",
    construct="lifeline",
    title="aid from one donor, by weight",
    definition="Tonnes of food or of fuel reported as given (or also pledged) in a year.",
    unit="year",
    scale="tonnes",
    direction="higher: more aid",
    needs=("aid",),
    choices=(
        Choice(
            "kind",
            "whether food or fuel is looked at",
            (
                Option("food", "in food", "food keeps people and army going"),
                Option("fuel", "in fuel", "fuel keeps the economy going"),
            ),
            "not equivalent",
        ),
        Choice(
            "counted",
            "whether pledges count",
            (
                Option("delivered", "counting deliveries", "only what arrived is aid"),
                Option(
                    "delivered or pledged",
                    "counting pledges too",
                    "a pledge is a political act, and deliveries are not published",
                ),
            ),
            "not equivalent",
        ),
    ),
    compute=_aid_quantity,
    limits="China publishes no aid figures; deliveries mix gift and trade. Press reports.",
    references=("Case file, dprk_aid.csv",),
)
