"""UNCTAD's matrix and the UN's national accounts on their originals."""

from __future__ import annotations

import pytest
from checking_rights import faults, rows, table
from checking_trade import number

TRADE, GDP = "unctad_trade_2015", "un_gdp"
WHOLE = "Gross Domestic Product (GDP)"


@pytest.mark.parametrize("name", [TRADE, GDP])
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


def test_size_of_the_matrix() -> None:
    frame = table(TRADE)
    assert frame.height == 27_473
    assert len({*frame["exporter"], *frame["importer"]}) == 222
    assert frame["exporter_code"].null_count() == frame["importer_code"].null_count() == 0
    assert frame.select("exporter_code", "importer_code").is_unique().all()


def test_chinese_trade_with_north_korea() -> None:
    there = number(TRADE, "export", exporter_code="CHN", importer_code="PRK")
    back = number(TRADE, "export", exporter_code="PRK", importer_code="CHN")
    assert (round(there), round(back)) == (2_947_443, 3_140_452)


def test_size_of_the_accounts() -> None:
    frame = table(GDP)
    assert frame.select("m49", "indicator").n_unique() <= 3_714
    sizes = {
        WHOLE: 10_936,
        "Exports of goods and services": 10_915,
        "Imports of goods and services": 10_894,
    }
    assert {name: rows(GDP, indicator=name).height for name in sizes} == sizes
    assert frame["m49"].n_unique() == 220
    assert frame["usd"].null_count() == 0


@pytest.mark.parametrize(
    ("year", "billions"),
    [
        (1970, 4.9),
        (1990, 14.7),
        (1995, 4.8),
        (2000, 10.6),
        (2014, 17.4),
        (2019, 16.3),
        (2023, 16.4),
    ],
)
def test_gdp_of_north_korea(year: int, billions: float) -> None:
    found = number(GDP, "usd", m49=408, indicator=WHOLE, year=year)
    assert round(found / 1e9, 1) == billions


def test_north_korea_has_every_year() -> None:
    assert rows(GDP, m49=408, indicator=WHOLE)["year"].to_list() == list(range(1970, 2024))


def test_modelled_exports_of_north_korea() -> None:
    name = "Exports of goods and services"
    assert round(number(GDP, "usd", m49=408, indicator=name, year=2014) / 1e9, 1) == 1.0


def test_gdp_of_china() -> None:
    found = number(GDP, "usd", m49=156, indicator=WHOLE, year=2014)
    assert found / 1e9 == pytest.approx(10_500, rel=0.01)


def test_former_states_end() -> None:
    last = {"USSR (Former)": 1990, "Czechoslovakia (Former)": 1990, "Sudan (Former)": 2010}
    found = {name: rows(GDP, country=name, indicator=WHOLE)["year"].max() for name in last}
    assert found == last
    assert rows(GDP, country="Germany", indicator=WHOLE)["year"].min() == 1970
    assert rows(GDP, m49=158).is_empty()
