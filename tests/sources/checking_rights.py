"""What every data set on regimes, rights and exit must show of itself, on its original."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import yaml

from beholden.sources.registry import dataset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.sources.base import Dataset

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
FITTING = {pl.String, pl.Int64, pl.Float64, pl.Date, pl.Boolean}


def originals_of(one: Dataset) -> Mapping[str, Path]:
    """The paths of a set's originals; the test is skipped where they are not at hand."""
    paths = {original.file: SHARED / original.file for original in one.originals}
    for path in paths.values():
        if not path.is_file():
            pytest.skip(f"the original {path.name} is not at hand")
    return paths


@cache
def table(name: str) -> pl.DataFrame:
    """The tidy table of a set, read once for all tests."""
    one = dataset(name)
    return one.read(originals_of(one))


def faults_of_originals(name: str) -> list[str]:
    """Originals whose bytes are not those that the set describes."""
    one = dataset(name)
    found = []
    for original in one.originals:
        data = originals_of(one)[original.file].read_bytes()
        if (hashlib.sha256(data).hexdigest(), len(data)) != (original.sha256, original.size):
            found.append(original.file)
    return found


def faults_of_description(name: str) -> list[str]:
    """What is wrong with a set's words about itself."""
    one = dataset(name)
    found = [field for field in ("title", "producer", "version") if not getattr(one, field)]
    if one.name != name or not one.bibtex.startswith("@") or f"{{{name}," not in one.bibtex:
        found.append("name")
    if one.bibtex.count("{") != one.bibtex.count("}"):
        found.append("bibtex")
    if one.redistribution not in {"allowed", "forbidden", "unknown"}:
        found.append("redistribution")
    found += [item.file for item in one.originals if not item.address.startswith("https://")]
    found += [name for name, column in one.columns.items() if not column.meaning]
    return found


def years(one: Dataset, frame: pl.DataFrame) -> tuple[int, int]:
    """The first and the last year of a table."""
    cells = frame["year"] if "year" in frame.columns else frame[one.states[0].year]
    low, high = cells.min(), cells.max()
    if isinstance(low, date) and isinstance(high, date):
        return low.year, high.year
    assert isinstance(low, int)
    assert isinstance(high, int)
    return low, high


def faults_of_table(name: str) -> list[str]:
    """What is wrong with the tidy table: columns, types, keys, span, order, blanks."""
    one, frame = dataset(name), table(name)
    found = [f"column {column}" for column in set(one.columns).symmetric_difference(frame.columns)]
    found += [f"type of {key}" for key, kind in frame.schema.items() if kind not in FITTING]
    if frame.select(one.keys).is_duplicated().any():
        found.append("keys are not unique")
    if "year" in frame.columns and frame.schema["year"] != pl.Int64:
        found.append("type of year")
    if years(one, frame) != one.span:
        found.append(f"span {years(one, frame)}")
    for key, kind in frame.schema.items():
        if kind == pl.String and (frame[key].str.strip_chars() == "").any():
            found.append(f"blanks in {key}")
        if kind == pl.Float64 and frame[key].is_nan().any():
            found.append(f"no number in {key}")
    for code in one.states:
        found += [f"state column {key}" for key in (code.column, code.year) if key not in frame]
    return found


def faults(name: str) -> list[str]:
    """Every fault of one set."""
    return faults_of_originals(name) + faults_of_description(name) + faults_of_table(name)


def row(name: str, **where: object) -> dict[str, object]:
    """The one row with those values; any other number of rows fails the test."""
    found = rows(name, **where)
    assert found.height == 1, f"{found.height} rows have {where}"
    return found.row(0, named=True)


def rows(name: str, **where: object) -> pl.DataFrame:
    """The rows with those values."""
    return table(name).filter(**where)


def rank(frame: pl.DataFrame, column: str, value: float, *, lowest: bool = True) -> int:
    """The rank of a value among those of a column, counted from the lowest or the highest."""
    cells = frame[column].drop_nulls()
    return int(((cells < value) if lowest else (cells > value)).sum()) + 1


def corrections(name: str) -> list[dict[str, Any]]:
    """The corrections of a set, as its file has them."""
    package = resources.files("beholden.sources") / "corrections" / f"{name}.yaml"
    found = yaml.safe_load(package.read_text("utf-8"))
    assert isinstance(found, list)
    return found


def chosen(entry: dict[str, Any]) -> pl.Expr:
    """Which rows a correction speaks of."""
    said = pl.lit(value=True)
    for column, value in entry["where"].items():
        said &= pl.col(column).is_in(value if isinstance(value, list) else [value])
    return said


def corrected(frame: pl.DataFrame, entry: dict[str, Any]) -> pl.DataFrame:
    """The frame after one correction, worked out here apart from the code under test."""
    which = chosen(entry)
    if entry.get("drop"):
        return frame.filter(~which)
    if "swap" in entry:
        left, right = entry["swap"]
        pairs = ((left, right), (right, left))
        cells = [pl.when(which).then(pl.col(b)).otherwise(pl.col(a)).alias(a) for a, b in pairs]
        return frame.with_columns(cells)
    cells = [
        pl.when(which).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)
        for column, value in entry["set"].items()
    ]
    return frame.with_columns(cells)


def rows_changed(frame: pl.DataFrame, entry: dict[str, Any]) -> int:
    """How many rows a correction changes or drops."""
    after = corrected(frame, entry)
    if entry.get("drop"):
        return frame.height - after.height
    same = pl.all_horizontal(
        frame[name].eq_missing(after[name]).alias(name) for name in frame.columns
    )
    return frame.height - int(frame.select(same.alias("same"))["same"].sum())
