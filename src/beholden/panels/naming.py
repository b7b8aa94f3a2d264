"""Names of columns: which are free, and which columns a name stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beholden.errors import PanelError, nearest
from beholden.panels.columns import Measured

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from beholden.panels.columns import Column
    from beholden.panels.grid import Grid

__all__ = ["MOST_COLUMNS", "named", "require_free", "require_room"]

MOST_COLUMNS = 2_000
_NAME = re.compile("[A-Za-z][A-Za-z0-9_]*")


def named(name: str, columns: Mapping[str, Column]) -> tuple[str, ...]:
    """The column of that name, or the columns that hold the measure of that name.

    Raises
    ------
    PanelError
        When there is none.
    """
    if name in columns:
        return (name,)
    found = tuple(
        own
        for own, column in columns.items()
        if isinstance(column.origin, Measured)
        and (column.measure, column.origin.part) == (name, "x")
    )
    if not found:
        hint = nearest(name, columns) if columns else "Add a measure first."
        raise PanelError(f"expected a column of the panel, found {name!r}. {hint}")
    return found


def require_free(name: str, taken: Collection[str], grid: Grid) -> None:
    """Refuse a name that is no name, or that the panel has already.

    Raises
    ------
    PanelError
        With what to do instead.
    """
    if not _NAME.fullmatch(name):
        raise PanelError(
            f"expected a name of letters, digits and _, a letter first, found {name!r}"
        )
    if name in taken or name in (*grid.key_names, *grid.iso3_names):
        raise PanelError(
            f"expected a new name, found {name!r}, which the panel has already. Give it another "
            "with named=..."
        )
    require_room(len(taken) + 1)


def require_room(count: int) -> None:
    """Refuse more columns than a panel may have.

    Raises
    ------
    PanelError
        With what to do instead.
    """
    if count > MOST_COLUMNS:
        raise PanelError(
            f"expected at most {MOST_COLUMNS:,} columns, found {count:,}. Write several panels: "
            "they have the same rows."
        )
