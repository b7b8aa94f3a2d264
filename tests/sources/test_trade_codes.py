"""Codes of states in the sets on trade and aid are valid in their years, but for known ones."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest
from checking_rights import table

from beholden.errors import UnknownStateError
from beholden.sources.corrections import apply
from beholden.sources.registry import dataset
from beholden.states import find

ALWAYS = [
    "cow_trade_v4",
    "cow_trade_v3",
    "cow_nmc",
    "gdp_pop_latent",
    "gdp_population_gw_population",
]


@cache
def nameless(name: str) -> dict[str | int, list[int]]:
    """Codes that name no state in some years, with those years."""
    found: dict[str | int, set[int]] = {}
    for code in dataset(name).states:
        pairs = table(name).select(code.column, code.year).drop_nulls().unique()
        for value, year in pairs.rows():
            try:
                find(value, year, code.system)
            except UnknownStateError:
                found.setdefault(value, set()).add(year)
    return {code: sorted(years) for code, years in found.items()}


@pytest.mark.parametrize("name", ALWAYS)
def test_every_code_names_a_state_in_its_year(name: str) -> None:
    assert nameless(name) == {}


def test_national_trade_counts_colonies_and_former_states() -> None:
    found = nameless("cow_trade_v4_national")
    assert sum(len(years) for years in found.values()) == 765
    assert min(years[0] for years in found.values()) == 1960
    assert not {2, 365, 710, 731, 732, 740} & found.keys()


def test_aid_before_independence_and_under_odd_codes() -> None:
    assert nameless("aiddata_gcdf") == {626: [2007, 2008, 2009, 2010]}
    odd = nameless("aiddata_gcdf_gw")
    assert odd.keys() == {340, 626, 817}
    assert odd[817] == list(range(2000, 2022))


def test_north_macedonia_before_independence() -> None:
    assert nameless("gdp_population_gw_gdp") == {344: [1991]}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("itpd_trade", {"COK", "ESH", "NIU", "PSE"}),
        ("sipri_arms_deliveries", {"ABW", "ESH", "PSE", "SRB", "SSD"}),
    ],
)
def test_codes_of_territories(name: str, codes: set[str]) -> None:
    assert set(nameless(name)) == codes


@pytest.mark.parametrize(
    "name", ["comtrade_quadrennial", "unctad_trade_2015", "un_gdp", "sipri_arms"]
)
def test_states_of_the_worked_case_are_named_in_every_year(name: str) -> None:
    assert not {"CHN", "PRK", "KOR", "USA", 156, 408, 410, 840} & nameless(name).keys()


@pytest.mark.parametrize("name", ["cow_trade_v4", "cow_trade_v3", "itpd_trade"])
def test_corrections_can_be_applied(name: str) -> None:
    frame = table(name)
    done = apply(name, frame)
    assert done.schema == frame.schema
    keys = list(dataset(name).keys)
    assert not done.select(keys).is_duplicated().any()
    assert done.select(keys).null_count().sum_horizontal().item() == 0


def test_corrected_version_4() -> None:
    done = apply("cow_trade_v4", table("cow_trade_v4"))
    assert done.height == 1_347_308
    soviet = done.filter(pl.col("year") < 1992, ccode1=365, ccode2=731)
    assert soviet["flow1"].null_count() == soviet.height == 18
    china = done.filter(ccode1=731, ccode2=710)
    assert china.filter(year=1961)["flow1"].item() is None
    assert china.filter(year=2014)["flow1"].item() == 3883
    suppliers = done.filter(ccode1=731, year=2008)
    assert suppliers.filter(pl.col("ccode2").is_in([615, 750]))["flow1"].null_count() == 2
    share = suppliers.filter(ccode2=710)["flow1"].item() / suppliers["flow1"].sum()
    assert round(share, 2) == 0.58


def test_corrected_version_3() -> None:
    done = apply("cow_trade_v3", table("cow_trade_v3"))
    assert done.height == 540_507 - 3
    assert not (done["flow2"] > 400_000).any()
    assert done["importer1"].is_in(["Hong Kong"]).sum() == 0


def test_corrected_release_1_has_only_foreign_trade() -> None:
    done = apply("itpd_trade", table("itpd_trade"))
    assert done.height == 428_463 - 2_618
    assert done.filter(pl.col("exporter") == pl.col("importer")).is_empty()
