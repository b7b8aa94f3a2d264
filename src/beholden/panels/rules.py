"""Which rows of a panel are kept, and the rule on record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden import states
from beholden.core import Provenance, union_provenance
from beholden.errors import PanelError
from beholden.panels.crosswalk import crosswalk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from beholden.panels.columns import Column
    from beholden.panels.grid import Grid
    from beholden.panels.roster import Roster
    from beholden.states.timeline import System

__all__ = ["Kept", "Rule", "condition", "of_states"]

# The rows to keep, (rows,), and the rule.
Kept = tuple["NDArray[np.bool_]", "Rule"]


@dataclass(frozen=True)
class Rule:
    """How rows were chosen: in words, from which data sets, and what to know about these."""

    words: str
    sources: tuple[str, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    notes: tuple[str, ...] = ()


def condition(
    frame: pl.DataFrame, columns: Mapping[str, Column], keep: pl.Expr, because: str
) -> Kept:
    """The rows on which a condition is true, and the rule.

    Parameters
    ----------
    frame : polars.DataFrame
        The panel's frame.
    columns : mapping of str to Column
        Its measures.
    keep : polars.Expr
        The condition.
    because : str
        The rule in words; where the condition is unknown on some rows, it says on how many.

    Raises
    ------
    PanelError
        When the condition names no column of the panel, gives no truth values, or is true on
        no row.
    """
    try:
        told = frame.select(keep.alias("keep")).to_series()
    except pl.exceptions.PolarsError as error:
        raise PanelError(f"expected a condition on the panel's columns: {error}") from error
    if told.dtype != pl.Boolean or len(told) != frame.height:
        raise PanelError(
            f"expected true or false for each row of the panel, found {len(told):,} cells of "
            f"{told.dtype}"
        )
    unknown = told.null_count()
    if not told.any():
        raise PanelError(
            f"{because}: expected a row of the panel on which that is true, found none in "
            f"{len(told):,}, on {unknown:,} of which it is unknown"
        )
    words = f"{because} ({unknown:,} rows on which that is unknown were left out)"
    used = [columns[name] for name in keep.meta.root_names() if name in columns]
    rule = Rule(
        words if unknown else because,
        tuple(dict.fromkeys(source for column in used for source in column.sources)),
        union_provenance([column.provenance for column in used]),
        tuple(dict.fromkeys(note for column in used for note in column.notes)),
    )
    return told.fill_null(value=False).to_numpy(), rule


def of_states(grid: Grid, state: str | int, other: str | int | None) -> Kept:
    """The rows of one state, or of one pair, and the rule.

    Parameters
    ----------
    grid : Grid
        The rows of the panel.
    state, other : str or int
        ISO3 codes, or numbers of the panel's list; `other` None asks for one state.

    Raises
    ------
    PanelError
        When a pair is asked of single states, both are one state, or no row is left.
    UnknownStateError
        When no member bore the code in the panel's years.
    """
    rows, words = grid.rows, str(state) if other is None else f"{state} with {other}"
    here = _of_one(rows.roster, state).ravel()
    there = here if other is None else _of_one(rows.roster, other).ravel()
    if other is not None and rows.other is None:
        raise PanelError(f"expected one state in a panel of single states, found {words}")
    if other is not None and (here & there).any():
        raise PanelError(
            f"expected two different states, found {words}: no state makes a pair with itself"
        )
    keep = here[rows.one]
    keep = keep if other is None else keep & there[rows.two]
    if not grid.directed:
        keep |= here[rows.two] if other is None else here[rows.two] & there[rows.one]
    if not keep.any():
        raise PanelError(f"expected rows of {words}, found none in this panel")
    return keep, Rule(f"rows of {words}")


def _of_one(table: Roster, code: str | int) -> NDArray[np.bool_]:
    """Whether each cell of states by years is that of the state under a code."""
    system: System = "iso3" if isinstance(code, str) else table.system
    walk = crosswalk(system, table.system)
    first, last = table.years
    years = np.arange(first, last + 1, dtype=np.int64)
    bearer = walk.number.ravel()[walk.cells(pl.Series([code] * len(years)), years)]
    found: NDArray[np.bool_] = table.member & (table.codes[:, None] == bearer[None, :])
    if not found.any():
        # The look-up says when the code was borne, and by whom.
        state = states.find(code, last, system)
        raise PanelError(
            f"expected a member of the {table.system.upper()} list in {first} to {last}, found "
            f"{state.label}"
        )
    return found
