"""Lags and leads equal a slow look-up in the source, and never reach into another state's past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paneling import made, members, values

from beholden.errors import PanelError

if TYPE_CHECKING:
    from beholden.panels import Panel, Values

CODES = [365, 255, 260, 265, 679, 678, 315, 316, 345, 210, 220, 731, 2]
# Numbers that a list gave to another state after a time without a member.
REBORN = {255: 1990}


def every(codes: list[int], years: range) -> Values:
    """The year itself as the value of every code in every year."""
    return values([(code, year, float(year)) for code in codes for year in years])


def same_state(code: int, one: int, two: int) -> bool:
    """Whether a number was a member's in both years, and the same state's."""
    turn = REBORN.get(code, 1815)
    return (
        code in members("cow", one)
        and code in members("cow", two)
        and (one >= turn) == (two >= turn)
    )


def cells(panel: Panel, name: str) -> dict[tuple[int, int], float | None]:
    frame = panel.frame
    return dict(zip(frame.select("ccode", "year").iter_rows(), frame[name], strict=True))


@given(
    first=st.integers(1930, 1992),
    length=st.integers(1, 4),
    by=st.integers(1, 60),
    forward=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_moves_equal_a_slow_look_up(first: int, length: int, by: int, forward: bool) -> None:
    years = range(first, first + length)
    panel = made(years, x=every(CODES, range(1816, 2061)))
    panel = panel.lead("x", by) if forward else panel.lag("x", by)
    for (code, year), x in cells(panel, panel.frame.columns[-1]).items():
        then = year + by if forward else year - by
        known = code in CODES and same_state(code, year, then)
        assert x == (float(then) if known else None), (code, year)


@given(by=st.integers(1, 4), data=st.data())
@settings(max_examples=25, deadline=None)
def test_moves_of_pairs_equal_a_slow_look_up(by: int, data: st.DataObject) -> None:
    keys = st.tuples(st.sampled_from(CODES), st.sampled_from(CODES), st.integers(1984, 1996))
    drawn = data.draw(st.lists(keys, unique=True, min_size=1, max_size=80))
    known = {key: float(at) for at, key in enumerate(drawn)}
    table = values([(*key, x) for key, x in known.items()], span=(1984, 1996))
    panel = made(range(1989, 1993), "dyad-year", x=table).lag("x", by)
    held = panel.frame.filter(pl.col(f"x_lag{by}").is_not_null())
    found = {row[:3]: row[-1] for row in held.iter_rows()}
    wanted = {
        (a, b, year + by): x
        for (a, b, year), x in known.items()
        if a != b
        and same_state(a, year + by, year)
        and same_state(b, year + by, year)
        and overlap(a, b, year)
        and overlap(a, b, year + by)
        and 1989 <= year + by <= 1992
    }
    assert found == wanted


def overlap(a: int, b: int, year: int) -> bool:
    one, two = members("cow", year)[a], members("cow", year)[b]
    return one[0] <= two[1] and two[0] <= one[1]


def test_a_lag_reaches_before_the_first_year() -> None:
    panel = made(range(1990, 1992), x=every([731], range(1980, 2000))).lag("x", 5)
    assert cells(panel.of(731), "x_lag5") == {(731, 1990): 1985.0, (731, 1991): 1986.0}
    pair = made(range(1990, 1991), "dyad-year", x=every([731, 2], range(1980, 2000))).lag("x", 5)
    assert pair.of(731, 2).frame.select("x_1_lag5", "x_2_lag5").row(0) == (1985.0, 1985.0)


@pytest.mark.parametrize(
    ("code", "year", "by"),
    [
        (679, 1990, 1),  # Yemen has no past as North Yemen
        (255, 1990, 1),
        (255, 1991, 46),  # 1945, when 255 was another Germany's
        (316, 1993, 1),
        (317, 1993, 1),
        (341, 2006, 1),
        (626, 2011, 1),
    ],
)
def test_nobody_inherits_another_states_past(code: int, year: int, by: int) -> None:
    panel = made(range(year, year + 1), x=every([code, 260, 678, 315, 345, 625], range(1900, 2020)))
    panel = panel.lag("x", by)
    assert cells(panel, f"x_lag{by}")[code, year] is None
    reason = "the state was no member in that other year, or another state bore its number"
    assert panel.coverage[-1].missing[reason] >= 1


def test_a_source_of_another_system_is_read_in_the_earlier_year() -> None:
    rows = [("DEU", 1988, 1.0), ("DEU", 1989, 2.0), ("DEU", 1990, 3.0), ("SUN", 1990, 4.0)]
    panel = made(range(1990, 1993), x=values([*rows, ("RUS", 1992, 5.0)], "iso3")).lag("x", 1)
    found = {key: x for key, x in cells(panel, "x_lag1").items() if x is not None}
    assert found == {(260, 1990): 2.0, (255, 1991): 3.0, (365, 1991): 4.0}


def test_a_number_that_runs_on_under_a_new_name_is_told() -> None:
    panel = made(range(1990, 1994), x=every([365, 345], range(1980, 2000)))
    assert cells(panel.lag("x", 3), "x_lag3")[365, 1993] == 1990.0
    assert panel.columns["x"].notes == ()
    assert panel.lag("x", 3).columns["x_lag3"].notes == (
        "The list runs on under one number from SUN to RUS (365); values cross these names.",
    )
    (note,) = panel.lead("x", 12).columns["x_lead12"].notes
    assert "from YUG to SCG (345), SUN to RUS (365); values" in note
    assert panel.of(731).lag("x", 3).columns["x_lag3"].notes == ()


def test_a_state_that_was_occupied_keeps_its_own_past() -> None:
    panel = made(range(1946, 1947), x=every([210, 220], range(1930, 1950))).lag("x", 8)
    assert cells(panel, "x_lag8")[210, 1946] == 1938.0
    gone = made(range(1946, 1947), x=every([210, 220], range(1930, 1950))).lag("x", 4)
    assert cells(gone, "x_lag4")[210, 1946] is None


def test_a_lag_of_a_lag_is_one_lag() -> None:
    panel = made(range(1990, 1993), x=every(CODES, range(1980, 2000)))
    twice = panel.lag("x", 1).lag("x_lag1", 2)
    once = panel.lag("x", 3)
    assert twice.frame["x_lag1_lag2"].equals(once.frame["x_lag3"].alias("x_lag1_lag2"))
    back = panel.lag("x", 2).lead("x_lag2", 2)
    assert back.frame["x_lag2_lead2"].equals(panel.frame["x"].alias("x_lag2_lead2"))


def test_a_lag_does_not_care_which_rows_were_left_out() -> None:
    panel = made(range(1990, 1996), x=every(CODES, range(1980, 2000)))
    late = panel.where(pl.col("year") == 1994, "1994 only").lag("x", 1)
    early = panel.lag("x", 1).where(pl.col("year") == 1994, "1994 only")
    assert late.frame.equals(early.frame)
    assert late.coverage == early.coverage


def test_a_measure_stands_for_its_columns() -> None:
    table = values([(731, 1989, 1.0), (2, 1989, 2.0)], extra={"se": [0.1, 0.2]}, span=(1980, 2000))
    panel = made(range(1990, 1991), "dyad-year", x=table).lag("x")
    assert panel.frame.columns[-2:] == ["x_1_lag1", "x_2_lag1"]
    assert panel.of(731, 2).frame.select("x_1_lag1", "x_2_lag1").row(0) == (1.0, 2.0)
    assert panel.lag("x_se_1").of(731, 2).frame["x_se_1_lag1"].to_list() == [0.1]
    assert panel.columns["x_1_lag1"].label == "the measure x, 1 year earlier"


@pytest.mark.parametrize("years", [0, -1, 251, 1.5, True, "1"])
def test_other_lags_are_refused(years: int) -> None:
    panel = made(range(1990, 1991), x=every([2], range(1980, 2000)))
    with pytest.raises(PanelError, match="expected a lag of 1 to 250 whole years"):
        panel.lag("x", years)
