"""Rows as places in a roster, and the same rows some years earlier or later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from beholden.panels.roster import roster
from beholden.panels.values import STATE_YEAR, Unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.panels.roster import Roster

__all__ = ["Rows"]


@dataclass(frozen=True, eq=False)
class Rows:
    """State-years or pair-years for which values are asked.

    Parameters
    ----------
    roster : Roster
        The list and the years that the places below count in.
    unit : str
        ``"state-year"`` or ``"dyad-year"``.
    state, other : ndarray of int32, (rows,)
        The places of the first and, of pairs, the second state.
    column : ndarray of int16, (rows,)
        The year, counted from the roster's first.
    there : ndarray of bool, (rows,), or None
        Where rows have been moved to other years: whether the same states were members in
        that year. None where all were.
    own : ndarray of int64, (rows,), or None
        `cells`, where they are known.
    """

    roster: Roster
    unit: Unit
    state: NDArray[np.int32]
    other: NDArray[np.int32] | None
    column: NDArray[np.int16]
    there: NDArray[np.bool_] | None = None
    own: NDArray[np.int64] | None = None

    @property
    def height(self) -> int:
        """How many rows."""
        return len(self.column)

    @cached_property
    def years(self) -> NDArray[np.int16]:
        """The year of every row, (rows,)."""
        return self.column + np.int16(self.roster.years[0])

    @cached_property
    def one(self) -> NDArray[np.int64]:
        """The cell of the first state in a table of states by years, (rows,)."""
        if self.unit == STATE_YEAR and self.own is not None:
            return self.own
        return self.state.astype(np.int64) * self.roster.span + self.column

    @cached_property
    def two(self) -> NDArray[np.int64]:
        """The cell of the second state in a table of states by years, (rows,)."""
        side = self.state if self.other is None else self.other
        return side.astype(np.int64) * self.roster.span + self.column

    @property
    def cells(self) -> NDArray[np.int64]:
        """The cell of each row in a table of states, or pairs of states, by years, (rows,)."""
        return self.one if self.other is None else self.pair

    @cached_property
    def pair(self) -> NDArray[np.int64]:
        """The cell of the pair in a table of states by states by years, (rows,)."""
        if self.unit != STATE_YEAR and self.own is not None:
            return self.own
        return self.state.astype(np.int64) * (len(self.roster.codes) * self.roster.span) + self.two

    @cached_property
    def turned(self) -> NDArray[np.int64]:
        """As `pair`, with the second state first."""
        side = self.state if self.other is None else self.other
        return side.astype(np.int64) * (len(self.roster.codes) * self.roster.span) + self.one

    def moved(self, by: int) -> Rows:
        """The same states or pairs `by` years earlier, or later where it is negative.

        A row is not `there` where a state was no member in the other year, or another state
        bore its code then.
        """
        first, last = self.roster.years
        wide = roster(self.roster.system, first - max(by, 0), last - min(by, 0))
        place = np.searchsorted(wide.codes, self.roster.codes).astype(np.int32)
        now, then = (slice(start, start + self.roster.span) for start in (max(by, 0), -min(by, 0)))
        life = wide.life[place]
        same = (life[:, now] == life[:, then]) & (life[:, then] > 0)
        there = same.ravel().take(self.one)
        if self.other is not None:
            there &= same.ravel().take(self.two)
        if self.there is not None:
            there &= self.there
        other = None if self.other is None else place.take(self.other)
        column = self.column - np.int16(min(by, 0))
        return Rows(wide, self.unit, place.take(self.state), other, column, there)

    def carried(self, by: int) -> tuple[str, ...]:
        """Names that the list counts as one state and that a move by so many years crosses.

        Returns
        -------
        tuple of str
            Such as ``"SUN to RUS (365)"``.
        """
        first, last = self.roster.years
        wide = roster(self.roster.system, first - max(by, 0), last - min(by, 0))
        labels, names = wide.iso3
        now, then = (slice(start, start + self.roster.span) for start in (max(by, 0), -min(by, 0)))
        used = np.unique(self.state if self.other is None else np.append(self.state, self.other))
        found = set()
        for place in np.searchsorted(wide.codes, self.roster.codes[used]):
            same = (wide.life[place, now] == wide.life[place, then]) & wide.member[place, then]
            pairs = zip(labels[place, then][same], labels[place, now][same], strict=True)
            found |= {
                (int(wide.codes[place]), names[a] if a >= 0 else "no code", names[b])
                for a, b in pairs
                if a != b and b >= 0
            }
        turn = (0, 1, 2) if by > 0 else (0, 2, 1)
        told = [tuple(item[at] for at in turn) for item in sorted(found)]
        return tuple(f"{before} to {after} ({code})" for code, before, after in told)
