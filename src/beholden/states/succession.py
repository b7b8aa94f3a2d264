"""Who follows whom: continuations, dissolutions, unifications, secessions, changes of seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, cast

from beholden.errors import UnknownStateError
from beholden.states.records import State, read
from beholden.states.timeline import index, same_state

if TYPE_CHECKING:
    from beholden.states.timeline import System

__all__ = ["Succession", "predecessors", "resolve", "successions", "successors"]


@dataclass(frozen=True)
class Succession:
    """One step from a state to another.

    Parameters
    ----------
    predecessor : State
        The state as it stood on the eve.
    successor : State
        The state as it stood on the day, or on the first day it is listed after it.
    on : date
        The first day of the new order.
    kind : str
        ``"continuation"``, ``"dissolution"``, ``"unification"``, ``"secession"`` or
        ``"seat change"``.
    note, source : str
        What the lists disagree on, and where the date is from.
    """

    predecessor: State
    successor: State
    on: date
    kind: str
    note: str
    source: str


@cache
def successions() -> tuple[Succession, ...]:
    """Every row of `successions.csv`."""
    return tuple(_succession(row) for row in read("successions.csv"))


def successors(state: State | str) -> tuple[Succession, ...]:
    """What came after a state, in whole or in part.

    Parameters
    ----------
    state : State or str
        A state, for what followed it from its `start` on; or a code, for everything that ever
        followed a state under it. A state without an ISO code is written ``"COW 300"`` or
        ``"GW 711"``.

    Returns
    -------
    tuple of Succession
        By date, then by name.

    Examples
    --------
    >>> [(step.successor.iso3, step.kind) for step in successors("CSK")]
    [('CZE', 'dissolution'), ('SVK', 'dissolution')]
    """
    steps = successions()
    if isinstance(state, State):
        found = [s for s in steps if same_state(s.predecessor, state) and s.on >= state.start]
    else:
        found = [s for s in steps if s.predecessor in _named(state)]
    return tuple(sorted(found, key=lambda step: (step.on, step.successor.name)))


def predecessors(state: State | str) -> tuple[Succession, ...]:
    """What a state came from.

    Parameters
    ----------
    state : State or str
        A state, for what came before it up to its `end`; or a code, for everything that ever
        came before a state under it.

    Returns
    -------
    tuple of Succession
        By date, then by name.

    Examples
    --------
    >>> [(step.predecessor.iso3, step.on.isoformat()) for step in predecessors("SSD")]
    [('SDN', '2011-07-09')]
    """
    steps = successions()
    if isinstance(state, State):
        found = [s for s in steps if same_state(s.successor, state) and s.on <= state.last]
    else:
        found = [s for s in steps if s.successor in _named(state)]
    return tuple(sorted(found, key=lambda step: (step.on, step.predecessor.name)))


def resolve(key: str) -> tuple[State, ...]:
    """The stretches under an ISO code or under ``"COW 300"``, ``"GW 711"``; empty if none.

    Examples
    --------
    >>> resolve("COW 300")[0].name
    'Austria-Hungary'
    """
    system, _, number = key.partition(" ")
    if system in ("COW", "GW") and number.isdecimal():
        return index(cast("System", system.lower())).get(int(number), ())
    return index("iso3").get(key, ())


def _named(key: str) -> tuple[State, ...]:
    found = resolve(key)
    if not found:
        from beholden.states.hints import explain

        raise UnknownStateError(explain(key, None, "iso3"))
    return found


def _succession(row: dict[str, str]) -> Succession:
    day = date.fromisoformat(row["date"])
    before = [state for state in resolve(row["predecessor"]) if state.start < day]
    # A state that is not yet listed on the day is taken as it stands when its listing begins.
    after = [state for state in resolve(row["successor"]) if state.last >= day]
    return Succession(before[-1], after[0], day, row["kind"], row["note"], row["source"])
