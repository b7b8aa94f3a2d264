"""Neighbours as hosts: by hand from the raw tables, for one state and for all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from rows_of import number, row, total

from beholden.errors import MissingDataError
from beholden.measures.base import Evidence, Target, Years
from beholden.measures.neighbours import CONTIGUOUS_HOSTS, NEIGHBOURS_SHARE
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.core import Series
    from beholden.panels import Holdings


def series(holdings: Holdings | None, client: str = "PRK", **picks: str) -> Series:
    """The share of all refugees with neighbours, as a claim about a client sees it."""
    full = {choice.name: choice.options[0].label for choice in NEIGHBOURS_SHARE.choices}
    target = Target(client, "CHN", years=Years(1990, None))
    evidence = Evidence({}, date.max, date.max, holdings)
    assert NEIGHBOURS_SHARE.compute is not None
    return NEIGHBOURS_SHARE.compute(evidence, target, full | picks)


def bordering(holdings: Holdings, least: int, year: int) -> set[tuple[int, int]]:
    """Pairs of states whose contiguity is of that type or closer, from the raw spells."""
    frame = holdings.frame("cow_contiguity").filter(
        pl.col("conttype").is_between(1, least),
        pl.col("start_year") <= year,
        pl.col("end_year") >= year,
    )
    return set(frame.select("ccode1", "ccode2").iter_rows())


def shares(holdings: Holdings, year: int, least: int = 1) -> tuple[float, float, float]:
    """People beside, elsewhere and nowhere in a year, row by row."""
    pairs = bordering(holdings, least, year)
    near = far = lost = 0.0
    rows = holdings.frame("unhcr_population").filter(year=year)
    for one, other, count in rows.select("origin_state", "asylum_state", "refugees").iter_rows():
        if one is None or other is None:
            lost += count
            continue
        key = number(one, year, "cow"), number(other, year, "cow")
        if key in pairs:
            near += count
        elif key[0] != key[1]:
            far += count
    return near, far, lost


def test_syrians_of_2013_by_hand(holdings: Holdings) -> None:
    raw = holdings.frame("unhcr_population").filter(coo_iso="SYR", year=2013)
    beside = raw.filter(pl.col("coa_iso").is_in(["TUR", "LBN", "JOR", "IRQ", "ISR"]))
    found = row(values_of(CONTIGUOUS_HOSTS, holdings, {}), "SYR", 2013)
    assert found["x"] == pytest.approx(total(beside["refugees"]) / total(raw["refugees"]), abs=1e-4)
    assert 0.9 < found["x"] < 0.95


def test_who_counts_as_a_neighbour_matters_for_cubans(holdings: Holdings) -> None:
    land = values_of(CONTIGUOUS_HOSTS, holdings, {})
    sea = values_of(CONTIGUOUS_HOSTS, holdings, {"contiguity": "400 miles"})
    assert row(land, "CUB", 2013)["x"] == 0
    assert row(sea, "CUB", 2013)["x"] > 0


def test_a_share_needs_enough_people(holdings: Holdings) -> None:
    few = values_of(CONTIGUOUS_HOSTS, holdings, {"minimum": "10,000"})
    assert row(few, "PRK", 2013)["x"] is None
    assert "minimum" in row(few, "PRK", 2013)["why"]
    some = values_of(CONTIGUOUS_HOSTS, holdings, {"minimum": "1,000"})
    # Of 1,163 North Koreans 74 are in Russia, and none is on record in China or the South.
    assert row(some, "PRK", 2013)["x"] == pytest.approx(74 / 1163)


@pytest.mark.parametrize(("year", "reach", "least"), [(2013, "land", 1), (2008, "400 miles", 5)])
def test_the_share_of_all_refugees_row_by_row(
    holdings: Holdings, year: int, reach: str, least: int
) -> None:
    near, far, lost = shares(holdings, year, least)
    found = series(holdings, contiguity=reach).frame.filter(year=year).row(0, named=True)
    assert found["x"] == pytest.approx(near / (near + far), rel=1e-6)
    everybody = near + far + lost
    assert found["low"] == pytest.approx(near / everybody, rel=1e-4)
    assert found["high"] == pytest.approx((near + lost) / everybody, rel=1e-4)


def test_the_client_plays_no_part(holdings: Holdings) -> None:
    assert series(holdings, "PRK").frame.equals(series(holdings, "SYR").frame)
    assert "client plays no part" in series(holdings).notes[0]


def test_what_is_averaged_decides(holdings: Holdings) -> None:
    people = series(holdings).frame["x"].median()
    states = series(holdings, average="median origin").frame["x"].median()
    assert isinstance(people, float)
    assert isinstance(states, float)
    # A few large flows go next door; the usual state's refugees are far away.
    assert people > 0.7
    assert states < 0.3


def test_the_median_origin_by_hand(holdings: Holdings) -> None:
    frame = values_of(CONTIGUOUS_HOSTS, holdings, {"minimum": "10,000"}).frame
    by_hand = frame.filter(year=2010)["x"].drop_nulls().median()
    found = series(holdings, average="median large origin").frame.filter(year=2010)["x"].item()
    assert found == pytest.approx(by_hand)


def test_years_of_mostly_unknown_origin_are_left_out(holdings: Holdings) -> None:
    full = {choice.name: choice.options[0].label for choice in NEIGHBOURS_SHARE.choices}
    assert NEIGHBOURS_SHARE.compute is not None
    evidence = Evidence({}, date.max, date.max, holdings)
    frame = NEIGHBOURS_SHARE.compute(evidence, Target("PRK", "CHN"), full).frame
    assert frame["year"].to_list() == list(range(1977, 2026))


def test_years_after_the_list_of_contiguity_hold_on(holdings: Holdings) -> None:
    assert {2017, 2024} <= set(series(holdings).frame["year"])
    assert any("2016" in note for note in series(holdings).notes)


def test_without_a_library_the_message_says_what_to_fetch() -> None:
    with pytest.raises(MissingDataError, match="unhcr_population cow_contiguity") as caught:
        series(None)
    assert caught.value.needs == ("unhcr_population", "cow_contiguity")


def test_it_is_no_measure_of_panels() -> None:
    assert NEIGHBOURS_SHARE.values is None
