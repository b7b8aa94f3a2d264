"""What the tests of trade and aid share: corrections counted on the tables, series by year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import yaml
from checking_rights import row, table

import beholden.sources

CORRECTIONS = Path(beholden.sources.__file__).parent / "corrections"


def corrections(name: str) -> list[dict[str, Any]]:
    """The corrections of a set, as written."""
    found: list[dict[str, Any]] = yaml.safe_load((CORRECTIONS / f"{name}.yaml").read_text("utf-8"))
    return found


def touched(name: str, correction: dict[str, Any]) -> pl.DataFrame:
    """The rows of a set that a correction names."""
    frame = table(name)
    for column, wanted in correction["where"].items():
        values = pl.Series(wanted if isinstance(wanted, list) else [wanted])
        frame = frame.filter(pl.col(column).is_in(values.cast(frame.schema[column]).implode()))
    return frame


def faults_of_corrections(name: str) -> list[str]:
    """Corrections that lack a field, repeat an id or touch another number of rows."""
    found, seen = [], set()
    for one in corrections(name):
        if {"id", "what", "why", "who", "status", "rows", "where"} - one.keys():
            found.append(f"{one.get('id')} lacks a field")
        if one["id"] in seen or one["status"] not in {"applied", "declared"}:
            found.append(f"{one['id']} has a wrong id or status")
        seen.add(one["id"])
        if touched(name, one).height != one["rows"]:
            found.append(f"{one['id']} touches {touched(name, one).height} rows")
    return found


def by_year(frame: pl.DataFrame, column: str, year: str = "year") -> dict[int, float | None]:
    """A column of a frame by year."""
    return dict(zip(frame[year].to_list(), frame[column].to_list(), strict=True))


def in_millions(series: dict[int, float | None], scale: float = 1) -> dict[int, float]:
    """A series in whole millions, without its missing years."""
    return {year: round(value / scale) for year, value in series.items() if value is not None}


def number(name: str, column: str, **where: object) -> float:
    """The figure in the one row with those values."""
    found = row(name, **where)[column]
    assert isinstance(found, int | float), f"{column} is {found}"
    return found
