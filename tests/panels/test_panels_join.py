"""Joins: rows never change, every cell is that of a slow look-up, doubled keys are refused."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from paneling import STEADY, TURNING, looked_up, made, values

from beholden.errors import TableError
from beholden.panels import Values

if TYPE_CHECKING:
    from beholden.states.timeline import System

YEARS = range(1988, 1994)
SYSTEMS = ("cow", "gw", "iso3", "m49")
LISTS = ("cow", "gw")
Row = tuple[Any, ...]


@st.composite
def tables(draw: st.DrawFn, *, pairs: bool) -> Values:
    """Values under codes that turn in these years, with unknown codes, gaps and other years."""
    system = draw(st.sampled_from(SYSTEMS))
    codes = st.sampled_from([*TURNING[system], *STEADY[system]])
    states = st.tuples(codes, codes) if pairs else st.tuples(codes)
    years = st.integers(YEARS[0] - 2, YEARS[-1] + 2)
    keys = draw(st.lists(st.tuples(states, years), unique=True, max_size=60))
    cells = st.none() | st.floats(-1e6, 1e6)
    rows = [(*state, year, draw(cells)) for state, year in keys]
    if not rows:
        rows = [(*STEADY[system][: 2 if pairs else 1], YEARS[0], 1.0)]
    return values(rows, cast("System", system), span=(YEARS[0] - 2, YEARS[-1] + 2))


@cache
def rows_of(unit: str, into: str, *, directed: bool = True) -> pl.DataFrame:
    """The panel's keys, before anything is added."""
    return made(YEARS, unit, into, directed=directed).frame


@cache
def keys_of(unit: str, into: str) -> set[Row]:
    frame = rows_of(unit, into)
    return set(frame.select(frame.columns[: 3 if unit == "dyad-year" else 2]).iter_rows())


@pytest.mark.parametrize("into", LISTS)
@given(table=tables(pairs=False))
@settings(max_examples=60, deadline=None)
def test_each_state_year_is_that_of_a_slow_look_up(into: str, table: Values) -> None:
    frame, bare = made(YEARS, system=into, x=table).frame, rows_of("state-year", into)
    known = looked_up(table, into)
    assert frame.select(bare.columns).equals(bare)
    for *key, _, x in frame.iter_rows():
        assert x == known.get(tuple(key))


@pytest.mark.parametrize("into", LISTS)
@pytest.mark.parametrize("directed", [True, False])
@given(table=tables(pairs=True))
@settings(max_examples=25, deadline=None)
def test_each_dyad_year_is_that_of_a_slow_look_up(into: str, directed: bool, table: Values) -> None:
    frame = made(YEARS, "dyad-year", into, directed=directed, x=table).frame
    bare, known = rows_of("dyad-year", into, directed=directed), looked_up(table, into)
    assert frame.select(bare.columns).equals(bare)
    held = frame.filter(pl.any_horizontal(pl.col("^x.*$").is_not_null()))
    found = {(a, b, year): cells for a, b, year, _, _, *cells in held.iter_rows()}
    wanted: dict[Row, list[float | None]] = {}
    for a, b, year in keys_of("dyad-year", into) & set(known):
        one, two = (a, b) if directed else sorted((a, b))
        cells = [known[one, two, year]] if directed else []
        cells = cells or [known.get((one, two, year)), known.get((two, one, year))]
        if any(cell is not None for cell in cells):
            wanted[one, two, year] = cells
    assert found == wanted


@given(table=tables(pairs=False))
@settings(max_examples=25, deadline=None)
def test_a_states_measure_stands_on_both_sides_of_a_pair(table: Values) -> None:
    frame = made(YEARS, "dyad-year", x=table).frame
    known = looked_up(table, "cow")
    sample = frame.filter(pl.col("ccode1").is_in([365, 255, 731]) & (pl.col("year") > 1989))
    for a, b, year, _, _, one, two in sample.iter_rows():
        assert (one, two) == (known.get((a, year)), known.get((b, year)))


@given(rows=st.permutations(range(12)), data=st.data())
@settings(max_examples=25, deadline=None)
def test_the_order_of_a_source_does_not_matter(rows: list[int], data: st.DataObject) -> None:
    codes = data.draw(
        st.lists(st.sampled_from(TURNING["iso3"]), min_size=3, max_size=3, unique=True)
    )
    plain = [
        (code, year, float(at))
        for at, code in enumerate(codes)
        for year in (1989, 1990, 1991, 1992)
    ]
    one, two = values(plain, "iso3"), values([plain[row] for row in rows], "iso3")
    assert made(YEARS, x=one).frame.equals(made(YEARS, x=two).frame)


@pytest.mark.parametrize("pairs", [False, True])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_doubled_keys_are_refused_and_shown(pairs: bool, data: st.DataObject) -> None:
    table = data.draw(tables(pairs=pairs))
    frame = table.frame.drop_nulls([*table.keys])
    unit = "dyad-year" if pairs else "state-year"
    on_panel = [
        row
        for row in frame.iter_rows()
        if looked_up(values([row], table.system), "cow").keys() & keys_of(unit, "cow")
    ]
    assume(on_panel)
    row = data.draw(st.sampled_from(on_panel))
    place = data.draw(st.integers(0, frame.height))
    kept = list(frame.iter_rows())
    kept.insert(place, (*row[:-1], 7.0))
    with pytest.raises(TableError, match="found more than one for") as caught:
        made(YEARS, unit, x=values(kept, table.system, span=table.span))
    shown = ", ".join(f"{name} {cell}" for name, cell in zip(table.keys, row, strict=False))
    assert shown in str(caught.value)


