"""Regime types and measures of democracy on their originals."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from checking_rights import faults, rank, row, rows, table

# Name: rows of the table, of North Korea, of China.
SIZES = {
    "polity5": (17_574, 71, 219),
    "freedom_house": (9_965, 52, 52),
    "freedom_house_items": (2_723, 13, 13),
    "gwf_all": (9_411, 62, 65),
    "gwf_autocratic": (5_301, 62, 61),
    "reign": (13_937, 73, 72),
    "lied": (32_891, 77, 236),
    "vaporeg": (29_840, 79, 125),
    "pitf_regime": (16_582, 71, 206),
    "svolik": (8_977, 61, 63),
    "anckar": (18_777, 72, 220),
    "bti": (1_370, 10, 10),
    "eiu": (2_839, 17, 17),
}


def of(name: str, year: int, code: int = 731) -> dict[str, object]:
    return row(name, gwn=code, year=year)


@pytest.mark.parametrize("name", SIZES)
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []
    found = (table(name).height, rows(name, gwn=731).height, rows(name, gwn=710).height)
    assert found == SIZES[name]


def test_polity() -> None:
    assert [of("polity5", year)["polity2"] for year in (1985, 2013)] == [-9, -10]
    year = rows("polity5", year=2013)["polity2"].drop_nulls()
    assert (year.min(), (year == -10).sum()) == (-10, 4)


def test_interregna_of_polity_are_null() -> None:
    frame = table("polity5")
    for column in ("democ", "autoc", "polity", "xconst", "parcomp"):
        low = frame[column].min()
        assert isinstance(low, float)
        assert low >= -10
        assert frame[column].null_count() > 0


def test_freedom_house() -> None:
    found = of("freedom_house", 2013)
    assert (found["pr"], found["cl"], found["fh_total_reversed"]) == (7, 7, 0)
    year = rows("freedom_house", year=2013)
    assert (year["fh_total"] == 14).sum() == 12
    reversed_total = 14 - table("freedom_house")["fh_total"]
    assert reversed_total.equals(table("freedom_house")["fh_total_reversed"])
    assert table("freedom_house")["gwn"].drop_nulls().n_unique() == 203


def test_freedom_house_points() -> None:
    found = of("freedom_house_items", 2013)
    assert (found["total"], found["g1"]) == (3, 0)
    year = rows("freedom_house_items", year=2013)
    assert year.height == 209
    assert (rank(year, "total", 3), (year["g1"] == 0).sum()) == (4, 9)


def test_geddes_wright_frantz() -> None:
    found = of("gwf_autocratic", 2010)
    assert found["gwf_regimetype"] == "party-personal"
    assert found["gwf_party"] == 1
    start = found["gwf_startdate"]
    assert isinstance(start, date)
    assert start.year == 1948


def test_reign_has_two_rows_in_a_year_of_transition() -> None:
    assert rows("reign", reign_country="Cuba", year=1959).height == 2
    assert of("reign", 2013)["gwf_regimetype"] == "party-personal"


def test_lexical_index_puts_north_korea_above_china() -> None:
    assert [of("lied", 2013, code)["lexical_index"] for code in (731, 710)] == [1, 0]


def test_varieties_of_regimes() -> None:
    assert [of("vaporeg", 2013, code)["vaporeg_s"] for code in (731, 710)] == [120, 120]


def test_other_categories() -> None:
    assert of("pitf_regime", 2013)["pitf"] == "0-Full autocracy"
    assert of("svolik", 2008)["regime"] == "dictatorship"
    assert str(of("anckar", 2013)["regimenarrowcat"]).lower() == "personalist rule"


def test_private_enterprise() -> None:
    column = "q9_2_private_enterprise"
    assert [of("bti", 2014, code)[column] for code in (731, 710)] == [1, 6]
    assert (rows("bti", year=2014)[column] == 1).sum() == 2
    assert set(table("bti")["year"].to_list()) == set(range(2004, 2023, 2))


def test_economist_index() -> None:
    year = rows("eiu", year=2013)
    assert (year.height, year["eiu"].min()) == (167, 1.08)
    assert of("eiu", 2013)["eiu"] == 1.08
    for later in (2023, 2024):
        value = of("eiu", later)["eiu"]
        assert isinstance(value, float)
        assert rank(rows("eiu", year=later), "eiu", value) == 3


def test_personalism() -> None:
    name = "personalism"
    assert faults(name) == []
    assert table(name).height == 4_591
    assert table(name)["cowcode"].n_unique() == 118
    korea = row(name, cowcode=731, year=2010)["irtpers8"]
    assert rows(name, cowcode=731).height == 62
    assert korea == pytest.approx(0.84, abs=0.005)
    assert row(name, cowcode=710, year=2010)["irtpers8"] == pytest.approx(-1.32, abs=0.005)
    assert isinstance(korea, float)
    year = rows(name, year=2010)
    assert year.height == 59
    assert round(100 * year.filter(pl.col("irtpers8") <= korea).height / 59) == 83
