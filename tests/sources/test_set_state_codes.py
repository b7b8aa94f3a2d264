"""Tables of state codes on their originals, and against the project's own states."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import (
    SHARED,
    faults,
    faults_of_description,
    faults_of_originals,
    originals_of,
    row,
    rows,
    table,
)

from beholden.sources import dataset
from beholden.sources.rfiles import read_r
from beholden.sources.tidy import tidy

LIST, PANEL = "state_codes_list", "state_codes_panel"
COW, GW = "state_codes_cow_gw", "state_codes_gw_cow"


@pytest.mark.parametrize(("name", "height"), [(PANEL, 29_574), (COW, 17_916), (GW, 20_990)])
def test_the_set_is_what_it_says(name: str, height: int) -> None:
    assert faults(name) == []
    assert table(name).height == height


def test_the_list_is_what_it_says() -> None:
    assert faults_of_originals(LIST) + faults_of_description(LIST) == []
    frame = table(LIST)
    assert frame.height == 292
    assert set(frame.columns) == set(dataset(LIST).columns)
    assert frame["country_name_en"].is_unique().all()
    assert frame["iso3c"].drop_nulls().is_unique().all()


def test_codes_of_north_korea() -> None:
    codes = {"cown": 731, "gwn": 731, "iso3c": "PRK", "un": 408, "vdem": 41, "imf": None}
    for found in (
        row(LIST, country_name_en="North Korea"),
        row(PANEL, country_name_en="North Korea", year=2013),
    ):
        assert {name: found[name] for name in codes} == codes
    korea = rows(PANEL, iso3c="PRK")
    assert (korea.height, korea["year"].min()) == (80, 1945)
    listed = korea.drop_nulls("gwn")["year"]
    assert (listed.min(), listed.max()) == (1948, 2020)


def test_codes_that_must_be_mended_by_hand() -> None:
    found = {row["iso3c"]: row for row in table(LIST).iter_rows(named=True)}
    assert found["SRB"]["cown"] is None
    assert found["YEM"]["gwn"] is None
    assert (found["DEU"]["cown"], found["DEU"]["gwn"]) == (255, 260)
    assert (found["VNM"]["cown"], found["VNM"]["gwn"]) == (816, 815)
    assert (found["SRB"]["p5n"], found["VNM"]["p5n"]) == (342, 818)
    assert rows(PANEL, iso3c="SRB")["cown"].count() == 0
    assert rows(PANEL, iso3c="YEM")["gwn"].count() == 0
    assert rows(PANEL, iso3c="VNM").drop_nulls("gwn")["year"].max() == 1893


def test_namibia_is_not_missing() -> None:
    assert row(LIST, country_name_en="Namibia")["iso2c"] == "NA"
    assert rows(PANEL, iso3c="NAM")["iso2c"].unique().to_list() == ["NA"]


def test_which_codes_follow_the_year() -> None:
    codes = [name for name in table(PANEL).columns if name not in ("country_name_en", "year")]
    kinds = table(PANEL).group_by("country_name_en").agg(pl.col(codes).n_unique())
    moving = {name for name in codes if (kinds[name] > 1).any()}
    assert moving == {"cowc", "cown", "gwc", "gwn", "p4c", "p4n", "p5c", "p5n", "vdem"}
    for name in ("cown", "gwn", "p5n"):
        assert table(PANEL).drop_nulls(name)["year"].max() == 2020


@pytest.mark.parametrize(
    ("name", "code", "other", "doubled", "changes"),
    [
        (COW, "gwcode", "ccode", 260, {(260, 1990), (678, 1990)}),
        (GW, "ccode", "gwcode", 255, {(345, 2006)}),
    ],
)
def test_a_code_stands_twice_where_the_other_list_is_empty(
    name: str, code: str, other: str, doubled: int, changes: set[tuple[int, int]]
) -> None:
    frame = table(name)
    assert frame.drop_nulls(other).select(other, "year").is_unique().all()
    twice = frame.drop_nulls(code).filter(pl.struct(code, "year").is_duplicated())
    assert doubled in twice[code]
    assert rows(name, year=2013).filter(pl.col(code) == doubled).height == 2
    whole = frame.drop_nulls([code, other])
    left = whole.filter(pl.struct(code, "year").is_duplicated())
    assert set(left.select(code, "year").rows()) == changes


def test_pairs_of_the_states_that_break_merges() -> None:
    pairs = table(GW).drop_nulls(["gwcode", "ccode"])
    found = {
        (row["gwcode"], row["ccode"])
        for row in pairs.filter(pl.col("gwcode") != pl.col("ccode")).iter_rows(named=True)
    }
    germany, yemen, serbia = (260, 255), (678, 679), (340, 345)
    islands = {(970, 946), (971, 970), (972, 955), (973, 947)}
    assert found == {germany, yemen, serbia} | islands


@pytest.mark.parametrize(
    ("name", "code", "nameless"),
    [(COW, "ccode", {347, 511}), (GW, "gwcode", {347, 396, 397, 511, 711})],
)
def test_states_by_date_agree_with_the_projects_own(
    name: str, code: str, nameless: set[int]
) -> None:
    """The package's years and this project's spells, read apart; some states have no ISO code."""
    one = dataset(name)
    frame = tidy(one, originals_of(one)).drop_nulls(code).filter(pl.col("year") >= 1946)
    assert set(frame.filter(pl.col("iso3").is_null())[code]) == nameless
    assert frame.filter(pl.col(code) == 731)["iso3"].unique().to_list() == ["PRK"]


def test_the_other_copies_of_the_lists_say_the_same() -> None:
    """So they are no data sets of their own: cw_system is cow_states, gw_states is older."""
    path = SHARED / "state_system" / "cw_system.rda"
    old = SHARED / "state_codes" / "gw_states.rda"
    if not (path.is_file() and old.is_file()):
        pytest.skip("the other copies are not at hand")
    copy = read_r(path).with_columns(pl.col("ccode").cast(pl.Int64)).sort("ccode", "start")
    mine = table("cow_states").select("ccode", "stateabb", "statenme", "start", "end")
    assert copy.rows() == mine.rows()
    states = table("gw_states").filter(~pl.col("microstate")).select("gwcode", "start")
    earlier = read_r(old).select(pl.col("gwcode").cast(pl.Int64), start="startdate")
    assert states.sort("gwcode", "start").equals(earlier.sort("gwcode", "start"))
