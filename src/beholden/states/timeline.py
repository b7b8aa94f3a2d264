"""The spells and the codes laid over each other: one `State` per stretch without a change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from beholden.states.records import State, identities, spell_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beholden.states.records import Identity

__all__ = [
    "LISTS_BEGIN",
    "Code",
    "System",
    "Window",
    "check_system",
    "index",
    "on_window",
    "same_state",
    "timeline",
    "window",
]

System = Literal["iso3", "cow", "gw", "m49"]
Code = str | int
Window = tuple[date, date]

LISTS_BEGIN = date(1816, 1, 1)
_DAY = timedelta(days=1)


@cache
def timeline() -> tuple[State, ...]:
    """Every stretch of every state, in the order of `iso_codes.csv`."""
    members = _memberships()
    found: list[State] = []
    for identity in identities():
        for state in _stretches(identity, members):
            # Rows that differ only in a former code or in a remark make one stretch.
            if found and _continues(found[-1], state):
                found[-1] = replace(found[-1], end=state.end)
            else:
                found.append(state)
    return tuple(found)


@cache
def index(system: System) -> dict[Code, tuple[State, ...]]:
    """The stretches under each code of one system, oldest first."""
    by_code: defaultdict[Code, list[State]] = defaultdict(list)
    for state in timeline():
        code: Code | None = getattr(state, system)
        if code is not None:
            by_code[code].append(state)
    if system == "iso3":
        for former, states in _former_codes().items():
            by_code[former].extend(states)
    return {code: tuple(sorted(s, key=lambda state: state.start)) for code, s in by_code.items()}


def window(on: date | int | None) -> Window:
    """The first and last day that `on` covers: a day, a year, or today.

    Examples
    --------
    >>> [day.isoformat() for day in window(1991)]
    ['1991-01-01', '1991-12-31']
    """
    if on is None:
        on = datetime.now().astimezone().date()
    if isinstance(on, int):
        if not date.min.year <= on <= date.max.year:
            raise ValueError(f"expected a year from 1 to 9999 or a date, found {on}")
        return date(on, 1, 1), date(on, 12, 31)
    day = on.date() if isinstance(on, datetime) else on
    return day, day


def on_window(states: Iterable[State], days: Window) -> tuple[State, ...]:
    """Those of `states` that exist on at least one of `days`, oldest first."""
    first, last = days
    return tuple(s for s in states if s.start <= last and first <= s.last)


def same_state(one: State, other: State) -> bool:
    """Whether two stretches belong to one state: a new name or number alone makes no new state.

    Examples
    --------
    >>> zaire, congo = (index("iso3")["COD"][at] for at in (1, 2))
    >>> zaire.name, congo.name, same_state(zaire, congo)
    ('Zaire', 'Democratic Republic of Congo', True)
    """
    return _life(one) == _life(other)


def check_system(system: str, allowed: tuple[str, ...] = get_args(System)) -> None:
    """Refuse a system of codes that this room does not know."""
    if system not in allowed:
        raise ValueError(f"expected a system among {', '.join(allowed)}, found {system!r}")


@cache
def _life(state: State) -> tuple[str | None, int | None, int | None]:
    # The codes of the row, not of the stretch, which has None where a list skips the state.
    for row in identities():
        if (row.iso3, row.name) == (state.iso3, state.name) and row.start <= state.start <= row.end:
            return row.iso3, row.cow, row.gw
    return state.iso3, state.cow, state.gw


def _memberships() -> dict[tuple[str, int], list[Window]]:
    members: defaultdict[tuple[str, int], list[Window]] = defaultdict(list)
    for spell in spell_rows():
        members[spell.system, spell.code].append((spell.start, spell.end or date.max))
    return members


def _stretches(identity: Identity, members: dict[tuple[str, int], list[Window]]) -> list[State]:
    cow = _clipped(members, "cow", identity.cow, identity)
    gw = _clipped(members, "gw", identity.gw, identity)
    starts = {start for start, _ in cow + gw}
    # An open end is date.max, after which no day exists to start a new stretch.
    starts |= {end + _DAY for _, end in cow + gw if end < date.max}
    cuts = sorted(starts)
    found = []
    for number, start in enumerate(cuts):
        in_cow = identity.cow if _covers(cow, start) else None
        in_gw = identity.gw if _covers(gw, start) else None
        if in_cow is None and in_gw is None:
            continue
        end = cuts[number + 1] - _DAY if number + 1 < len(cuts) else None
        found.append(State(identity.iso3, identity.m49, in_cow, in_gw, identity.name, start, end))
    return found


def _clipped(
    members: dict[tuple[str, int], list[Window]], system: str, code: int | None, row: Identity
) -> list[Window]:
    if code is None:
        return []
    return [
        (max(start, row.start), min(end, row.end))
        for start, end in members[system, code]
        if start <= row.end and row.start <= end
    ]


def _covers(spans: list[Window], day: date) -> bool:
    return any(start <= day <= end for start, end in spans)


def _continues(before: State, after: State) -> bool:
    same = replace(before, start=after.start, end=after.end) == after
    return same and before.end is not None and before.end + _DAY == after.start


def _former_codes() -> dict[str, list[State]]:
    """Stretches cut to the days on which a former or unofficial alpha-3 code was in use."""
    found: dict[str, list[State]] = {}
    for row in identities():
        if row.also is None:
            continue
        own = [s for s in timeline() if (s.cow or s.gw) in (row.cow, row.gw) and s.name == row.name]
        found[row.also] = [
            replace(s, start=max(s.start, row.start), end=_none_if_open(min(s.last, row.end)))
            for s in own
            if s.start <= row.end and row.start <= s.last
        ]
    return found


def _none_if_open(day: date) -> date | None:
    return None if day == date.max else day
