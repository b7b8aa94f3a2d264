"""From originals to the table that is kept: corrections, states by date, checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beholden.errors import TableError, UnknownStateError
from beholden.sources import corrections
from beholden.sources.base import Column, Dataset, StateCode
from beholden.sources.corrections import read
from beholden.sources.tidy import tidy
from beholden.states import find

if TYPE_CHECKING:
    from collections.abc import Sequence


def made(frame: pl.DataFrame, *states: StateCode, keys: Sequence[str] = ("row",)) -> Dataset:
    return Dataset(
        name="made",
        title="Made",
        producer="Nobody",
        version="1",
        home="",
        doi="",
        licence="",
        redistribution="unknown",
        citation="",
        bibtex="",
        unit="row",
        keys=tuple(keys),
        span=(1900, 2000),
        originals=(),
        columns={name: Column("what it holds") for name in frame.columns},
        read=lambda _: frame,
        states=states,
    )


def mapped(codes: Sequence[object], on: Sequence[object], system: str) -> list[str | None]:
    frame = pl.DataFrame({"row": range(len(codes)), "code": codes, "year": on}, strict=False)
    found = tidy(made(frame, StateCode("code", system, "iso3")), {})
    assert found.height == len(codes)
    assert found["row"].to_list() == list(range(len(codes)))
    assert found.schema["iso3"] == pl.String
    return found["iso3"].to_list()


@pytest.mark.parametrize(
    ("system", "cases"),
    [
        (
            "cow",
            [
                (260, 1990, "DEU"),
                (255, 1991, "DEU"),
                (265, 1989, "DDR"),
                (265, 1992, None),
                (365, 1991, "RUS"),
                (365, 1990, "SUN"),
                (365, 1900, None),
                (731, 1948, "PRK"),
                (731, 1947, None),
                (816, 1960, "VDR"),
                (679, 1991, "YEM"),
                (347, 2010, None),
                (999, 2000, None),
                (None, 2000, None),
                (2, None, None),
                (2, 0, None),
            ],
        ),
        ("gw", [(340, 2007, "SRB"), (345, 2000, "YUG"), (971, 2000, "NRU"), (679, 2000, None)]),
        ("m49", [("408", 2000, "PRK"), ("004", 2000, "AFG"), ("x", 2000, None)]),
        ("m49", [(886, 1980, "YEM"), (410, 1960, "KOR"), (446, 1990, None)]),
        ("iso3", [("PRK", 2000, "PRK"), ("RUS", 1980, None), ("SUN", 1980, "SUN")]),
        ("iso3", [("HKG", 2000, None), ("BUR", 1980, "MMR"), ("prk", 2000, None), (None, 1, None)]),
    ],
)
def test_codes_are_read_in_their_own_year(
    system: str, cases: list[tuple[object, object, str | None]]
) -> None:
    codes, years, expected = zip(*cases, strict=True)
    assert mapped(codes, years, system) == list(expected)


def test_a_fraction_is_no_code() -> None:
    assert mapped([710.1, 710.0, float("nan")], [2000, 2000, 2000], "cow") == [None, "CHN", None]
    assert mapped(["710.1", "710"], [2000, 2000], "cow") == [None, "CHN"]


def test_dates_decide_within_a_year() -> None:
    days = [date(1990, 10, 2), date(1990, 10, 3), None]
    assert mapped([265, 265, 265], days, "cow") == ["DDR", None, None]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([2, 255, 260, 265, 345, 365, 678, 679, 710, 731, 816, 1000, None]),
            st.sampled_from([1850, 1945, 1949, 1975, 1990, 1991, 2006, None]),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_each_row_gets_what_a_look_up_of_its_own_gives(
    pairs: list[tuple[int | None, int | None]],
) -> None:
    def one(code: int | None, year: int | None) -> str | None:
        try:
            return None if code is None or year is None else find(code, year, "cow").iso3
        except UnknownStateError:
            return None

    frame_codes = [code for code, _ in pairs]
    frame_years = [year for _, year in pairs]
    if not any(frame_years) or not any(frame_codes):
        return
    assert mapped(frame_codes, frame_years, "cow") == [one(*pair) for pair in pairs]


def test_several_codes_of_one_row() -> None:
    frame = pl.DataFrame({"a": [710], "b": ["PRK"], "year": [2000]})
    states = (StateCode("a", "cow", "iso3_a"), StateCode("b", "iso3", "iso3_b"))
    found = tidy(made(frame, *states, keys=("a", "b")), {})
    assert found.columns == ["a", "b", "year", "iso3_a", "iso3_b"]
    assert found.row(0) == (710, "PRK", 2000, "CHN", "PRK")


def test_corrections_come_before_checks_and_states(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "id: twice, what: w, why: w, who: w, status: applied"
    text = f"- {{{words}, rows: 1, where: {{code: 711}}, drop: true}}"
    entries = read(text, "made.yaml")
    monkeypatch.setattr(corrections, "corrections", lambda _: entries)
    frame = pl.DataFrame({"row": [1, 1], "code": [710, 711], "year": [2000, 2000]})
    found = tidy(made(frame, StateCode("code", "cow", "iso3")), {})
    assert found["iso3"].to_list() == ["CHN"]


def test_faults_are_told() -> None:
    frame = pl.DataFrame({"row": [1, 1, 2], "code": [2, 2, 2], "year": [2000, 2000, 2001]})
    with pytest.raises(TableError, match=r"one row for each row, found 1 more, the first at row 1"):
        tidy(made(frame), {})
    with pytest.raises(TableError, match=r"expected key columns, found \['id'\] missing"):
        tidy(made(frame, keys=("id",)), {})
    other = replace(made(frame), columns={"row": Column("a row"), "cod": Column("a code")})
    with pytest.raises(TableError, match="found code, year without a description and missed cod"):
        tidy(other, {})
    taken = StateCode("code", "cow", "code")
    with pytest.raises(TableError, match="found code without a description"):
        tidy(made(frame, taken, keys=("row", "year", "code")), {})
    unique = frame.with_row_index("id")
    with pytest.raises(TableError, match="expected a column 'cow' to map states by, found none"):
        tidy(made(unique, StateCode("cow", "cow", "iso3"), keys=("id",)), {})
    text = unique.with_columns(pl.col("year").cast(pl.String))
    with pytest.raises(TableError, match="expected whole years or dates in 'year', found String"):
        tidy(made(text, StateCode("code", "cow", "iso3"), keys=("id",)), {})
