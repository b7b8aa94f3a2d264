"""The rows of a panel from what a user asks for: unit, years, state system, which dyads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast, get_args

import numpy as np
import polars as pl

from beholden.errors import PanelError, nearest
from beholden.panels.columns import Measured
from beholden.panels.grid import dyad_grid, state_grid
from beholden.panels.naming import named as columns_of
from beholden.panels.panel import Panel
from beholden.panels.roster import ListOfStates, roster
from beholden.panels.values import DYAD_YEAR, STATE_YEAR
from beholden.states.timeline import LISTS_BEGIN

if TYPE_CHECKING:
    from beholden.panels.catalogue import Catalogue

__all__ = ["build"]

FIRST_YEAR = LISTS_BEGIN.year
_WHOLE = (int, np.integer)
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

    References
    ----------
    Politically relevant dyads are those of Weede (1976),
    https://doi.org/10.1177/002200277602000302.
    """
    _one_of("a unit", unit, (STATE_YEAR, DYAD_YEAR))
    _one_of("a state system", system, get_args(ListOfStates))
    _one_of("which dyads", dyads, DYADS)
    table = roster(cast("ListOfStates", system), *_span(years))
    if unit == STATE_YEAR:
        if dyads != "all":
            raise PanelError(f"expected a panel of pairs for dyads={dyads!r}, found {unit}")
        return Panel(state_grid(table), catalogue)
    panel = Panel(dyad_grid(table, directed=directed), catalogue)
    return panel if dyads == "all" else _relevant(panel)


def _relevant(panel: Panel) -> Panel:
    told = panel.add("contiguity", "major_power")
    origins = [column.origin for column in told.columns.values()]
    spans = [origin.values.span for origin in origins if isinstance(origin, Measured)]
    begins, ends = max(first for first, _ in spans), min(last for _, last in spans)
    first, last = panel.grid.roster.years
    if first < begins or last > ends:
        # Where the lists say nothing of a year, no row may be left out for not being in them.
        raise PanelError(
            f"expected years from {begins} to {ends} for politically relevant dyads, in which "
            f"contiguity and major powers are known; found {first} to {last}"
        )
    names = [*columns_of("contiguity", told.columns), *columns_of("major_power", told.columns)]
    keep = pl.any_horizontal(pl.col(name) > 0 for name in names)
    kept = told.where(keep, RELEVANT)
    return Panel(kept.grid, panel.catalogue, {}, kept.rules)


def _one_of(what: str, found: str, known: tuple[str, ...]) -> None:
    if found not in known:
        raise PanelError(
            f"expected {what} among {', '.join(known)}, found {found!r}. {nearest(found, known)}"
        )


def _span(years: Iterable[int]) -> tuple[int, int]:
    # Years come from the user, so also something that is no sequence at all.
    found: list[object] = list(years) if isinstance(years, Iterable) else [years]
    wrong = [year for year in found if isinstance(year, bool) or not isinstance(year, _WHOLE)]
    if wrong or not found:
        shown = repr(wrong[0]) if wrong else "none"
        raise PanelError(f"expected years such as range(1990, 2025), found {shown}")
    span = sorted({int(str(year)) for year in found})
    first, last = span[0], span[-1]
    this_year = datetime.now(UTC).year
    if first < FIRST_YEAR or last > this_year:
        raise PanelError(
            f"expected years from {FIRST_YEAR}, with which the state lists begin, to {this_year}, "
            f"found {first} to {last}"
        )
    if len(span) != last - first + 1:
        raise PanelError(
            f"expected years in a row, found {len(span)} of the {last - first + 1} from {first} "
            f"to {last}. Build them all, as range({first}, {last + 1}), and keep those you want "
            "with where()."
        )
    return first, last
