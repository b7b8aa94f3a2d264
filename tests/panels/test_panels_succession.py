"""Codes that went from one state to another: who gets a row, and whose past nobody inherits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from paneling import made, values

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[Any, ...]
# Codes of a source with their years, and the cells that they come to stand on in either list.
CASES: dict[str, tuple[Sequence[tuple[str, int]], dict[str, dict[tuple[int, int], str]]]] = {
    "Soviet Union to Russia": (
        [("SUN", 1990), ("SUN", 1991), ("RUS", 1991), ("RUS", 1992), ("UKR", 1991), ("UKR", 1992)],
        {
            "cow": {
                (365, 1990): "SUN",
                (365, 1991): "RUS",
                (365, 1992): "RUS",
                (369, 1991): "UKR",
                (369, 1992): "UKR",
            },
        },
    ),
    "Soviet Union alone in its last year": (
        [("SUN", 1991), ("SUN", 1992), ("RUS", 1990)],
        {"cow": {(365, 1991): "SUN"}, "gw": {(365, 1991): "SUN"}},
    ),
    "Germany": (
        [("DEU", 1989), ("DDR", 1989), ("DEU", 1990), ("DDR", 1990), ("DEU", 1991), ("DDR", 1991)],
        {
            "cow": {
                (260, 1989): "DEU",
                (265, 1989): "DDR",
                (255, 1990): "DEU",
                (265, 1990): "DDR",
                (255, 1991): "DEU",
            },
            "gw": {
                (260, 1989): "DEU",
                (265, 1989): "DDR",
                (260, 1990): "DEU",
                (265, 1990): "DDR",
                (260, 1991): "DEU",
            },
        },
    ),
    "Yemen": (
        [("YEM", 1989), ("YMD", 1989), ("YEM", 1990), ("YMD", 1990), ("YEM", 1991), ("YMD", 1991)],
        {
            "cow": {
                (678, 1989): "YEM",
                (680, 1989): "YMD",
                (679, 1990): "YEM",
                (680, 1990): "YMD",
                (679, 1991): "YEM",
            },
            "gw": {
                (678, 1989): "YEM",
                (680, 1989): "YMD",
                (678, 1990): "YEM",
                (680, 1990): "YMD",
                (678, 1991): "YEM",
            },
        },
    ),
    "Czechoslovakia": (
        [("CSK", 1992), ("CSK", 1993), ("CZE", 1992), ("CZE", 1993), ("SVK", 1993)],
        {"cow": {(315, 1992): "CSK", (316, 1993): "CZE", (317, 1993): "SVK"}},
    ),
    "Yugoslavia to Serbia": (
        [("YUG", 2002), ("SCG", 2004), ("SRB", 2005), ("SCG", 2006), ("SRB", 2006), ("SRB", 2007)],
        {
            "cow": {
                (345, 2002): "YUG",
                (345, 2004): "SCG",
                (345, 2006): "SRB",
                (345, 2007): "SRB",
            },
            "gw": {
                (345, 2002): "YUG",
                (345, 2004): "SCG",
                (345, 2006): "SCG",
                (340, 2006): "SRB",
                (340, 2007): "SRB",
            },
        },
    ),
}
# One list's numbers in the other.
NUMBERS: dict[tuple[str, str], tuple[Sequence[tuple[int, int]], dict[tuple[int, int], int]]] = {
    ("gw", "cow"): (
        [(260, 1989), (260, 1990), (260, 1991), (678, 1990), (678, 1991), (340, 2007), (345, 2005)],
        {
            (260, 1989): 260,
            (255, 1990): 260,
            (255, 1991): 260,
            (679, 1990): 678,
            (679, 1991): 678,
            (345, 2007): 340,
            (345, 2005): 345,
        },
    ),
    ("cow", "gw"): (
        [(260, 1989), (260, 1990), (255, 1991), (678, 1989), (679, 1991), (345, 2007), (255, 1980)],
        {
            (260, 1989): 260,
            (260, 1990): 260,
            (260, 1991): 255,
            (678, 1989): 678,
            (678, 1991): 679,
            (340, 2007): 345,
        },
    ),
}


@pytest.mark.parametrize(
    ("case", "into"), [(case, into) for case, (_, told) in CASES.items() for into in told]
)
def test_a_code_is_that_of_the_state_which_bore_it_in_the_year(case: str, into: str) -> None:
    codes, told = CASES[case]
    table = values([(code, year, None) for code, year in codes], "iso3")
    table.frame.insert_column(0, pl.Series("code", [code for code, _ in codes]))
    named = type(table)(
        table.frame.drop("x").rename({"code": "x"}),
        *(table.unit, "iso3", table.span, "", "", ("made",)),
    )
    panel = made(range(1985, 2010), system=into, x=named)
    frame = panel.frame.filter(pl.col("x").is_not_null())
    assert {(code, year): x for code, year, _, x in frame.iter_rows()} == told[into]
    left = len(codes) - len(told[into])
    assert panel.coverage[0].unused == left


@pytest.mark.parametrize(("own", "into"), list(NUMBERS))
def test_numbers_of_one_list_in_the_other(own: str, into: str) -> None:
    codes, told = NUMBERS[own, into]
    system: Any = own
    table = values([(code, year, float(code)) for code, year in codes], system)
    frame = made(range(1985, 2010), system=into, x=table).frame
    held = frame.filter(pl.col("x").is_not_null())
    assert {(code, year): x for code, year, _, x in held.iter_rows()} == told


def test_rows_that_gave_way_are_counted_as_such() -> None:
    rows = [("SUN", 1991, 1.0), ("RUS", 1991, 2.0), ("RUS", 1990, 3.0), ("SUN", 1800, 4.0)]
    cover = made(range(1990, 1993), x=values(rows, "iso3")).coverage[0]
    assert cover.present == 1
    assert cover.dropped == {
        "the year lies outside the panel's": 1,
        "a state is no member of the list in that year": 1,
        "another state followed under the same number in that year, with a row too": 1,
    }


def test_pairs_of_two_states_that_both_turned() -> None:
    rows = [
        ("SUN", "DEU", 1991, 1.0),
        ("RUS", "DEU", 1991, 2.0),
        ("DEU", "SUN", 1991, 3.0),
        ("DEU", "RUS", 1991, 4.0),
        ("SUN", "RUS", 1991, 5.0),
    ]
    panel = made(range(1990, 1993), "dyad-year", x=values(rows, "iso3"))
    held = panel.frame.filter(pl.col("x").is_not_null())
    assert {row[:3]: row[5] for row in held.iter_rows()} == {
        (365, 255, 1991): 2.0,
        (255, 365, 1991): 4.0,
    }
    assert panel.coverage[0].dropped == {
        "the two states are one and the same": 1,
        "another state followed under the same number in that year, with a row too": 2,
    }


def test_pairs_without_a_common_day_are_left_out() -> None:
    rows = [(260, 255, 1990, 1.0), (265, 255, 1990, 1.0), (678, 679, 1990, 1.0), (2, 20, 1990, 1.0)]
    panel = made(range(1990, 1991), "dyad-year", x=values(rows))
    assert panel.coverage[0].present == 1
    assert panel.coverage[0].dropped == {
        "the two states were never members on the same day of that year": 3
    }
