"""What is read of a frame: keys, lags by the calendar, missing values, transformations."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from associating import grid, panel

from beholden.associations import GridError, Variable
from beholden.associations.blocks import lagged_rows
from beholden.associations.columns import read_columns


def refused(frame: pl.DataFrame, **changes: Any) -> str:
    with pytest.raises(GridError) as caught:
        read_columns(frame, grid(**changes))
    return str(caught.value)


def test_absent_columns_are_all_named_with_the_nearest() -> None:
    text = refused(panel(), exposures=(Variable("x11"),), clusters=("regio",))
    assert "exposures.x11: found the column 'x11'; expected a column of the data" in text
    assert "clusters.0: found the column 'regio'" in text
    assert 'Did you mean "region"?' in text


def test_a_column_of_words_is_no_number() -> None:
    text = refused(panel(), exposures=(Variable("state"),))
    assert text == (
        "exposures.state: found the column 'state' of String; expected a column of numbers. "
        "Write missing values as empty cells."
    )


def test_repeated_keys_are_refused_with_the_first() -> None:
    frame = panel(gaps=0.0)
    twice = pl.concat([frame, frame.filter(pl.col("state") == "s07").head(2)])
    text = refused(twice)
    assert "found 2 rows that repeat a unit and year, first s07 in 2000" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (pl.lit(None, dtype=pl.String).alias("state"), "rows without 'state'"),
        ((pl.col("year") + 0.5).alias("year"), "expected years as whole numbers"),
        (pl.col("year").cast(pl.String), "expected years as whole numbers"),
        (pl.col("region").alias("large"), "expected a column of truth values, or of 0 and 1"),
    ],
)
def test_wrong_keys_and_samples_are_refused(change: pl.Expr, words: str) -> None:
    assert words in refused(panel().with_columns(change))


def test_years_may_be_whole_floats() -> None:
    frame = panel().with_columns(pl.col("year").cast(float))
    assert read_columns(frame, grid()).time.dtype == np.int64


def test_lags_count_calendar_years_within_the_unit() -> None:
    random = np.random.default_rng(0)
    unit, time = (part.ravel() for part in np.meshgrid(range(6), range(1990, 2000), indexing="ij"))
    kept = random.random(60) > 0.3
    unit, time = unit[kept], time[kept]
    for lag in (0, 1, 3, 9):
        rows = lagged_rows(unit, time, lag)
        for at, row in enumerate(rows):
            match = np.flatnonzero((unit == unit[at]) & (time == time[at] - lag))
            assert match.tolist() == ([] if row < 0 else [row])


def test_logarithms_of_what_is_not_above_zero_are_missing_and_told() -> None:
    frame = panel().with_columns(pl.when(pl.col("region") == 0).then(0).otherwise("y2").alias("y2"))
    columns = read_columns(frame, grid())
    logged = grid().outcomes[1]
    zero = int((frame["y2"] == 0).sum())
    assert int(np.isnan(columns.variables[logged]).sum()) == zero
    assert f"{zero} rows of logged are not above zero" in columns.notes[0]


def test_ranks_are_shares_of_what_is_known() -> None:
    frame = pl.DataFrame({"state": ["a", "b", "c"], "year": 2000, "y": [5.0, None, -1.0]})
    one = Variable("y", transform="rank")
    asked = grid(
        outcomes=(one,),
        exposures=(Variable("z", "y"),),
        controls=(),
        samples={"all": None},
        weights={"equal": None},
    )
    values = read_columns(frame, asked).variables[one].ravel()
    np.testing.assert_allclose(values, [0.75, np.nan, 0.25])


def test_a_row_that_lacks_one_draw_lacks_the_variable() -> None:
    frame = panel().with_columns(d1=pl.col("b"), d2=pl.col("a"))
    one = Variable("latent", draws=("d1", "d2"))
    values = read_columns(frame, grid(exposures=(one,))).variables[one]
    assert np.isnan(values).sum() == 2 * frame["a"].null_count() > 0


def test_a_member_with_itself_is_no_dyad() -> None:
    frame = panel().with_columns(a_id=pl.col("region"), b_id=pl.col("region"))
    assert "members: found" in refused(frame, members=("a_id", "b_id"), errors=("dyadic",))
