"""Regimes: scores, places and types against the notes on the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from rows_of import course, field, row, x

from beholden.measures.regime import (
    AUTOCRACY_TYPE,
    DEMOCRACY,
    ELECTORAL_DEMOCRACY,
    POLITICAL_FREEDOM,
    POLITY,
)
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.panels import Holdings


@pytest.mark.parametrize(
    ("state", "year", "edition", "score"),
    [
        ("PRK", 2013, "V-Dem 15", 0.085),
        ("PRK", 2024, "V-Dem 15", 0.083),
        ("CHN", 2013, "V-Dem 15", 0.086),
        ("CHN", 2024, "V-Dem 15", 0.073),
        ("PRK", 2013, "V-Dem 12", 0.087),
        ("CHN", 2013, "V-Dem 12", 0.087),
    ],
)
def test_electoral_democracy(
    holdings: Holdings, state: str, year: int, edition: str, score: float
) -> None:
    assert x(ELECTORAL_DEMOCRACY, holdings, state, year, edition=edition) == score


def test_north_korea_is_fourth_from_the_bottom_and_that_is_within_the_error(
    holdings: Holdings,
) -> None:
    values = values_of(DEMOCRACY, holdings, {"source": "V-Dem"})
    found, others = row(values, "PRK", 2013), field(values, 2013).height - 1
    assert found["x"] == pytest.approx(3 / others)
    assert found["low"] < found["x"] < found["high"]
    # China is the next one up.
    assert row(values, "CHN", 2013)["x"] == pytest.approx(4 / others)


def test_colonies_are_no_states_among_which_to_be_placed(holdings: Holdings) -> None:
    raw = values_of(ELECTORAL_DEMOCRACY, holdings, {})
    placed = values_of(DEMOCRACY, holdings, {"source": "V-Dem"})
    # Algeria is in V-Dem before its independence in 1962.
    assert raw.frame.filter(state=615, year=1955).height == 1
    assert placed.frame.filter(state=615, year=1955).height == 0
    assert placed.frame.filter(state=615, year=1963).height == 1


def test_polity(holdings: Holdings) -> None:
    values = values_of(POLITY, holdings, {})
    assert course(values, "PRK", range(2013, 2014)) == [-10]
    assert course(values, "PRK", range(1985, 1986)) == [-9]
    assert field(values, 2013).filter(x=-10).height == 4
    assert course(values, "CHN", range(2013, 2014)) == [-7]


@pytest.mark.parametrize(
    ("state", "year", "score"), [("SRB", 2006, 8), ("SDN", 2011, -4), ("ETH", 1993, 1)]
)
def test_the_polity_that_stands_at_the_end_of_the_year_counts(
    holdings: Holdings, state: str, year: int, score: int
) -> None:
    assert x(POLITY, holdings, state, year) == score


def test_freedom_house(holdings: Holdings) -> None:
    values = values_of(POLITICAL_FREEDOM, holdings, {})
    assert course(values, "PRK", range(1983, 2025)) == [0] * 42
    assert x(POLITICAL_FREEDOM, holdings, "NOR", 2013) == 12
    # No report was made on 1981 alone.
    assert field(values, 1981).height == 0
    placed = row(values_of(DEMOCRACY, holdings, {"source": "Freedom House"}), "PRK", 2013)
    assert placed["low"] == 0
    assert placed["high"] > 0


def test_tibet_and_kosovo_before_its_time_are_not_placed(holdings: Holdings) -> None:
    frame = values_of(DEMOCRACY, holdings, {"source": "Freedom House"}).frame
    assert not frame.filter(state=711).height
    assert frame.filter(state=347)["year"].min() == 2008


def test_records_of_democracy_go_together(holdings: Holdings) -> None:
    first, *rest = (
        values_of(DEMOCRACY, holdings, {"source": source})
        .frame.filter(pl.col("year") == 2010)
        .select("state", pl.col("x").alias(source))
        for source in ("V-Dem", "Polity", "Freedom House")
    )
    for other in rest:
        both = first.join(other, on="state")
        assert both.height > 150
        assert both.select(pl.corr("V-Dem", other.columns[1], method="spearman")).item() > 0.8


@pytest.mark.parametrize(
    ("state", "year", "kind"),
    [
        ("PRK", 2010, "party-personal"),
        ("CHN", 2010, "party"),
        ("SAU", 2010, "monarchy"),
        ("USA", 2010, "democracy"),
    ],
)
def test_types_of_autocracy(holdings: Holdings, state: str, year: int, kind: str) -> None:
    assert x(AUTOCRACY_TYPE, holdings, state, year) == kind


def test_svolik_tells_dictatorship_from_democracy(holdings: Holdings) -> None:
    assert x(AUTOCRACY_TYPE, holdings, "PRK", 2005, source="Svolik") == "dictatorship"
    assert x(AUTOCRACY_TYPE, holdings, "SWE", 2005, source="Svolik") == "democracy"


def test_claims_cannot_compare_names() -> None:
    assert AUTOCRACY_TYPE.compute is None
    assert AUTOCRACY_TYPE.values is not None
