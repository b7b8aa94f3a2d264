"""Measures put to the shipped facts, and to small tables made for one test."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.cases import facts_folder
from beholden.core import Input, Provenance, Table
from beholden.measures import MEASURES, Evidence, Target, Years, known
from beholden.store import SCHEMAS, Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beholden.core import Series

NOW = date.max
THEN = date(2015, 10, 22)


@cache
def shipped() -> dict[str, Table]:
    """Every shipped table about North Korea."""
    library = Library([facts_folder()])
    held = {name: library.table(name, "PRK") for name in SCHEMAS}
    return {name: table for name, table in held.items() if table is not None}


@cache
def evidence(as_of: date = NOW, memory: bool = False) -> Evidence:
    """The shipped facts as known on a day."""
    return known(shipped(), as_of, memory=memory)


def measure(
    name: str,
    picks: dict[str, str] | None = None,
    years: tuple[int, int | None] | None = None,
    held: Evidence | None = None,
    **target: Any,
) -> Series:
    """A measure's series; choices that are not named stand at their reference."""
    found = MEASURES[name]
    assert found.compute is not None
    full = {choice.name: choice.options[0].label for choice in found.choices} | (picks or {})
    span = Years(*years) if years else None
    aim = Target(**{"client": "PRK", "patron": "CHN", "years": span, **target})
    return found.compute(held or evidence(), aim, full)


def values(series: Series) -> dict[int, float]:
    """Year to value."""
    return dict(zip(series.frame["year"].to_list(), series.frame["x"].to_list(), strict=True))


def made(name: str, rows: Sequence[dict[str, Any]], as_of: date = NOW) -> Evidence:
    """Evidence of one small table; what a row does not say is missing."""
    schema = SCHEMAS[name]
    blank: dict[str, Any] = {**dict.fromkeys(schema.columns), "known_from": None, "memory": []}
    full = [{**blank, "row": f"{name}:{number}", **row} for number, row in enumerate(rows, start=2)]
    frame = pl.DataFrame(full, infer_schema_length=None).with_columns(
        pl.col("memory").cast(pl.List(pl.String)), pl.col("known_from").cast(pl.Date)
    )
    source = Input(name, "1", f"{name}.csv", "0" * 64)
    table = Table(name, frame, schema.unit, schema.keys, {}, Provenance((source,)))
    return known({name: table}, as_of)
