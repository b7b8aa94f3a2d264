"""UCDP's one-sided violence in two releases, on their originals."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import faults, row, rows, table

from beholden.sources import dataset

NEW, OLD = "ucdp_one_sided", "ucdp_one_sided_v22_1"


@pytest.mark.parametrize(("name", "height", "by_states"), [(NEW, 1_191, 427), (OLD, 1_128, 400)])
def test_the_set_is_what_it_says(name: str, height: int, by_states: int) -> None:
    assert faults(name) == []
    assert table(name).height == height
    assert table(name)["is_government_actor"].sum() == by_states
    assert table(name)["version"].unique().to_list() == [dataset(name).version]


@pytest.mark.parametrize("name", [NEW, OLD])
def test_estimates_are_in_their_order_and_above_the_threshold(name: str) -> None:
    frame = table(name)
    best = pl.col("best_fatality_estimate")
    low, high = pl.col("low_fatality_estimate"), pl.col("high_fatality_estimate")
    odd = frame.filter(low > high).select("actor_name", "year").rows()
    assert odd == [("Kamuina Nsapu", 2016)]
    assert frame.filter(~best.is_between(low, high)).height == 5
    assert frame["best_fatality_estimate"].min() == 25


def test_china_has_two_rows_and_north_korea_none() -> None:
    china = rows(NEW, gwnoa=710)
    assert china.select("year", "best_fatality_estimate").rows() == [(1989, 2600), (2008, 51)]
    for name in (NEW, OLD):
        named = pl.col("actor_name").str.contains("Korea")
        assert table(name).filter(named | (pl.col("gwnoa") == 731)).height == 0


def test_governments_that_killed_together_have_no_state() -> None:
    found = rows(NEW, is_government_actor=1).filter(pl.col("gwnoa").is_null())
    assert sorted(found["year"]) == [1996, 2020, 2021]
    assert found["actor_name"].str.count_matches("Government of").to_list() == [2, 2, 2]
    assert rows(NEW, is_government_actor=0)["gwnoa"].count() == 0


def test_releases_differ_where_they_overlap() -> None:
    keys = ["actor_id", "year"]
    both = table(NEW).join(table(OLD), on=keys, suffix="_old")
    changed = pl.col("best_fatality_estimate") != pl.col("best_fatality_estimate_old")
    assert (both.height, both.filter(changed).height) == (1_125, 98)


def test_the_scores_have_the_older_release() -> None:
    """All states and years with violence in the scores that have one row in this release."""
    governments = rows(OLD, is_government_actor=1).drop_nulls("gwnoa")
    mine = governments.select("year", cow="gwnoa", best="best_fatality_estimate")
    scores = table("fariss_lhrs").filter(killing_present=1)
    both = scores.join(mine, on=["cow", "year"])
    assert (scores.height, both.height) == (398, 395)
    assert (both["best"] == both["killing_best"]).all()


def test_a_name_in_another_script_is_kept() -> None:
    found = row(NEW, actor_id=367, year=2010)
    assert str(found["actor_name_mothertongue"]).startswith("Имарат Кавказ")
