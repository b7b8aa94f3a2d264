"""A table with missing cells, the same bytes with every version of NumPy."""

from __future__ import annotations

from typing import Any

import association_panel as source
import numpy as np

ROWS = 1000


def table() -> Any:
    """Outcome, exposure and control; exposures and controls are missing by the outcome."""
    c = source.bell(70, ROWS) / 0.7
    x = 0.5 * c + source.bell(71, ROWS)
    y = 0.5 * x + 0.3 * c + source.bell(72, ROWS)
    chance = 1 / (1 + np.exp(1.2 - y))
    x = np.where(source.uniform(73, ROWS) < chance, np.nan, x)
    c = np.where(source.uniform(74, ROWS) < 0.5 * chance, np.nan, c)
    return np.column_stack([y, x, c])
