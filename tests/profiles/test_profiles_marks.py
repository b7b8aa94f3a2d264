"""Which years are marked on the charts: whole kinds of events, or leaders."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from beholden.cases import facts_folder
from beholden.core import Provenance, Table
from beholden.profiles import marks
from beholden.profiles.lines import line
from beholden.store import Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beholden.panels import Holdings


def table(rows: Sequence[tuple[str, str, str, list[str]]]) -> Table:
    """Events as a library gives them: date, kind, title, what rests on memory."""
    frame = pl.DataFrame(
        [
            {
                "date": day,
                "kind": kind,
                "title": title,
                "memory": memory,
                "start": date.fromisoformat(f"{day}-01-01"[:10]),
            }
            for day, kind, title, memory in rows
        ],
        schema_overrides={"memory": pl.List(pl.String)},
    )
    return Table("events", frame, "event", ("date",), {}, Provenance())


def test_leaders_come_first_and_then_the_rarest_kinds() -> None:
    rows: list[tuple[str, str, str, list[str]]] = [
        (f"{1980 + at}-05-01", "visit", f"Visit {at}", []) for at in range(11)
    ]
    rows += [("1994-07-08", "leader succession", "A follows B", [])]
    rows += [("2000-01-01", "treaty", "A treaty", [])]
    found = marks.events(table(rows), 1946, 2020)
    assert found is not None
    assert [(mark.letter, mark.year) for mark in found.marks] == [("a", 1994), ("b", 2000)]
    assert found.marks[0].happened == ("A follows B (8 July 1994)",)
    assert found.about == (
        "Events of the case file: leader succession, treaty; 11 of other kinds are not marked."
    )


def test_events_of_one_year_share_a_mark() -> None:
    rows: list[tuple[str, str, str, list[str]]] = [
        ("1994-07-08", "treaty", "One", []),
        ("1994-09-01", "treaty", "Two", []),
    ]
    found = marks.events(table(rows), 1946, 2020)
    assert found is not None
    assert [mark.happened for mark in found.marks] == [
        ("One (8 July 1994)", "Two (1 September 1994)")
    ]


def test_what_rests_on_memory_or_lies_outside_is_not_marked() -> None:
    rows: list[tuple[str, str, str, list[str]]] = [
        ("1994-07-08", "treaty", "One", ["*"]),
        ("1930-09-01", "treaty", "Two", []),
    ]
    assert marks.events(table(rows), 1946, 2020) is None
    assert marks.events(None, 1946, 2020) is None


def test_the_worked_case_marks_at_most_twelve_years() -> None:
    held = Library([facts_folder()]).table("events", "PRK")
    found = marks.events(held, 1948, 2024)
    assert found is not None
    years = [mark.year for mark in found.marks]
    assert len(years) <= marks.MOST_YEARS
    assert years == sorted(years)
    assert 2006 in years


class Archigos:
    """Holdings that know leaders alone."""

    frame_ = pl.DataFrame(
        {
            "ccode": [40, 40, 40, 2],
            "leader": ["Grau", "Batista", "Castro", "Truman"],
            "startdate": [date(1948, 1, 1), date(1952, 3, 10), date(1959, 1, 2), date(1945, 4, 12)],
            "enddate": [date(1948, 6, 1), date(1959, 1, 1), date(2008, 2, 24), date(1953, 1, 20)],
        }
    )

    def holds(self, name: str) -> bool:
        return name == marks.LEADERS

    def frame(self, name: str) -> pl.DataFrame:
        assert name == marks.LEADERS
        return self.frame_


def test_leaders_of_the_client_who_stayed_a_year() -> None:
    holdings: Holdings = Archigos()  # type: ignore[assignment]
    found = marks.leaders(holdings, line("CUB"), 1946, 2020)
    assert found is not None
    assert [mark.happened for mark in found.marks] == [
        ("Batista takes office (10 March 1952)",),
        ("Castro takes office (2 January 1959)",),
    ]
    assert marks.leaders(holdings, line("CUB"), 1960, 2020) is None
