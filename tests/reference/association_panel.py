"""A small unbalanced panel and 600 specifications, the same bytes with every version of NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np

UNITS, YEARS, CONTROLS, SPECIFICATIONS = 70, 24, 7, 600
EFFECTS = ((), ("unit",), ("year",), ("unit", "year"))


def uniform(seed: int, *shape: int) -> Any:
    """Raw output of the generator, which never changes; distributions may."""
    raw = np.random.Philox(seed).random_raw(int(np.prod(shape)))
    return ((raw >> np.uint64(11)).astype(float) / 2.0**53).reshape(shape)


def bell(seed: int, *shape: int) -> Any:
    return uniform(seed, 6, *shape).sum(axis=0) - 3.0


def panel() -> dict[str, Any]:
    """Columns by name: units in 14 regions, two outcomes, three exposures, seven controls."""
    unit, year = (grid.ravel() for grid in np.meshgrid(range(UNITS), range(YEARS), indexing="ij"))
    kept = uniform(1, len(unit)) > 0.2
    # Two units with a single year each: singletons where units are fixed effects.
    kept &= (unit > 1) | (year == 5)
    unit, year = unit[kept], year[kept]
    n = len(unit)
    common = 0.5 * bell(2, UNITS)[unit] + 0.5 * bell(3, YEARS)[year]
    controls = bell(4, CONTROLS, n) + common
    exposures = bell(5, 3, n) + 0.4 * controls[:3] + bell(6, UNITS)[unit]
    shocks = bell(7, UNITS, 1)[unit, 0] * bell(8, 2, n) + bell(9, 2, UNITS)[:, unit]
    outcomes = 0.2 * exposures[:2] + 0.3 * controls[0] + common + shocks
    columns = {f"y{i}": column for i, column in enumerate(outcomes)}
    columns |= {f"x{i}": column for i, column in enumerate(exposures)}
    columns |= {f"c{i}": column for i, column in enumerate(controls)}
    for place, name in enumerate(("y1", "x2", "c4", "c5", "c6")):
        columns[name] = np.where(uniform(20 + place, n) < 0.08, np.nan, columns[name])
    columns |= {"unit": unit, "year": year, "region": unit // 5, "w": 0.5 + uniform(30, n)}
    return columns


def specifications() -> list[dict[str, Any]]:
    """What to regress on what, drawn once for all."""
    draw = uniform(40, SPECIFICATIONS, 8 + CONTROLS)
    errors = (["unit"], ["region"], ["year"], ["unit", "year"])
    return [
        {
            "outcome": int(row[0] * 2),
            "exposure": int(row[1] * 3),
            "controls": [bool(value < 0.5) for value in row[8:]],
            "effects": int(row[2] * 4),
            "clusters": errors[int(row[3] * 4)],
            "weighted": bool(row[4] < 0.3),
            "singletons": "drop" if row[5] < 0.5 else "keep",
            "late": bool(row[6] < 0.3),
        }
        for row in draw
    ]