def test_the_message_on_doubled_keys_says_what_to_do() -> None:
    rows = [(731, 1990, 1.0), (731, 1990, 1.0), (710, 1991, 2.0), (710, 1991, 3.0)]
    with pytest.raises(TableError) as caught:
        made(YEARS, x=values(rows))
    assert str(caught.value) == (
        "made: expected one row for each state + year, found more than one for state 710, year "
        "1991; state 731, year 1990. A join would repeat rows of the panel; make the keys unique "
        "first."
    )


def test_two_codes_of_one_state_in_one_year_are_a_doubled_key() -> None:
    rows = [("ROM", 1990, 1.0), ("ROU", 1990, 2.0)]
    with pytest.raises(TableError, match="found more than one for state ROU, year 1990"):
        made(YEARS, x=values(rows, "iso3"))


def test_doubled_rows_of_the_state_that_gave_way_are_refused_too() -> None:
    rows = [("SUN", 1991, 1.0), ("SUN", 1991, 2.0), ("RUS", 1991, 3.0)]
    with pytest.raises(TableError, match="state SUN, year 1991"):
        made(YEARS, x=values(rows, "iso3"))


def test_symmetric_pairs_stand_in_both_orders() -> None:
    rows = [(2, 731, 1990, 1.0), (710, 731, 1990, 2.0), (710, 2, 1991, None)]
    table = values(rows, symmetric=True)
    held = made(YEARS, "dyad-year", x=table).frame.filter(pl.col("x").is_not_null())
    assert list(held.select("ccode1", "ccode2", "year", "x").iter_rows()) == [
        (2, 731, 1990, 1.0),
        (710, 731, 1990, 2.0),
        (731, 2, 1990, 1.0),
        (731, 710, 1990, 2.0),
    ]
    once = made(YEARS, "dyad-year", directed=False, x=table).frame
    assert once.columns[-1] == "x"
    assert once["x"].drop_nulls().to_list() == [1.0, 2.0]


def test_symmetric_values_that_differ_between_the_orders_are_refused() -> None:
    rows = [(2, 731, 1990, 1.0), (731, 2, 1990, 1.0), (710, 2, 1990, 1.0), (2, 710, 1990, 2.0)]
    with pytest.raises(TableError, match="state 2, other 710, year 1990") as caught:
        made(YEARS, "dyad-year", x=values(rows, symmetric=True))
    assert "731" not in str(caught.value)
    same = made(YEARS, "dyad-year", x=values(rows[:2], symmetric=True))
    assert same.frame["x"].drop_nulls().to_list() == [1.0, 1.0]


@pytest.mark.parametrize("directed", [True, False])
def test_unlike_directions_of_a_pair_are_kept_apart(directed: bool) -> None:
    rows = [(731, 710, 1990, 90.0), (710, 731, 1990, 0.5)]
    frame = made(YEARS, "dyad-year", directed=directed, x=values(rows)).frame
    held = frame.filter(pl.any_horizontal(pl.col("^x.*$").is_not_null()))
    cells = [row[5:] for row in held.iter_rows()]
    assert cells == ([(0.5,), (90.0,)] if directed else [(0.5, 90.0)])
    assert [name for name in frame.columns if name.startswith("x")] == (
        ["x"] if directed else ["x_12", "x_21"]
    )


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([1, None, 3], pl.Int64),
        ([True, None, False], pl.Boolean),
        (["free", None, "not free"], pl.String),
        ([1.5, float("nan"), 2.5], pl.Float32),
    ],
)
def test_values_of_any_kind_are_laid(cells: list[object], kind: type[pl.DataType]) -> None:
    rows = [(731, 1990, None), (731, 1991, None), (731, 1992, None)]
    table = values(rows)
    table = Values(
        table.frame.with_columns(x=pl.Series(cells, dtype=kind, strict=False)),
        *(table.unit, table.system, table.span, "", "", ()),
    )
    single = made(YEARS, x=table).of(731).frame["x"]
    wanted = [None, None, cells[0], None, cells[2], None]
    assert single.to_list() == wanted
    pair = made(YEARS, "dyad-year", x=table).of(731, 710).frame
    assert pair["x_1"].to_list() == wanted
    assert pair["x_2"].null_count() == pair.height


def test_errors_and_intervals_come_with_the_values() -> None:
    table = values([(731, 1990, 1.0)], extra={"low": [0.5], "high": [None], "se": [0.1]})
    frame = made(YEARS, "dyad-year", x=table).frame
    assert frame.columns[5:] == [
        *("x_1", "x_se_1", "x_low_1", "x_high_1"),
        *("x_2", "x_se_2", "x_low_2", "x_high_2"),
    ]
    row = frame.filter(pl.col("ccode1") == 731, pl.col("year") == 1990)[0]
    assert row.select("x_1", "x_se_1", "x_low_1", "x_high_1").row(0) == (1.0, 0.1, 0.5, None)


def test_rows_without_a_key_are_left_out_and_counted() -> None:
    table = values([(None, 1990, 1.0), (731, None, 2.0), (731, 1990, 3.0)], span=(1988, 1993))
    panel = made(YEARS, x=table)
    assert panel.frame["x"].drop_nulls().to_list() == [3.0]
    assert panel.coverage[0].unused == 2
