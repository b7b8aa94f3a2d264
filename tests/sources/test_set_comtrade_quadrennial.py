"""UN Comtrade export totals on their original."""

from __future__ import annotations

import pytest
from checking_rights import faults, rows, table
from checking_trade import by_year

NAME = "comtrade_quadrennial"
CHINESE_EXPORTS = {
    1984: 228.6,
    1988: 344.3,
    1992: 541.1,
    1996: 493.6,
    2000: 428.7,
    2004: 794.0,
    2008: 2032.3,
    2012: 3532.3,
    2016: 2838.5,
}


def test_the_set_is_what_it_says() -> None:
    assert faults(NAME) == []


def test_size() -> None:
    frame = table(NAME)
    assert frame.height == 316_317
    assert (frame["exporter"].n_unique(), frame["importer"].n_unique()) == (210, 262)
    assert sorted(set(frame["year"])) == list(range(1964, 2017, 4))
    assert (frame["export"] == 0).sum() == 125_104
    assert not (frame["export"] < 0).any()


def test_chinese_trade_with_north_korea() -> None:
    found = by_year(rows(NAME, exporter="CHN", importer="PRK"), "export")
    millions = {year: (value or 0) / 1e6 for year, value in found.items()}
    assert millions == pytest.approx(CHINESE_EXPORTS, abs=0.06)


def test_north_korea_reports_nothing() -> None:
    assert rows(NAME, exporter="PRK").is_empty()
    assert rows(NAME, exporter="CHN")["year"].min() == 1984
