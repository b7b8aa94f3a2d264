"""What every measure of states and pairs must show, under every option of its choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from beholden.measures import (
    abuse,
    extremity,
    market,
    movement,
    neighbours,
    openness,
    power,
    refuge,
    regime,
    ties,
)
from beholden.measures.state_codes import among_states, at_year_end, moved, turned
from beholden.measures.states_and_pairs import values_of
from beholden.panels import STATE_YEAR, Values

if TYPE_CHECKING:
    from beholden.measures.base import Measure
    from beholden.panels import Holdings

FILES = (abuse, extremity, market, movement, neighbours, openness, power, refuge, regime, ties)
MEASURES: tuple[Measure, ...] = tuple(measure for file in FILES for measure in file.MEASURES)
PANELS = [measure for measure in MEASURES if measure.values is not None]
EACH = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
EACH_PANEL = pytest.mark.parametrize("measure", PANELS, ids=lambda measure: measure.name)


def every_pick(measure: Measure) -> list[dict[str, str]]:
    """The reference, and every other option of each choice with the rest at the reference."""
    reference = measure.reference()
    others = [
        reference | {choice.name: label}
        for choice in measure.choices
        for label in choice.labels()[1:]
    ]
    return [reference, *others]


@EACH
def test_a_measure_says_all_about_itself(measure: Measure) -> None:
    for words in (measure.title, measure.definition, measure.formula, measure.limits):
        assert words
    assert measure.scale
    assert measure.direction
    assert measure.references
    named = (all(option.needs for option in choice.options) for choice in measure.choices)
    assert measure.sets or any(named)


def test_names_are_given_once() -> None:
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)


@EACH
def test_options_are_told_apart(measure: Measure) -> None:
    for choice in measure.choices:
        assert len(set(choice.labels())) == len(choice.options) > 1
        assert len({option.words for option in choice.options}) == len(choice.options)
        assert all(option.reason for option in choice.options)


@EACH_PANEL
def test_under_every_option_each_key_stands_once_and_the_range_holds_the_value(
    measure: Measure, holdings: Holdings
) -> None:
    for picks in every_pick(measure):
        values = values_of(measure, holdings, picks)
        frame = values.frame
        assert frame.height > 0
        assert not frame.select(values.keys).is_duplicated().any()
        assert frame.select(values.keys).null_count().sum_horizontal().item() == 0
        assert values.unit == measure.panel
        if frame.schema["x"].is_float():
            assert not frame["x"].is_nan().any()
        if {"low", "high"} <= set(frame.columns):
            known = frame.drop_nulls(["x", "low", "high"])
            assert (known["low"] <= known["x"] + 1e-9).all()
            assert (known["x"] <= known["high"] + 1e-9).all()


@EACH_PANEL
def test_the_data_sets_read_are_those_that_the_picks_name(
    measure: Measure, holdings: Holdings
) -> None:
    for picks in every_pick(measure):
        assert set(values_of(measure, holdings, picks).sources) == set(measure.datasets(picks))


@pytest.mark.parametrize(
    "measure",
    [measure for measure in PANELS if measure.scale == "percentile"],
    ids=lambda measure: measure.name,
)
def test_percentiles_lie_between_none_and_all(measure: Measure, holdings: Holdings) -> None:
    for picks in every_pick(measure):
        frame = values_of(measure, holdings, picks).frame
        assert frame.select(pl.col("x", "low", "high").is_between(0, 1).all()).row(0) == (True,) * 3
        means = frame.group_by("year").agg(pl.col("x").mean(), pl.len()).filter(pl.col("len") > 1)
        assert (means["x"] - 0.5).abs().max() < 1e-9  # type: ignore[operator]


def test_codes_are_put_right_in_their_years_only() -> None:
    frame = pl.DataFrame({"cow": [342, 342, 2], "year": [2005, 2006, 2006]})
    found = frame.select(moved("cow", [(342, 345, 2006, 2020)]))["cow"].to_list()
    assert found == [342, 345, 2]


def test_numbers_at_the_end_of_the_year() -> None:
    codes = pl.DataFrame({"code": ["DEU", "DEU", "RUS", "RUS"], "year": [1989, 1990, 1990, 1991]})
    assert at_year_end(codes, "iso3")["cow"].to_list() == [260, 255, None, 365]


def test_a_colony_is_not_placed_and_moves_nobody() -> None:
    # Algeria was no state in 1955; two others were.
    frame = pl.DataFrame({"state": [615, 2, 20], "year": [1955] * 3, "x": [2.0, 1.0, 3.0]})
    values = Values(frame, STATE_YEAR, "cow", (1955, 1955), "points", "higher: more", ("made",))
    found = among_states(values).frame.sort("state")
    assert found["state"].to_list() == [2, 20]
    assert found["x"].to_list() == [0, 1]


def test_turning_a_scale_round_turns_its_ranges_round() -> None:
    frame = pl.DataFrame({"state": [2], "year": [2000], "x": [3.0], "low": [1.0], "high": [4.0]})
    values = Values(frame, STATE_YEAR, "cow", (2000, 2000), "points", "higher: more", ("made",))
    found = turned(values, "higher: less")
    assert found.direction == "higher: less"
    assert found.frame.select("x", "low", "high").row(0) == (-3, -4, -1)
