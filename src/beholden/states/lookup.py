"""Look-ups by code and date."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from beholden.errors import UnknownStateError
from beholden.states.records import spell_rows
from beholden.states.timeline import check_system, index, on_window, window

if TYPE_CHECKING:
    from datetime import date

    from beholden.states.records import Spell, State
    from beholden.states.timeline import Code, System

__all__ = ["find", "name", "spells", "states"]

_LISTS = ("cow", "gw")


def find(code: str | int, on: date | int | None = None, system: str = "iso3") -> State:
    """The state that bears a code on a date.

    Parameters
    ----------
    code : str or int
        The code, in capitals for ISO; numbers may be given as text.
    on : date, int or None
        A day; a year, which asks for a state that existed on any day of it and gives the latest
        one; or None for today.
    system : str
        ``"iso3"``, ``"cow"``, ``"gw"`` or ``"m49"``.

    Returns
    -------
    State
        The state, under all the codes that it bears on that date.

    Raises
    ------
    UnknownStateError
        The code never existed, or not on that date; the message names what did.

    Examples
    --------
    >>> find("PRK").name
    'North Korea'
    >>> find(345, 1985, "cow").iso3
    'YUG'
    """
    check_system(system)
    known, days = cast("System", system), window(on)
    there = on_window(index(known).get(_key(code, known), ()), days)
    if there:
        return there[-1]
    # Messages need succession and the nearest names, which a look-up that succeeds does not.
    from beholden.states.hints import explain

    raise UnknownStateError(explain(_key(code, known), on, known))


def name(iso3: str, on: date | int | None = None) -> str:
    """The short common name of a state.

    Parameters
    ----------
    iso3 : str
        ISO 3166 alpha-3 code.
    on : date, int or None
        A day or a year; None asks for the latest state under the code, also when it has ended.

    Examples
    --------
    >>> name("PRK"), name("SUN"), name("DEU", 1985)
    ('North Korea', 'Soviet Union', 'West Germany')
    """
    under_code = index("iso3").get(iso3)
    return under_code[-1].name if on is None and under_code else find(iso3, on).name


def states(
    on: date | int | None = None, system: str = "cow", *, microstates: bool = True
) -> tuple[State, ...]:
    """All members of a state list on a date, by code.

    Parameters
    ----------
    on : date, int or None
        A day; a year, which counts every member on any day of it; or None for today.
    system : str
        ``"cow"`` or ``"gw"``.
    microstates : bool
        Whether to count the separate GW list of microstates; COW makes no such difference.

    Examples
    --------
    >>> len(states(2016, "cow")), len(states(2016, "gw", microstates=False))
    (195, 174)
    """
    check_system(system, _LISTS)
    days, micro = window(on), _microstates()
    found = []
    for code, under_code in sorted(index(cast("System", system)).items()):
        there = on_window(under_code, days)
        if there and (microstates or system == "cow" or code not in micro):
            found.append(there[-1])
    return tuple(found)


def spells(system: str) -> tuple[Spell, ...]:
    """Every membership spell of a state list, by code and date.

    Parameters
    ----------
    system : str
        ``"cow"`` or ``"gw"``.

    Examples
    --------
    >>> [(s.start.year, s.end) for s in spells("gw") if s.code == 731]
    [(1948, None)]
    """
    check_system(system, _LISTS)
    return tuple(spell for spell in spell_rows() if spell.system == system)


def _key(code: Code, system: System) -> Code:
    if system != "iso3" and isinstance(code, str) and code.strip().isdecimal():
        return int(code)
    return code


@cache
def _microstates() -> frozenset[int]:
    return frozenset(spell.code for spell in spell_rows() if spell.microstate)
