"""Who stands for a code from year to year, and what is said of names and successions."""

from __future__ import annotations

from itertools import pairwise

import pytest

from beholden.errors import UnknownStateError
from beholden.profiles.lines import bearer, line
from beholden.profiles.successions import told, with_article


def labels(code: str, years: range) -> list[str | None]:
    found = line(code)
    places = [found.place(year) for year in years]
    return [None if place is None else found.stretches[place].label for place in places]


def test_a_patron_russia_is_the_soviet_union_to_the_end_of_1991() -> None:
    assert labels("RUS", range(1990, 1994)) == ["SUN", "SUN", "RUS", "RUS"]
    assert [line("RUS").code_in("cow", year) for year in (1991, 1992)] == [365, 365]


def test_a_state_that_ended_does_not_go_on_in_its_successor() -> None:
    assert labels("SUN", range(1990, 1994)) == ["SUN", "SUN", None, None]


def test_what_seceded_has_no_past_under_another_name() -> None:
    assert labels("BLR", range(1989, 1993)) == [None, None, "BLR", "BLR"]
    assert len(line("BLR").stretches) == len(line("CZE").stretches) == 1


def test_a_continuation_leads_back_though_another_state_bore_the_code() -> None:
    """South Vietnam bore VNM before, but Vietnam continues the North."""
    names = [stretch.name for stretch in line("VNM").stretches]
    assert names == ["North Vietnam", "Vietnam"]
    assert line("VNM").name_in(1970) == "North Vietnam"


def test_germany_has_no_state_between_its_stretches() -> None:
    assert labels("DEU", range(1944, 1951)) == ["DEU", "DEU", None, None, None, "DEU", "DEU"]
    assert [line("DEU").code_in("cow", year) for year in (1989, 1990, 1991)] == [260, 260, 255]


@pytest.mark.parametrize("code", ["RUS", "DEU", "VNM", "YEM", "SRB", "SYR", "EGY", "CUB", "MMR"])
def test_stretches_follow_each_other_and_never_overlap(code: str) -> None:
    stretches = line(code).stretches
    assert all(a.last < b.start for a, b in pairwise(stretches))


def test_a_list_that_drops_a_state_leaves_it_without_a_code() -> None:
    syria = line("SYR")
    assert [syria.code_in("cow", year) for year in (1958, 1960, 1961)] == [652, None, 652]
    assert syria.code_in("gw", 1960) == 652


def test_a_name_holds_for_most_of_its_year() -> None:
    congo = line("COD")
    assert [congo.name_in(year) for year in (1971, 1972, 1996, 1997)] == [
        "Congo-Kinshasa",
        "Zaire",
        "Zaire",
        "Democratic Republic of Congo",
    ]


def test_small_letters_are_taken() -> None:
    assert line("prk").code == "PRK"


@pytest.mark.parametrize(("code", "hint"), [("DPRK", "PRK (North Korea)"), ("Syria", "SYR")])
def test_an_unknown_code_names_the_nearest(code: str, hint: str) -> None:
    with pytest.raises(UnknownStateError) as found:
        line(code)
    assert hint in str(found.value)


def test_who_bore_a_number_in_a_year() -> None:
    names = [getattr(bearer("cow", 365, year), "iso3", None) for year in (1990, 1991, 1992)]
    assert names == ["SUN", "SUN", "RUS"]
    assert bearer("cow", 999, 1990) is None


def test_a_succession_is_told_with_the_years_that_belong_to_each() -> None:
    (text,) = told(line("RUS"), 1946, 2020)
    assert text == (
        "Figures up to 1991 are those of the Soviet Union (SUN), figures from then on those of "
        "Russia (RUS), which begins on 26 December 1991: two stretches, and nothing of one is "
        "carried over to the other."
    )


def test_the_other_parts_of_a_union_are_named() -> None:
    assert "East Germany went into it as well and is not shown." in told(line("DEU"), 1960, 2000)[0]


def test_a_beginning_is_told_with_what_was_there_before() -> None:
    (text,) = told(line("BLR"), 1946, 2020)
    assert text == (
        "The record of Belarus begins on 25 August 1991, by dissolution of the Soviet Union in the "
        "terms of the lists of states; nothing of the Soviet Union is counted as its own."
    )


def test_an_end_is_told_with_what_came_after() -> None:
    text = told(line("SUN"), 1950, 2000)[-1]
    assert text == (
        "The Soviet Union ended on 25 December 1991; nothing of Russia (RUS), which came after, is "
        "counted as its own."
    )
    assert told(line("SUN"), 1950, 1980) == ()


def test_a_state_that_kept_its_name_needs_no_words() -> None:
    assert told(line("CUB"), 1946, 2020) == ()


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("United States", "the United States"),
        ("Central African Republic", "the Central African Republic"),
        ("Solomon Islands", "the Solomon Islands"),
        ("North Korea", "North Korea"),
        ("Iceland", "Iceland"),
    ],
)
def test_names_inside_sentences(name: str, inside: str) -> None:
    assert with_article(name) == inside
