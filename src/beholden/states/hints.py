"""What to say when a code names no state: when it did, and what exists instead."""

from __future__ import annotations

from datetime import date, timedelta
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

from beholden.states.records import spell_rows
from beholden.states.succession import predecessors, successors
from beholden.states.timeline import (
    LISTS_BEGIN,
    index,
    on_window,
    same_state,
    timeline,
    window,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beholden.states.records import State
    from beholden.states.timeline import Code, System, Window

__all__ = ["explain"]

_TITLES: dict[System, str] = {
    "iso3": "ISO 3166 alpha-3",
    "cow": "Correlates of War",
    "gw": "Gleditsch-Ward",
    "m49": "UN M49",
}
_SHORT: dict[System, str] = {"iso3": "", "cow": "COW ", "gw": "GW ", "m49": "M49 "}
_MAX_GUESSES = 3
_CODE_LENGTH = 3
_NEAR = 0.6
# Initials in common use that are neither a code nor the abbreviation of a list.
_INITIALS = {
    "DPRK": "PRK",
    "FRG": "DEU",
    "FYROM": "MKD",
    "PRC": "CHN",
    "ROC": "TWN",
    "UK": "GBR",
    "US": "USA",
    "USSR": "SUN",
}


def explain(code: Code, on: date | int | None, system: System) -> str:
    """The message for a code that names no state on a date.

    Examples
    --------
    >>> from datetime import date
    >>> explain("RUS", date(1985, 6, 30), "iso3")[:66]
    'RUS did not exist on 1985-06-30 (it exists from 1991-12-26); on th'
    """
    own = index(system).get(code)
    return _absent(own, code, on, system) if own else _unknown(code, on, system)


def _absent(own: tuple[State, ...], code: Code, on: date | int | None, system: System) -> str:
    days = window(on)
    year = isinstance(on, int)
    asked = f"in {on}" if year else f"on {days[0]}"
    text = f"{_SHORT[system]}{code} did not exist {asked} ({_existence(own)})"
    there = _alternatives(own, days)
    if there:
        labels = "; ".join(state.label for state in there)
        return f"{text}; {'in that year' if year else 'on that date'}: {labels}."
    if days[1] < LISTS_BEGIN:
        return f"{text}; the lists of states begin on {LISTS_BEGIN}."
    return f"{text}; no state is listed in its place."


def _existence(own: Iterable[State]) -> str:
    """When a code was in use, stretches that follow each other told as one."""
    spans: list[list[date]] = []
    for state in own:
        if spans and state.start <= spans[-1][1] + timedelta(days=1):
            spans[-1][1] = state.last
        else:
            spans.append([state.start, state.last])
    past = [f"from {start} to {end}" for start, end in spans if end < date.max]
    now = [f"exists from {start}" for start, end in spans if end == date.max]
    told = [f"existed {' and '.join(past)}"] if past else []
    return "it " + " and ".join(told + now)


def _alternatives(own: tuple[State, ...], days: Window) -> list[State]:
    """States of that date under a code shared with `own`, then those along the succession."""
    shared = [state for state in timeline() if any(_share_code(state, one) for one in own)]
    found = list(on_window(shared, days))
    if days[1] < own[-1].start:
        found += _walk(own, days, backwards=True)
    if days[0] > own[0].last:
        found += _walk(own, days, backwards=False)
    distinct: list[State] = []
    for state in found:
        if not any(same_state(state, other) for other in distinct):
            distinct.append(state)
    return distinct


def _share_code(one: State, other: State) -> bool:
    pairs = ((one.iso3, other.iso3), (one.cow, other.cow), (one.gw, other.gw))
    return any(mine is not None and mine == theirs for mine, theirs in pairs)


def _walk(own: tuple[State, ...], days: Window, *, backwards: bool) -> list[State]:
    """States of that date reached from `own` along the succession, nearest first."""
    found: list[State] = []
    seen = set(own)
    queue = list(own)
    while queue:
        here = queue.pop(0)
        steps = predecessors(here) if backwards else successors(here)
        for state in ((s.predecessor if backwards else s.successor) for s in steps):
            if state in seen:
                continue
            seen.add(state)
            there = on_window((s for s in timeline() if same_state(s, state)), days)
            found += there[-1:]
            # Whoever held the ground on that date is the answer; what came before it is not.
            if not (backwards and there):
                queue.append(state)
    return found


def _unknown(code: Code, on: date | int | None, system: System) -> str:
    text = f'"{code}" is no {_TITLES[system]} code of a state'
    unlisted = _outside_lists(code) if system == "iso3" else ""
    if unlisted:
        # MAC is Macao in ISO and Macedonia in COW: a code of ISO's own is no slip of the keys.
        text, guesses = f"{text}: {unlisted}", _latest(_other_system(code, timeline()))
    else:
        guesses = _guesses(code, window(on), system)
    if not guesses:
        return f"{text}."
    shown = [_guess(state, system) for state in guesses]
    return f"{text}. Did you mean {' or '.join(shown)}?"


def _guess(state: State, system: System) -> str:
    code = getattr(state, system)
    return state.label if code is None else f"{_SHORT[system]}{code} ({state.name})"


def _guesses(code: Code, days: Window, system: System) -> list[State]:
    """The states somebody may have meant: the surest kind of match first, then the date."""
    pools = (on_window(timeline(), days), timeline())
    for match in (_other_system, _by_name, _by_near_name):
        for pool in pools:
            if states := match(code, pool):
                return _latest(states)[:_MAX_GUESSES]
    if system == "iso3":
        for pool in pools:
            if states := _by_near_code(code, pool):
                return _latest(states)[:_MAX_GUESSES]
    return []


def _latest(states: list[State]) -> list[State]:
    kept: dict[tuple[str | None, str], State] = {}
    for state in states:
        kept[state.iso3, state.name] = state
    return list(kept.values())


def _other_system(code: Code, pool: tuple[State, ...]) -> list[State]:
    """States that bear the code in another system, or as the abbreviation of a list."""
    word = str(code).strip().upper()
    if word.isdecimal():
        number = int(word)
        # COW before GW before M49, as the numbers of M49 are the least likely to be meant.
        return [s for field in ("cow", "gw", "m49") for s in pool if getattr(s, field) == number]
    listed = {(s.system, s.code) for s in spell_rows() if s.abbreviation == word}
    same = [s for s in pool if s.iso3 == _INITIALS.get(word, word)]
    return same or [s for s in pool if ("cow", s.cow) in listed or ("gw", s.gw) in listed]


def _by_name(code: Code, pool: tuple[State, ...]) -> list[State]:
    word = str(code).strip().casefold()
    return [state for state in pool if state.name.casefold() == word]


def _by_near_name(code: Code, pool: tuple[State, ...]) -> list[State]:
    """States whose short or official name is nearly the word; loads pycountry."""
    word = str(code).strip().casefold()
    if len(word) <= _CODE_LENGTH:
        return []
    official = _official_names()
    names: dict[str, list[State]] = {}
    for state in pool:
        for known in {state.name, *official.get(state.iso3 or "", ())}:
            names.setdefault(known.casefold(), []).append(state)
    close = get_close_matches(word, sorted(names), n=1, cutoff=0.7)
    return [state for known in close for state in names[known]]


def _by_near_code(code: Code, pool: tuple[State, ...]) -> list[State]:
    """States whose ISO code has the same letters in another order, or else one letter changed."""
    word = str(code).strip().upper()
    if len(word) > _CODE_LENGTH + 1 or word.isdecimal():
        return []
    codes = sorted({state.iso3 for state in pool if state.iso3})
    best = [known for known in codes if sorted(known) == sorted(word)]
    if not best:
        ranked = [(SequenceMatcher(None, word, known).ratio(), known) for known in codes]
        top = max(ranked, default=(0.0, ""))[0]
        best = [known for ratio, known in ranked if ratio == top and ratio > _NEAR]
    return [state for known in best for state in pool if state.iso3 == known]


def _outside_lists(code: Code) -> str:
    """What ISO means by a code that neither list of states knows; loads pycountry."""
    if str(code).upper() in index("iso3"):
        return ""  # pycountry does not mind the case of letters, and would find what is listed
    import pycountry

    now = pycountry.countries.get(alpha_3=str(code))
    if now is not None:
        return f"ISO gives it to {now.name}, which neither COW nor GW lists as a state"
    then = pycountry.historic_countries.get(alpha_3=str(code))
    if then is not None:
        return f"ISO gave it to {then.name} and withdrew it; neither COW nor GW lists it"
    return ""


def _official_names() -> dict[str, set[str]]:
    import pycountry

    fields = ("name", "common_name", "official_name")
    return {
        country.alpha_3: {getattr(country, field) for field in fields if hasattr(country, field)}
        for country in pycountry.countries
    }
