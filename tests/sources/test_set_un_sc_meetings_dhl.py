"""Meetings of the Security Council and their outcomes on the UN Library's tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zipfile import ZipFile

import polars as pl
import pytest
from checking_rights import (
    corrected,
    corrections,
    faults,
    row,
    rows,
    rows_changed,
    table,
)

from beholden.errors import TableError
from beholden.sources import un_tables
from beholden.sources.registry import dataset

if TYPE_CHECKING:
    from pathlib import Path

MEETINGS, OUTCOMES = "un_sc_meetings_dhl", "un_sc_meetings_dhl_outcomes"


@pytest.mark.parametrize("name", [MEETINGS, OUTCOMES])
def test_each_set_is_what_it_says(name: str) -> None:
    # The archive was bundled from tables that are published one by one: no address.
    assert faults(name) == [dataset(name).originals[0].file]


def test_number_of_rows() -> None:
    # 16 more than the README, for meetings whose rows the pages forget to begin.
    assert table(MEETINGS).height == 9_406 + 16
    assert table(MEETINGS)["source_file"].n_unique() == 78
    assert table(OUTCOMES).height == 2_877 + 34


def test_status() -> None:
    # The README has 2,613, 189 and 75: drafts without the word draft are read here as well.
    counts = dict(table(OUTCOMES)["status"].value_counts().rows())
    assert counts == {"adopted": 2_614, "vetoed": 205, "not adopted": 92}


def test_a_meeting_that_shares_its_row_with_others() -> None:
    assert row(MEETINGS, meeting_record="S/PV.8095")["date"] == date(2017, 11, 13)
    assert row(MEETINGS, meeting_record="S/PV.7313")["date"] == date(2014, 11, 17)


def test_a_second_topic_belongs_to_the_meeting_above() -> None:
    found = rows(MEETINGS, meeting_record="S/PV.396")
    assert found["topic"].to_list() == ["The Indonesian question", "The Palestine question"]
    assert set(found["date"]) == {date(1948, 12, 29)}


def test_days_in_other_words() -> None:
    days = {"S/PV.1307": date(1966, 10, 14), "S/PV.1558": date(1970, 11, 22)}
    days |= {"S/PV.4503": date(2002, 3, 29), "S/PV.5026": date(2004, 9, 1)}
    for record, day in days.items():
        assert set(rows(MEETINGS, meeting_record=record)["date"]) == {day}


@pytest.mark.parametrize("record", ["S/PV.7353", "S/PV.7575", "S/PV.7830", "S/PV.8130"])
def test_procedural_votes_on_north_korea_have_no_outcome(record: str) -> None:
    assert row(MEETINGS, meeting_record=record)["outcome"] is None


def test_north_korea() -> None:
    found = row(OUTCOMES, item="S/RES/825 (1993)")
    assert (found["yes"], found["no"], found["abstain"]) == (13, 0, 2)
    for item in ("1695 (2006)", "1718 (2006)", "2375 (2017)", "2397 (2017)"):
        assert row(OUTCOMES, item=f"S/RES/{item}")["tally"] == "15-0-0"


def test_the_tally_that_is_printed_in_another_order() -> None:
    (entry,) = corrections(OUTCOMES)
    frame = table(OUTCOMES)
    assert rows_changed(frame, entry) == entry["rows"] == 1
    before = row(OUTCOMES, item="Draft resolution S/2022/431")
    assert (before["yes"], before["no"], before["abstain"]) == (13, 0, 2)
    after = corrected(frame, entry).filter(item="Draft resolution S/2022/431")
    assert after.select("yes", "no", "abstain").row(0) == (13, 2, 0)
    # No other vetoed draft of a Council of 15 is without a vote against.
    vetoed = corrected(frame, entry).filter(pl.col("year") > 1965, status="vetoed")
    assert vetoed.filter(no=0).is_empty()


def test_tallies_never_exceed_the_council() -> None:
    frame = table(OUTCOMES).with_columns(sum=pl.sum_horizontal("yes", "no", "abstain"))
    assert frame.filter(pl.col("year") <= 1965)["sum"].max() == 11
    assert frame.filter(pl.col("year") > 1965)["sum"].max() == 15


@pytest.mark.parametrize("name", ["/etc/table.html", "../table.html", "a/../../table.html"])
def test_names_outside_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "tables.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr(name, "<table>")
    with pytest.raises(TableError, match="expected names within the archive"):
        un_tables.rows(path, ".*")


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with ZipFile(path, "w", compression=8) as archive:
        archive.writestr("table.html", " " * (un_tables.LARGEST + 1))
    with pytest.raises(TableError, match="expected files up to"):
        un_tables.rows(path, ".*")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    path.write_text("<html>please log in</html>", "utf-8")
    with pytest.raises(TableError, match=r"tables\.zip: expected a \.zip archive"):
        un_tables.rows(path, ".*")
