"""The rows of a panel from what a user asks for: unit, years, state system, which dyads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast, get_args

import polars as pl

from beholden.errors import PanelError, nearest
from beholden.panels.grid import dyad_grid, state_grid
from beholden.panels.panel import Panel
from beholden.panels.roster import ListOfStates, roster
from beholden.panels.values import DYAD_YEAR, STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beholden.panels.panel import Catalogue

__all__ = ["build"]

FIRST_YEAR = 1816
DYADS = ("all", "relevant")
RELEVANT = (
    "politically relevant dyads: the two states are contiguous by land or across at most 400 "
    "miles of water, or at least one of them is a major power"
)


def build(
    catalogue: Catalogue,
    unit: str,
    years: Iterable[int],
    system: str = "cow",
    *,
    directed: bool = True,
    dyads: str = "all",
) -> Panel:
    """The rows of a panel, without measures yet.

    Parameters
    ----------
    catalogue : Catalogue
        Where measures come from; relevant dyads are chosen by measures too.
    unit : str
        ``"state-year"`` or ``"dyad-year"``.
    years : iterable of int
        Consecutive years, such as ``range(1990, 2025)``.
    system : str
        ``"cow"`` or ``"gw"``.
    directed : bool
        Whether a pair stands in both orders.
    dyads : str
        ``"all"`` or ``"relevant"``.

    Raises
    ------
    PanelError
        When one of these is not what it should be; the message says what is.
    """
    _one_of("a unit", unit, (STATE_YEAR, DYAD_YEAR))
    _one_of("a state system", system, get_args(ListOfStates))
    _one_of("which dyads", dyads, DYADS)
    table = roster(cast("ListOfStates", system), *_span(years))
    if unit == STATE_YEAR:
        return Panel(state_grid(table), catalogue)
    panel = Panel(dyad_grid(table, directed=directed), catalogue)
    return panel if dyads == "all" else _relevant(panel)


def _relevant(panel: Panel) -> Panel:
    told = panel.add("contiguity", "major_power")
    keep = (
        (pl.col("contiguity") > 0) | (pl.col("major_power_1") > 0) | (pl.col("major_power_2") > 0)
    )
    kept = told.where(keep, RELEVANT)
    return Panel(kept.grid, panel.catalogue, {}, kept.rules)


def _one_of(what: str, found: str, known: tuple[str, ...]) -> None:
    if found not in known:
        raise PanelError(
            f"expected {what} among {', '.join(known)}, found {found!r}. {nearest(found, known)}"
        )


def _span(years: Iterable[int]) -> tuple[int, int]:
    span = sorted(set(years))
    if not span:
        raise PanelError("expected at least one year, found none")
    first, last = span[0], span[-1]
    this_year = datetime.now(UTC).year
    if first < FIRST_YEAR or last > this_year:
        raise PanelError(
            f"expected years from {FIRST_YEAR}, with which the state lists begin, to {this_year}, "
            f"found {first} to {last}"
        )
    if len(span) != last - first + 1:
        raise PanelError(
            f"expected consecutive years, found {len(span)} of the {last - first + 1} from "
            f"{first} to {last}. Build them all and keep the ones you want with where()."
        )
    return first, last
