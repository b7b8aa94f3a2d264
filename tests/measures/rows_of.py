"""Pick single figures from measures of all states and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.measures.states_and_pairs import values_of
from beholden.states.timeline import index, on_window, window

if TYPE_CHECKING:
    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values


def number(iso3: str, year: int, system: str) -> Any:
    """The code that the state under an ISO3 code bore last in a year."""
    return getattr(on_window(index("iso3")[iso3], window(year))[-1], system)


def row(values: Values, state: str, year: int, other: str = "") -> dict[str, Any]:
    """The row of a state, or of a client and its patron, in a year; empty where there is none."""
    wanted = {"state": number(state, year, values.system), "year": year}
    if other:
        wanted["other"] = number(other, year, values.system)
    frame = values.frame.filter(**wanted)
    if not frame.height and values.symmetric:
        turned = wanted | {"state": wanted["other"], "other": wanted["state"]}
        frame = values.frame.filter(**turned)
    assert frame.height <= 1
    return frame.row(0, named=True) if frame.height else {}


def x(
    measure: Measure, holdings: Holdings, state: str, year: int, other: str = "", **picks: str
) -> Any:
    """The value of a measure; None where it is missing."""
    return row(values_of(measure, holdings, picks), state, year, other).get("x")


def course(values: Values, state: str, years: range) -> list[Any]:
    """The values of a state over some years."""
    return [row(values, state, year).get("x") for year in years]


def field(values: Values, year: int) -> pl.DataFrame:
    """The rows of a year that hold a value, lowest first."""
    return values.frame.filter(pl.col("year") == year, pl.col("x").is_not_null()).sort("x")


def total(cells: pl.Series) -> float:
    """The sum of a column without missing values, added up one by one."""
    return float(sum(cells.to_list()))
