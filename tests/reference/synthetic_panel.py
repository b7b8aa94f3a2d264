"""Panels on which synthetic controls are compared with other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["PROBLEMS", "panel"]

# Years, units (the first is treated), years before, seed.
PROBLEMS = (
    (16, 21, 8, 1),
    (20, 61, 12, 2),
    (20, 61, 12, 3),
    (23, 41, 15, 4),
    (38, 31, 30, 5),
    (38, 61, 30, 6),
)


def panel(years: int, units: int, before: int, seed: int) -> NDArray[np.float64]:
    """Outcomes with three common courses; the first unit gains two after the event."""
    random = np.random.default_rng(seed)
    courses = random.normal(size=(years, 3)).cumsum(axis=0)
    paths = courses @ random.normal(size=(3, units)) + random.normal(size=(years, units)) * 0.5
    paths += random.normal(size=units)
    paths[before:, 0] += 2
    return np.asarray(paths)
