"""Patronage of all states: what the closest of the major powers gives, and who is whose ally."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.flows import flows
from beholden.measures.members import members
from beholden.measures.reading import made
from beholden.measures.states_and_pairs import panel_measure
from beholden.measures.support import arms
from beholden.measures.ties import MAJOR_POWER
from beholden.measures.trade import dependence, shares
from beholden.panels import STATE_YEAR
from beholden.panels.crosswalk import crosswalk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["GREAT_POWER_ALLY", "MEASURES", "PATRON_SUPPORT"]

_TRADE = "COW 4.0"
_KEYS = ["state", "year"]
_POWERS = {"United States": (2,), "China or Russia": (710, 365)}
# The list of alliances that says who promises what to whom ends here.
_LISTED = (1946, 2018)


def _patron_support(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    frame, sets = _SUPPORTS[picks["tie"]](holdings)
    majors = _majors(holdings)
    # A major power is nobody's client.
    closest = (
        frame.join(majors, left_on=["other", "year"], right_on=_KEYS, how="semi")
        .join(majors, on=_KEYS, how="anti")
        .group_by(_KEYS)
        .agg(pl.col("x").max())
        .sort(_KEYS)
    )
    return made(
        holdings,
        closest,
        (*sets, "cow_majors"),
        system="cow",
        scale="share",
        direction="higher: more from one major power",
        step="the highest value among the major powers of the year",
    )


def _majors(holdings: Holdings) -> pl.DataFrame:
    """The major powers of each year."""
    if MAJOR_POWER.values is None:
        return pl.DataFrame(schema=dict.fromkeys(_KEYS, pl.Int64))
    frame = MAJOR_POWER.values(holdings, {}).frame
    return frame.filter(pl.col("x") == 1).select(pl.col(_KEYS).cast(pl.Int64))


def _trade(holdings: Holdings) -> tuple[pl.DataFrame, tuple[str, ...]]:
    found = flows(holdings, _TRADE)
    return _whole(shares(found, "trade")), (found.name,)


def _product(holdings: Holdings) -> tuple[pl.DataFrame, tuple[str, ...]]:
    return _whole(dependence(holdings, _TRADE)), (flows(holdings, _TRADE).name, "un_gdp")


def _weapons(holdings: Holdings) -> tuple[pl.DataFrame, tuple[str, ...]]:
    frame = arms(holdings, 5)
    for column in ("state", "other"):
        walk = crosswalk("iso3", "cow")
        cells = walk.cells(frame[column], frame["year"].to_numpy())
        codes = pl.Series(column, walk.number.ravel()[cells].astype("int64"))
        frame = frame.with_columns(codes)
    known = frame.filter((pl.col("state") > 0) & (pl.col("other") > 0))
    summed = known.group_by("state", "other", "year").agg(pl.col("x").sum().clip(upper_bound=1))
    return _whole(summed), ("sipri_arms",)


def _pacts(holdings: Holdings) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Every member with every major power: 1 where that power has promised to defend it."""
    pacts = _promised(holdings).with_columns(x=pl.lit(1.0))
    majors = _majors(holdings).rename({"state": "other"})
    pairs = members("cow", *_LISTED).join(majors, on="year")
    joined = pairs.join(pacts, on=["state", "other", "year"], how="left")
    return joined.with_columns(pl.col("x").fill_null(0.0)), ("atop_alliance",)


def _promised(holdings: Holdings) -> pl.DataFrame:
    """Clients, the powers that have promised to defend them, and years."""
    # The first state of a row is the one that promises.
    frame = holdings.frame("atop_alliance").filter(pl.col("atop_defense"))
    return frame.select(
        pl.col("ccode2").cast(pl.Int64).alias("state"),
        pl.col("ccode1").cast(pl.Int64).alias("other"),
        pl.col("year").cast(pl.Int64),
    ).unique()


def _whole(frame: pl.DataFrame) -> pl.DataFrame:
    named = frame.select(pl.col("state", "other", "year").cast(pl.Int64), "x")
    return named.drop_nulls("x")


