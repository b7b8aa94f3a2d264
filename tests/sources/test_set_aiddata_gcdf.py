"""Chinese development finance on its originals."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import faults, rows, table
from checking_trade import by_year, in_millions

COW, GW = "aiddata_gcdf", "aiddata_gcdf_gw"
CODES = {COW: "ccode", GW: "gwcode"}
BOTH = pytest.mark.parametrize("name", [COW, GW])


@BOTH
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


@pytest.mark.parametrize(("name", "size", "recipients"), [(COW, 2458, 138), (GW, 2271, 125)])
def test_size(name: str, size: int, recipients: int) -> None:
    assert table(name).height == size
    assert table(name)[CODES[name]].n_unique() == recipients


@BOTH
def test_north_korea(name: str) -> None:
    found = rows(name, **{CODES[name]: 731})
    aid = in_millions(by_year(found, "oda_amt"), 1e6)
    assert sorted(aid) == list(range(2000, 2021))
    assert {year: aid[year] for year in (2000, 2005, 2010, 2015, 2020)} == {
        2000: 470,
        2005: 550,
        2010: 921,
        2015: 225,
        2020: 597,
    }
    # The least is 214.5 million, in 2017.
    assert (min(aid.values()), max(aid.values())) == (215, 921)
    assert round(sum(found["oda_amt"].to_list()) / 1e9, 1) == 9.8
    other = in_millions(by_year(found, "oof_amt"), 1e6)
    assert {year: value for year, value in other.items() if value} == {2009: 35}


@BOTH
def test_north_korea_receives_the_most_aid(name: str) -> None:
    sums = table(name).group_by(CODES[name]).agg(pl.col("oda_amt").sum())
    assert sums.sort("oda_amt").row(-1)[0] == 731


def test_sums() -> None:
    found = table(COW).select(pl.col("oda_amt", "oof_amt", "vof_amt").sum() / 1e9).row(0)
    assert [round(value) for value in found] == [137, 1279, 72]


def test_serbia_is_missing_in_one_list() -> None:
    assert rows(COW, ccode=345).is_empty()
    assert not rows(GW, gwcode=340).is_empty()
