"""Heritage, Fraser and KOF on their originals."""

from __future__ import annotations

import pytest
from checking_rights import faults, rank, row, rows, table


@pytest.mark.parametrize(
    ("name", "height", "places", "code"),
    [
        ("heritage", 5704, 186, "name_web"),
        ("fraser", 4290, 165, "iso_code"),
        ("kof", 10_166, 221, "code"),
    ],
)
def test_the_set_is_what_it_says(name: str, height: int, places: int, code: str) -> None:
    assert faults(name) == []
    assert table(name).height == height
    assert table(name)[code].n_unique() == places


def korea(year: int, column: str = "overall") -> object:
    return row("heritage", name_web="korea-north", year=year)[column]


def test_heritage_puts_north_korea_last() -> None:
    assert [korea(year) for year in (1997, 2013, 2025)] == [8.9, 1.5, 3.0]
    year = rows("heritage", year=2013)
    assert year["overall"].drop_nulls().len() == 177
    assert rank(year, "overall", 1.5) == 1
    assert row("heritage", name_web="china", year=2013)["overall"] == 51.9


def test_heritage_changed_its_method_in_2017() -> None:
    assert [korea(year, "property_rights") for year in (2016, 2017)] == [5, 32.4]


def test_heritage_has_numbers_and_nulls() -> None:
    assert row("heritage", name_web="afghanistan", year=2025)["overall"] is None
    assert table("heritage")["labor_freedom"].null_count() > 0


def test_fraser_is_without_north_korea() -> None:
    assert rows("fraser", iso_code="PRK").height == 0
    assert rows("fraser", iso_code="CHN").height == 26
    assert sorted(rows("fraser", iso_code="CHN")["year"].to_list())[:3] == [1970, 1975, 1980]


def test_kof_has_north_korea_in_part() -> None:
    found = row("kof", code="PRK", year=2013)
    assert found["kofsogi"] == pytest.approx(18.2, abs=0.05)
    assert found["kofpogi"] == pytest.approx(33.5, abs=0.05)
    assert [found[key] for key in ("kofgi", "kofecgi")] == [None, None]
    year = rows("kof", year=2013)
    assert year["kofsogi"].drop_nulls().len() == 211
    assert year["kofsogi"].min() == found["kofsogi"]


def test_kof_keeps_the_world_beside_countries() -> None:
    assert rows("kof", code="WLD").height == 46
