"""Correlates of War trade, versions 4 and 3, on their originals and against each other."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest
from checking_rights import faults, row, rows, table
from checking_trade import by_year, corrections, faults_of_corrections, touched

V4, V3, NATIONAL = "cow_trade_v4", "cow_trade_v3", "cow_trade_v4_national"
CHINA, NORTH, SOUTH, SOVIET, CUBA = 710, 731, 732, 365, 40

# China's exports to and imports from North Korea, million dollars.
EXPORTS = {
    1978: 231, 1980: 374, 1985: 263, 1988: 380, 1990: 398, 1991: 577, 1992: 594, 1993: 663,
    1995: 535, 1998: 392, 2000: 567, 2002: 547, 2004: 887, 2006: 1363, 2008: 2246, 2010: 2526,
    2012: 3854, 2014: 3883,
}  # fmt: skip
IMPORTS = {
    1978: 224, 1980: 303, 1985: 245, 1988: 234, 1990: 129, 1991: 86, 1992: 154, 1993: 296,
    1995: 64, 1998: 51, 2000: 86, 2002: 284, 2004: 588, 2006: 471, 2008: 756, 2010: 1191,
    2012: 2491, 2014: 2845,
}  # fmt: skip


def pair(name: str, one: int, other: int) -> pl.DataFrame:
    return rows(name, ccode1=one, ccode2=other)


@cache
def shared() -> pl.DataFrame:
    """The pairs and years that stand in both versions, with both figures."""
    return table(V3).join(table(V4), on=["ccode1", "ccode2", "year"], suffix="_v4")


@pytest.mark.parametrize("name", [V4, V3, NATIONAL])
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


@pytest.mark.parametrize("name", [V4, V3])
def test_corrections_touch_the_rows_they_say(name: str) -> None:
    assert faults_of_corrections(name) == []


def test_size_of_version_4() -> None:
    frame = table(V4)
    assert frame.height == 1_347_308
    assert rows(V4, year=2014).height == 30_280
    assert rows(V4, year=2014)["ccode1"].n_unique() <= 196
    assert round((frame["flow1"] == 0).sum() / frame.height, 2) == 0.54


def test_each_pair_stands_in_both_orders() -> None:
    there = table(V4).head(2000)
    back = there.select(ccode1="ccode2", ccode2="ccode1", year="year", flow1="flow2", flow2="flow1")
    keys = ["ccode1", "ccode2", "year", "flow1", "flow2"]
    assert back.join(table(V4), on=keys, how="anti", nulls_equal=True).is_empty()


def test_chinese_trade_with_north_korea() -> None:
    there = pair(V4, NORTH, CHINA)
    exports, imports = by_year(there, "flow1"), by_year(there, "flow2")
    assert {year: exports[year] for year in EXPORTS} == EXPORTS
    assert {year: imports[year] for year in IMPORTS} == IMPORTS
    assert sorted(exports) == [1961, *range(1978, 2015)]
    assert exports[1961] == imports[1961] == 0


def test_false_zeros_as_they_stand_in_version_4() -> None:
    soviet = pair(V4, SOVIET, NORTH).filter(pl.col("year") <= 1990)
    assert soviet.height == 17
    assert soviet["flow1"].to_list() == soviet["flow2"].to_list() == [0] * 17
    cuba = pair(V4, SOVIET, CUBA).filter(pl.col("year").is_between(1948, 1990))
    assert (cuba.height, (cuba["flow1"] == 0).sum()) == (24, 19)
    south = pair(V4, NORTH, SOUTH)
    assert (south.height, south.filter(flow1=0, flow2=0).height) == (61, 53)


def test_corrections_take_every_false_zero_that_the_notes_name() -> None:
    taken = pl.concat(touched(V4, one) for one in corrections(V4) if one["status"] == "applied")
    keys = ["ccode1", "ccode2", "year"]
    for one, other in ((SOVIET, NORTH), (CHINA, NORTH), (NORTH, SOUTH)):
        zeros = pair(V4, one, other).filter((pl.col("flow1") == 0) | (pl.col("flow2") == 0))
        assert not zeros.is_empty()
        assert zeros.join(taken, on=keys, how="anti").is_empty()
    # Cuba before 1961 was no socialist state, and its zeros may be true.
    left = pair(V4, SOVIET, CUBA).filter(flow1=0).join(taken, on=keys, how="anti")
    assert left["year"].max() == 1960


def test_phantom_partners_of_2008() -> None:
    found = rows(V4, ccode1=NORTH, year=2008).sort("flow1", descending=True, nulls_last=True)
    assert found.head(3).select("ccode2", "flow1").rows() == [(710, 2246), (615, 1648), (750, 1153)]
    taken = [one for one in corrections(V4) if one["id"] == "phantom-partners-2008-flow1"]
    assert touched(V4, taken[0])["flow1"].sum() == 1648 + 1153


@pytest.mark.parametrize(("year", "share"), [(2008, 0.33), (2014, 0.80)])
def test_share_of_china_in_north_korean_imports_as_published(year: int, share: float) -> None:
    imports = rows(V4, ccode1=NORTH, year=year)
    chinese = imports.filter(ccode2=CHINA)["flow1"].item()
    assert round(chinese / imports["flow1"].sum(), 2) == share


def test_missing_is_never_a_code() -> None:
    for name in (V4, V3, NATIONAL):
        frame = table(name).select(pl.col(pl.Float64))
        assert not (frame < 0).select(pl.any_horizontal(pl.all().any())).item()


def test_national_trade_of_north_korea() -> None:
    assert table(NATIONAL).height == 14_410
    found = rows(NATIONAL, ccode=NORTH)
    imports = by_year(found, "imports")
    assert [year for year in imports if imports[year] is None] == list(range(1960, 1981))
    assert found["year"].min() == 1948
    assert by_year(found, "exports")[1959] == 113


def test_size_of_version_3() -> None:
    frame = table(V3)
    assert frame.height == 540_507
    assert frame.filter(pl.col("ccode1") >= pl.col("ccode2")).is_empty()
    assert frame["flow1"].null_count() == frame["flow2"].null_count() == 0


def test_chinese_trade_with_north_korea_in_version_3() -> None:
    found = {
        year: (a, b)
        for year, a, b in pair(V3, CHINA, NORTH).select("year", "flow1", "flow2").rows()
    }
    assert sorted(found) == [1961, *range(1978, 2010)]
    assert found[1990] == (129.42, 397.88)
    assert found[2000] == (81.76, 567.05)
    assert found[2009] == (793.15, 2108.76)


def test_hong_kong_is_not_read_as_china() -> None:
    odd = table(V3).filter(pl.col("ccode1").is_null())
    assert odd.select("importer1", "ccode2", "year").rows() == [
        ("Hong Kong", 713, year) for year in (2007, 2008, 2009)
    ]
    assert pair(V3, CHINA, 713).filter(year=2007)["flow1"].item() == 62416.77


def test_typing_error_of_1877() -> None:
    assert row(V3, ccode1=41, ccode2=200, year=1877)["flow2"] == 1_198_527


def test_version_4_agrees_with_version_3() -> None:
    both = shared()
    assert both.height == 530_413
    near = (pl.col("flow1") - pl.col("flow1_v4")).abs() <= 0.5
    assert both.filter(near).height == 508_878


def test_versions_agree_on_china_and_north_korea_until_the_revisions() -> None:
    both = shared().filter(ccode1=CHINA, ccode2=NORTH)
    for flow in ("flow1", "flow2"):
        off = both.filter((pl.col(flow) - pl.col(f"{flow}_v4")).abs() > 0.5)
        assert off["year"].to_list() == [] or off["year"].to_list()[0] >= 1999
        assert not ((off[flow] - off[f"{flow}_v4"]).abs() / off[flow] > 0.06).any()


@pytest.mark.parametrize(
    ("one", "other"), [(2, 20), (2, 710), (200, 220), (710, 740), (732, 740), (135, 145)]
)
def test_versions_agree_on_a_sample_of_pairs_before_1999(one: int, other: int) -> None:
    both = shared().filter(pl.col("year") < 1999, ccode1=one, ccode2=other)
    near = (pl.col("flow1") - pl.col("flow1_v4")).abs() <= 0.5
    assert both.height > 30
    assert both.filter(near).height / both.height > 0.95


def test_small_flows_survive_only_in_version_3() -> None:
    small = shared().filter(pl.col("flow1").is_between(0, 0.5, closed="none"))
    assert (small["flow1_v4"] == 0).sum() > 90_000
