"""Who follows whom, and who held a seat."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from beholden.errors import UnknownStateError
from beholden.states import find, predecessors, successors, un_seat
from beholden.states.records import read
from beholden.states.succession import Succession, resolve, successions

KINDS = {"continuation", "dissolution", "unification", "secession", "seat change"}


def heirs(steps: tuple[Succession, ...]) -> set[tuple[str | None, str]]:
    return {(step.successor.iso3, step.kind) for step in steps}


def test_the_soviet_union_has_one_continuing_state_and_fourteen_others() -> None:
    steps = successors("SUN")
    assert len(steps) == 15
    assert [s.successor.iso3 for s in steps if s.kind == "continuation"] == ["RUS"]
    assert {s.successor.iso3 for s in steps if s.kind == "secession"} == {"EST", "LVA", "LTU"}


def test_germany() -> None:
    assert heirs(successors("DDR")) == {("DEU", "unification")}
    united = predecessors(find("DEU", 2000))
    assert [(s.predecessor.name, s.kind) for s in united] == [
        ("East Germany", "unification"),
        ("West Germany", "continuation"),
    ]
    assert [s.predecessor.name for s in predecessors(find("DEU", 1980))] == ["Germany"]


def test_yugoslavia() -> None:
    assert heirs(successors(find("YUG", 1980))) == {
        ("SVN", "dissolution"),
        ("HRV", "dissolution"),
        ("MKD", "dissolution"),
        ("BIH", "dissolution"),
        ("SCG", "continuation"),
    }
    assert heirs(successors("SCG")) == {("SRB", "continuation"), ("MNE", "secession")}
    assert [s.successor.cow for s in successors("SRB")] == [None]
    assert [s.successor.gw for s in successors("SRB")] == [347]


@pytest.mark.parametrize(
    ("child", "parent", "day", "kind"),
    [
        ("BGD", "PAK", date(1971, 12, 16), "secession"),
        ("ERI", "ETH", date(1993, 5, 24), "secession"),
        ("SSD", "SDN", date(2011, 7, 9), "secession"),
        ("CZE", "CSK", date(1993, 1, 1), "dissolution"),
        ("PRK", None, date(1948, 9, 9), "dissolution"),
    ],
)
def test_one_predecessor(child: str, parent: str | None, day: date, kind: str) -> None:
    (step,) = predecessors(child)
    assert (step.predecessor.iso3, step.on, step.kind) == (parent, day, kind)


def test_yemen_and_vietnam() -> None:
    yemen = predecessors(find("YEM", 2000))
    assert {s.predecessor.name for s in yemen} == {"North Yemen", "South Yemen"}
    assert heirs(successors(find("VNM", 1970))) == {("VDR", "unification")}
    assert heirs(successors("VDR")) == {("VNM", "continuation")}


def test_a_state_is_followed_from_its_own_time_on() -> None:
    assert {s.successor.iso3 for s in successors(find("ETH", 1980))} == {"ERI"}
    assert successors(find("PRK")) == ()


def test_states_without_iso_code() -> None:
    assert {s.successor.iso3 for s in successors("COW 300")} == {"AUT", "HUN", "CSK", "YUG"}
    assert [s.predecessor.name for s in predecessors("ZAF")] == ["Orange Free State", "Transvaal"]


def test_an_unknown_code_is_told() -> None:
    with pytest.raises(UnknownStateError, match=r"Did you mean PRK \(North Korea\)\?"):
        successors("PKR")


@pytest.mark.parametrize(
    "step", successions(), ids=lambda s: f"{s.predecessor.name}-{s.successor.name}-{s.on}"
)
def test_every_step_is_between_states_that_stood(step: Succession) -> None:
    assert step.kind in KINDS
    assert step.source
    assert step.predecessor.start < step.on
    assert step.successor.start <= step.on <= step.successor.last
    assert step.predecessor != step.successor


def test_only_long_occupations_part_a_state_from_its_successor() -> None:
    parted = {
        (step.predecessor.name, step.successor.name)
        for step in successions()
        if (step.on - step.predecessor.last).days > 31 and step.predecessor.end
    }
    assert parted == {
        ("Serbia", "Yugoslavia"),
        ("Montenegro", "Yugoslavia"),
        ("Germany", "West Germany"),
        ("Germany", "East Germany"),
        ("Korea", "South Korea"),
        ("Korea", "North Korea"),
    }


def test_chinas_seat() -> None:
    assert un_seat("CHN", date(1971, 10, 24)).cow == 713
    assert un_seat("CHN", date(1971, 10, 24)).gw == 713
    assert un_seat("CHN", date(1971, 10, 25)).iso3 == "CHN"
    assert un_seat(on=date(1946, 1, 1)).cow == 710
    assert un_seat().name == "China"
    assert un_seat("CHN", 1971).iso3 == "CHN"
    assert heirs(successors("TWN")) == {("CHN", "seat change")}


def test_the_soviet_seat() -> None:
    assert un_seat("RUS", 1980).iso3 == "SUN"
    assert un_seat("RUS", date(1991, 12, 26)).iso3 == "RUS"


def test_seats_that_do_not_exist() -> None:
    with pytest.raises(UnknownStateError, match="Valid: CHN, FRA, GBR, RUS, USA"):
        un_seat("IND")
    with pytest.raises(UnknownStateError, match="came into force on 1945-10-24"):
        un_seat("CHN", 1944)


def test_holders_of_a_seat_follow_each_other_without_gap_or_overlap() -> None:
    rows = read("un_seats.csv")
    for before, after in pairwise(rows):
        if before["seat"] == after["seat"]:
            last = date.fromisoformat(before["end"])
            assert date.fromisoformat(after["start"]) == last + timedelta(days=1)
        else:
            assert before["end"] == ""


@pytest.mark.parametrize("seat", ["CHN", "FRA", "GBR", "RUS", "USA"])
def test_a_seat_is_never_empty(seat: str) -> None:
    for year in range(1945, 2030):
        assert un_seat(seat, year).start.year <= year


def test_keys_of_the_tables() -> None:
    assert resolve("GW 711")[0].name == "Tibet"
    assert resolve("COW x") == ()
