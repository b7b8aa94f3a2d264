"""From series to frames and estimates: coverage, spans, faults and ranges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest
from universe_maker import NOW, VISITS, claim_of, tables_of, visit

from beholden.core import Provenance, Series
from beholden.errors import MissingDataError
from beholden.measures import Evidence, Target, Years, known
from beholden.multiverse import Run, plan, run
from beholden.multiverse.frames import columns_of, frame_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from beholden.claims import Claim
    from beholden.multiverse.frames import Tested

YEARS = {"year": pl.Int64, "x": pl.Float64}
NOTHING = Evidence({}, NOW, NOW)


def yearly(values: Mapping[int, float | None]) -> Series:
    frame = pl.DataFrame(
        {"year": list(values), "x": list(values.values())}, schema=YEARS
    ).with_columns(
        low=pl.col("x"),
        high=pl.col("x"),
        rows=pl.Series([[f"t:{year}"] for year in values], dtype=pl.List(pl.String)),
    )
    return Series(frame, "year", "share", {}, Provenance())


def framed(kind: str, series: Series, as_of: date = NOW, **target: Any) -> Tested:
    picks = {"estimator": "means" if kind == "change" else "least squares"}
    return frame_of(kind, series, Target("PRK", "CHN", **target), picks, as_of)


@pytest.mark.parametrize(
    ("known_years", "enough"), [(range(2000, 2004), True), (range(2000, 2003), False)]
)
def test_two_thirds_of_the_years_must_be_known(known_years: range, enough: bool) -> None:
    series = yearly(dict.fromkeys(known_years, 1.0))
    if enough:
        assert framed("level", series, years=Years(2000, 2005)).frame.rows == 4
        return
    with pytest.raises(MissingDataError) as caught:
        framed("level", series, years=Years(2000, 2005))
    assert str(caught.value) == (
        "3 of 6 years of 2000..2005 known, two thirds needed; missing: 2003, 2004, 2005"
    )


def test_span_that_ends_is_asked_about_whole() -> None:
    series = yearly({2000: 1.0, 2001: 2.0})
    # On that day the later years had not come, and the claim is about them too.
    with pytest.raises(MissingDataError, match=r"2 of 4 years of 2000..2003 known"):
        framed("level", series, date(2001, 6, 1), years=Years(2000, 2003))


def test_open_span_ends_with_the_last_known_year() -> None:
    series = yearly({2000: 1.0, 2001: None, 2002: 2.0})
    assert framed("level", series, years=Years(2000, None)).frame.rows == 3


def test_no_year_is_known() -> None:
    with pytest.raises(MissingDataError, match="no year is known"):
        framed("level", yearly({}))


def test_missing_value_is_nan_and_not_zero() -> None:
    frame = columns_of(yearly({2000: None, 2001: 0.0}).frame)
    assert np.isnan(frame.columns["x"]).tolist() == [True, False]
    assert "rows" not in frame.columns


def test_periods_are_rows_of_years() -> None:
    periods = {"early": Years(1999, 2000), "late": Years(2001, None)}
    tested = framed("level", yearly({2000: 1.0, 2001: 2.0, 2002: 3.0}), periods=periods)
    found = {name: rows.tolist() for name, rows in tested.frame.periods.items()}
    assert found == {"early": [True, False, False], "late": [False, True, True]}


def test_trend_has_its_line() -> None:
    tested = framed("trend", yearly({year: 2.0 * year for year in range(2000, 2006)}))
    assert tested.frame.scalars["slope"] == pytest.approx(2)
    assert tested.frame.scalars["change"] == pytest.approx(10)
    assert tested.line[0] == pytest.approx((2000, 4000))
    assert tested.line[1] == pytest.approx((2005, 4010))


def test_trend_with_too_few_years_has_no_data() -> None:
    with pytest.raises(MissingDataError, match="expected at least 4 years"):
        framed("trend", yearly({2000: 1.0, 2001: 2.0}))


def test_change_takes_the_event_year_as_after() -> None:
    series = yearly({1999: 9.0, 2000: 1.0, 2001: 1.0, 2002: 5.0, 2003: 5.0, 2004: 9.0})
    tested = framed("change", series, event="2002-05-24", window=2)
    assert (tested.frame.scalars["before"], tested.frame.scalars["after"]) == (1.0, 5.0)
    assert tested.line == ((2002.0, 1.0), (2003.0, 1.0))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({1998: 1.0, 2000: 1.0, 2001: 1.0}, "1 of 2 years before 2000 known"),
        ({1998: 1.0, 1999: 1.0, 2001: 1.0}, "1 of 2 years from 2000 known"),
    ],
)
def test_change_needs_both_sides(values: dict[int, float], words: str) -> None:
    with pytest.raises(MissingDataError, match=words):
        framed("change", yearly(values), event="2000", window=2)


def events(*days: date) -> Series:
    frame = pl.DataFrame(
        {
            "date": list(days),
            "year": [day.year for day in days],
            "low": [1.0] * len(days),
            "high": [1.0] * len(days),
            "rows": [[f"events:{i}"] for i, _ in enumerate(days)],
        },
        schema={
            "date": pl.Date,
            "year": pl.Int64,
            "low": pl.Float64,
            "high": pl.Float64,
            "rows": pl.List(pl.String),
        },
    )
    return Series(frame, "event", "visits", {}, Provenance())


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2013, 12, 31), 0, 0),
        (date(2014, 1, 1), 1, 0),
        (date(2014, 12, 31), 1, 0),
        (date(2015, 1, 1), 0, 1),
        (date(2015, 12, 31), 0, 1),
        # The spans are of one year each: the same day a year later is outside.
        (date(2016, 1, 1), 0, 0),
    ],
)
def test_spans_hold_their_first_day_and_not_the_day_after(
    day: date, before: int, after: int
) -> None:
    tested = framed("event count", events(day), event="2015-01-01", window=1)
    assert (tested.frame.scalars["before"], tested.frame.scalars["after"]) == (before, after)


def test_span_that_was_not_over_is_as_long_as_what_was_known() -> None:
    # 295 days from 1 January to 22 October, both counted.
    seen, unseen = date(2015, 10, 22), date(2015, 10, 23)
    tested = framed("event count", events(seen, unseen), seen, event="2015", window=2)
    assert tested.frame.scalars["after"] == 1
    assert tested.frame.scalars["rate_after"] == pytest.approx(365.25 / 295)


def test_event_on_a_leap_day() -> None:
    tested = framed("event count", events(date(2013, 2, 28)), event="2012-02-29", window=1)
    # The year after ends on 28 February 2013, which is the first day outside.
    assert tested.frame.scalars["after"] == 0
    tested = framed("event count", events(date(2013, 2, 27)), event="2012-02-29", window=1)
    assert tested.frame.scalars["after"] == 1


def test_no_event_and_no_vote_are_no_data() -> None:
    with pytest.raises(MissingDataError, match="no event is known"):
        framed("event count", events())
    with pytest.raises(MissingDataError, match="no vote is known"):
        framed("vote", yearly({}))


LEVEL = """test: level
measure: arrivals
target: {years: 2000..2001}
expect: max >= 10
choices:
  window:
    early: {years: 2000..2001}
    late: {years: 2002..2003}
