"""The tables on the system of states, on their originals."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from beholden.sources.registry import dataset
from beholden.sources.rfiles import read_r
from beholden.sources.tidy import tidy
from beholden.states import spells

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the originals are not at hand")

SETS = {
    "cow_states": 243,
    "gw_states": 239,
    "cow_contiguity": 1_874,
    "cow_majors": 14,
    "maoz_powers": 23,
    "gw_mindist": 871_034,
    "cow_mindist": 952_244,
    "atop_alliance": 273_296,
    "cow_alliance": 120_784,
    "cow_igo_dyads": 917_695,
    "cow_igo_states": 15_557,
    "cow_false_dyads": 60,
    "ucdp_acd": 5_652,
    "ucdp_onsets": 10_142,
}
EMPTY = ("gwno_a_2nd", "gwno_b", "gwno_b_2nd", "ep_end_date")


@cache
def table(name: str) -> pl.DataFrame:
    """The table that the library keeps, read once."""
    one = dataset(name)
    return tidy(one, {original.file: SHARED / original.file for original in one.originals})


def pair(name: str, one: int, other: int) -> pl.DataFrame:
    """The rows of one pair of states, oldest first."""
    key = "gwcode" if name == "gw_mindist" else "ccode"
    return table(name).filter(pl.col(f"{key}1") == one, pl.col(f"{key}2") == other)


def years(frame: pl.DataFrame, column: str) -> list[int]:
    """The years in which a flag is up."""
    return frame.filter(pl.col(column))["year"].to_list()


@pytest.mark.parametrize("name", SETS)
def test_originals_are_those_described(name: str) -> None:
    for original in dataset(name).originals:
        data = (SHARED / original.file).read_bytes()
        assert len(data) == original.size
        assert hashlib.sha256(data).hexdigest() == original.sha256
        assert original.address.startswith("https://raw.githubusercontent.com/")
        assert original.address.endswith(f"/data/{Path(original.file).name}")


@pytest.mark.parametrize(("name", "rows"), SETS.items())
def test_rows_span_order_and_types(name: str, rows: int) -> None:
    one, frame = dataset(name), table(name)
    assert frame.height == rows
    keys = frame.select(one.keys)
    assert keys.equals(keys.unique().sort(one.keys, nulls_last=True))
    first, last = ("year", "year") if "year" in frame.columns else ("start", "end")
    ends = [
        end if isinstance(end, int) else end.year
        for end in (frame[first].min(), frame[last].max())
        if isinstance(end, int | date)
    ]
    assert tuple(ends) == one.span
    for column, dtype in frame.schema.items():
        assert dtype in {pl.Int64, pl.Float64, pl.String, pl.Boolean, pl.Date}, column
        if column.startswith(("ccode", "gwcode", "gwno")) or column == "year":
            assert dtype == pl.Int64, column
    described = [*one.columns, *(code.into for code in one.states)]
    assert sorted(frame.columns) == sorted(described)
    own = frame.select(column for column in one.columns if column not in EMPTY)
    assert sum(own.null_count().row(0)) == 0


@pytest.mark.parametrize("name", SETS)
def test_descriptions(name: str) -> None:
    one = dataset(name)
    assert one.name == name
    assert one.bibtex.startswith("@")
    assert f"{{{name}," in one.bibtex
    assert one.bibtex.count("{") == one.bibtex.count("}")
    kind = "computed" if name in {"cow_false_dyads", "cow_mindist"} else name.split("_")[0]
    assert one.redistribution == {"ucdp": "allowed", "cow": "forbidden"}.get(kind, "unknown")
    assert all(column.meaning for column in one.columns.values())


@pytest.mark.parametrize("name", SETS)
def test_codes_are_those_of_states_on_their_dates(name: str) -> None:
    one, frame = dataset(name), table(name)
    system = one.states[0].system
    listed = {spell.code for spell in spells(system)}
    listed |= {751} if name == "ucdp_acd" else set()  # Hyderabad, which the list does not have
    for code in one.states:
        assert set(frame[code.column].drop_nulls().unique()) <= listed
        korea = frame.filter(pl.col(code.column) == 731)
        assert set(korea[code.into].unique()) <= {"PRK"}


def test_membership_is_that_of_the_other_copies() -> None:
    other = read_r(SHARED / "state_system" / "cw_system.rda")
    ours = table("cow_states").select("ccode", "start", "end")
    theirs = other.select(pl.col("ccode").cast(pl.Int64), "start", "end").sort("ccode", "start")
    assert ours.equals(theirs)
    older = read_r(SHARED / "state_codes" / "gw_states.rda")
    assert older.height == 216
    both = table("gw_states").join(
        older.with_columns(pl.col("gwcode").cast(pl.Int64)),
        left_on=["gwcode", "start"],
        right_on=["gwcode", "startdate"],
    )
    assert both.height == 216
    longer = both.filter(pl.col("end") != pl.col("enddate"))
    assert longer["end"].unique().to_list() == [date(2020, 12, 31)]
    assert longer["enddate"].unique().to_list() == [date(2017, 12, 31)]


@pytest.mark.parametrize(
    ("name", "key", "system"),
    [
        ("cow_states", "ccode", "cow"),
        ("gw_states", "gwcode", "gw"),
    ],
)
def test_membership_is_that_of_the_room_states(name: str, key: str, system: str) -> None:
    ours = {(row[key], row["start"], row["end"]) for row in table(name).iter_rows(named=True)}
    assert ours == {(spell.code, spell.start, spell.listed_end) for spell in spells(system)}


def test_membership_stops_where_the_lists_do() -> None:
    korea = table("cow_states").filter(ccode=731).row(0, named=True)
    assert korea["iso3"] == "PRK"
    assert (korea["start"], korea["end"]) == (date(1948, 9, 9), date(2016, 12, 31))
    assert table("cow_states")["end"].max() == date(2016, 12, 31)
    assert table("gw_states")["end"].max() == date(2020, 12, 31)
    assert table("gw_states")["microstate"].sum() == 23
    south = table("cow_states").filter(ccode=732)
    assert south["stateabb"].to_list() == ["ROK"]


def test_north_korea_borders_three_states_by_land() -> None:
    own = table("cow_contiguity").filter(ccode1=731)
    land = own.filter(conttype=1)
    assert sorted(land["iso3_2"]) == ["CHN", "KOR", "SUN"]
    assert land["end"].unique().to_list() == [date(2016, 12, 1)]
    assert own.filter(ccode2=740)["conttype"].to_list() == [5]
    assert own.height == 4


def test_contiguity_is_mutual_and_knows_what_is_none() -> None:
    frame = table("cow_contiguity").select("ccode1", "ccode2", "conttype", "start", "end")
    turned = frame.rename({"ccode1": "ccode2", "ccode2": "ccode1"}).select(frame.columns)
    assert frame.join(turned, on=frame.columns, how="anti").is_empty()
    assert frame.filter(conttype=0).height == 180
    assert (frame["start"] <= frame["end"]).all()
    assert set(frame["start"].dt.day()) | set(frame["end"].dt.day()) == {1}


def test_powers() -> None:
    majors = table("cow_majors")
    assert majors.filter(ccode=710)["start"].to_list() == [date(1950, 1, 1)]
    assert majors.filter(ccode=365)["start"].dt.year().to_list() == [1816, 1922]
    maoz = table("maoz_powers")
    assert maoz["kind"].value_counts().sort("kind").rows() == [("global", 5), ("regional", 18)]
    assert maoz.filter(ccode=710)["kind"].to_list() == ["regional"]
    original = read_r(SHARED / "state_system" / "maoz_powers.rda")
    assert original.height == 20


@pytest.mark.parametrize("name", ["gw_mindist", "cow_mindist"])
def test_distance(name: str) -> None:
    frame = table(name)
    first, second = frame.columns[:2]
    assert (frame[first] < frame[second]).all()
    near = pair(name, 710, 731)
    assert near["year"].to_list() == list(range(1949, 2020))
    assert set(near["mindist"]) == {0.0}
    assert set(near["iso3_1"]) == {"CHN"}


def test_alliances_of_atop() -> None:
    china = pair("atop_alliance", 731, 710)
    assert years(china, "atop_defense") == list(range(1961, 2019))
    russia = pair("atop_alliance", 731, 365)
    assert years(russia, "atop_defense") == list(range(1961, 1997))
    assert years(russia, "atop_consul") == list(range(2000, 2019))
    asean = table("atop_alliance").filter(pl.col("ccode1") == 731, pl.col("ccode2") >= 800)
    asean = asean.filter(pl.col("year") >= 2008)
    assert asean["atop_nonagg"].all()
    assert not asean["atop_defense"].any()
    america = pair("atop_alliance", 731, 2)
    assert years(america, "atop_nonagg") == list(range(2009, 2019))
    before = table("atop_alliance").filter(year=1815)
    assert before.height == 126
    assert before["iso3_1"].null_count() == 126
    pledges = [name for name in table("atop_alliance").columns if name.startswith("atop_")]
    none = table("atop_alliance").filter(~pl.any_horizontal(pledges))
    assert none.height == 170


def test_alliances_of_the_correlates_of_war() -> None:
    china = pair("cow_alliance", 731, 710)
    assert years(china, "cow_defense") == list(range(1961, 2013))
    frame = table("cow_alliance").select(pl.exclude("iso3_1", "iso3_2"))
    turned = frame.rename({"ccode1": "ccode2", "ccode2": "ccode1"}).select(frame.columns)
    assert frame.join(turned, on=frame.columns, how="anti").is_empty()


def test_organisations() -> None:
    both = pair("cow_igo_dyads", 710, 731)
    assert both.filter(year=2014)["dyadigos"].to_list() == [31]
    assert table("cow_igo_dyads").schema["dyadigos"] == pl.Int64
    frame = table("cow_igo_dyads")
    assert (frame["ccode1"] < frame["ccode2"]).all()
    own = table("cow_igo_states")
    assert own.filter(ccode=731, year=2014)["sum_igo_full"].to_list() == [34]
    kinds = own["sum_igo_full"] + own["sum_igo_associate"] + own["sum_igo_observer"]
    assert (kinds == own["sum_igo_anytype"]).all()


def test_false_dyads_never_met() -> None:
    days: dict[int, list[tuple[date, date]]] = {}
    for spell in spells("cow"):
        days.setdefault(spell.code, []).append((spell.start, spell.listed_end))
    for row in table("cow_false_dyads").iter_rows(named=True):
        for one in days[row["ccode1"]]:
            for other in days[row["ccode2"]]:
                first, last = max(one[0], other[0]), min(one[1], other[1])
                assert first > last or row["year"] not in range(first.year, last.year + 1)


def test_armed_conflicts() -> None:
    frame = table("ucdp_acd")
    assert frame.select("conflict_id", "year").n_unique() == 2_752
    korea = frame.filter((pl.col("gwno_a") == 731) | (pl.col("gwno_b") == 731))
    assert korea.filter(intensity_level=2)["year"].unique().sort().to_list() == list(
        range(1950, 1954)
    )
    assert (frame["ep_end"] == frame["ep_end_date"].is_not_null()).all()
    assert set(frame["type_of_conflict"]) == {"II", "extrasystemic", "interstate", "intrastate"}
    onsets = table("ucdp_onsets")
    assert (onsets["sumonset1"] >= onsets["sumonset10"]).all()
    assert (onsets["sumonset10"] >= onsets["sumnewconf"]).all()
