"""High-level visits."""

from __future__ import annotations

from datetime import date

from measuring import evidence, made, measure


def test_visits_of_the_case_file() -> None:
    frame = measure("high_level_contacts").frame
    assert frame.height == 15
    assert frame["date"].is_sorted()
    assert frame["date"].to_list()[0] == date(2000, 5, 29)
    assert frame["date"].to_list()[-1] == date(2024, 4, 13)


def test_visits_from_memory_count_only_when_asked() -> None:
    sourced = set(measure("high_level_contacts").frame["date"])
    recalled = set(measure("high_level_contacts", held=evidence(memory=True)).frame["date"])
    assert recalled - sourced == {date(2001, 9, 3), date(2010, 8, 26), date(2015, 10, 9)}
    assert sourced < recalled


def test_visits_are_known_on_their_first_day() -> None:
    day = date(2015, 10, 9)
    for known_on, seen in ((date(2015, 10, 8), False), (day, True)):
        held = evidence(known_on, memory=True)
        assert (day in set(measure("high_level_contacts", held=held).frame["date"])) is seen


def test_years_cut_the_visits() -> None:
    frame = measure("high_level_contacts", years=(2018, 2019)).frame
    assert frame["year"].to_list() == [2018, 2018, 2018, 2019, 2019]


def test_only_visits_of_both_states_count() -> None:
    row = {"date": "2000", "start": date(2000, 1, 1), "title": "t"}
    rows = [
        {**row, "kind": "summit/visit", "actors": "CUB;RUS"},
        {**row, "kind": "summit/visit CUB-RUS", "actors": "RUS;CUB;VEN"},
        {**row, "kind": "summit/visit", "actors": "CUB;VEN"},
        {**row, "kind": "summit/visit", "actors": None},
        {**row, "kind": "border closure", "actors": "CUB;RUS"},
    ]
    series = measure("high_level_contacts", held=made("events", rows), client="CUB", patron="RUS")
    assert series.frame["rows"].to_list() == [["events:2"], ["events:3"]]
