"""Abuse of all states: North Korea, China and successor states against the notes on the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rows_of import course, field, row, x

from beholden.measures.abuse import (
    PHYSICAL_INTEGRITY,
    POLITICAL_IMPRISONMENT,
    PROTECTION,
    TERROR_SCALE,
    TORTURE,
)
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.panels import Holdings


@pytest.mark.parametrize(
    ("state", "year", "score"),
    [
        ("PRK", 1985, -1.829),
        ("CHN", 1985, -1.055),
        ("PRK", 2013, -1.646),
        ("CHN", 2013, -1.174),
        ("PRK", 2021, -2.771),
        ("CHN", 2021, -1.709),
    ],
)
def test_latent_protection(holdings: Holdings, state: str, year: int, score: float) -> None:
    assert x(PROTECTION, holdings, state, year) == pytest.approx(score, abs=5e-4)


def test_the_error_of_north_koreas_score_grows_when_records_stop(holdings: Holdings) -> None:
    values = values_of(PROTECTION, holdings, {})
    assert row(values, "PRK", 2013)["se"] == pytest.approx(0.17, abs=0.005)
    assert row(values, "PRK", 2021)["se"] == pytest.approx(0.52, abs=0.005)


def test_north_korea_is_seventh_from_the_bottom_in_2013_and_lowest_in_2021(
    holdings: Holdings,
) -> None:
    values = values_of(PHYSICAL_INTEGRITY, holdings, {"source": "latent"})
    assert row(values, "PRK", 2013)["x"] == pytest.approx(6 / 194)
    assert row(values, "PRK", 2021)["x"] == 0
    # The error leaves open that many states are as low.
    assert row(values, "PRK", 2021)["high"] > 0.15


def test_the_czech_series_is_czechoslovakias_before_1993(holdings: Holdings) -> None:
    values = values_of(PROTECTION, holdings, {})
    assert row(values, "CSK", 1985)["x"] == pytest.approx(-0.447, abs=5e-4)
    assert row(values, "CZE", 1993)["x"] == pytest.approx(1.814, abs=5e-4)
    assert not values.frame.filter(state=316, year=1992).height


def test_cirights_ties(holdings: Holdings) -> None:
    values = values_of(PHYSICAL_INTEGRITY, holdings, {"source": "CIRIGHTS"})
    found = row(values, "PRK", 2013)
    # Six states are lower, and others share its 1 of 8.
    assert found["low"] == pytest.approx(6 / 194)
    assert found["low"] < found["x"] < found["high"]


def test_serbia_has_values_under_its_own_number(holdings: Holdings) -> None:
    for source in ("CIRIGHTS", "terror scale", "V-Dem", "latent"):
        values = values_of(PHYSICAL_INTEGRITY, holdings, {"source": source})
        assert 0 < row(values, "SRB", 2010)["x"] < 1


def test_north_korea_on_v_dems_physical_violence_is_second_from_the_bottom(
    holdings: Holdings,
) -> None:
    values = values_of(PHYSICAL_INTEGRITY, holdings, {"source": "V-Dem"})
    assert row(values, "SYR", 2013)["x"] == 0
    assert row(values, "PRK", 2013)["x"] == pytest.approx(1 / (field(values, 2013).height - 1))


def test_terror_in_north_korea_by_the_state_department(holdings: Holdings) -> None:
    values = values_of(TERROR_SCALE, holdings, {"report": "State Department"})
    assert course(values, "PRK", range(1990, 1996)) == [None] * 6
    assert course(values, "PRK", range(1996, 2002)) == [5] * 6
    assert course(values, "PRK", range(2002, 2008)) == [4] * 6
    assert course(values, "PRK", range(2008, 2024)) == [5] * 16


def test_terror_in_north_korea_by_amnesty_and_by_both(holdings: Holdings) -> None:
    amnesty = values_of(TERROR_SCALE, holdings, {"report": "Amnesty International"})
    assert course(amnesty, "PRK", range(2000, 2008)) == [None, None, 3, 4, 4, 4, 4, 4]
    both = row(values_of(TERROR_SCALE, holdings, {"report": "mean"}), "PRK", 2002)
    assert (both["low"], both["x"], both["high"]) == (3, 3.5, 4)
    worst = values_of(TERROR_SCALE, holdings, {"report": "worst"})
    assert row(worst, "PRK", 2002)["x"] == 4


def test_terror_in_china(holdings: Holdings) -> None:
    values = values_of(TERROR_SCALE, holdings, {"report": "State Department"})
    assert course(values, "CHN", range(2013, 2014)) == [4]
    assert course(values, "CHN", range(2022, 2024)) == [5, 5]


def test_terror_at_the_top_is_a_tie_that_the_scale_cannot_order(holdings: Holdings) -> None:
    values = values_of(TERROR_SCALE, holdings, {"report": "State Department"})
    top = field(values, 2013).filter(x=5)
    assert top.height == 9
    assert row(values_of(PHYSICAL_INTEGRITY, holdings, {"source": "terror scale"}), "PRK", 2013)[
        "low"
    ] == pytest.approx(0)


def test_each_yugoslavia_and_the_soviet_union_are_found_once(holdings: Holdings) -> None:
    values = values_of(TERROR_SCALE, holdings, {"report": "mean"})
    assert course(values, "SUN", range(1985, 1991)) != [None] * 6
    assert row(values, "RUS", 1992)["x"] == pytest.approx(2.5)
    for year in (1990, 1991, 1992, 2002):
        assert row(values, "YUG", year)["x"] >= 2
    assert row(values, "SRB", 2010)["x"] <= 3
    assert row(values, "MNE", 2010)["x"] <= 3


def test_more_torture_is_a_higher_place(holdings: Holdings) -> None:
    values = values_of(TORTURE, holdings, {"source": "V-Dem"})
    others = field(values, 2013).height - 1
    assert row(values, "SYR", 2013)["x"] == 1
    assert row(values, "PRK", 2013)["x"] == pytest.approx((others - 1) / others)
    assert row(values, "ISL", 2013)["x"] == 0


def test_three_steps_of_torture_leave_a_wide_tie(holdings: Holdings) -> None:
    for source, year in (("CIRIGHTS", 2013), ("CIRI", 2010)):
        found = row(values_of(TORTURE, holdings, {"source": source}), "PRK", year)
        assert found["high"] == 1
        assert found["high"] - found["low"] > 0.3


def test_two_codings_of_the_same_reports_agree_on_torture(holdings: Holdings) -> None:
    one = values_of(TORTURE, holdings, {"source": "CIRIGHTS"}).frame
    other = values_of(TORTURE, holdings, {"source": "CIRI"}).frame
    both = one.join(other, on=["state", "year"], suffix="_ciri")
    assert both.height > 4500
    assert (both["x"] - both["x_ciri"]).abs().mean() < 0.03  # type: ignore[operator]


def test_political_imprisonment_is_turned_round(holdings: Holdings) -> None:
    assert x(POLITICAL_IMPRISONMENT, holdings, "PRK", 2013) == 2
    assert x(POLITICAL_IMPRISONMENT, holdings, "CHN", 2013) == 2
    assert x(POLITICAL_IMPRISONMENT, holdings, "ISL", 2013) == 0
