"""A state through its years: the states that a code leads back to, each a stretch of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from beholden.errors import UnknownStateError
from beholden.states import find, predecessors
from beholden.states.timeline import index, on_window, same_state, window

if TYPE_CHECKING:
    from beholden.states import State
    from beholden.states.timeline import Code, System

__all__ = ["Line", "Stretch", "bearer", "code_of", "line"]

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """One state of a line, for as long as it is that state, whatever it was called.

    Parameters
    ----------
    parts : tuple of State
        Oldest first; they differ in a name or in the lists that count the state.
    """

    parts: tuple[State, ...]

    @property
    def start(self) -> date:
        """The first day."""
        return self.parts[0].start

    @property
    def last(self) -> date:
        """The last day; the end of the calendar for a state that exists."""
        return self.parts[-1].last

    @property
    def name(self) -> str:
        """What it was called last."""
        return self.parts[-1].name

    @property
    def label(self) -> str:
        """Its ISO3 code, or its number where ISO gave it none."""
        return code_of(self.parts[-1])

    @property
    def names(self) -> tuple[tuple[str, date, date], ...]:
        """Every name with its first and last day."""
        found: list[tuple[str, date, date]] = []
        for part in self.parts:
            if found and found[-1][0] == part.name:
                found[-1] = (part.name, found[-1][1], part.last)
            else:
                found.append((part.name, part.start, part.last))
        return tuple(found)

    def days_in(self, year: int) -> int:
        """How many days of a year it existed."""
        first, last = window(year)
        spans = [(max(p.start, first), min(p.last, last)) for p in self.parts]
        return sum((end - start).days + 1 for start, end in spans if start <= end)

    def since(self, year: int) -> date:
        """The first day of the unbroken life that reaches into a year or begins after it."""
        begins, before = self.start, self.start
        for part in self.parts:
            if part.start - before > _DAY:
                begins = part.start
            before = part.last
            if part.last.year >= year:
                break
        return begins

    def code(self, system: System, year: int) -> Code | None:
        """The code that it bore in a year, on its last day with one; None where it bore none."""
        there = on_window(self.parts, window(year))
        codes = [getattr(state, system) for state in there]
        known = [code for code in codes if code is not None]
        return known[-1] if known else None


@dataclass(frozen=True)
class Line:
    """The states that stand for one code from year to year.

    A code leads to the state that bears it last, and from there back over continuations, or
    else over the state that bore the same code before. Each is a stretch of its own: no
    figure of one is another's.

    Parameters
    ----------
    code : str
        ISO3, as asked for.
    stretches : tuple of Stretch
        Oldest first; no two on one day.
    """

    code: str
    stretches: tuple[Stretch, ...]

    @property
    def name(self) -> str:
        """The name of the state that bears the code last."""
        return self.stretches[-1].name

    def place(self, year: int) -> int | None:
        """Which stretch a year belongs to: the one that existed on most of its days.

        Examples
        --------
        >>> russia = line("RUS")
        >>> [russia.stretches[russia.place(year)].label for year in (1991, 1992)]
        ['SUN', 'RUS']
        """
        days = [stretch.days_in(year) for stretch in self.stretches]
        return days.index(max(days)) if any(days) else None

    def code_in(self, system: System, year: int) -> Code | None:
        """The code in a year of the state that the year belongs to."""
        place = self.place(year)
        return None if place is None else self.stretches[place].code(system, year)

    def name_in(self, year: int) -> str:
        """The name that the year's state bore on most of the year's days; empty without one."""
        place = self.place(year)
        if place is None:
            return ""
        first, last = window(year)
        names = self.stretches[place].names
        lengths = [(min(end, last) - max(start, first)).days for _, start, end in names]
        return names[lengths.index(max(lengths))][0]

    def within(self, first: int, last: int) -> tuple[int, ...]:
        """The places of the stretches that some year of a span belongs to."""
        found = {self.place(year) for year in range(first, last + 1)}
        return tuple(sorted(place for place in found if place is not None))


@cache
def line(code: str) -> Line:
    """The line of an ISO3 code.

    Parameters
    ----------
    code : str
        ISO3; small letters are taken as capitals.

    Raises
    ------
    UnknownStateError
        When no state ever bore it; the message names the nearest.

    Examples
    --------
    >>> [stretch.name for stretch in line("RUS").stretches[-2:]]
    ['Soviet Union', 'Russia']
    """
    key = code.strip().upper()
    own = index("iso3").get(key)
    if not own:
        find(code)
        raise UnknownStateError(f"{code} is no ISO 3166 alpha-3 code of a state")
    found = [_whole(own[-1])]
    while True:
        before = _before(found[0], key)
        if before is None:
            return Line(key, tuple(found))
        found.insert(0, before)


def bearer(system: System, code: Code, year: int) -> State | None:
    """The state that bore a code on most days of a year; None where none did."""
    first, last = window(year)
    there = on_window(index(system).get(code, ()), (first, last))
    days = [(min(state.last, last) - max(state.start, first)).days for state in there]
    return there[days.index(max(days))] if there else None


def code_of(state: State) -> str:
    """A state's ISO3 code, or its number in a list where ISO gave it none.

    Examples
    --------
    >>> code_of(find("PRK")), code_of(find(300, 1900, "cow"))
    ('PRK', 'COW 300')
    """
    if state.iso3:
        return state.iso3
    return f"COW {state.cow}" if state.cow is not None else f"GW {state.gw}"


def _whole(state: State) -> Stretch:
    """All parts of the life of a state, in whatever list and under whatever name."""
    same = {
        part
        for system in ("iso3", "cow", "gw")
        for part in index(system).get(getattr(state, system), ())
        if same_state(part, state)
    }
    return Stretch(tuple(sorted(same, key=lambda part: part.start)))


def _before(stretch: Stretch, code: str) -> Stretch | None:
    """The stretch before: the state that this one continues, or the code's last bearer."""
    continued = [
        step.predecessor
        for step in predecessors(stretch.parts[0])
        if step.kind == "continuation" and step.predecessor.start < stretch.start
    ]
    if continued:
        return _whole(continued[-1])
    earlier = [state for state in index("iso3").get(code, ()) if state.last < stretch.start]
    return _whole(earlier[-1]) if earlier else None
