"""Small panels, and universes written out: dictionaries, indicator columns, one at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from beholden.associations import Grid, Variable


def panel(seed: int = 0, units: int = 40, years: int = 8, gaps: float = 0.1) -> pl.DataFrame:
    """An unbalanced panel with missing cells, whose first exposure moves the outcomes."""
    random = np.random.default_rng(seed)
    unit, year = np.repeat(np.arange(units), years), np.tile(np.arange(2000, 2000 + years), units)
    n = len(unit)
    a, b = random.normal(size=(2, n)) + random.normal(size=(2, units))[:, unit]
    x1, x2 = random.normal(size=(2, n)) + 0.5 * a
    columns: dict[str, Any] = {
        "state": [f"s{u:02d}" for u in unit],
        "year": year,
        "y1": 0.5 * x1 + a + random.normal(size=units)[unit] + random.normal(size=n),
        "y2": np.exp(0.3 * x1 + 0.2 * random.normal(size=n)),
        "x1": x1,
        "x2": x2,
        "a": a,
        "b": b,
        "mass": random.uniform(0.5, 2, n),
        "region": unit // 4,
        "large": unit % 3 > 0,
    }
    for name in ("y1", "x1", "a", "mass"):
        columns[name] = np.where(random.random(n) < 0.05, np.nan, columns[name])
    frame = pl.DataFrame(columns, nan_to_null=True)
    return frame.filter(pl.Series(random.random(n) >= gaps))


def grid(**changes: Any) -> Grid:
    asked: dict[str, Any] = {
        "unit": "state",
        "time": "year",
        "outcomes": (Variable("y1"), Variable("logged", "y2", transform="log")),
        "exposures": (Variable("x1"), Variable("x2")),
        "controls": (Variable("a"), Variable("b")),
        "effects": {"none": (), "state": ("state",), "both": ("state", "year")},
        "lags": (0, 1),
        "periods": {"all years": (None, None), "late": (2003, None)},
        "samples": {"all rows": None, "large": "large"},
        "weights": {"equal": None, "mass": "mass"},
        "smallest": 0.05,
    }
    return Grid(**{**asked, **changes})


def _known(value: Any) -> bool:
    return value is not None and bool(np.isfinite(value))


def direct(frame: pl.DataFrame, asked: Grid, universe: dict[str, Any]) -> tuple[float, int]:
    """The slope of one universe and its rows, from dictionaries and indicator columns."""
    rows = {(row["state"], row["year"]): row for row in frame.iter_rows(named=True)}
    outcome = next(one for one in asked.outcomes if one.label == universe["outcome"])
    exposure = next(one for one in asked.exposures if one.label == universe["exposure"])
    controls = [one for one in asked.controls if universe[f"with {one.label}"]]
    first, last = asked.periods[universe["period"]]
    sample, mass = asked.samples[universe["sample"]], asked.weights[universe["weights"]]
    effects = asked.effects[universe["effects"]]
    y, x, w, ids = [], [], [], []
    for (state, year), row in rows.items():
        before = rows.get((state, year - universe["lag"]))
        if before is None or (first and year < first) or (last and year > last):
            continue
        if sample and not row[sample]:
            continue
        values = [row[outcome.columns[0]]]
        values += [before[one.columns[0]] for one in (exposure, *controls)]
        weight = row[mass] if mass else 1.0
        if not all(map(_known, (*values, weight))):
            continue
        y.append(np.log(values[0]) if outcome.transform == "log" else values[0])
        x.append(values[1:])
        w.append(weight)
        ids.append([row[name] for name in effects])
    if not y:
        return float("nan"), 0
    dummies = [
        (np.array([one[k] for one in ids])[:, None] == sorted({one[k] for one in ids}))
        for k in range(len(effects))
    ]
    right = np.hstack([np.array(x), np.ones((len(y), 1)), *dummies]).astype(float)
    root = np.sqrt(np.array(w))
    slopes = np.linalg.lstsq(right * root[:, None], np.array(y) * root, rcond=1e-10)[0]
    return float(slopes[0]), len(y)
