"""The state system laid out year by year: who is in it, from which day to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from beholden import states
from beholden.panels.crosswalk import NOBODY, crosswalk
from beholden.states.timeline import index, on_window, same_state, window

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from beholden.states import State
    from beholden.states.timeline import System

__all__ = ["NOBODY", "ListOfStates", "Roster", "list_ends", "roster"]

ListOfStates = Literal["cow", "gw"]
_NEVER = 0


@dataclass(frozen=True, eq=False)
class Roster:
    """Membership of a state list over a span of years.

    Parameters
    ----------
    system : str
        ``"cow"`` or ``"gw"``.
    years : tuple of int
        First and last year.
    codes : ndarray of int, (states,)
        Codes of every state that is a member in some year, ascending.
    first, last : ndarray of int16, (states, years)
        First and last day of membership within each year, counted from 1; 0 in years
        without a day of membership.
    """

    system: ListOfStates
    years: tuple[int, int]
    codes: NDArray[np.int64]
    first: NDArray[np.int16]
    last: NDArray[np.int16]

    @property
    def span(self) -> int:
        """How many years."""
        return self.years[1] - self.years[0] + 1

    @cached_property
    def member(self) -> NDArray[np.bool_]:
        """Whether a state is a member on any day of a year, (states, years)."""
        member: NDArray[np.bool_] = self.first != _NEVER
        return member

    @cached_property
    def overlap(self) -> NDArray[np.bool_]:
        """Whether two states were members on at least one common day, (states, states, years).

        Two states can share a calendar year without sharing a day; the literature calls these
        false dyad-years and leaves them out (Miller 2022,
        https://doi.org/10.1177/07388942221077926). No state makes a pair with itself.
        """
        starts_before = self.first[:, None, :] <= self.last[None, :, :]
        both = self.member[:, None, :] & self.member[None, :, :]
        pairs: NDArray[np.bool_] = both & starts_before & starts_before.transpose(1, 0, 2)
        alone = np.arange(len(self.codes))
        pairs[alone, alone] = False
        return pairs

    @cached_property
    def life(self) -> NDArray[np.int16]:
        """A number for the state that bore each code in each year, (states, years); 0 for none.

        It changes where membership was broken and the code went to another state, as COW's
        255 did from the Germany of 1945 to that of 1990. A list that runs on under a new name,
        as 365 does from the Soviet Union to Russia, counts one state.
        """
        found = np.zeros(self.member.shape, dtype=np.int16)
        for row, code in enumerate(self.codes):
            number, before = 0, None
            for state in index(self.system)[int(code)]:
                number += before is None or _breaks(before, state)
                first = max(state.start.year - self.years[0], 0)
                found[row, first : max(state.last.year - self.years[0] + 1, 0)] = number
                before = state
        return np.where(self.member, found, np.int16(0))

    @cached_property
    def iso3(self) -> tuple[NDArray[np.int32], tuple[str, ...]]:
        """The ISO3 code that each state bore in each year: places in a list, -1 for none."""
        found = np.full(self.member.shape, NOBODY, dtype=np.int32)
        labels: dict[str, int] = {}
        for row, code in enumerate(self.codes):
            under_code = index(self.system)[int(code)]
            for column in np.flatnonzero(self.member[row]):
                there = on_window(under_code, window(self.years[0] + int(column)))
                iso3 = there[-1].iso3 if there else None
                if iso3 is not None:
                    found[row, column] = labels.setdefault(iso3, len(labels))
        return found, tuple(labels)

    def places(
        self, system: System, codes: pl.Series, years: NDArray[np.int64]
    ) -> NDArray[np.int32]:
        """The place in `codes` of the state that bore each code in each year, (rows,).

        `NOBODY` where no state of the list did, also in years beyond the roster's.
        """
        table = crosswalk(system, self.system)
        place_of = np.full(int(self.codes.max(initial=0)) + 2, NOBODY, dtype=np.int32)
        place_of[self.codes] = np.arange(len(self.codes))
        known = np.where(table.number < len(place_of), table.number, NOBODY)
        return np.asarray(place_of[known].ravel().take(table.cells(codes, years)))

    def until(
        self, system: System, codes: pl.Series, years: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """The last day of the year on which a state bore each code, as an ordinal, (rows,)."""
        table = crosswalk(system, self.system)
        return table.until.ravel().take(table.cells(codes, years)).astype(np.int64)


def _breaks(before: State, after: State) -> bool:
    """Whether a code went to another state after a time without a member."""
    gap = after.start - before.last > timedelta(days=1)
    return gap and not same_state(before, after)


@cache
def roster(system: ListOfStates, first: int, last: int) -> Roster:
    """The members of a state list in a span of years.

    Parameters
    ----------
    system : str
        ``"cow"`` or ``"gw"``.
    first, last : int
        Years, both counted.

    Examples
    --------
    >>> int(roster("cow", 1946, 2020).overlap.sum())
    1823260
    """
    spells = [
        spell
        for spell in states.spells(system)
        if spell.start.year <= last and (spell.end or date.max).year >= first
    ]
    codes = np.array(sorted({spell.code for spell in spells}), dtype=np.int64)
    shape = (len(codes), last - first + 1)
    starts, ends = np.zeros(shape, np.int16), np.zeros(shape, np.int16)
    for spell in spells:
        row, end = int(np.searchsorted(codes, spell.code)), spell.end or date.max
        for year in range(max(first, spell.start.year), min(last, end.year) + 1):
            column = year - first
            opens = spell.start if spell.start.year == year else date(year, 1, 1)
            closes = end if end.year == year else date(year, 12, 31)
            # Two spells in one year count as one from the first day to the last.
            if starts[row, column] == _NEVER:
                starts[row, column] = opens.timetuple().tm_yday
            ends[row, column] = closes.timetuple().tm_yday
    return Roster(system, (first, last), codes, starts, ends)


def list_ends(system: ListOfStates) -> date:
    """The last day of a state list, after which its members are taken to go on.

    Examples
    --------
    >>> list_ends("cow").isoformat(), list_ends("gw").isoformat()
    ('2016-12-31', '2020-12-31')
    """
    return max(spell.listed_end for spell in states.spells(system))
