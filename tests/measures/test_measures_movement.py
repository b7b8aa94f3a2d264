"""Freedom to leave: North Korea at the bottom, and what ties and swapped labels do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from rows_of import course, field, row, x

from beholden.measures.movement import (
    DOMESTIC_MOVEMENT,
    FOREIGN_MOVEMENT,
    FREEDOM_OF_FOREIGN_MOVEMENT,
    foreign_movement,
)
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.panels import Holdings


def test_v_dem_in_2013(holdings: Holdings) -> None:
    lowest = field(values_of(FOREIGN_MOVEMENT, holdings, {}), 2013)
    assert lowest.height == 169
    assert lowest["x"].head(3).to_list() == pytest.approx([-3.585, -3.564, -1.61], abs=0.002)
    # North Korea, Eritrea, Turkmenistan.
    assert lowest["state"].head(3).to_list() == [731, 531, 701]
    assert x(FOREIGN_MOVEMENT, holdings, "CHN", 2013) == pytest.approx(-0.615)


def test_north_korea_does_not_move_on_v_dem(holdings: Holdings) -> None:
    values = values_of(FOREIGN_MOVEMENT, holdings, {})
    assert set(course(values, "PRK", range(1970, 2022))) == {-3.585}


def test_as_a_place_north_korea_is_last_and_china_is_not(holdings: Holdings) -> None:
    values = values_of(FREEDOM_OF_FOREIGN_MOVEMENT, holdings, {"source": "V-Dem"})
    assert row(values, "PRK", 2013)["x"] == 0
    assert row(values, "ERI", 2013)["x"] == pytest.approx(1 / 168)
    assert row(values, "CHN", 2013)["x"] == pytest.approx(12 / 168)


def test_eighteen_states_share_the_lowest_step_of_cirights(holdings: Holdings) -> None:
    values = values_of(FREEDOM_OF_FOREIGN_MOVEMENT, holdings, {"source": "CIRIGHTS"})
    found, others = row(values, "PRK", 2013), field(values, 2013).height - 1
    assert (found["low"], found["high"]) == (0, pytest.approx(17 / others))
    assert found["x"] == pytest.approx(17 / 2 / others)
    assert set(course(foreign_movement(holdings, "CIRIGHTS"), "PRK", range(1981, 2021))) == {0}


def test_china_flickers_on_cirights(holdings: Holdings) -> None:
    values = foreign_movement(holdings, "CIRIGHTS")
    assert course(values, "CHN", range(2007, 2017)) == [0] * 9 + [1]


def test_ciri_says_what_cirights_says_since_its_columns_were_put_right(
    holdings: Holdings,
) -> None:
    one, other = foreign_movement(holdings, "CIRIGHTS"), foreign_movement(holdings, "CIRI")
    both = one.frame.join(other.frame, on=["state", "year"], suffix="_ciri").drop_nulls()
    assert both.height > 5000
    assert (both["x"] == both["x_ciri"]).mean() > 0.98  # type: ignore[operator]
    # States whose people could not leave in the 1980s.
    for state in ("CUB", "CSK", "PRK"):
        assert row(other, state, 1982)["x"] == 0


def test_the_human_freedom_index_has_china_and_not_north_korea(holdings: Holdings) -> None:
    values = foreign_movement(holdings, "HFI")
    assert course(values, "PRK", range(2008, 2020)) == [None] * 12
    china = course(values, "CHN", range(2008, 2020))
    assert min(china) == pytest.approx(4.73, abs=0.01)
    assert max(china) == pytest.approx(5.39, abs=0.01)


def test_the_index_takes_the_item_from_v_dem(holdings: Holdings) -> None:
    dem = foreign_movement(holdings, "V-Dem")
    index = foreign_movement(holdings, "HFI").frame.filter(year=2013).drop_nulls("x")
    pairs = [(cell, row(dem, state, 2013).get("x")) for state, _, cell in index.iter_rows()]
    both = pl.DataFrame(pairs, schema=["hfi", "vdem"], orient="row").drop_nulls()
    assert both.height > 150
    assert both.select(pl.corr("hfi", "vdem", method="spearman")).item() > 0.9


def test_domestic_movement(holdings: Holdings) -> None:
    lowest = field(values_of(DOMESTIC_MOVEMENT, holdings, {}), 2013)
    assert lowest["state"][0] == 731
    assert lowest["x"].is_between(0, 1).all()


def test_records_of_one_freedom_go_together(holdings: Holdings) -> None:
    frames = [
        values_of(FREEDOM_OF_FOREIGN_MOVEMENT, holdings, {"source": source})
        .frame.filter(pl.col("year") == 2010)
        .select(pl.col("state").cast(pl.Int64), pl.col("x").alias(source))
        for source in ("V-Dem", "CIRIGHTS", "CIRI")
    ]
    joined = frames[0].join(frames[1], on="state").join(frames[2], on="state")
    assert joined.height > 150
    for other in ("CIRIGHTS", "CIRI"):
        assert joined.select(pl.corr("V-Dem", other, method="spearman")).item() > 0.4
