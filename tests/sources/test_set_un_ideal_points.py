"""Ideal points of 2020 and 2025 on their originals, and against each other."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import faults, row, rows, table

OLD, NEW = "un_ideal_points_2020", "un_ideal_points_2025"
SIZES = {
    "all": (10_469, 1, 74),
    "human_rights": (8_440, 25, 74),
    "important": (6_443, 38, 73),
    "middle_east": (7_896, 29, 74),
    "no_nukes": (10_468, 1, 74),
    "nuclear": (7_203, 33, 74),
}


@pytest.mark.parametrize("name", [OLD, NEW])
def test_each_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


@pytest.mark.parametrize(("issue", "size"), SIZES.items())
def test_issues(issue: str, size: tuple[int, int, int]) -> None:
    sessions = rows(OLD, issue=issue)["session"]
    assert (sessions.len(), sessions.min(), sessions.max()) == size


def test_the_first_estimate_of_the_united_states() -> None:
    found = row(OLD, issue="all", ccode=2, session=1)
    assert (found["nvotes"], found["ideal_point"], found["q0"]) == (42, 1.675486, 0.9274793)
    assert (found["iso3c"], found["year"]) == ("USA", 1946)


def test_names_are_read_with_their_accents() -> None:
    names = set(table(OLD)["country_name"])
    assert not [name for name in names if "\ufffd" in name or "Ã" in name]


def test_the_estimates_of_2024() -> None:
    known = {710: -0.85, 731: -0.79, 365: -0.60, 816: -0.60, 732: 1.07, 2: 2.21}
    assert table(NEW).height == 11_440
    for code, value in known.items():
        found = row(NEW, ccode=code, year=2024)
        assert found["idealpointfp"] == pytest.approx(value, abs=0.005)
        assert (found["idealpointall"], found["idealpointlegacy"]) == (None, None)


def test_rows_without_a_name_have_only_the_old_estimate() -> None:
    found = table(NEW).filter(pl.col("iso3c").is_null())
    assert found.height == found["countryname"].null_count() == 17
    assert found["idealpointfp"].null_count() == found["idealpointall"].null_count() == 17
    assert (740, 1956) in found.select("ccode", "year").rows()


def test_codes_that_need_care() -> None:
    frame = table(NEW).drop_nulls("iso3c")
    assert set(frame.filter(iso3c="YAR")["ccode"]) == {678, 680}
    assert set(frame.filter(ccode=345)["iso3c"]) == {"YUG"}
    assert rows(NEW, ccode=365)["year"].min() == 1946


def test_the_editions_agree() -> None:
    old = rows(OLD, issue="all").select("ccode", "year", "ideal_point")
    both = old.join(table(NEW).drop_nulls("iso3c"), on=["ccode", "year"])
    assert both.height == 10_452
    legacy, every, final = (
        both.select(pl.corr("ideal_point", f"idealpoint{kind}")).item()
        for kind in ("legacy", "all", "fp")
    )
    assert legacy >= 0.999
    assert [legacy, every, final] == pytest.approx([0.9996, 0.988, 0.984], abs=6e-4)
