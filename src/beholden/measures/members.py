"""Every member of a state list in every year, for records that name only where something was."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.panels.roster import roster

if TYPE_CHECKING:
    from beholden.panels.roster import ListOfStates

__all__ = ["members", "zeros_elsewhere"]


@cache
def members(system: ListOfStates, first: int, last: int) -> pl.DataFrame:
    """The members of a list, a row for each state and year.

    Parameters
    ----------
    system : str
        ``"cow"`` or ``"gw"``.
    first, last : int
        Years, both counted.

    Returns
    -------
    polars.DataFrame
        `state` and `year`, Int64, sorted by them.

    Examples
    --------
    >>> members("cow", 2010, 2010).height
    194
    """
    table = roster(system, first, last)
    place, year = np.nonzero(table.member)
    states = table.codes[place].astype(np.int64)
    return pl.DataFrame({"state": states, "year": year.astype(np.int64) + first})


def zeros_elsewhere(
    marked: pl.DataFrame, system: ListOfStates, first: int, last: int
) -> pl.DataFrame:
    """A complete record of events laid on all members: its value, and zero where it has none.

    Parameters
    ----------
    marked : polars.DataFrame
        `state`, `year` and `x`, each state and year once.
    system : str
        Of the states' numbers.
    first, last : int
        The years over which the record looked at every state.
    """
    keys = ["state", "year"]
    own = marked.with_columns(pl.col(keys).cast(pl.Int64), pl.col("x").cast(pl.Float64))
    joined = members(system, first, last).join(
        own, on=keys, how="left", validate="1:1", maintain_order="left"
    )
    return joined.with_columns(pl.col("x").fill_null(0.0))
