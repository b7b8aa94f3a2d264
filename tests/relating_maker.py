"""Two records of an outcome and one of an exposure over real states, with a known association."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from beholden.measures.base import Choice, Option
from beholden.measures.reading import state_values
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR
from set_maker import shelve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from beholden.measures import Measure
    from beholden.panels import Holdings, Values

STATES = (
    *("PRK", "CHN", "JPN", "MNG", "RUS", "USA", "CAN", "MEX", "BRA", "ARG", "CHL", "PER", "COL"),
    *("GBR", "FRA", "DEU", "ITA", "ESP", "PRT", "POL", "SWE", "NOR", "FIN", "DNK", "GRC", "TUR"),
    *("EGY", "ZAF", "NGA", "KEN", "IND", "PAK", "IRN", "IRQ", "THA", "VNM", "AUS", "NZL"),
)
YEARS = range(2000, 2012)
BLOCK = """test: association
outcome: harm
exposure: closure
expect: positive
matters: 0.1
target: {years: 2000..2011}
controls: [size]
effects: [none, year, state]
because: A test."""


def _values(holdings: Holdings, name: str, column: str) -> Values:
    return state_values(
        holdings,
        name,
        column,
        state="iso3",
        system="iso3",
        scale="interval",
        direction="higher: more",
    )


def _harm(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    return _values(holdings, picks["source"], "harm")


def _closure(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return _values(holdings, "gates", "closure")


def _size(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return _values(holdings, "gates", "size")


def _measure(name: str, compute: Any, *needs: str, **more: Any) -> Measure:
    return panel_measure(
        name,
        "abuse",
        f"{name} of the state",
        compute,
        unit=STATE_YEAR,
        definition="Made up.",
        formula="as given",
        scale="interval",
        direction="higher: more",
        limits="Made up.",
        references=("A producer.",),
        sets=needs,
        **more,
    )


_SOURCES = Choice(
    "source",
    "whose record is taken",
    (
        Option("north", "by the north", "the older one", ("north",)),
        Option("south", "by the south", "the newer one", ("south",)),
    ),
)
MADE: dict[str, Measure] = {
    "harm": _measure("harm", _harm, choices=(_SOURCES,)),
    "closure": _measure("closure", _closure, "gates"),
    "size": _measure("size", _size, "gates"),
}


def related_sets(root: Path, slope: float, *names: str, released: str = "2014") -> None:
    """Shelve the data sets named: harm is `slope` times closure, and noise; PRK stays closed."""
    random = np.random.default_rng(5)
    closure = random.normal(size=(len(STATES), len(YEARS)))
    closure[0] = 2.0
    size = random.normal(size=closure.shape)
    noise = {name: random.normal(size=closure.shape) for name in ("north", "south")}
    rows: dict[str, list[dict[str, Any]]] = {"gates": [], "north": [], "south": []}
    for i, state in enumerate(STATES):
        for j, year in enumerate(YEARS):
            key = {"iso3": state, "year": year}
            rows["gates"].append(key | {"closure": closure[i, j], "size": size[i, j]})
            for name, error in noise.items():
                harm = slope * closure[i, j] + 0.2 * size[i, j] + error[i, j]
                rows[name].append(key | {"harm": harm})
    for name in names or tuple(rows):
        shelve(root, name, rows[name], released=released)
