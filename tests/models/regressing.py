"""Regressions written out: indicator columns, explicit sums, one universe at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from beholden.models.design import Design

if TYPE_CHECKING:
    from numpy.typing import NDArray


def drawn(seed: int, units: int = 9, years: int = 7, controls: int = 3) -> dict[str, Any]:
    """An unbalanced panel with missing cells, whose first exposure moves the outcomes."""
    random = np.random.default_rng(seed)
    unit, year = (grid.ravel() for grid in np.meshgrid(range(units), range(years), indexing="ij"))
    kept = random.random(len(unit)) > 0.25
    unit, year = unit[kept], year[kept]
    n = len(unit)
    c = random.normal(size=(n, controls)) + random.normal(size=units)[unit][:, None]
    x = random.normal(size=(n, 2)) + 0.5 * c[:, :2]
    y = 0.3 * x + random.normal(size=units)[unit][:, None] + random.normal(size=(n, 2))
    for column in (y, x, c):
        column[random.random(column.shape) < 0.05] = np.nan
    w = random.uniform(0.5, 2.0, n)
    return {"y": y, "x": x, "c": c, "unit": unit, "year": year, "w": w}


def design(parts: dict[str, Any], clusters: Any = None, weighted: bool = False) -> Design:
    return Design(
        parts["y"],
        parts["x"],
        parts["c"],
        {"unit": parts["unit"], "year": parts["year"]},
        parts["unit"] if clusters is None else clusters,
        parts["w"] if weighted else None,
    )


def indicators(ids: NDArray[np.int64]) -> NDArray[np.float64]:
    same: NDArray[np.bool_] = ids[:, None] == np.unique(ids)[None, :]
    return same.astype(float)


def regressors(x: NDArray[np.float64], effects: list[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Slopes first, then an intercept and all indicators: rank-deficient where they overlap."""
    return np.hstack([x, np.ones((len(x), 1)), *[indicators(ids) for ids in effects]])


def direct(
    y: NDArray[np.float64],
    x: NDArray[np.float64],
    effects: list[NDArray[np.int64]],
    weights: NDArray[np.float64],
    dependent: NDArray[np.bool_],
) -> tuple[float, float]:
    """The first slope and its sandwich variance without correction.

    `dependent`, shape (n, n), says which pairs of rows may have dependent errors.
    """
    z = regressors(x, effects)
    bread = np.linalg.pinv(z.T @ (weights[:, None] * z), rcond=1e-12)
    slopes = bread @ z.T @ (weights * y)
    scores = z * (weights * (y - z @ slopes))[:, None]
    return float(slopes[0]), float((bread @ (scores.T @ dependent @ scores) @ bread)[0, 0])
