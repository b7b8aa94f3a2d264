"""Lifeline: what a client's economy takes from one partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.errors import MissingDataError
from beholden.measures.base import Choice, Measure, Option
from beholden.measures.case_trade import (
    OTHER_HALF,
    Point,
    TradeRows,
    known_years,
    number,
    share_point,
    yearly_series,
)
from beholden.measures.flows import SOURCE_CHOICE
from beholden.measures.states_and_pairs import claimed
from beholden.measures.trade import TRADE_REFERENCES, trade_share_values
from beholden.panels import DYAD_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.core import Series
    from beholden.measures.base import Evidence, Row, Target

__all__ = ["AID_QUANTITY", "TRADE_SHARE", "TRADE_VALUE"]


def _trade_share(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    if picks["source"] != _CASE_FILE:
        needs = _SOURCE.option(picks["source"]).needs
        return claimed("trade_share", trade_share_values, evidence, target, picks, needs)
    if "trade" not in evidence.tables:
        raise MissingDataError(f"facts of the kind `trade` about {target.client}")
    trade = TradeRows(evidence, target.client, target.other)
    points = [share_point(trade, year, picks) for year in known_years(trade.rows, evidence, target)]
    return yearly_series(evidence, [point for point in points if point], "share")


def _trade_value(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    del picks
    trade = TradeRows(evidence, target.client, target.other)
    points = []
    for year in known_years(trade.rows, evidence, target):
        row = trade.level(target.other, year)
        if row is not None:
            value = number(row, "usd_million")
            points.append(Point(year, value, value, value, (row,)))
    return yearly_series(evidence, points, "million US dollars")


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
    for year in known_years(fits, evidence, target):
        rows = tuple(row for row in fits if row["year"] == year)
        total = sum(number(row, "quantity") for row in rows)
        points.append(Point(year, total, total, total, rows))
    return yearly_series(evidence, points, "tonnes")


_CASE_FILE = "case file"
_SOURCE = Choice(
    SOURCE_CHOICE.name,
    SOURCE_CHOICE.question,
    (
        Option(
            _CASE_FILE,
            "in the case file",
            "partners' customs as one compiler puts them together, with South Korean goods that "
            "others book under North Korea taken out",
            facts=True,
        ),
        *SOURCE_CHOICE.options,
    ),
    SOURCE_CHOICE.equivalence,
)
# How the case file counts has no meaning in the other sources, which stand at these.
_PLAIN = {"interkorean": "excluded", "crude": "with", "compiler": "KOTRA"}


def _forbids_share(picks: Mapping[str, str]) -> str:
    other = picks.get("source", _CASE_FILE) != _CASE_FILE
    if other and any(picks.get(name, plain) != plain for name, plain in _PLAIN.items()):
        return "only the case file counts inter-Korean trade, crude oil and compilers apart"
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
    uses=("trade", "aid"),
    choices=(
        _SOURCE,
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
            facts=True,
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
            facts=True,
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
            facts=True,
        ),
    ),
    compute=_trade_share,
    limits=(
        "Mirror statistics: what partners report, not what the client does. Barter, smuggling, "
        "arms and, since 2020, much Russian trade are not in any series."
    ),
    references=("Case file, section Disagreements", *TRADE_REFERENCES),
    forbids=_forbids_share,
    # Half-nations, and what KOTRA estimates, concern the Koreas alone.
    applies=lambda choice, target: choice == "source" or target.client in OTHER_HALF,
    values=trade_share_values,
    panel=DYAD_YEAR,
    formula="trade of the pair / sum of trade over all partners in the same source",
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
