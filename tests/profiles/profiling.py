"""Small made measures for profiles: no data set is needed to compute them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.measures.catalogue import MeasureCatalogue
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import DYAD_YEAR, STATE_YEAR, Holdings, Values
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from beholden.measures import Choice, Measure
    from beholden.states.timeline import System

KEYS = {"state": pl.Int64, "other": pl.Int64, "year": pl.Int64, "x": pl.Float64}
PRK, CHN, USA, CUB, USSR, JPN, SYR = 731, 710, 2, 40, 365, 740, 652
Row = tuple[Any, ...]


def values(
    rows: Sequence[Row],
    *,
    system: System = "cow",
    scale: str = "share",
    direction: str = "higher: more",
    span: tuple[int, int] = (1900, 2020),
    symmetric: bool = False,
    extra: Mapping[str, Sequence[object]] | None = None,
    missing: Mapping[str, str] | None = None,
) -> Values:
    """Rows of (state, year, x) or (state, other, year, x) as values."""
    pairs = len(rows[0]) == 4
    names = ["state", "other", "year", "x"] if pairs else ["state", "year", "x"]
    kinds: dict[str, Any] = {name: KEYS[name] for name in names}
    if system == "iso3":
        kinds |= dict.fromkeys([name for name in names if name in ("state", "other")], pl.String)
    frame = pl.DataFrame(rows, schema=kinds, orient="row")
    for name, cells in (extra or {}).items():
        frame = frame.with_columns(pl.Series(name, cells))
    return Values(
        frame,
        DYAD_YEAR if pairs else STATE_YEAR,
        system,
        span,
        scale,
        direction,
        (),
        symmetric=symmetric,
        missing=dict(missing or {}),
    )


def measure(
    name: str,
    found: Values | Mapping[str, Values],
    construct: str = "lifeline",
    *,
    choice: Choice | None = None,
) -> Measure:
    """A measure that comes to those values, whatever library it is asked of."""

    def compute(_: Holdings, picks: Mapping[str, str]) -> Values:
        return found if isinstance(found, Values) else found[picks[choice.name if choice else ""]]

    first = found if isinstance(found, Values) else next(iter(found.values()))
    return panel_measure(
        name,
        construct,
        f"the {name.replace('_', ' ')}",
        compute,
        unit=first.unit,
        definition="How it is counted.",
        formula="a / b",
        scale=first.scale,
        direction=first.direction,
        limits="What it is not.",
        references=("Nobody (2000).",),
        choices=(choice,) if choice else (),
    )


def catalogue(measures: Iterable[Measure]) -> MeasureCatalogue:
    """Those measures over a library that holds nothing."""
    holdings = Holdings(Shelf(Path("no-library")))
    return MeasureCatalogue({each.name: each for each in measures}, holdings)
