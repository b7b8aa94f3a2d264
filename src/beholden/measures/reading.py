"""Read one column of a data set as values of states or of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.panels import DYAD_YEAR, STATE_YEAR, Values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beholden.panels import Holdings
    from beholden.states.timeline import System

__all__ = ["made", "pair_values", "state_values"]


def state_values(
    holdings: Holdings,
    name: str,
    x: str | pl.Expr,
    *,
    state: str,
    system: System,
    scale: str,
    direction: str,
    se: str | pl.Expr | None = None,
    low: str | pl.Expr | None = None,
    high: str | pl.Expr | None = None,
    keep: pl.Expr | None = None,
    notes: Sequence[str] = (),
) -> Values:
    """One column of a state-year data set.

    Parameters
    ----------
    holdings : Holdings
        The library.
    name : str
        The data set.
    x : str or polars.Expr
        Its column, or an expression over its columns.
    state, system : str
        The column with the state's code, and of which system the codes are.
    scale, direction : str
        Unit, and what a higher value means.
    se, low, high : str, polars.Expr or None
        Standard error, or the ends of an interval, where the source has them.
    keep : polars.Expr or None
        Rows that count.
    notes : sequence of str
        What a reader should know.

    Raises
    ------
    MissingDataError
        When the library does not hold it.
    """
    frame = holdings.frame(name)
    frame = frame if keep is None else frame.filter(keep)
    extras = {"se": se, "low": low, "high": high}
    parts = {"x": x} | {part: cells for part, cells in extras.items() if cells is not None}
    picked = frame.filter(pl.col(state).is_not_null()).select(
        pl.col(state).alias("state"),
        pl.col("year").cast(pl.Int64),
        *(
            (pl.col(cells) if isinstance(cells, str) else cells).cast(pl.Float64).alias(part)
            for part, cells in parts.items()
        ),
    )
    return made(
        holdings, picked, (name,), system=system, scale=scale, direction=direction, notes=notes
    )


def pair_values(
    holdings: Holdings,
    name: str,
    x: str | pl.Expr,
    *,
    state: str,
    other: str,
    system: System,
    scale: str,
    direction: str,
    symmetric: bool = False,
    keep: pl.Expr | None = None,
    notes: Sequence[str] = (),
) -> Values:
    """One column of a dyad-year data set; `state` is the client and `other` the patron.

    Parameters and errors are those of `state_values`; `symmetric` says that each pair
    stands once, in either order.
    """
    frame = holdings.frame(name)
    frame = frame if keep is None else frame.filter(keep)
    cells = pl.col(x) if isinstance(x, str) else x
    picked = frame.filter(pl.col(state).is_not_null() & pl.col(other).is_not_null()).select(
        pl.col(state).alias("state"),
        pl.col(other).alias("other"),
        pl.col("year").cast(pl.Int64),
        cells.cast(pl.Float64).alias("x"),
    )
    return made(
        holdings,
        picked,
        (name,),
        system=system,
        scale=scale,
        direction=direction,
        notes=notes,
        symmetric=symmetric,
    )


def made(
    holdings: Holdings,
    frame: pl.DataFrame,
    sources: tuple[str, ...],
    *,
    system: System,
    scale: str,
    direction: str,
    span: tuple[int, int] | None = None,
    notes: Sequence[str] = (),
    symmetric: bool = False,
    step: str = "",
) -> Values:
    """Values from a frame with their keys, with the provenance of the data sets read.

    Parameters
    ----------
    holdings : Holdings
        The library.
    frame : polars.DataFrame
        `state`, `year`, `x`, and for pairs `other`.
    sources : tuple of str
        Data sets read.
    system, scale, direction, notes, symmetric
        As in :class:`beholden.panels.Values`.
    span : tuple of int or None
        Years covered; None takes those of the rows.
    step : str
        What was done, for the provenance.
    """
    if span is None:
        first, last = frame["year"].min(), frame["year"].max()
        span = (int(str(first)), int(str(last))) if first is not None else (0, 0)
    provenance = holdings.provenance(sources)
    return Values(
        frame,
        DYAD_YEAR if "other" in frame.columns else STATE_YEAR,
        system,
        span,
        scale,
        direction,
        sources,
        provenance.step(step) if step else provenance,
        symmetric,
        tuple(notes),
    )
