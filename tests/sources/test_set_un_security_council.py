"""Vetoes, members, failed drafts and compiled votes of the Security Council on their originals."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from checking_rights import faults, row, rows, table

from beholden.sources.registry import dataset

VETOES, MEMBERS = "un_sc_vetoes", "un_sc_membership"
FAILED, COMPILED = "un_sc_failed_drafts", "un_sc_dprk_votes_compiled"


@pytest.mark.parametrize("name", [VETOES, MEMBERS, FAILED])
def test_each_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


def test_vetoes_by_name() -> None:
    frame = table(VETOES)
    assert (frame["number"].n_unique(), frame["number"].max()) == (214, 214)
    counts = dict(frame["member"].value_counts().rows())
    named = {"USSR": 90, "USA": 82, "Russia": 31, "UK": 29, "China": 17, "France": 16}
    assert counts == named
    codes = {"SUN": 90, "USA": 82, "RUS": 31, "GBR": 29, "CHN": 17, "FRA": 16}
    assert dict(frame["member_iso3"].value_counts().rows()) == codes
    assert (frame.filter(vetoes=2).height, frame.filter(vetoes=3).height) == (50, 39)


def test_vetoes_end_in_july_2022() -> None:
    assert table(VETOES)["date"].max() == date(2022, 7, 8)
    assert row(VETOES, draft="S/2022/538")["member"] == "Russia"
    assert rows(VETOES, draft="S/2022/720").is_empty()


def test_vetoes_of_china() -> None:
    found = rows(VETOES, member="China")
    for year, number in ((2007, 1), (2008, 1), (2019, 2), (2022, 1)):
        assert found.filter(year=year).height >= number
    assert found.filter(pl.col("crisis_topic") == "Syria").height == 10
    assert found.filter(date=date(2022, 5, 26)).height == 1


def test_members_by_year() -> None:
    frame = table(MEMBERS)
    assert frame.height == 1_105
    sizes = dict(frame.group_by("year").len().rows())
    assert {sizes[year] for year in range(1946, 1966)} == {11}
    assert {sizes[year] for year in range(1966, 2025)} == {15}
    assert frame.filter(year=1956, member_iso3="YUG").height == 1
    assert set(frame.filter(pl.col("year") < 1991, member_iso3="CHN")["year"]) == set(
        range(1946, 1991)
    )


def test_members_without_a_name() -> None:
    unnamed = table(MEMBERS).filter(pl.col("security_council_member").is_null())
    ivorian, turkish = {1964, 1965, 1990, 1991, 2018, 2019}, {1951, 1952, 1954, 1955, 1961}
    assert set(unnamed["year"]) == ivorian | turkish | {2009, 2010}
    assert unnamed.height == table(MEMBERS)["member_iso3"].null_count() == 13


def test_failed_drafts() -> None:
    frame = table(FAILED)
    assert frame["number"].n_unique() == 53
    assert frame["member_iso3"].null_count() == 0
    assert frame.filter(pl.col("year") < 1992, member_iso3="RUS").is_empty()
    listed = frame.group_by("number").agg(
        pl.col("voting_on", "stated_yes", "stated_no", "stated_abstain").first(),
        *(pl.col("vote").eq(vote).sum().alias(vote) for vote in ("Y", "N", "A")),
    )
    same = (
        (pl.col("Y") == pl.col("stated_yes"))
        & (pl.col("N") == pl.col("stated_no"))
        & (pl.col("A") == pl.col("stated_abstain"))
    )
    assert listed.filter(~same)["voting_on"].to_list() == ["S/1127"]
    assert rows(FAILED, voting_on="S/2022/431").is_empty()


def test_compiled_votes_add_up() -> None:
    # Compiled by hand: no address.
    assert faults(COMPILED) == [dataset(COMPILED).originals[0].file]
    frame = table(COMPILED)
    assert (frame.height, frame["symbol"].n_unique()) == (105, 7)
    counted = frame.group_by("symbol", "tally").agg(
        pl.format("{}-{}-{}", *(pl.col("vote").eq(vote).sum() for vote in ("Y", "N", "A"))).alias(
            "counted"
        )
    )
    assert (counted["tally"] == counted["counted"]).all()


def test_compiled_votes_of_china_and_russia() -> None:
    against = rows(COMPILED, vote="N")
    assert against.filter(member_iso3="CHN").height == 6
    assert against.filter(member_iso3="RUS").height == 7
    assert row(COMPILED, symbol="S/2024/255", member_iso3="CHN")["vote"] == "A"
    assert set(rows(COMPILED, symbol="S/PV.7353", vote="A")["member_iso3"]) == {"TCD", "NGA"}


def test_compiled_members_are_those_of_the_year() -> None:
    members = table(MEMBERS).select("year", "member_iso3").drop_nulls()
    strangers = table(COMPILED).join(members, on=["year", "member_iso3"], how="anti")
    assert strangers.is_empty()
