"""The latent human rights scores on their originals."""

from __future__ import annotations

import pytest
from checking_rights import SHARED, faults, rank, row, rows, table

from beholden.sources.tidying import csv_as_text

NEW, OLD, OLDEST = "fariss_lhrs", "fariss_lhrs_v4_01", "fariss_lhrs_v3_01"


@pytest.mark.parametrize(("name", "height"), [(NEW, 11_665), (OLD, 11_275), (OLDEST, 11_717)])
def test_the_set_is_what_it_says(name: str, height: int) -> None:
    assert faults(name) == []
    assert table(name).height == height
    assert table(name)["cow"].n_unique() == 201


def test_indicators_have_the_rows_that_are_stated() -> None:
    counts = {
        "disap": 4919, "kill": 4917, "polpris": 4924, "tort": 4923, "amnesty": 6017,
        "state": 7993, "hrw": 826, "hathaway": 2233, "itt": 1459, "genocide": 10_272,
        "rummel": 4972, "massive_repression": 5366, "executions": 4035,
        "negative_sanctions": 4035, "mass_killing": 10_498, "killing_present": 6299,
    }  # fmt: skip
    assert {key: table(NEW)[key].drop_nulls().len() for key in counts} == counts


def test_the_score_in_sum() -> None:
    score = table(NEW)["theta_mean"]
    assert score.mean() == pytest.approx(0.36, abs=0.005)
    assert score.std() == pytest.approx(1.6, abs=0.05)
    assert (round(float(str(score.min())), 1), round(float(str(score.max())), 1)) == (-3.5, 5.5)


@pytest.mark.parametrize(
    ("name", "year", "korea", "place", "states", "china"),
    [
        (NEW, 1985, -1.829, 17, 168, -1.055),
        (NEW, 2013, -1.646, 7, 195, -1.174),
        (OLD, 2013, -1.669, 5, 195, -1.174),
        (NEW, 2021, -2.771, 1, 194, -1.709),
    ],
)
def test_north_korea_and_china(
    name: str, year: int, korea: float, place: int, states: int, china: float
) -> None:
    score = row(name, cow=731, year=year)["theta_mean"]
    assert isinstance(score, float)
    assert score == pytest.approx(korea, abs=0.0006)
    assert rank(rows(name, year=year), "theta_mean", score) == place
    assert rows(name, year=year).height == states
    assert row(name, cow=710, year=year)["theta_mean"] == pytest.approx(china, abs=0.0006)


def test_rows_of_north_korea_and_china() -> None:
    korea = rows(NEW, cow=731)
    assert (korea.height, korea["year"].min(), korea["year"].max()) == (74, 1948, 2021)
    assert rows(NEW, cow=710).height == 76


def test_editions_are_not_comparable() -> None:
    assert row(OLDEST, cow=731, year=2013)["theta_mean"] == pytest.approx(-2.44, abs=0.005)


def test_the_spread_for_north_korea_jumps_when_inputs_stop() -> None:
    before = row(NEW, cow=731, year=2013)["theta_sd"]
    after = row(NEW, cow=731, year=2021)
    assert before == pytest.approx(0.17, abs=0.005)
    assert after["theta_sd"] == pytest.approx(0.52, abs=0.005)
    assert [after[key] for key in ("kill", "genocide", "mass_killing")] == [None] * 3


def test_what_is_missing_for_north_korea() -> None:
    korea = rows(NEW, cow=731)
    assert korea.filter(korea["year"] < 2002)["amnesty"].drop_nulls().len() == 0
    assert korea.filter(korea["year"] < 1996)["state"].drop_nulls().len() == 0
    assert set(korea["genocide"].drop_nulls().to_list()) == {0}
    assert 1 in korea["mass_killing"].to_list()


def test_germany_stands_twice_in_1990() -> None:
    assert (
        rows(NEW, year=1990).filter(table(NEW).filter(year=1990)["cow"].is_in([255, 260])).height
        == 2
    )
    assert rows(NEW, cow=345)["year"].max() == 2018


def test_the_file_without_names_says_the_same() -> None:
    path = SHARED / "fariss_lhrs" / "LHRS-v4.02-2021.csv"
    if not path.is_file():
        pytest.skip("the file without names is not at hand")
    bare = csv_as_text(path)["theta_mean"].cast(float).sort()
    assert bare.equals(table(NEW)["theta_mean"].sort())
