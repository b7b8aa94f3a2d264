"""SIPRI's registers of arms transfers on their originals and against each other."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from checking_rights import faults, rows, table

import beholden.sources.crosswalks as crosswalks

DEALS, DELIVERIES = "sipri_arms", "sipri_arms_deliveries"


def by_supplier(recipient: str) -> dict[str, tuple[int, float]]:
    """Deals and values delivered to a recipient, by supplier."""
    found = (
        rows(DEALS, recipient=recipient)
        .group_by("supplier")
        .agg(pl.col("deal").n_unique(), pl.col("tiv").sum().round(0))
    )
    return {name: (deals, value) for name, deals, value in found.rows()}


@pytest.mark.parametrize("name", [DEALS, DELIVERIES])
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


def test_size() -> None:
    frame = table(DEALS)
    assert frame["deal"].n_unique() == 29_916
    assert (frame["recipient"].n_unique(), frame["supplier"].n_unique()) == (255, 138)
    assert table(DELIVERIES).height == 25_024


def test_suppliers_of_north_korea() -> None:
    assert by_supplier("North Korea") == {
        "Soviet Union": (119, 17_749),
        "China": (26, 5_021),
        "Russia": (12, 1_005),
        "Kazakhstan": (2, 7),
    }


def test_chinese_deliveries_to_north_korea_end_in_1995() -> None:
    found = rows(DEALS, supplier_code="CHN", recipient_code="PRK")["year"]
    assert (found.min(), found.max()) == (1958, 1995)


@pytest.mark.parametrize("name", [DEALS, DELIVERIES])
def test_north_korea_supplies_russia_from_2023(name: str) -> None:
    found = rows(name, supplier_code="PRK", recipient_code="RUS")
    assert found["year"].drop_nulls().min() == 2023


def test_a_deal_without_delivery_has_no_year_and_no_value() -> None:
    waiting = rows(DEALS, part=0)
    assert waiting.height == 1_220
    assert waiting["year"].null_count() == waiting["tiv"].null_count() == waiting.height
    assert table(DEALS).filter(pl.col("part") > 0)["year"].null_count() == 0


def test_parts_add_up_to_the_deal() -> None:
    sums = (
        table(DEALS)
        .group_by("deal")
        .agg(
            pl.col("tiv").sum(), pl.col("tiv_delivered").first(), pl.col("parts").first(), pl.len()
        )
    )
    assert ((sums["tiv"] - sums["tiv_delivered"]).abs() < 1e-9).all()
    assert sums.filter(pl.col("parts") > 0).select((pl.col("parts") == pl.col("len")).all()).item()


def test_registers_agree_on_the_sum_of_all_values() -> None:
    years = pl.col("year").is_between(2000, 2019)
    sums = [table(name).filter(years)["tiv"].sum() for name in (DEALS, DELIVERIES)]
    assert sums[0] == pytest.approx(sums[1], rel=0.03)


def test_who_is_no_state_has_no_code() -> None:
    for name in (DEALS, DELIVERIES):
        marked = table(name).filter(pl.col("recipient").str.contains(r"\*|unknown"))
        assert marked["recipient_code"].null_count() == marked.height


def test_viet_nam_is_two_states_before_1976() -> None:
    early = rows(DEALS, recipient="Viet Nam").filter(pl.col("year") < 1976)
    assert set(early["recipient_code"]) == {"VDR"}
    assert set(rows(DEALS, recipient="South Vietnam")["recipient_code"]) == {"VNM"}


def test_letters_beyond_ascii_are_read() -> None:
    comments = table(DEALS)["comments"].drop_nulls()
    assert comments.str.contains("[^\\x00-\\x7F]").any()
    assert not comments.str.contains("\ufffd").any()


@pytest.mark.parametrize(("name", "crosswalk"), [(DEALS, "sipri"), ("unctad_trade_2015", "unctad")])
def test_every_name_of_the_crosswalk_occurs(name: str, crosswalk: str) -> None:
    path = Path(crosswalks.__file__).with_name(f"{crosswalk}.csv")
    known = set(pl.read_csv(path)["name"])
    sides = ("supplier", "recipient") if name == DEALS else ("exporter", "importer")
    there = {one for side in sides for one in table(name)[side]}
    if name == DEALS:
        there |= {one for side in sides for one in table(DELIVERIES)[side]}
    assert known == there
