"""The International Trade and Production Database for Estimation on its originals."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import faults, rows, table
from checking_trade import by_year, faults_of_corrections, in_millions

NAME = "itpd_trade"
# US consumer price index, 2010 = 218.056.
PRICES = {2010: 218.056, 2014: 236.736, 2016: 240.007}
EXPORTS = {2010: 2278, 2014: 3513, 2016: 2833}
IMPORTS = {2010: 977, 2014: 2588, 2016: 2347}


def current(exporter: str, importer: str) -> dict[int, float]:
    """A flow in million current dollars in the years with a price index."""
    found = by_year(rows(NAME, exporter_code=exporter, importer_code=importer), "trade")
    years = {year: (found[year] or 0) * PRICES[year] / PRICES[2010] for year in PRICES}
    return in_millions(dict(years), 1e6)


def test_the_set_is_what_it_says() -> None:
    assert faults(NAME) == []
    assert faults_of_corrections(NAME) == []


def test_size() -> None:
    frame = table(NAME)
    assert frame.height == 428_463
    assert frame["domestic"].sum() == 2_618
    assert not (frame["trade"] <= 0).any()
    assert frame["exporter"].n_unique() <= 257


def test_chinese_trade_with_north_korea() -> None:
    assert current("CHN", "PRK") == EXPORTS
    assert current("PRK", "CHN") == IMPORTS
    assert rows(NAME, exporter_code="CHN", importer_code="PRK").height == 17


@pytest.mark.parametrize(("year", "low", "high"), [(2016, 77, 77), (2008, 84, 94)])
def test_suppliers_of_north_korea(year: int, low: int, high: int) -> None:
    found = rows(NAME, importer_code="PRK", year=year, domestic=False)
    assert low <= found.height <= high


def test_entities_that_are_no_states_have_no_code() -> None:
    nameless = table(NAME).filter(pl.col("exporter_code").is_null())
    assert "0" not in table(NAME)["exporter_code"]
    assert not nameless["exporter"].is_in(["China", "North Korea"]).any()
