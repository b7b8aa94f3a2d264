"""Openness: how much a state trades with all others for the size of its economy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.flows import flows
from beholden.measures.power import product
from beholden.measures.reading import made
from beholden.measures.state_codes import moved
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["MEASURES", "TRADE_OPENNESS"]

CHINA, NORTH_KOREA = 710, 731
# From this year on the flows of China with every partner jump by those of Hong Kong.
_HONG_KONG = 1999
WITH_HONG_KONG = "the source counts Hong Kong's trade as China's, and product does not"
MODELLED = "the source models the trade of this state, against what its partners report"


def _trade_openness(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    source = picks["trade"]
    read = {"national totals": _national, "sum over partners": _partners, "UN accounts": _accounts}
    trade, sets = read[source](holdings)
    keys = ["state", "year"]
    frame = trade.join(
        product(holdings), on=keys, how="left", validate="1:1", maintain_order="left"
    ).select(
        *keys,
        x=pl.when((pl.col("gdp") > 0) & pl.col("why").is_null()).then(
            pl.col("trade") / pl.col("gdp")
        ),
        why="why",
    )
    return made(
        holdings,
        frame.filter(pl.col("x").is_not_null() | pl.col("why").is_not_null()).sort(keys),
        sets,
        system="cow",
        scale="share of product",
        direction="higher: the economy trades more for its size",
        step="imports plus exports over gross domestic product, both in million current US dollars",
    )


def _national(holdings: Holdings) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """National totals; the file has West Germany under the number of united Germany."""
    frame = (
        holdings.frame("cow_trade_v4_national")
        .select(
            moved("ccode", [(255, 260, 1955, 1989)]).alias("state"),
            pl.col("year").cast(pl.Int64),
            # A state's trade is known only where both sides of it are.
            trade=pl.col("imports") + pl.col("exports"),
        )
        .with_columns(why=_with_hong_kong())
    )
    one = frame.drop_nulls("trade").unique(["state", "year"], keep="first", maintain_order=True)
    return one, ("cow_trade_v4_national", "un_gdp")


def _partners(holdings: Holdings) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The sum over known partners, with the source's false zeros and bookings put right."""
    found = flows(holdings, "COW 4.0")
    totals = found.totals.select(
        pl.col("state").cast(pl.Int64), pl.col("year").cast(pl.Int64), "trade", "why"
    )
    told = pl.coalesce("why", _with_hong_kong())
    return totals.with_columns(why=told), (found.name, "un_gdp")


def _with_hong_kong() -> pl.Expr:
    joined = (pl.col("state") == CHINA) & (pl.col("year") >= _HONG_KONG)
    return pl.when(joined).then(pl.lit(WITH_HONG_KONG))


def _accounts(holdings: Holdings) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Goods and services in the national accounts."""
    keys = ["state", "year"]
    bought = product(holdings, "Imports of goods and services").rename({"gdp": "imports"})
    sold = product(holdings, "Exports of goods and services").rename({"gdp": "exports"})
    joined = bought.join(sold, on=keys, validate="1:1", maintain_order="left")
    modelled = pl.when(pl.col("state") == NORTH_KOREA).then(pl.lit(MODELLED))
    frame = joined.select(*keys, trade=pl.col("imports") + pl.col("exports"), why=modelled)
    return frame, ("un_gdp",)


TRADE_OPENNESS = panel_measure(
    "trade_openness",
    "market",
    "foreign trade over product",
    _trade_openness,
    unit=STATE_YEAR,
    definition="Imports plus exports over gross domestic product.",
    formula="(imports + exports) / GDP, both in million current US dollars",
    scale="share of product",
    direction="higher: the economy trades more for its size",
    limits=(
        "Small states trade more for their size whatever their policy. Product in dollars moves "
        "with exchange rates: North Korea's of 1995 is an artefact, and its product is an "
        "estimate throughout. Goods that other states book under North Korea by mistake for South "
        "Korea swell its totals before about 2010. From 1999 the Correlates of War add Hong "
        "Kong's trade to China's, which is therefore left out there. Liberia's trade is mostly "
        "ships under its flag. Product is that of the state at the end of the year, from 1970."
    ),
    references=(
        (
            "Barbieri, K., Keshk, O. M. G., & Pollins, B. M. (2009). Trading data. Conflict "
            "Management and Peace Science, 26(5), 471-491. "
            "https://doi.org/10.1177/0738894209343887"
        ),
        (
            "United Nations Statistics Division (2025). National accounts: Analysis of main "
            "aggregates. https://unstats.un.org/unsd/snaama"
        ),
    ),
    choices=(
        Choice(
            "trade",
            "whose figures of trade are taken",
            (
                Option(
                    "national totals",
                    "by Correlates of War national totals",
                    "goods, as states report their totals, to 2014",
                    ("cow_trade_v4_national",),
                ),
                Option(
                    "sum over partners",
                    "by the sum over trading partners",
                    "goods, without the flows that are known to be booked wrongly",
                    ("cow_trade_v4",),
                ),
                Option(
                    "UN accounts",
                    "by national accounts, goods and services",
                    "the usual definition, to 2023; North Korea's is modelled and left out",
                ),
            ),
            "uncertain",
        ),
    ),
    sets=("un_gdp",),
)

MEASURES: tuple[Measure, ...] = (TRADE_OPENNESS,)
