"""Amnesty's documents, treaties and organisations on their originals."""

from __future__ import annotations

import pytest
from checking_rights import faults, row, rows, table


@pytest.mark.parametrize(
    ("name", "height"),
    [("amnesty_reports", 11_275), ("hr_commitments", 12_173), ("hringo", 5_237)],
)
def test_the_set_is_what_it_says(name: str, height: int) -> None:
    assert faults(name) == []
    assert table(name).height == height


def test_documents_of_amnesty() -> None:
    name, column = "amnesty_reports", "amnesty_report_count"
    assert [row(name, cow=code, year=2013)[column] for code in (731, 710)] == [39, 129]
    counts = rows(name, year=2013)[column]
    assert counts.median() == 15.5
    assert counts.mean() == pytest.approx(33, abs=0.5)
    assert table(name).drop_nulls(column)["year"].min() == 1961


def test_treaties_of_north_korea() -> None:
    found = row("hr_commitments", country="North Korea", year=2022)
    assert found["treaty_count"] == 9
    assert [found[key] for key in ("iccpr", "icescr", "cedaw", "crc", "disability")] == [1] * 5
    assert found["genocide"] == 1
    assert [found["cat"], found["cerd"]] == [0, 0]
    assert table("hr_commitments")["country"].n_unique() == 210


def test_a_treaty_before_its_time_is_unknown_not_zero() -> None:
    assert row("hr_commitments", country="Afghanistan", year=1945)["cat"] is None


def test_organisations() -> None:
    found = rows("hringo", ccode=731)
    assert found.filter(year=2019)["hringo_inter"].to_list() == [1]
    assert table("hringo")["ccode"].null_count() == 30
    low = table("hringo")["hringo_inter"].min()
    assert isinstance(low, float)
    assert low < 0