_SUPPORTS = {
    "trade share": _trade,
    "trade over product": _product,
    "arms share": _weapons,
    "defence pact": _pacts,
}


def _ally(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    powers = _POWERS[picks["power"]]
    allied = (
        _promised(holdings)
        .filter(pl.col("other").is_in(powers))
        .select(*_KEYS, x=pl.lit(1.0))
        .unique()
    )
    others = members("cow", *_LISTED).filter(~pl.col("state").is_in(powers))
    frame = others.join(allied, on=_KEYS, how="left", maintain_order="left")
    return made(
        holdings,
        frame.with_columns(pl.col("x").fill_null(0.0)),
        ("atop_alliance",),
        system="cow",
        scale="0 or 1",
        direction="higher: under its protection",
        step="1 where the power has promised to defend the state, 0 for other members",
    )


_PEVEHOUSE = (
    "Barbieri, K., Keshk, O. M. G., & Pollins, B. M. (2009). Trading data. Conflict Management and "
    "Peace Science, 26(5), 471-491. https://doi.org/10.1177/0738894209343887"
)
_LEEDS = (
    "Leeds, B. A., Ritter, J. M., Mitchell, S. M., & Long, A. G. (2002). Alliance treaty "
    "obligations and provisions, 1815-1944. International Interactions, 28(3), 237-260. "
    "https://doi.org/10.1080/03050620213653"
)
_SIPRI = (
    "Stockholm International Peace Research Institute. SIPRI Arms Transfers Database: sources and "
    "methods. https://doi.org/10.55163/SAFC1241"
)

PATRON_SUPPORT = panel_measure(
    "patron_support",
    "lifeline",
    "support from the closest major power",
    _patron_support,
    unit=STATE_YEAR,
    definition=(
        "The highest value that any one major power has for the state: the part of its trade, its "
        "trade with that power over product, the part of its major weapons in five years, or "
        "whether that power has promised to defend it. Major powers themselves have none."
    ),
    formula="maximum over the major powers of the year",
    scale="share",
    direction="higher: more from one major power",
    limits=(
        "Trade is an exchange and not a gift; aid and fuel that are not booked are not in it. A "
        "state without a delivery of weapons on record has no part of them. Who is a major power "
        "is a judgement of historians. The trade ends in 2014, the alliances in 2018."
    ),
    references=(_PEVEHOUSE, _SIPRI, _LEEDS),
    choices=(
        Choice(
            "tie",
            "what support is taken to be",
            (
                Option(
                    "trade share",
                    "by the part of its trade",
                    "what it could not easily replace",
                    ("cow_trade_v4",),
                ),
                Option(
                    "trade over product",
                    "by trade over its product",
                    "weighs for how much trade matters to it",
                    ("cow_trade_v4", "un_gdp"),
                ),
                Option(
                    "arms share",
                    "by the part of its major weapons",
                    "arms are given to friends",
                    ("sipri_arms",),
                ),
                Option(
                    "defence pact",
                    "by a promise to defend it",
                    "cover against the consequences, which is what the argument is about",
                    ("atop_alliance",),
                ),
            ),
            "not equivalent",
        ),
    ),
    sets=("cow_majors",),
)
GREAT_POWER_ALLY = panel_measure(
    "great_power_ally",
    "ties",
    "protection by a great power",
    _ally,
    unit=STATE_YEAR,
    definition="Whether that power has promised by treaty to defend the state.",
    formula="1 where ATOP lists a promise of defence in force, 0 for other members",
    scale="0 or 1",
    direction="higher: under its protection",
    limits="Written treaties only, to 2018. The power itself has no value.",
    references=(_LEEDS,),
    choices=(
        Choice(
            "power",
            "whose protection it is",
            (
                Option("United States", "by the United States", "the bloc of one side"),
                Option(
                    "China or Russia",
                    "by China, Russia or the Soviet Union",
                    "the bloc of the other",
                ),
            ),
            "not equivalent",
        ),
    ),
    sets=("atop_alliance",),
)
MEASURES: tuple[Measure, ...] = (PATRON_SUPPORT, GREAT_POWER_ALLY)
