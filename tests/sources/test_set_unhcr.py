"""UNHCR's refugee statistics on their originals."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import faults, rank, row, rows, table

SIZES = {
    "unhcr_population": 138_893,
    "unhcr_asylum_applications": 120_597,
    "unhcr_asylum_decisions": 113_929,
    "unhcr_flows": 105_868,
    "unhcr_solutions": 21_258,
}
EACH = pytest.mark.parametrize("name", sorted(SIZES))
STOCK, DECISIONS = "unhcr_population", "unhcr_asylum_decisions"


@EACH
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []
    assert table(name).height == SIZES[name]


@EACH
def test_no_table_has_a_row_from_north_korea_to_china_or_south_korea(name: str) -> None:
    found = rows(name, coo_iso="PRK")
    assert found.height > 0
    assert found.filter(pl.col("coa_iso").is_in(["CHN", "KOR"])).height == 0


@EACH
def test_small_figures_are_rounded_away(name: str) -> None:
    counted = ("refugees", "applied", "dec_recognized", "returned_refugees")
    figures = [key for key in counted if key in table(name).columns]
    assert figures
    for key in figures:
        assert table(name).filter(pl.col(key).is_between(1, 4)).height == 0


@EACH
def test_own_codes_differ_from_iso(name: str) -> None:
    for own, iso in (("coo", "coo_iso"), ("coa", "coa_iso")):
        assert set(rows(name, **{iso: "CHN"})[own].to_list()) <= {"CHI"}
    assert set(rows(name, coo_iso="PRK")["coo"].to_list()) == {"KRN"}


def test_origins_and_countries_of_asylum() -> None:
    assert table(STOCK)["coo_iso"].n_unique() == 217
    assert table(STOCK)["coa_iso"].n_unique() == 196


def test_north_koreans_in_the_stock() -> None:
    found = rows(STOCK, coo_iso="PRK")
    assert (found.height, found["year"].min(), found["coa_iso"].n_unique()) == (324, 1996, 24)
    year = found.filter(year=2013)
    assert (year["refugees"].sum(), year["asylum_seekers"].sum()) == (1163, 940)
    where = dict(year.select("coa_iso", "refugees").iter_rows())
    expected = {"GBR": 630, "CAN": 127, "DEU": 112, "RUS": 74}
    assert {key: where[key] for key in expected} == expected
    russia = found.filter(coa_iso="RUS")
    assert (russia.height, russia["refugees"].max()) == (17, 79)


def test_north_koreans_over_the_years() -> None:
    years = rows(STOCK, coo_iso="PRK").group_by("year").agg(pl.col("refugees").sum())
    sums = dict(years.iter_rows())
    assert max(sums, key=lambda year: sums[year]) == 2016
    assert (sums[2016], sums[2025]) == (1419, 263)


def test_rank_of_north_korea_as_an_origin() -> None:
    year = rows(STOCK, year=2013).group_by("coo_iso").agg(pl.col("refugees").sum())
    assert rank(year, "refugees", 1163, lowest=False) == 93
    assert year.filter(pl.col("refugees") > 0).height == 192


def test_china_as_a_country_of_asylum() -> None:
    found = rows(STOCK, coa_iso="CHN")
    assert (found.height, found["year"].min()) == (516, 1966)
    vietnamese = found.filter(coo_iso="VNM")
    assert vietnamese["year"].max() == 2021
    assert row(STOCK, coa_iso="CHN", coo_iso="VNM", year=2013)["refugees"] == 300_896


def test_decisions_in_china_are_never_by_the_government() -> None:
    found = rows(DECISIONS, coa_iso="CHN")
    assert found.height == 377
    assert set(found["procedure_type"].to_list()) == {"U"}
    assert (found["dec_recognized"].sum(), found["dec_rejected"].sum()) == (1066, 2022)


def test_decisions_on_north_koreans() -> None:
    found = rows(DECISIONS, coo_iso="PRK")
    sums = [found[f"dec_{key}"].sum() for key in ("recognized", "other", "rejected", "closed")]
    assert sums == [1666, 340, 2273, 2277]


def test_unknown_is_null_in_flows_and_solutions() -> None:
    assert table("unhcr_flows")["refugees"].null_count() == 100_020
    assert table("unhcr_solutions")["resettlement"].null_count() == 11_644


def test_code_na_is_a_word_here() -> None:
    assert rows("unhcr_asylum_applications", app_type="NA").height > 0
    assert table("unhcr_asylum_applications")["app_type"].null_count() == 0
