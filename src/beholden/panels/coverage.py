"""What a column of a panel holds and what it lacks, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from beholden.panels.align import Aligned

__all__ = ["Coverage", "cover"]

NOT_COVERED = "the source does not cover the year"
NOT_LISTED = "the source has no row of the state in any year"
NO_ROW = "the source has no row for the state, or the pair, in that year"
NO_VALUE = "the value is missing in the source"


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
    unused : int
        Rows of the source that belong to no row of the panel: another year, or no member of
        the state list.
    superseded : int
        Rows of the source left out in the year of a succession.
    """

    column: str
    expected: int
    present: int
    missing: Mapping[str, int] = field(default_factory=dict)
    unused: int = 0
    superseded: int = 0

    @property
    def share(self) -> float:
        """The part of the rows that has a value; NaN of an empty panel."""
        return self.present / self.expected if self.expected else float("nan")


def cover(
    column: str,
    aligned: Aligned,
    rows: NDArray[np.int32],
    present: NDArray[np.bool_],
    years: NDArray[np.int16],
    listed: NDArray[np.bool_],
) -> Coverage:
    """Count what a column holds and why the rest is missing.

    Parameters
    ----------
    column : str
        Its name.
    aligned : Aligned
        The values on their cells.
    rows : ndarray of int32, (rows,)
        Row of the source for each row of the panel, -1 for none.
    present : ndarray of bool, (rows,)
        Whether a row has a value.
    years : ndarray of int16, (rows,)
        The year whose value was asked for, which a lag shifts.
    listed : ndarray of bool, (rows,)
        Whether the source has any row of the state, or of both states of the pair.

    Returns
    -------
    Coverage
        Reasons exclude each other: the first that applies, from the year to the cell.
    """
    first, last = aligned.values.span
    left, reasons = ~present, dict[str, int]()

    def take(reason: str, which: NDArray[np.bool_]) -> None:
        hit = left & which
        count = int(hit.sum())
        if count:
            reasons[reason] = reasons.get(reason, 0) + count
            left[hit] = False

    take(NOT_COVERED, (years < first) | (years > last))
    take(NOT_LISTED, ~listed)
    take(NO_ROW, rows < 0)
    for words, which in _given(aligned, rows, left):
        take(words, which)
    take(NO_VALUE, left)
    held = int(present.sum())
    return Coverage(column, len(rows), held, reasons, aligned.outside, aligned.superseded)


def _given(
    aligned: Aligned, rows: NDArray[np.int32], left: NDArray[np.bool_]
) -> list[tuple[str, NDArray[np.bool_]]]:
    """The reasons that the source itself gives, each with the rows that it concerns."""
    frame = aligned.values.frame
    if "why" not in frame.columns or not left.any():
        return []
    given = frame["why"].gather(np.where(left, rows, 0)).to_numpy()
    names = sorted({name for name in given[left] if name is not None})
    missing = aligned.values.missing
    return [(missing.get(name, name), left & (given == name)) for name in names]
