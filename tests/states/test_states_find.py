"""Look-ups, and every trap that breaks merges between state lists."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from beholden.errors import UnknownStateError
from beholden.states import State, find, name, states


def codes(state: State) -> tuple[str | None, int | None, int | None, int | None]:
    return state.iso3, state.m49, state.cow, state.gw


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1900, 1, 1), (None, None, 365, 365)),
        (date(1922, 12, 29), (None, None, 365, 365)),
        (date(1922, 12, 30), ("SUN", 810, 365, 365)),
        (date(1991, 12, 25), ("SUN", 810, 365, 365)),
        (date(1991, 12, 26), ("RUS", 643, 365, 365)),
    ],
)
def test_russia_keeps_its_list_codes_and_changes_its_iso_code(
    day: date, expected: tuple[str | None, int | None, int | None, int | None]
) -> None:
    assert codes(find(365, day, "cow")) == expected
    assert codes(find(365, day, "gw")) == expected


def test_two_germanies_and_the_one_after() -> None:
    eve, unity = date(1990, 10, 2), date(1990, 10, 3)
    assert codes(find("DEU", eve)) == ("DEU", 280, 260, 260)
    assert codes(find("DEU", unity)) == ("DEU", 276, 255, 260)
    assert codes(find("DDR", eve)) == ("DDR", 278, 265, 265)
    assert codes(find("DEU", 1930)) == ("DEU", None, 255, 255)
    assert find(260, 2000, "gw").iso3 == "DEU"
    assert (find("DEU", 1950).cow, find("DEU", 1950).gw) == (None, 260)
    gone: list[tuple[str | int, date, str]] = [
        ("DDR", unity, "iso3"),
        (260, unity, "cow"),
        (255, eve, "cow"),
    ]
    for code, day, system in gone:
        with pytest.raises(UnknownStateError):
            find(code, day, system)


def test_two_yemens_and_the_one_after() -> None:
    eve, unity = date(1990, 5, 21), date(1990, 5, 22)
    assert codes(find(678, eve, "cow")) == ("YEM", 886, 678, 678)
    assert codes(find(680, eve, "gw")) == ("YMD", 720, 680, 680)
    assert codes(find("YEM", unity)) == ("YEM", 887, 679, 678)
    assert find(678, unity, "gw") == find(679, unity, "cow")
    for code, system in [(678, "cow"), (680, "cow"), (680, "gw")]:
        with pytest.raises(UnknownStateError):
            find(code, unity, system)


def test_two_vietnams_and_the_one_after() -> None:
    assert codes(find("VDR", 1970)) == ("VDR", None, 816, 816)
    assert codes(find("VNM", 1970)) == ("VNM", 714, 817, 817)
    assert codes(find("VNM", 1980)) == ("VNM", 704, 816, 816)
    assert find(815, 1850, "gw").iso3 is None
    with pytest.raises(UnknownStateError, match=r"on that date: VDR \(North Vietnam\), COW 816"):
        find("VNM", date(1975, 12, 1))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1900, 1, 1), (None, None, 345, 340)),
        (date(1930, 1, 1), ("YUG", 890, 345, 345)),
        (date(1992, 4, 26), ("YUG", 890, 345, 345)),
        (date(1992, 4, 27), ("YUG", 891, 345, 345)),
        (date(2003, 2, 3), ("YUG", 891, 345, 345)),
        (date(2003, 2, 4), ("SCG", 891, 345, 345)),
        (date(2006, 6, 4), ("SCG", 891, 345, 345)),
        (date(2006, 6, 5), ("SRB", 688, 345, 340)),
    ],
)
def test_serbia_and_the_yugoslavias(
    day: date, expected: tuple[str | None, int | None, int | None, int | None]
) -> None:
    assert codes(find(345, day, "cow")) == expected


def test_montenegro_and_kosovo() -> None:
    assert codes(find("MNE", date(2006, 6, 3))) == ("MNE", 499, None, 341)
    assert codes(find("MNE", date(2006, 6, 12))) == ("MNE", 499, 341, 341)
    assert codes(find("MNE", 1900)) == ("MNE", 499, None, 341)
    assert codes(find(347, 2010, "cow")) == (None, None, 347, 347)
    assert find("XKX", 2010) == find(347, 2010, "gw")


@pytest.mark.parametrize(
    ("parent", "child", "day", "parent_m49"),
    [
        ("SDN", "SSD", date(2011, 7, 9), (736, 729)),
        ("ETH", "ERI", date(1993, 5, 24), (230, 231)),
        ("PAK", "BGD", date(1971, 12, 16), (586, 586)),
    ],
)
def test_secessions(parent: str, child: str, day: date, parent_m49: tuple[int, int]) -> None:
    eve = day - timedelta(days=1)
    assert (find(parent, eve).m49, find(parent, day).m49) == parent_m49
    assert find(parent, eve).cow == find(parent, day).cow
    assert find(child, day).start == day
    with pytest.raises(UnknownStateError, match=f"on that date: {parent} "):
        find(child, eve)


def test_czechoslovakia() -> None:
    assert codes(find("CSK", date(1992, 12, 31))) == ("CSK", 200, 315, 315)
    assert codes(find("CZE", date(1993, 1, 1))) == ("CZE", 203, 316, 316)
    assert codes(find("SVK", date(1993, 1, 1))) == ("SVK", 703, 317, 317)
    with pytest.raises(UnknownStateError, match="on that date: CSK"):
        find("CZE", date(1992, 12, 31))


def test_koreas() -> None:
    assert codes(find("PRK", date(1948, 9, 9))) == ("PRK", 408, 731, 731)
    assert find("PRK").start == date(1948, 9, 9)
    assert codes(find("KOR", date(1948, 8, 15))) == ("KOR", 410, None, 732)
    assert codes(find("KOR", 2000)) == ("KOR", 410, 732, 732)
    assert find(730, 1900, "cow").iso3 is None
    with pytest.raises(UnknownStateError, match="1948-09-08"):
        find("PRK", date(1948, 9, 8))


def test_pacific_codes_that_mean_another_state_in_the_other_list() -> None:
    assert (find(970, 2000, "cow").iso3, find(970, 2000, "gw").iso3) == ("NRU", "KIR")
    assert [find(i, 2000).cow for i in ("KIR", "TUV", "TON")] == [946, 947, 955]
    assert [find(i, 2000).gw for i in ("KIR", "NRU", "TON", "TUV")] == [970, 971, 972, 973]


def test_former_codes_count_in_their_own_time_only() -> None:
    assert (find("BUR", 1980).iso3, find("BUR", 1980).name) == ("MMR", "Burma")
    assert find("ROM", 1990).iso3 == "ROU"
    assert find("ZAR", 1980) == find("COD", 1980)
    # Only ROM's own days count under ROM, but a new code for the same name cuts no state in two.
    assert find("ROM", 1990).end == date(2002, 2, 1)
    assert (find("ROU", 1990).start, find("ROU", 1990).end) == (date(1878, 7, 13), None)
    with pytest.raises(UnknownStateError, match=r"COD \(Democratic Republic of Congo\), COW 490"):
        find("ZAR", 2005)


def test_syria_in_the_united_arab_republic() -> None:
    assert find("SYR", date(1960, 1, 1)).cow is None
    assert find("SYR", date(1960, 1, 1)).gw == 652
    with pytest.raises(UnknownStateError, match=r"SYR \(Syria\), GW 652; EGY \(Egypt\), COW 651"):
        find(652, date(1960, 1, 1), "cow")


def test_a_year_asks_for_any_day_of_it_and_gives_the_latest_state() -> None:
    assert find("SUN", 1991).iso3 == "SUN"
    assert find(365, 1991, "cow").iso3 == "RUS"
    assert {s.cow for s in states(1990) if s.cow in (255, 260, 265)} == {255, 260, 265}


def test_a_moment_counts_as_its_day() -> None:
    noon = datetime(1991, 12, 25, 12, tzinfo=UTC)
    assert find("SUN", noon).iso3 == "SUN"


def test_today_is_the_default() -> None:
    assert find("RUS") == find("RUS", datetime.now().astimezone().date())
    with pytest.raises(UnknownStateError):
        find("SUN")


def test_numbers_may_be_text_and_m49_may_have_zeros() -> None:
    assert find("731", 2000, "cow") == find(731, 2000, "cow")
    assert find("004", 2000, "m49").iso3 == "AFG"


def test_censored_spells_go_on() -> None:
    assert find(731, 2024, "cow").end is None
    assert find(40, date(2199, 1, 1), "gw").iso3 == "CUB"


@pytest.mark.parametrize(
    ("iso3", "on", "expected"),
    [
        ("PRK", None, "North Korea"),
        ("KOR", None, "South Korea"),
        ("RUS", None, "Russia"),
        ("SYR", None, "Syria"),
        ("VNM", None, "Vietnam"),
        ("IRN", None, "Iran"),
        ("SUN", None, "Soviet Union"),
        ("DEU", 1980, "West Germany"),
        ("COD", 1980, "Zaire"),
    ],
)
def test_names(iso3: str, on: int | None, expected: str) -> None:
    assert name(iso3, on) == expected


def test_name_of_nothing() -> None:
    with pytest.raises(UnknownStateError, match="Did you mean PRK"):
        name("PKR")


def test_unknown_system_and_year_are_refused() -> None:
    with pytest.raises(ValueError, match="iso3, cow, gw, m49, found 'iso2'"):
        find("KP", system="iso2")
    with pytest.raises(ValueError, match="cow, gw, found 'iso3'"):
        states(2000, "iso3")
    with pytest.raises(ValueError, match="found 20000"):
        find("PRK", 20000)
