"""Every missing cell has one reason, and every row of a source has a place or a reason."""

from __future__ import annotations

from math import isnan

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paneling import TURNING, made, values

from beholden.panels import Coverage

YEARS = range(1990, 1994)
SPAN = (1987, 1996)


@st.composite
def rows(draw: st.DrawFn, count: int) -> list[tuple[object, ...]]:
    codes = st.tuples(*[st.sampled_from([*TURNING["iso3"], "PRK", "CHN", "ZZZ"])] * count)
    keys = st.tuples(codes, st.integers(1987, 1996))
    drawn = draw(st.lists(keys, unique=True, min_size=1, max_size=50))
    cells = st.none() | st.floats(0, 1)
    return [(*states, year, draw(cells)) for states, year in drawn]


def check(cover: Coverage, height: int, present: int) -> None:
    assert cover.expected == height
    assert cover.present == present
    assert cover.present + sum(cover.missing.values()) == cover.expected
    assert all(count > 0 for count in (*cover.missing.values(), *cover.dropped.values()))


@pytest.mark.parametrize("pairs", [False, True])
@given(data=st.data(), first=st.integers(1986, 1992), by=st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_reasons_add_up_to_the_rows(pairs: bool, data: st.DataObject, first: int, by: int) -> None:
    drawn = data.draw(rows(2 if pairs else 1))
    table = values(drawn, "iso3", span=(first, first + 4))
    panel = made(YEARS, "dyad-year" if pairs else "state-year", x=table)
    panel = panel.lag("x", by).lead("x", by)
    for how in ("difference", "growth", "demean", "cumulate", "spell", "peace"):
        panel = panel.transform("x", how)
    kept = panel.where(pl.col("year") != 1991, "without 1991")
    for each in (panel, kept, kept.lag("x", by + 3)):
        for cover in each.coverage:
            held = each.frame[cover.column]
            check(cover, each.frame.height, held.len() - held.null_count())


@pytest.mark.parametrize("pairs", [False, True])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_rows_of_a_source_are_used_or_have_a_reason(pairs: bool, data: st.DataObject) -> None:
    drawn = data.draw(rows(2 if pairs else 1))
    numbered = [(*row[:-1], float(at)) for at, row in enumerate(drawn)]
    panel = made(
        YEARS, "dyad-year" if pairs else "state-year", x=values(numbered, "iso3", span=SPAN)
    )
    used = set(panel.frame["x"].drop_nulls())
    assert len(used) + panel.coverage[0].unused == len(numbered)


def test_each_reason_by_hand() -> None:
    table = values(
        [(2, 1990, 1.0), (2, 1991, None), (20, 1990, None), (40, 1995, 1.0), (2, 1994, 9.0)],
        span=(1990, 1992),
        extra={"why": [None, None, "secret", None, None]},
        missing={"secret": "the figure is a secret"},
    )
    panel = made(range(1989, 1993), x=table)
    told = {code: panel.of(code).coverage[0] for code in (2, 20, 40, 41)}
    assert told[2].present == 1
    assert told[2].missing == {
        "the source does not cover the year": 1,
        "the source has no row for the state, or the pair, in that year": 1,
        "the value is missing in the source": 1,
    }
    assert told[20].missing == {
        "the source does not cover the year": 1,
        "the source has no row for the state, or the pair, in that year": 2,
        "the figure is a secret": 1,
    }
    assert told[40].missing == {
        "the source does not cover the year": 1,
        "the source has no row for the state, or the pair, in that year": 3,
    }
    assert told[41].missing == {
        "the source does not cover the year": 1,
        "the source has no row of the state, or of one of the two, in any year": 3,
    }


def test_the_reasons_of_a_pair_need_both_states() -> None:
    rows = [(2, 20, 1990, 1.0), (40, 2, 1991, None)]
    panel = made(range(1990, 1992), "dyad-year", x=values(rows))
    listed = "the source has no row of the state, or of one of the two, in any year"
    assert panel.of(2, 41).coverage[0].missing == {listed: 2}
    assert panel.of(41, 2).coverage[0].missing == {listed: 2}
    absent = "the source has no row for the state, or the pair, in that year"
    assert panel.of(20, 40).coverage[0].missing == {absent: 2}
    empty = "the value is missing in the source"
    assert panel.of(40, 2).coverage[0].missing == {absent: 1, empty: 1}


def test_a_reason_that_the_source_words_itself() -> None:
    table = values([(2, 20, 1990, None), (20, 2, 1990, None)], extra={"why": ["not asked", None]})
    panel = made(range(1990, 1991), "dyad-year", x=table)
    assert panel.of(2, 20).coverage[0].missing == {"not asked": 1}
    assert panel.of(20, 2).coverage[0].missing == {"the value is missing in the source": 1}


def test_a_value_outside_the_span_that_its_source_claims_is_kept() -> None:
    panel = made(range(1989, 1991), x=values([(2, 1989, 1.0), (2, 1990, 2.0)], span=(1990, 1990)))
    assert panel.of(2).frame["x"].to_list() == [1.0, 2.0]
    assert panel.of(2).coverage[0].missing == {}


def test_the_share_of_an_empty_panel_is_unknown() -> None:
    assert isnan(Coverage("x", 0, 0).share)
    assert made(YEARS, x=values([(2, 1990, 1.0)])).of(2).coverage[0].share == 0.25
