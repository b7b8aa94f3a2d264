"""What a column of a panel holds and what it lacks, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["Cells", "Coverage"]

NOT_COVERED = "the source does not cover the year"
NOT_THERE = "the state was no member in that other year, or another state bore its number"
NOT_LISTED = "the source has no row of the state, or of one of the two, in any year"
NO_ROW = "the source has no row for the state, or the pair, in that year"
NO_VALUE = "the value is missing in the source"
REASONS = (NOT_COVERED, NOT_THERE, NOT_LISTED, NO_ROW, NO_VALUE)


@dataclass(frozen=True)
class Coverage:
    """How much of a panel one column fills.

    Parameters
    ----------
    column : str
        Its name.
    expected : int
        Rows of the panel.
    present : int
        Rows with a value.
    missing : mapping of str to int
        Reason to the rows that lack a value for it; with `present` they add to `expected`.
    dropped : mapping of str to int
        Reason to the rows of the source that belong to no row of the panel, before any rule
        leaves out rows of the panel.
    """

    column: str
    expected: int
    present: int
    missing: Mapping[str, int] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """The part of the rows that has a value; NaN of an empty panel."""
        return self.present / self.expected if self.expected else float("nan")

    @property
    def unused(self) -> int:
        """Rows of the source that belong to no row of the panel."""
        return sum(self.dropped.values())


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of a column, and why those without a value have none.

    Parameters
    ----------
    data : polars.Series
        Null where missing.
    reason : ndarray of int8, (rows,)
        0 where there is a value; otherwise the place in `reasons`, counted from 1.
    reasons : tuple of str
        They exclude each other: the first that applies, from the year to the cell.
    """

    data: pl.Series
    reason: NDArray[np.int8]
    reasons: tuple[str, ...] = REASONS

    def plain(self) -> NDArray[np.float64]:
        """The cells as numbers, NaN where missing, (rows,)."""
        return self.data.cast(pl.Float64).fill_null(float("nan")).to_numpy()

    def filter(self, keep: NDArray[np.bool_]) -> Cells:
        """Those cells that `keep` marks."""
        return Cells(self.data.filter(pl.Series(keep)), self.reason[keep], self.reasons)

    def taken(self, places: NDArray[np.int64]) -> Cells:
        """The cells at these places, (rows,)."""
        if self.data.dtype.is_float():
            data = pl.Series(self.plain().take(places), nan_to_null=True)
        else:
            data = self.data.gather(pl.Series(places.astype(np.uint32)))
        return Cells(data, self.reason.take(places), self.reasons)

    def counted(self, column: str, dropped: Mapping[str, int] | None = None) -> Coverage:
        """What the cells hold and lack."""
        counts = {
            words: int(np.count_nonzero(self.reason == number))
            for number, words in enumerate(self.reasons, 1)
        }
        missing = {words: count for words, count in counts.items() if count}
        held = len(self.reason) - sum(missing.values())
        return Coverage(column, len(self.reason), held, missing, dict(dropped or {}))
