"""The four CIRI files on their originals, and the exchanged labels of movement."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import corrected, corrections, faults, row, rows, rows_changed, table

NAMES = ("ciri", "ciri_empowerment", "ciri_physint", "ciri_physint_2010")
EACH = pytest.mark.parametrize("name", NAMES)
SWAPPED = pytest.mark.parametrize("name", ["ciri", "ciri_empowerment"])


@EACH
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


@pytest.mark.parametrize(
    ("name", "height"), list(zip(NAMES, (5368, 6030, 6262, 6030), strict=True))
)
def test_size(name: str, height: int) -> None:
    assert table(name).height == height
    assert rows(name, cow=731).height == (31 if name == "ciri_physint" else 30)


def test_the_cleaned_file_has_196_states_each_once_a_year() -> None:
    assert table("ciri")["cow"].n_unique() == 196
    assert not table("ciri").select("cow", "year").is_duplicated().any()


@EACH
def test_codes_for_missing_are_null(name: str) -> None:
    items = {"formov", "dommov", "assn", "speech", "worker", "disap", "kill", "polpris", "tort"}
    for column in items & set(table(name).columns):
        assert set(table(name)[column].drop_nulls().to_list()) == {0, 1, 2}


def test_north_korea_is_lowest() -> None:
    found = rows("ciri", cow=731)
    assert found["formov"].to_list() == found["dommov"].to_list() == [0] * 30
    last = rows("ciri", year=2010)
    assert last.height == 192
    assert last["latentmean"].min() == row("ciri", cow=731, year=2010)["latentmean"]
    assert row("ciri", cow=731, year=2010)["latentmean"] == pytest.approx(-3.39, abs=0.005)
    assert rows("ciri", cow=710).height == 30


@SWAPPED
def test_the_correction_changes_as_many_rows_as_it_says(name: str) -> None:
    (entry,) = corrections(name)
    assert entry["status"] == "applied"
    assert rows_changed(table(name), entry) == entry["rows"] == 1755


def agreement(frame: pl.DataFrame, left: str, right: str) -> float:
    """The share of matched rows in which two columns are the same."""
    both = frame.select(left, right).drop_nulls()
    same = int((both[left] == both[right]).sum())
    return round(100 * same / both.height, 1)


def test_labels_agree_with_cirights_only_once_exchanged() -> None:
    other = table("cirights").select("cow", "year", new_abroad="formov", new_home="dommov")
    raw = table("ciri").join(other, on=["cow", "year"], how="inner")
    assert raw.select("new_abroad", "formov").drop_nulls().height == pytest.approx(5316, abs=8)
    assert agreement(raw, "new_abroad", "formov") == 67.9
    right = corrected(raw, corrections("ciri")[0])
    assert agreement(right, "new_abroad", "formov") == 98.7
    assert agreement(right, "new_home", "dommov") == 99.2


def test_once_exchanged_cuba_and_prague_do_not_let_people_leave() -> None:
    after = corrected(table("ciri"), corrections("ciri")[0])
    prague = after.filter(pl.col("ctry") == "Czechoslovakia", pl.col("year") <= 1983)
    assert prague["formov"].to_list() == [0] * 3
    cuba = after.filter(pl.col("cow") == 40, pl.col("year") < 1990)
    assert set(cuba["formov"].to_list()) <= {0, 1}
    usa = after.filter(cow=2, year=1990)
    assert usa["dommov"].to_list() == [2]


def test_later_file_agrees_with_the_earlier_one() -> None:
    both = table("ciri_physint").join(
        table("ciri_physint_2010"), on=["ciri", "year"], how="inner", suffix="_old"
    )
    assert both.height > 5900
    assert agreement(both, "tort", "tort_old") > 99
