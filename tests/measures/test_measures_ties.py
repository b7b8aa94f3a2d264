"""Ties of pairs: alliances, organisations, contiguity, distance, and the relevant dyads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from rows_of import row, x

from beholden.measures.catalogue import MeasureCatalogue
from beholden.measures.states_and_pairs import values_of
from beholden.measures.ties import (
    ALLIANCE,
    CONTIGUITY,
    DISTANCE,
    MAJOR_POWER,
    SHARED_IGOS,
    contiguous_years,
    pairs_of_members,
)
from beholden.panels import build

if TYPE_CHECKING:
    from beholden.panels import Holdings


@pytest.mark.parametrize(
    ("source", "year", "allied"),
    [
        ("COW 4.1", 1960, 0),
        ("COW 4.1", 1961, 1),
        ("COW 4.1", 2012, 1),
        ("COW 4.1", 2013, None),
        ("ATOP 5.1", 1961, 1),
        ("ATOP 5.1", 2018, 1),
        ("ATOP 5.1", 2019, None),
    ],
)
def test_north_koreas_pact_with_china(
    holdings: Holdings, source: str, year: int, allied: int | None
) -> None:
    assert x(ALLIANCE, holdings, "PRK", year, "CHN", source=source) == allied


def test_the_pact_with_moscow_ends_and_consultation_follows(holdings: Holdings) -> None:
    pact = values_of(ALLIANCE, holdings, {"source": "ATOP 5.1"})
    wide = values_of(ALLIANCE, holdings, {"source": "ATOP 5.1", "kind": "any alliance"})
    assert row(pact, "PRK", 1985, "SUN")["x"] == 1
    assert row(pact, "PRK", 1996, "RUS")["x"] == 1
    assert row(pact, "PRK", 2005, "RUS")["x"] == 0
    assert row(wide, "PRK", 2005, "RUS")["x"] == 1
    assert row(wide, "PRK", 1998, "RUS")["x"] == 0


def test_in_atop_the_patron_promises_the_client(holdings: Holdings) -> None:
    values = values_of(ALLIANCE, holdings, {"source": "ATOP 5.1"})
    # The treaty of 1951 binds the United States to Japan and not the other way round.
    assert row(values, "JPN", 1952, "USA")["x"] == 1
    assert row(values, "USA", 1952, "JPN")["x"] == 0


def test_a_missing_row_is_no_alliance_for_members_only(holdings: Holdings) -> None:
    values = values_of(ALLIANCE, holdings, {})
    assert row(values, "PRK", 2000, "USA")["x"] == 0
    # There was no North Korea to have an alliance in 1940.
    assert not values.frame.filter(year=1940, other=731).height
    assert values.frame.height == pairs_of_members(1816, 2012).height


def test_shared_organisations_and_distance(holdings: Holdings) -> None:
    assert x(SHARED_IGOS, holdings, "PRK", 2014, "CHN") == 31
    assert x(DISTANCE, holdings, "PRK", 2014, "CHN") == 0
    assert x(DISTANCE, holdings, "CHN", 2014, "PRK") == 0
    assert 150 < x(DISTANCE, holdings, "KOR", 2014, "CHN") < 400


@pytest.mark.parametrize(
    ("one", "other", "year", "closeness"),
    [
        ("PRK", "CHN", 2014, 5),
        ("PRK", "KOR", 1990, 5),
        ("PRK", "RUS", 2016, 5),
        ("PRK", "JPN", 2014, 1),
        ("PRK", "USA", 2014, 0),
        ("PRK", "CHN", 2024, 5),
        ("GBR", "FRA", 2010, 3),
        ("USA", "CAN", 1950, 5),
    ],
)
def test_contiguity(holdings: Holdings, one: str, other: str, year: int, closeness: int) -> None:
    assert x(CONTIGUITY, holdings, one, year, other) == closeness
    assert x(CONTIGUITY, holdings, other, year, one) == closeness


def test_the_divided_germanies_lose_neighbours_that_the_united_one_has(
    holdings: Holdings,
) -> None:
    values = values_of(CONTIGUITY, holdings, {})
    # Poland bordered on the East alone.
    assert values.frame.filter(state=260, other=290, year=1985)["x"].item() == 0
    assert values.frame.filter(state=265, other=290, year=1985)["x"].item() == 5
    assert values.frame.filter(state=255, other=290, year=1995)["x"].item() == 5


def test_what_is_contiguous_is_so_from_both_sides(holdings: Holdings) -> None:
    near = contiguous_years(holdings)
    turned = near.select(
        pl.col("other").alias("state"), pl.col("state").alias("other"), "year", "x"
    )
    assert near.join(turned, on=near.columns, how="anti").height == 0
    assert near.select("state", "other", "year").is_unique().all()


def test_major_powers(holdings: Holdings) -> None:
    frame = values_of(MAJOR_POWER, holdings, {}).frame.filter(x=1)
    wanted = {2, 200, 220, 255, 365, 710, 740}
    assert set(frame.filter(year=2013)["state"]) == wanted
    assert set(frame.filter(year=2020)["state"]) == wanted
    assert set(frame.filter(year=1985)["state"]) == {2, 200, 220, 365, 710}
    assert frame.filter(state=710)["year"].min() == 1950


def test_politically_relevant_dyads(holdings: Holdings) -> None:
    catalogue = MeasureCatalogue(
        {measure.name: measure for measure in (CONTIGUITY, MAJOR_POWER)}, holdings
    )
    frame = build(catalogue, "dyad-year", range(2010, 2013), dyads="relevant").frame
    pairs = set(frame.filter(year=2011).select("ccode1", "ccode2").iter_rows())
    # North Korea and Cuba are far apart and small; the majors are in with everybody.
    assert (731, 40) not in pairs
    assert {(731, 732), (732, 731), (731, 710), (710, 731), (40, 2), (2, 40)} <= pairs
    near = values_of(CONTIGUITY, holdings, {}).frame.filter(pl.col("x") > 0, year=2011)
    majors = {2, 200, 220, 255, 365, 710, 740}
    one_way = set(near.select("state", "other").iter_rows())
    both_ways = one_way | {(b, a) for a, b in one_way}
    states = set(values_of(MAJOR_POWER, holdings, {}).frame.filter(year=2011)["state"])
    with_majors = {(a, b) for a in states for b in states if a != b and majors & {a, b}}
    assert pairs == both_ways | with_majors
