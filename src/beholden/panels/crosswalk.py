"""Which member of a state list bore a code of any system in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.errors import TableError
from beholden.states.timeline import LISTS_BEGIN, index

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.states.timeline import Code, System

__all__ = ["NOBODY", "Crosswalk", "crosswalk"]

NOBODY = -1
_FIRST, _LAST = LISTS_BEGIN.year, 2100


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """The numbers of one list that go with the codes of a system, year by year.

    Parameters
    ----------
    labels : tuple of str or of int
        The codes, ascending.
    number : ndarray of int32, (codes + 1, years + 1)
        The list's number of the state that bore the code in the year, `NOBODY` where no
        member did. Of several that bore it in turn the last one. The row and the column at the
        end stand for unknown codes and for other years.
    until : ndarray of int32, (codes + 1, years + 1)
        The last day of that year on which the state bore the code, as an ordinal.
    """

    labels: tuple[Code, ...]
    number: NDArray[np.int32]
    until: NDArray[np.int32]

    def rows(self, codes: pl.Series) -> NDArray[np.int64]:
        """The row of each code; that of unknown codes for codes that nobody ever bore.

        Raises
        ------
        TableError
            When a numeric system is given codes that are no numbers.
        """
        unknown = len(self.labels)
        if isinstance(self.labels[0], str):
            kind = pl.Enum(self.labels)  # type: ignore[arg-type]
            found = codes.cast(pl.String).cast(kind, strict=False).to_physical()
            return np.asarray(found.cast(pl.Int64).fill_null(unknown), dtype=np.int64)
        try:
            wanted = codes.cast(pl.Int64).fill_null(NOBODY).to_numpy()
        except pl.exceptions.PolarsError as error:
            raise TableError(
                f"expected whole numbers as state codes in {codes.name!r}, found {codes.dtype}"
            ) from error
        table = np.full(int(self.labels[-1]) + 2, unknown, dtype=np.int64)
        table[np.array(self.labels, dtype=np.int64)] = np.arange(unknown)
        # The last entry of the table stands for numbers beyond it on either side.
        inside = (wanted >= 0) & (wanted < len(table))
        wanted = wanted if inside.all() else np.where(inside, wanted, len(table) - 1)
        return np.asarray(table.take(wanted), dtype=np.int64)

    def cells(self, codes: pl.Series, years: NDArray[np.int64]) -> NDArray[np.int64]:
        """The cell of each code and year in the flattened tables, (rows,)."""
        width = self.number.shape[1]
        inside = (years >= _FIRST) & (years <= _LAST)
        column = years - _FIRST if inside.all() else np.where(inside, years - _FIRST, width - 1)
        return np.asarray(self.rows(codes) * width + column, dtype=np.int64)


@cache
def crosswalk(system: System, into: System) -> Crosswalk:
    """The members of the list `into`, by the codes that they bore in `system`.

    Parameters
    ----------
    system : str
        ``"cow"``, ``"gw"``, ``"iso3"`` or ``"m49"``.
    into : str
        ``"cow"`` or ``"gw"``.

    Examples
    --------
    >>> import numpy as np, polars as pl
    >>> table = crosswalk("iso3", "cow")
    >>> codes, years = ["DEU", "DEU", "SUN", "RUS"], [1989, 1990, 1991, 1980]
    >>> table.number.ravel()[table.cells(pl.Series(codes), np.array(years))].tolist()
    [260, 255, 365, -1]
    """
    under = index(system)
    labels = tuple(sorted(under, key=lambda code: (str(type(code)), code)))
    shape = (len(labels) + 1, _LAST - _FIRST + 2)
    number, until = np.full(shape, NOBODY, np.int32), np.zeros(shape, np.int32)
    for row, code in enumerate(labels):
        # Oldest first, so that the last to bear the code in a year stays.
        for state in under[code]:
            own = getattr(state, into)
            if own is None or state.start.year > _LAST:
                continue
            first, last = state.start.year - _FIRST, min(state.last.year, _LAST) - _FIRST
            number[row, max(first, 0) : last + 1] = own
            closes = [date(year + _FIRST, 12, 31) for year in range(max(first, 0), last + 1)]
            until[row, max(first, 0) : last + 1] = [
                min(state.last, day).toordinal() for day in closes
            ]
    return Crosswalk(labels, number, until)
