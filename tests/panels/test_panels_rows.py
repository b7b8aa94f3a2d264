"""The rows of a panel: who is in it, counted against the state lists and the literature."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paneling import made, members

from beholden.panels.crosswalk import crosswalk
from beholden.panels.roster import roster
from beholden.states import states
from beholden.store.shelf import open_table

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.panels.roster import ListOfStates

YEARS = range(1946, 2021)


def pairs(system: str, year: int) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """All ordered pairs of members of a year, and those that shared no day of it."""
    days = members(system, year)
    every = set(permutations(days, 2))
    apart = {(a, b) for a, b in every if days[a][1] < days[b][0] or days[b][1] < days[a][0]}
    return every, apart


def test_directed_dyad_years_of_the_literature() -> None:
    found = [pairs("cow", year) for year in YEARS]
    by_calendar = sum(len(every) for every, _ in found)
    false = sum(len(apart) for _, apart in found)
    panel = made(YEARS, "dyad-year")
    assert (by_calendar, false) == (1_823_298, 38)
    assert panel.frame.height == panel.grid.height == 1_823_260


def test_false_dyads_are_those_of_the_list(library: Path) -> None:
    listed = open_table("cow_false_dyads", library=library)[0].collect()
    kept = listed.filter(pl.col("year").is_between(YEARS[0], YEARS[-1]))
    wanted = set(kept.select("ccode1", "ccode2", "year").iter_rows())
    found = {(a, b, year) for year in YEARS for a, b in pairs("cow", year)[1]}
    assert found == wanted
    rows = made(YEARS, "dyad-year").frame.select("ccode1", "ccode2", "year").cast(pl.Int64)
    assert kept.join(rows, on=["ccode1", "ccode2", "year"], how="inner").is_empty()


@pytest.mark.parametrize(("system", "code"), [("cow", "ccode"), ("gw", "gwcode")])
def test_state_years_are_the_members_of_each_year(system: str, code: str) -> None:
    years = range(1816, 2025)
    frame = made(years, system=system).frame
    for year in years:
        listed = [getattr(state, system) for state in states(year, system)]
        assert frame.filter(pl.col("year") == year)[code].to_list() == listed


@pytest.mark.parametrize("system", ["cow", "gw"])
@given(first=st.integers(1816, 2020), length=st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_dyads_are_pairs_with_a_common_day(system: str, first: int, length: int) -> None:
    years = range(first, first + length)
    frame = made(years, "dyad-year", system).frame
    wanted = sorted(
        (a, b, year) for year in years for a, b in pairs(system, year)[0] - pairs(system, year)[1]
    )
    assert list(frame.select(frame.columns[:3]).iter_rows()) == wanted


def test_undirected_pairs_stand_once_with_the_lower_number_first() -> None:
    years = range(1988, 1994)
    both = made(years, "dyad-year").frame
    once = made(years, "dyad-year", directed=False).frame
    assert once.height * 2 == both.height
    assert once.equals(both.filter(pl.col("ccode1") < pl.col("ccode2")))


def test_codes_are_those_borne_in_the_year() -> None:
    frame = made(range(1989, 1995)).frame
    told = {(code, year): iso3 for code, year, iso3 in frame.iter_rows()}
    assert [told[365, year] for year in (1990, 1991, 1992)] == ["SUN", "RUS", "RUS"]
    assert [told[260, 1989], told[260, 1990], told[255, 1990]] == ["DEU", "DEU", "DEU"]
    assert [told[678, 1990], told[679, 1990], told[680, 1990]] == ["YEM", "YEM", "YMD"]
    assert [told[315, 1992], told[316, 1993], told[317, 1993]] == ["CSK", "CZE", "SVK"]
    assert made(range(1900, 1901)).of(300).frame["iso3"].to_list() == [None]


@pytest.mark.parametrize("years", [range(1816, 1817), range(2024, 2025)])
def test_the_first_and_a_late_year_have_rows(years: range) -> None:
    assert made(years).frame.height == len(members("cow", years[0])) > 20


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_a_list_reads_its_own_numbers_as_its_members(system: ListOfStates) -> None:
    table, walk = roster(system, 1816, 2024), crosswalk(system, system)
    rows = [walk.labels.index(int(code)) for code in table.codes]
    assert ((walk.number[rows, : table.span] >= 0) == table.member).all()
