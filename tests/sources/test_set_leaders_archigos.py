"""Archigos on its original, and the reader of Stata files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from checking_rights import SHARED, faults, rows, table

from beholden.errors import TableError
from beholden.sources.statafiles import read_stata

if TYPE_CHECKING:
    from pathlib import Path

NAME = "leaders_archigos"
FILE = SHARED / NAME / "Archigos_4.1_stata14.dta"


def test_the_set_is_what_it_says() -> None:
    assert faults(NAME) == []
    assert table(NAME).shape == (3409, 28)


def test_leaders_of_north_korea() -> None:
    found = rows(NAME, ccode=731).sort("startdate")
    assert found.select("leader", "startdate", "enddate", "exit").rows() == [
        ("Kim Il-Sung", date(1948, 9, 9), date(1994, 7, 8), "Natural Death"),
        ("Kim Jong-Il", date(1994, 7, 8), date(2011, 12, 17), "Natural Death"),
        ("Kim Jong Un", date(2011, 12, 17), date(2015, 12, 31), "Still in Office"),
    ]
    assert rows(NAME, ccode=710).height > 5


def test_who_is_still_in_office_has_no_exit_before_the_end() -> None:
    still = rows(NAME, exit="Still in Office")
    # A few spells were followed only to the end of the year before.
    assert set(still["enddate"].to_list()) == {date(2014, 12, 31), date(2015, 12, 31)}


def test_dates_as_text_and_as_numbers_agree() -> None:
    frame = table(NAME)
    assert frame["startdate"].equals(frame["eindate"])
    assert frame["enddate"].equals(frame["eoutdate"])


def test_codes_for_missing_are_null() -> None:
    frame = table(NAME)
    for column in frame.select(pl.selectors.numeric()).columns:
        low = frame[column].min()
        assert isinstance(low, int | float)
        assert low >= 0
    assert frame["yrborn"].null_count() > 0
    assert rows(NAME, ccode=731)["yrdied"].null_count() == 1


def test_letters_beyond_ascii_are_read() -> None:
    ties = "".join(table(NAME)["fties"].drop_nulls().to_list())
    assert "\ufffd" not in ties
    assert not ties.isascii()


@pytest.mark.parametrize("share", [0.0, 0.0005, 0.3, 0.99])
def test_a_file_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    if not FILE.is_file():
        pytest.skip("the original is not at hand")
    data = FILE.read_bytes()
    short = tmp_path / "short.dta"
    short.write_bytes(data[: int(share * len(data))])
    with pytest.raises(TableError, match=r"short\.dta: expected"):
        read_stata(short)