because: A test."""


def with_compute(block: str, compute: Callable[..., Series]) -> Claim:
    claim = claim_of(block)
    assert claim.measure is not None
    return replace(claim, measure=replace(claim.measure, compute=compute))


def run_of(claim: Claim) -> Run:
    return run(claim, plan(claim).universes, NOTHING)


def test_missing_data_and_faults_are_told_apart() -> None:
    def compute(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
        if target.years == Years(2000, 2001):
            raise MissingDataError("nobody counted")
        raise ZeroDivisionError("a total of zero")

    done = run_of(with_compute(LEVEL, compute))
    assert [(item.status, item.message) for item in done.estimates] == [
        ("no data", "nobody counted"),
        ("failed", "ZeroDivisionError: a total of zero"),
    ]
    assert [item.meets for item in done.estimates] == [None, None]
    assert done.reference is None
    assert done.provenance == Provenance()


def test_first_universe_with_data_is_the_reference() -> None:
    def compute(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
        return yearly({} if target.years == Years(2000, 2001) else {2002: 12.0, 2003: 9.0})

    done = run_of(with_compute(LEVEL, compute))
    assert [item.status for item in done.estimates] == ["no data", "ok"]
    assert done.picks["window"] == "late"
    assert done.estimates[1].value == 12
    assert done.estimates[1].rows == ("t:2002", "t:2003")


def test_universes_that_share_a_series_share_its_computation() -> None:
    calls = []

    def compute(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
        calls.append(target)
        return yearly({2000: 1.0, 2001: 20.0})

    block = LEVEL.replace("expect: max >= 10", "expect: {high: max >= 10, low: max >= 1}")
    block = block.replace("    late: {years: 2002..2003}\n", "    both: {years: 2000..2002}\n")
    done = run_of(with_compute(block, compute))
    assert len(done.estimates) == 4
    assert len(calls) == len(done.series) == 2


def test_expectation_that_known_values_do_not_decide_is_no_data() -> None:
    def compute(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
        return yearly({2000: None, 2001: None})

    block = LEVEL.replace("target: {years: 2000..2001}\n", "").split("choices:")[0]
    done = run_of(with_compute(block + "because: A test.", compute))
    assert done.estimates[0].status == "no data"


def test_figure_has_the_range_of_its_sources() -> None:
    def compute(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
        series = yearly({2000: 5.0, 2001: 12.0})
        frame = series.frame.with_columns(low=pl.col("x") - 1, high=pl.col("x") + 3)
        return replace(series, frame=frame)

    first = run_of(with_compute(LEVEL, compute)).estimates[0]
    assert (first.low, first.value, first.high) == (11, 12, 15)
    assert first.scale == "share"


def test_run_reads_the_library(tmp_path: Path) -> None:
    tables = tables_of(tmp_path, "events", [visit("2014-05-01"), visit("2015-05-01")])
    claim = claim_of(VISITS)
    done = run(claim, plan(claim).universes, known(tables, NOW))
    assert done.estimates[0].value == pytest.approx(0.5, abs=0.001)
    assert [source.table for source in done.provenance.inputs] == ["events"]
    assert len(done.provenance.inputs[0].sha256) == 64
