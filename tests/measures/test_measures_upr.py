"""Softness in the Universal Periodic Review: against loops, and what is known of the data."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from statistics import mean
from typing import TYPE_CHECKING

import polars as pl
import pytest

from beholden.measures import Target, Years, known
from beholden.measures.states_and_pairs import values_of
from beholden.measures.upr import UPR_SOFTNESS, softness

if TYPE_CHECKING:
    from beholden.panels import Holdings

WIDER, MEAN = {"soft": "minimal, continue or consider"}, {"soft": "mean action"}


@pytest.fixture(scope="module")
def recommendations(holdings: Holdings) -> pl.DataFrame:
    return holdings.frame("un_upr_recommendations")


def made(*actions: int | None) -> pl.DataFrame:
    rows = [("PRK", "CHN", 2014, action) for action in actions]
    columns = ["under_review_iso3", "recommending_iso3", "year", "action"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def test_softness_of_a_few() -> None:
    few = made(1, 2, 3, 4, 5, 5, None)
    assert softness(few, "minimal or continue").row(0) == ("PRK", "CHN", 2014, 6, 2 / 6)
    assert softness(few, "minimal, continue or consider")["x"].item() == 3 / 6
    assert softness(few, "mean action")["x"].item() == pytest.approx((5 - 20 / 6) / 4)
    assert softness(made(1, 1), "mean action")["x"].item() == 1
    assert softness(made(5), "mean action")["x"].item() == 0
    assert softness(made(None), "mean action").is_empty()


def test_china_tells_others_to_go_on(recommendations: pl.DataFrame) -> None:
    china = recommendations.filter(pl.col("recommending_iso3") == "CHN")
    assert dict(china["action"].value_counts().rows()) == {1: 5, 2: 123, 3: 4, 4: 80, 5: 27}
    frame = softness(china, "minimal or continue")
    assert frame["n"].sum() == 239
    # Weighted by their number the pairs add up to what China said in all.
    assert (frame["n"] * frame["x"]).sum() == pytest.approx(128)


def test_north_korea_was_told_in_two_reviews(recommendations: pl.DataFrame) -> None:
    korea = recommendations.filter(pl.col("under_review_iso3") == "PRK")
    assert dict(korea["year"].value_counts().rows()) == {2009: 167, 2014: 269}
    frame = softness(korea, "minimal or continue")
    unknown = korea["recommending_iso3"].null_count()
    assert frame["n"].sum() == 167 + 269 - unknown
    # China recommended nothing in 2009; the United States was never soft.
    china = frame.filter(pl.col("other") == "CHN")
    assert china.select("year", "n", "x").rows() == [(2014, 3, pytest.approx(1 / 3))]
    assert frame.filter(pl.col("other") == "USA")["x"].to_list() == [0, 0]
    assert frame.filter(other="VEN")["x"].to_list() == [1, pytest.approx(2 / 3)]


def test_every_pair_against_a_loop(holdings: Holdings, recommendations: pl.DataFrame) -> None:
    actions = defaultdict(list)
    columns = ("under_review_iso3", "recommending_iso3", "year", "action")
    for state, other, year, action in recommendations.select(columns).rows():
        if state and other:
            actions[state, other, year].append(action)
    for picks, expected in (
        ({}, lambda given: mean(one in {1, 2} for one in given)),
        (WIDER, lambda given: mean(one in {1, 2, 3} for one in given)),
        (MEAN, lambda given: mean((5 - one) / 4 for one in given)),
    ):
        values = values_of(UPR_SOFTNESS, holdings, picks)
        rows = values.frame.select("state", "other", "year", "x").rows()
        found = {(state, other, year): x for state, other, year, x in rows}
        assert found == pytest.approx({pair: expected(given) for pair, given in actions.items()})
        assert values.span == (2008, 2014)


def test_too_few_recommendations_are_unknown(holdings: Holdings) -> None:
    every = values_of(UPR_SOFTNESS, holdings, {}).frame
    three = values_of(UPR_SOFTNESS, holdings, {"fewest": "three"})
    assert three.frame.height == every.height == 14379
    # 2,630 pairs made one recommendation and 4,785 two.
    assert three.frame["x"].null_count() == 2630 + 4785
    assert three.frame.filter(pl.col("x").is_null())["why"].unique().to_list() == ["few"]
    assert three.missing == {"few": "the reviewer made too few recommendations"}
    both = every.join(three.frame.drop_nulls("x"), on=["state", "other", "year"])
    assert (both["x"] == both["x_right"]).all()


def test_allies_are_softer(holdings: Holdings) -> None:
    """The direction that Terman and Voeten find, for pairs that nobody would dispute."""
    frame = values_of(UPR_SOFTNESS, holdings, {}).frame

    def all_years(state: str, other: str) -> list[float]:
        return frame.filter(state=state, other=other).sort("year")["x"].to_list()

    assert all_years("BLR", "CHN") == all_years("CHN", "PRK") == [1]
    assert max(all_years("BLR", "USA") + all_years("CHN", "USA")) < 0.5
    assert min(all_years("CUB", "VEN")) > max(all_years("CUB", "USA"))


def test_a_claim_sees_its_pair(holdings: Holdings) -> None:
    held = known({}, date.max, data=holdings)
    aim = Target("PRK", "CHN", years=Years(2005, 2020))
    assert UPR_SOFTNESS.compute is not None
    series = UPR_SOFTNESS.compute(held, aim, {"soft": "minimal or continue", "fewest": "one"})
    assert series.frame.select("year", "x").rows() == [(2014, pytest.approx(1 / 3))]
