"""What is said when a code names no state."""

from __future__ import annotations

from datetime import date

import pytest

from beholden.errors import UnknownStateError
from beholden.states import find


def said(code: str | int, on: date | int | None = None, system: str = "iso3") -> str:
    with pytest.raises(UnknownStateError) as caught:
        find(code, on, system)
    return str(caught.value)


def test_wrong_date_says_what_was_asked_when_it_held_and_what_stood_there() -> None:
    assert said("RUS", date(1985, 6, 30)) == (
        "RUS did not exist on 1985-06-30 (it exists from 1991-12-26); "
        "on that date: SUN (Soviet Union), COW 365, GW 365."
    )


def test_wrong_year() -> None:
    assert said("SRB", 1985) == (
        "SRB did not exist in 1985 (it exists from 2006-06-05); "
        "in that year: YUG (Yugoslavia), COW 345, GW 345."
    )


def test_gap_in_one_list_names_both_spells_and_the_other_list() -> None:
    assert said(290, 1942, "cow") == (
        "COW 290 did not exist in 1942 (it existed from 1918-11-03 to 1939-09-27 and exists "
        "from 1945-06-28); in that year: POL (Poland), GW 290."
    )


def test_a_dissolved_state_names_the_continuing_one_first_and_all_the_others() -> None:
    message = said("SUN", 2000)
    assert "in that year: RUS (Russia), COW 365, GW 365; " in message
    assert message.count("GW") == 15
    assert "UKR (Ukraine)" in message


def test_before_a_secession_only_the_state_of_the_time_is_named() -> None:
    assert said("UKR", 1930).endswith("in that year: SUN (Soviet Union), COW 365, GW 365.")


def test_before_taiwan_stood_china() -> None:
    assert said("TWN", 1940).endswith("in that year: CHN (China), COW 710, GW 710.")


def test_nothing_in_its_place() -> None:
    assert said("PAK", 1900).endswith("; no state is listed in its place.")


def test_before_the_lists() -> None:
    assert said("FRA", 1700).endswith("; the lists of states begin on 1816-01-01.")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("PKR", "PRK (North Korea)"),
        ("prk", "PRK (North Korea)"),
        ("ROK", "KOR (South Korea)"),
        ("North Korea", "PRK (North Korea)"),
        ("Korea, Democratic People's Republic of", "PRK (North Korea)"),
        ("Untied States", "USA (United States)"),
        ("Zaire", "COD (Zaire)"),
        ("USSR", "SUN (Soviet Union)"),
        ("DPRK", "PRK (North Korea)"),
        (731, "PRK (North Korea)"),
        ("UKG", "GBR (United Kingdom)"),
    ],
)
def test_unknown_codes_get_the_likeliest_one(wrong: str | int, right: str) -> None:
    assert said(wrong) == (
        f'"{wrong}" is no ISO 3166 alpha-3 code of a state. Did you mean {right}?'
    )


@pytest.mark.parametrize(
    ("wrong", "system", "right"),
    [
        ("PRK", "cow", "COW 731 (North Korea)"),
        (408, "cow", "COW 731 (North Korea)"),
        (679, "gw", "GW 678 (Yemen)"),
        ("Vietnam", "gw", "GW 816 (Vietnam)"),
        (731, "m49", "M49 408 (North Korea)"),
    ],
)
def test_codes_of_another_system(wrong: str | int, system: str, right: str) -> None:
    assert said(wrong, 2000, system).endswith(f"Did you mean {right}?")


def test_a_state_without_a_code_in_the_system_is_named_by_the_codes_it_has() -> None:
    assert said("Kosovo", 2015).endswith("Did you mean Kosovo, COW 347, GW 347?")


def test_no_guess_where_nothing_is_near() -> None:
    assert said("XXX") == '"XXX" is no ISO 3166 alpha-3 code of a state.'
    assert said(9999, 2000, "cow") == '"9999" is no Correlates of War code of a state.'


def test_iso_codes_that_no_list_knows_say_whose_they_are() -> None:
    assert said("HKG") == (
        '"HKG" is no ISO 3166 alpha-3 code of a state: ISO gives it to Hong Kong, which neither '
        "COW nor GW lists as a state."
    )
    assert "withdrew it" in said("BYS", 1980)
    assert said("MAC").endswith("Did you mean MKD (North Macedonia)?")
