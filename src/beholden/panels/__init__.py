"""Panels: frames of state-years and dyad-years, and the joins that never change their rows."""

from __future__ import annotations

from beholden.panels.build import build
from beholden.panels.catalogue import Catalogue
from beholden.panels.coverage import Coverage
from beholden.panels.holdings import Holdings
from beholden.panels.panel import Panel
from beholden.panels.values import DYAD_YEAR, STATE_YEAR, Unit, Values

__all__ = [
    "DYAD_YEAR",
    "STATE_YEAR",
    "Catalogue",
    "Coverage",
    "Holdings",
    "Panel",
    "Unit",
    "Values",
    "build",
]
