"""What holds for any code on any date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beholden.errors import UnknownStateError
from beholden.states import State, find, states
from beholden.states.timeline import System, index

SYSTEMS: tuple[System, ...] = ("iso3", "cow", "gw", "m49")
KNOWN = [(system, code) for system in SYSTEMS for code in index(system)]
FORMER = {"BUR", "DHY", "HVO", "RHO", "ROM", "XKX", "ZAR"}

known_codes = st.sampled_from(KNOWN)
any_codes = st.tuples(
    st.sampled_from(SYSTEMS), st.one_of(st.text(max_size=12), st.integers(-5, 1100))
)
days = st.dates(date(1750, 1, 1), date(2060, 12, 31))


def attempt(code: str | int, on: date | int, system: str) -> State | str:
    """The state found, or what was said instead; any other error passes through."""
    try:
        return find(code, on, system)
    except UnknownStateError as error:
        return str(error)


@given(known_codes, days)
def test_a_known_code_gives_a_state_of_that_day_or_says_what_stood_there(
    which: tuple[System, str | int], day: date
) -> None:
    system, code = which
    found = attempt(code, day, system)
    if isinstance(found, State):
        assert found.start <= day <= found.last
        assert getattr(found, system) == code or code in FORMER
    else:
        assert f"{code} did not exist on {day} (it exist" in found
        assert not any(s.start <= day <= s.last for s in index(system)[code])


@given(known_codes, st.integers(1750, 2060))
def test_a_known_code_gives_a_state_of_that_year_or_is_refused(
    which: tuple[System, str | int], year: int
) -> None:
    system, code = which
    found = attempt(code, year, system)
    if isinstance(found, State):
        assert found.start.year <= year <= found.last.year
    else:
        assert f"did not exist in {year} " in found
        assert not any(s.start.year <= year <= s.last.year for s in index(system)[code])


@given(any_codes, days)
def test_any_code_gives_a_state_or_is_refused_in_words(
    which: tuple[str, str | int], day: date
) -> None:
    system, code = which
    found = attempt(code, day, system)
    if isinstance(found, State):
        assert found.start <= day <= found.last
    else:
        assert found.endswith((".", "?"))


@given(days, st.sampled_from(["cow", "gw"]))
def test_members_of_a_day_are_found_again_under_every_code_they_bear(
    day: date, system: str
) -> None:
    for state in states(day, system):
        assert state.start <= day <= state.last
        for other in SYSTEMS:
            code = getattr(state, other)
            if code is not None:
                assert find(code, day, other) == state


@pytest.mark.parametrize("system", SYSTEMS)
def test_look_up_finds_the_first_and_last_day_of_every_stretch(system: System) -> None:
    for code, stretches in index(system).items():
        for state in stretches:
            assert find(code, state.start, system).name == state.name
            assert find(code, state.last, system).name == state.name
