"""What is derived within a state or pair, against references that walk row by row."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paneling import made, members, values

from beholden.errors import PanelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from beholden.panels import Panel

# France was no member in 1943; Germany's number went to another state in 1990.
YEARS = range(1938, 1952)
CODES = (220, 255, 2, 731)
Cell = float | None
Known = dict[int, Cell]


def stretches(code: int, years: range = YEARS) -> list[list[int]]:
    """The member years of a code, cut where membership was broken."""
    found: list[list[int]] = []
    for year in years:
        if code in members("cow", year):
            if not found or found[-1][-1] != year - 1:
                found.append([])
            found[-1].append(year)
    return found


def slow_difference(code: int, known: Known) -> Known:
    return {
        year: minus(known.get(year), known.get(year - 1) if year > stretch[0] else before)
        for stretch in stretches(code)
        for before in [known.get(year_before(code, stretch[0]))]
        for year in stretch
    }


def year_before(code: int, year: int) -> int:
    """The year before, or none where the state was no member then."""
    return year - 1 if code in members("cow", year - 1) else 0


def minus(x: Cell, before: Cell) -> Cell:
    return None if x is None or before is None else x - before


def slow_growth(code: int, known: Known) -> Known:
    found: Known = {}
    for year in (year for stretch in stretches(code) for year in stretch):
        x, before = known.get(year), known.get(year_before(code, year))
        ok = x is not None and before is not None and before > 0
        found[year] = x / before - 1 if ok and x is not None and before is not None else None
    return found


def slow_demean(code: int, known: Known) -> Known:
    years = [year for stretch in stretches(code) for year in stretch]
    held = [x for x in (known.get(year) for year in years) if x is not None]
    mean = sum(held) / len(held) if held else 0.0
    return {year: minus(known.get(year), mean) for year in years}


def slow_cumulate(code: int, known: Known) -> Known:
    found: Known = {}
    for stretch in stretches(code):
        total: Cell = 0.0
        for year in stretch:
            x = known.get(year)
            total = None if total is None or x is None else total + x
            found[year] = total
    return found


def slow_spell(code: int, known: Known) -> Known:
    found: Known = {}
    for stretch in stretches(code):
        length: Cell = 0.0
        for year in stretch:
            x = known.get(year)
            if x is None:
                length = None
            elif x <= 0:
                length = 0.0
            elif length is not None:
                length += 1
            found[year] = length
    return found


def slow_peace(code: int, known: Known) -> Known:
    """Beck, Katz and Tucker: set to nothing by an event, one more after each year without."""
    found: Known = {}
    for stretch in stretches(code):
        peace: Cell = 0.0
        for year in stretch:
            found[year] = peace
            x = known.get(year)
            if x is not None and x > 0:
                peace = 0.0
            elif x is None or peace is None:
                peace = None
            else:
                peace += 1
    return found


SLOW: dict[str, Callable[[int, Known], Known]] = {
    "difference": slow_difference,
    "growth": slow_growth,
    "demean": slow_demean,
    "cumulate": slow_cumulate,
    "spell": slow_spell,
    "peace": slow_peace,
}


@st.composite
def tables(draw: st.DrawFn) -> dict[int, Known]:
    cells = st.none() | st.sampled_from([0.0, 0.0, 1.0, -1.0, 2.5])
    years = range(YEARS[0] - 1, YEARS[-1] + 1)
    return {
        code: {year: draw(cells) for year in years if draw(st.integers(0, 9))} for code in CODES
    }


def panel_of(known: dict[int, Known]) -> Panel:
    rows = [(code, year, x) for code, own in known.items() for year, x in own.items()]
    rows = rows or [(2, 1940, None)]
    return made(YEARS, x=values(rows, span=(YEARS[0] - 1, YEARS[-1])))


def close(found: Cell, wanted: Cell) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return isclose(found, wanted, abs_tol=1e-9)


@pytest.mark.parametrize("how", list(SLOW))
@given(known=tables())
@settings(max_examples=40, deadline=None)
def test_each_is_that_of_a_walk_row_by_row(how: str, known: dict[int, Known]) -> None:
    frame = panel_of(known).transform("x", how).frame
    for code in CODES:
        own = frame.filter(pl.col("ccode") == code)
        found = dict(zip(own["year"], own[f"x_{how}"], strict=True))
        wanted = SLOW[how](code, known[code])
        assert found.keys() == wanted.keys()
        for year, cell in found.items():
            assert close(cell, wanted[year]), (code, year)


@pytest.mark.parametrize("how", list(SLOW))
@given(known=tables())
@settings(max_examples=10, deadline=None)
def test_pairs_are_walked_like_states(how: str, known: dict[int, Known]) -> None:
    frame = made(YEARS, "dyad-year", x=panel_of(known).columns["x"].origin.values)  # type: ignore[attr-defined]
    own = frame.transform("x", how).frame
    pair = own.filter((pl.col("ccode1") == 220) & (pl.col("ccode2") == 2))
    found = dict(zip(pair["year"], pair[f"x_1_{how}"], strict=True))
    wanted = SLOW[how](220, known[220])
    assert found.keys() == wanted.keys()
    assert all(close(cell, wanted[year]) for year, cell in found.items())


def test_years_of_peace_by_hand() -> None:
    events = [0, 0, 1, 0, 0, 1, 1, 0]
    rows = [(2, 1938 + at, float(x)) for at, x in enumerate(events)]
    frame = made(range(1938, 1946), x=values(rows)).transform("x", "peace").of(2).frame
    assert frame["x_peace"].to_list() == [0, 1, 2, 0, 1, 2, 0, 0]


def test_change_takes_the_year_before_the_first_from_the_source() -> None:
    rows = [(2, 1937, 4.0), (2, 1938, 5.0), (731, 1948, 1.0)]
    panel = made(YEARS, x=values(rows)).transform("x", "difference").transform("x", "growth")
    row = panel.of(2).frame[0]
    assert row.select("x_difference", "x_growth").row(0) == (1.0, 0.25)
    # North Korea had no year before its first.
    assert panel.of(731).frame["x_difference"].null_count() == 4


def test_change_does_not_cross_to_another_state() -> None:
    rows = [
        (code, year, float(year)) for code in (255, 260, 678, 679) for year in range(1989, 1992)
    ]
    panel = made(range(1989, 1992), x=values(rows)).transform("x", "difference")
    frame = panel.frame.filter(pl.col("x_difference").is_not_null())
    held = frame.filter(pl.col("ccode").is_in([255, 260, 678, 679]))
    assert list(held.select("ccode", "year").iter_rows()) == [
        (255, 1991),
        (260, 1990),
        (678, 1990),
        (679, 1991),
    ]


def test_rows_left_out_by_a_rule_still_count_as_time() -> None:
    rows = [(2, year, float(year == 1940)) for year in YEARS]
    panel = made(YEARS, x=values(rows))
    kept = pl.col("year") % 2 == 1
    for how in ("peace", "spell", "cumulate", "difference"):
        late = panel.where(kept, "odd years").transform("x", how)
        early = panel.transform("x", how).where(kept, "odd years")
        assert late.frame.equals(early.frame)
        assert late.coverage[-1].missing == early.coverage[-1].missing
    frame = panel.where(kept, "odd years").transform("x", "peace").of(2).frame
    assert frame["x_peace"].to_list() == [1, 0, 2, 4, 6, 8, 10]


def test_a_mean_is_that_of_the_rows_at_hand() -> None:
    rows = [(2, year, float(year)) for year in YEARS]
    panel = (
        made(YEARS, x=values(rows)).where(pl.col("year") <= 1940, "early").transform("x", "demean")
    )
    assert panel.of(2).frame["x_demean"].to_list() == [-1.0, 0.0, 1.0]


def test_what_is_derived_can_be_derived_from() -> None:
    rows = [(2, year, float((year - 1936) ** 2)) for year in range(1936, 1952)]
    panel = made(YEARS, x=values(rows)).transform("x", "difference")
    twice = panel.transform("x_difference", "difference", named="bend")
    assert twice.of(2).frame["bend"].to_list() == [2.0] * 14
    lagged = panel.lag("x_difference").of(2).frame["x_difference_lag1"].to_list()
    assert lagged == [float(2 * (year - 1937) - 1) for year in YEARS]
    counted = panel.transform("x", "cumulate").lag("x_cumulate", 2).of(2)
    assert counted.frame["x_cumulate_lag2"].to_list()[:4] == [None, None, 4.0, 13.0]
    reason = "the year lies outside the panel's, over which it is counted"
    assert counted.coverage[-1].missing == {reason: 2}


def test_reasons_of_what_is_derived() -> None:
    rows = [(2, 1938, 0.0), (2, 1939, 1.0), (2, 1940, None), (2, 1941, 2.0), (2, 1942, 3.0)]
    panel = made(range(1938, 1944), x=values(rows, span=(1938, 1942))).of(2)
    told = {
        how: panel.transform("x", how).coverage[-1].missing
        for how in ("growth", "cumulate", "peace")
    }
    covered, empty = "the source does not cover the year", "the value is missing in the source"
    rest = "a value of an earlier year is missing, on which this one rests"
    assert told == {
        "growth": {
            covered: 1,
            empty: 1,
            "there is no value of the year before": 2,
            "the value of the year before is not above zero, so growth has no size": 1,
        },
        "cumulate": {covered: 1, empty: 1, rest: 2},
        "peace": {rest: 1},
    }


def test_truth_values_are_events() -> None:
    rows = [(2, 1938, 0.0), (2, 1939, 1.0), (2, 1940, 0.0)]
    table = values(rows)
    flags = type(table)(
        table.frame.with_columns(x=pl.col("x") > 0), *(table.unit, "cow", table.span, "", "", ())
    )
    panel = made(range(1938, 1941), x=flags).transform("x", "spell").transform("x", "peace")
    assert panel.of(2).frame["x_spell"].to_list() == [0, 1, 0]
    assert panel.of(2).frame["x_peace"].to_list() == [0, 1, 0]
    assert panel.columns["x_peace"].scale == "years"


def test_words_cannot_be_counted() -> None:
    table = values([(2, 1938, None)])
    words = type(table)(
        table.frame.with_columns(x=pl.lit("free")), *(table.unit, "cow", table.span, "", "", ())
    )
    with pytest.raises(PanelError, match="expected a column with numbers, found String in 'x'"):
        made(YEARS, x=words).transform("x", "difference")


def test_an_unknown_transformation_is_refused() -> None:
    panel = made(YEARS, x=values([(2, 1938, 1.0)]))
    with pytest.raises(PanelError, match='Did you mean "difference"'):
        panel.transform("x", "differense")
