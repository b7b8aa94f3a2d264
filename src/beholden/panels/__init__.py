"""Panels: frames of state-years and dyad-years, and the joins that never change their rows."""

from __future__ import annotations

from beholden.panels.build import build
from beholden.panels.holdings import Holdings
from beholden.panels.panel import Catalogue, Panel
from beholden.panels.values import DYAD_YEAR, STATE_YEAR, Unit, Values

__all__ = [
    "DYAD_YEAR",
    "STATE_YEAR",
    "Catalogue",
    "Holdings",
    "Panel",
    "Unit",
    "Values",
    "build",
]
