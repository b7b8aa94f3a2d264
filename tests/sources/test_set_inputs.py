"""The plain panels behind the latent human rights scores on their originals."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import faults, rows, table

SIZES = {
    "input_genocide": 10_152,
    "input_massive_repression": 5_409,
    "input_rummel": 4_868,
    "input_hathaway": 2_460,
    "input_torture_allegations": 1_672,
    "input_mass_killing": 9_325,
    "input_targeted_mass_killing": 11_298,
    "input_world_handbook": 4_035,
}


@pytest.mark.parametrize("name", SIZES)
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []
    assert table(name).height == SIZES[name]


def test_lines_that_end_in_the_old_way_are_read() -> None:
    assert rows("input_torture_allegations", cowccode=2)["iso3alpha"].unique().to_list() == ["USA"]


def test_events_are_yes_or_no() -> None:
    for name, column in (("input_genocide", "genocide"), ("input_rummel", "rummel")):
        assert set(table(name)[column].to_list()) == {0, 1}
    assert set(rows("input_genocide", ccode=731)["genocide"].to_list()) == {0}


def test_torture_is_unknown_where_it_is_not_coded() -> None:
    found = table("input_hathaway")["torture"]
    assert found.null_count() == 227
    assert (found.min(), found.max()) == (1, 5)


def test_mass_killing_in_north_korea_never_changes() -> None:
    korea = rows("input_mass_killing", ccode=731)
    assert (korea.height, korea["year"].min(), korea["year"].max()) == (68, 1948, 2015)
    assert korea["mkl_ongoing"].unique().to_list() == [1]
    assert korea.filter(mkl_start=1).select("year", "mkl_type").rows() == [(1948, 3)]
    assert rows("input_mass_killing", ccode=710)["mkl_ongoing"].sum() == 30
    # 9999 in the file: the state is still there.
    assert korea["yrdied"].null_count() == 68
    assert table("input_mass_killing")["yrdied"].max() == 2006


def test_targeted_mass_killing_has_other_episodes() -> None:
    korea = rows("input_targeted_mass_killing", ccode=731, tmk=1)["year"].to_list()
    assert korea == [1950, 1951, 1952, 1953, 1956, 1957, 1958, 1959]
    assert table("input_targeted_mass_killing")["tmk"].sum() == 465


def test_the_handbook_does_not_cover_north_korea() -> None:
    frame = table("input_world_handbook")
    assert frame["cow"].n_unique() == 150
    assert 731 not in frame["cow"]
    highest = frame.sort("political_execution").row(-1, named=True)
    assert (highest["cow"], highest["year"], highest["political_execution"]) == (710, 1950, 868_629)


@pytest.mark.parametrize(
    ("name", "code", "column", "score"),
    [
        ("input_mass_killing", "ccode", "mkl_ongoing", "mass_killing"),
        ("input_world_handbook", "cow", "political_execution", "executions"),
        ("input_world_handbook", "cow", "imposition_of_pol_sanct", "negative_sanctions"),
        ("input_genocide", "ccode", "genocide", "genocide"),
        ("input_rummel", "ccode", "rummel", "rummel"),
        ("input_massive_repression", "ccode", "mass_repression", "massive_repression"),
    ],
)
def test_the_scores_have_the_input_as_it_stands_here(
    name: str, code: str, column: str, score: str
) -> None:
    mine = table(name).select("year", cow=code, said=(pl.col(column) > 0).cast(pl.Float64))
    both = table("fariss_lhrs").drop_nulls(score).join(mine, on=["cow", "year"])
    assert both.height > 3_900
    assert (both["said"] == both[score]).all()
