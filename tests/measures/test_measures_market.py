"""Markets and openness: who owns the economy, how free it is, how much it trades."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from rows_of import course, field, row, x

from beholden.measures.market import (
    ECONOMIC_FREEDOM,
    FRASER_INDEX,
    HERITAGE_INDEX,
    MARKET_FREEDOM,
    STATE_OWNERSHIP,
)
from beholden.measures.openness import MODELLED, TRADE_OPENNESS, WITH_HONG_KONG
from beholden.measures.state_names import TABLES
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.panels import Holdings


@pytest.mark.parametrize(
    ("state", "year", "edition", "score"),
    [
        ("PRK", 2013, "V-Dem 12", 3.542),
        ("CHN", 2013, "V-Dem 12", 0.878),
        ("PRK", 2013, "V-Dem 15", 3.515),
        ("PRK", 2024, "V-Dem 15", 3.234),
        ("CHN", 2013, "V-Dem 15", 1.02),
        ("CHN", 2024, "V-Dem 15", 1.295),
    ],
)
def test_state_ownership_is_turned_round(
    holdings: Holdings, state: str, year: int, edition: str, score: float
) -> None:
    assert x(STATE_OWNERSHIP, holdings, state, year, edition=edition) == pytest.approx(score)


@pytest.mark.parametrize("edition", ["V-Dem 12", "V-Dem 15"])
def test_no_state_owns_more_than_north_koreas(holdings: Holdings, edition: str) -> None:
    values = values_of(STATE_OWNERSHIP, holdings, {"edition": edition})
    assert field(values, 2013)["state"][-1] == 731


def test_v_dems_letters_lead_to_the_states_of_the_time(holdings: Holdings) -> None:
    values = values_of(STATE_OWNERSHIP, holdings, {"edition": "V-Dem 15"})
    assert row(values, "YUG", 1995)["x"] is not None
    assert row(values, "SUN", 1990)["x"] > 2
    assert row(values, "RUS", 1995)["x"] < 1


def test_heritage(holdings: Holdings) -> None:
    values = values_of(HERITAGE_INDEX, holdings, {})
    assert row(values, "PRK", 2013)["x"] == 1.5
    assert row(values, "PRK", 2013)["state"] == field(values, 2013)["state"][0]
    assert row(values, "PRK", 1997)["x"] == 8.9
    assert row(values, "PRK", 2025)["x"] == 3.0
    assert row(values, "CHN", 2013)["x"] == 51.9


def test_every_name_of_heritage_is_in_the_crosswalk(holdings: Holdings) -> None:
    names = pl.read_csv(TABLES / "heritage_states.csv")
    found = set(holdings.frame("heritage")["name_web"].unique())
    assert set(names["name"]) == found
    # Only Hong Kong and Macau are no states.
    assert names.filter(pl.col("cow").is_null())["name"].to_list() == ["hong-kong", "macau"]
    assert names["cow"].drop_nulls().is_unique().all()


def test_fraser_has_china_and_not_north_korea(holdings: Holdings) -> None:
    values = values_of(FRASER_INDEX, holdings, {})
    assert course(values, "PRK", range(2000, 2020)) == [None] * 20
    assert None not in course(values, "CHN", range(2000, 2020))


def test_north_korea_is_last_wherever_it_is_covered(holdings: Holdings) -> None:
    for source in ("Heritage", "private ownership"):
        values = values_of(MARKET_FREEDOM, holdings, {"source": source})
        assert row(values, "PRK", 2013)["x"] == 0
    values = values_of(MARKET_FREEDOM, holdings, {"source": "private enterprise"})
    enterprise = row(values, "PRK", 2014)
    # It shares the last place with one other state.
    assert enterprise["low"] == 0
    assert enterprise["high"] == pytest.approx(2 * enterprise["x"])
    assert x(ECONOMIC_FREEDOM, holdings, "PRK", 2013) == 0


def test_records_of_freedom_go_together(holdings: Holdings) -> None:
    heritage = values_of(MARKET_FREEDOM, holdings, {"source": "Heritage"})
    states = (
        *("USA", "CHN", "PRK", "SGP", "VEN", "ZWE", "POL", "BLR", "IND", "CHL"),
        *("CUB", "EST", "RUS", "ERI", "ZAF", "MEX", "TUR", "KOR", "UKR", "UZB"),
    )
    for source, least in (("Fraser", 0.8), ("private ownership", 0.3), ("private enterprise", 0.6)):
        other = values_of(MARKET_FREEDOM, holdings, {"source": source})
        pairs = [
            (row(heritage, state, 2014).get("x"), row(other, state, 2014).get("x"))
            for state in states
        ]
        both = pl.DataFrame(pairs, schema=["one", "two"], orient="row").drop_nulls()
        assert both.height >= 15
        assert both.select(pl.corr("one", "two", method="spearman")).item() > least


def test_openness_by_hand(holdings: Holdings) -> None:
    # Millions over billions: 4,879.3 and 3,287.4 of trade, 17,395.8 of product.
    openness = x(TRADE_OPENNESS, holdings, "PRK", 2014)
    assert openness == pytest.approx((4879.314038 + 3287.412414) / 17395.833, rel=1e-5)


def test_north_koreas_modelled_trade_is_left_out_with_a_reason(holdings: Holdings) -> None:
    values = values_of(TRADE_OPENNESS, holdings, {"trade": "UN accounts"})
    found = row(values, "PRK", 2014)
    assert (found["x"], found["why"]) == (None, MODELLED)
    assert row(values, "CHN", 2014)["x"] == pytest.approx(0.449, abs=0.001)


@pytest.mark.parametrize("trade", ["national totals", "sum over partners"])
def test_hong_kong_is_not_chinas_trade(holdings: Holdings, trade: str) -> None:
    values = values_of(TRADE_OPENNESS, holdings, {"trade": trade})
    assert 0.3 < row(values, "CHN", 1998)["x"] < 0.35
    assert row(values, "CHN", 1999)["x"] is None
    assert row(values, "CHN", 1999)["why"] == WITH_HONG_KONG


def test_chinas_trade_doubles_in_the_source_in_1999(holdings: Holdings) -> None:
    # The reason for leaving it out: no such jump is in the accounts.
    totals = holdings.frame("cow_trade_v4_national").filter(ccode=710)
    bought = dict(totals.select("year", "imports").iter_rows())
    assert bought[1999] / bought[1998] > 2
    accounts = values_of(TRADE_OPENNESS, holdings, {"trade": "UN accounts"})
    assert row(accounts, "CHN", 1999)["x"] / row(accounts, "CHN", 1998)["x"] < 1.1


def test_sources_of_openness_go_together(holdings: Holdings) -> None:
    first, *rest = (
        values_of(TRADE_OPENNESS, holdings, {"trade": trade})
        .frame.filter(pl.col("year") == 2010)
        .select("state", pl.col("x").alias(trade))
        .drop_nulls()
        for trade in ("national totals", "sum over partners", "UN accounts")
    )
    for other in rest:
        both = first.join(other, on="state")
        assert both.height > 150
        rank = both.select(pl.corr("national totals", other.columns[1], method="spearman"))
        assert rank.item() > 0.7
