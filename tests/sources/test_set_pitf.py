"""The problem sets of the Political Instability Task Force, and the reader of .xls files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from checking_rights import SHARED, faults, rows, table

from beholden.errors import TableError
from beholden.sources.workbooks import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

# Name: rows of the table, of China.
SIZES = {
    "pitf_violence": (9_391, 69),
    "pitf_regime_change": (326, 0),
    "pitf_ethnic_war": (908, 21),
    "pitf_revolutionary_war": (561, 5),
    "pitf_genocide": (280, 11),
}
FILE = SHARED / "pitf_2014" / "PITF GenoPoliticide 2014.xls"


@pytest.mark.parametrize("name", SIZES)
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []
    assert (table(name).height, rows(name, scode="CHN").height) == SIZES[name]


def test_north_korea_is_only_among_the_rows_for_every_state() -> None:
    found = rows("pitf_violence", scode="PRK")
    assert found.height == 67
    assert found.filter(found["year"] >= 2013)["actotal"].to_list() == [0, 0]
    for name in SIZES.keys() - {"pitf_violence"}:
        assert rows(name, scode="PRK").height == 0
    assert table("pitf_violence")["scode"].n_unique() == 180


def test_magnitudes_stay_on_their_scales() -> None:
    for column in ("magfail", "magcol", "magviol"):
        assert set(table("pitf_regime_change")[column].drop_nulls().to_list()) == {1, 2, 3, 4}
    assert table("pitf_regime_change")["magcol"].null_count() > 0
    for name in ("pitf_ethnic_war", "pitf_revolutionary_war"):
        for column in ("magfight", "magfatal", "magarea"):
            assert set(table(name)[column].drop_nulls().to_list()) <= {0, 1, 2, 3, 4}
    assert table("pitf_genocide")["deathmag"].max() == 5


def test_what_goes_on_has_no_end() -> None:
    ends = table("pitf_ethnic_war")["yrend"]
    assert ends.null_count() > 0
    assert ends.max() == 2013
    assert rows("pitf_violence", scode="AFG", year=1946)["nborder"].to_list() == [3]


def test_a_row_that_stands_twice_is_told_apart() -> None:
    found = rows("pitf_revolutionary_war", scode="IND", year=2013)
    assert found["copy"].to_list() == [1, 2]
    assert found.drop("copy").n_unique() == 1
    assert (table("pitf_revolutionary_war")["copy"] == 2).sum() == 1


def test_long_descriptions_run_on_between_records() -> None:
    told = table("pitf_regime_change")["desc"].drop_nulls()
    assert told.len() == 127
    assert told.str.len_chars().max() == max(len(text) for text in told.to_list())
    assert not any("\0" in text for text in told.to_list())


@pytest.mark.parametrize("size", [0, 400, 600, 30_000, 70_000])
def test_a_workbook_cut_short_is_refused(tmp_path: Path, size: int) -> None:
    if not FILE.is_file():
        pytest.skip("the original is not at hand")
    short = tmp_path / "short.xls"
    short.write_bytes(FILE.read_bytes()[:size])
    with pytest.raises(TableError, match=r"short\.xls: expected"):
        read_workbook(short)
