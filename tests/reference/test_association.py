"""Slopes, errors and intervals against pyfixest on 600 regressions of an unbalanced panel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import association_panel as source
import numpy as np
import pytest

from beholden.models.curve import estimate
from beholden.models.design import Design, Specifications

if TYPE_CHECKING:
    from numpy.typing import NDArray

STORED = json.loads((Path(__file__).parent / "association.json").read_text("utf-8"))
SPECS = source.specifications()
KINDS = sorted(
    {(*spec["clusters"], spec["weighted"], spec["singletons"]) for spec in SPECS}, key=str
)


def design(columns: dict[str, Any], clusters: list[str], weighted: bool) -> Design:
    def side(letter: str, count: int) -> NDArray[np.float64]:
        return np.column_stack([columns[f"{letter}{i}"] for i in range(count)])

    ids = np.column_stack([columns[name] for name in clusters])
    return Design(
        side("y", 2),
        side("x", 3),
        side("c", source.CONTROLS),
        {name: columns[name] for name in ("unit", "year")},
        ids if len(clusters) > 1 else ids[:, 0],
        columns["w"] if weighted else None,
        np.column_stack([np.ones(len(columns["year"]), dtype=bool), columns["year"] >= 10]),
    )


def ours() -> NDArray[np.float64]:
    """The stored columns by beholden, in the order of the specifications."""
    columns = source.panel()
    table = np.full((len(SPECS), 7), np.nan)
    for kind in KINDS:
        *clusters, weighted, singletons = kind
        at = [
            i
            for i, s in enumerate(SPECS)
            if (*s["clusters"], s["weighted"], s["singletons"]) == kind
        ]
        mine = [SPECS[i] for i in at]
        specs = Specifications(
            np.array([s["outcome"] for s in mine]),
            np.array([s["exposure"] for s in mine]),
            np.array([s["controls"] for s in mine]),
            np.array([s["effects"] for s in mine]),
            np.array([int(s["late"]) for s in mine]),
            source.EFFECTS,
        )
        errors = "two-way" if len(clusters) > 1 else "CR1"
        held = design(columns, clusters, weighted)
        curve = estimate(held, specs, errors=errors, singletons=singletons)
        found = (curve.coefficient, curve.error, curve.low, curve.high)
        table[at] = np.column_stack([*found, curve.rows, curve.parameters, curve.clusters - 1])
    return table


@pytest.fixture(scope="module")
def both() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return ours(), np.array(STORED["fits"])


def furthest(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    return float(np.max(np.abs(left - right) / np.abs(right)))


def test_there_are_at_least_500() -> None:
    assert len(STORED["fits"]) == len(SPECS) >= 500
    assert len(KINDS) == 16


def test_counts_of_rows_parameters_and_degrees(both: tuple[Any, Any]) -> None:
    assert both[0][:, 4:].astype(int).tolist() == both[1][:, 4:].astype(int).tolist()


def test_slopes(both: tuple[Any, Any]) -> None:
    assert furthest(both[0][:, 0], both[1][:, 0]) < 1e-10


def test_errors(both: tuple[Any, Any]) -> None:
    assert furthest(both[0][:, 1], both[1][:, 1]) < 1e-10


def test_intervals(both: tuple[Any, Any]) -> None:
    error = both[1][:, 1:2]
    assert np.abs((both[0][:, 2:4] - both[1][:, 2:4]) / error).max() < 1e-8
