"""What happened in the years shown: events of the case file, or changes of leaders."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from beholden.dates import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from beholden.core import Table
    from beholden.panels import Holdings
    from beholden.profiles.lines import Line

__all__ = ["LEADERS", "Mark", "Marks", "events", "leaders"]

MOST_YEARS = 12
LEADERS = "leaders_archigos"
# Kinds of events that are marked before others, the rarest of which follow.
_FIRST = ("leader succession", "nuclear test", "diplomatic relations", "UN sanctions veto")
_LEAST_DAYS = 365


@dataclass(frozen=True)
class Mark:
    """One year with what happened in it, under the letter that marks it on the charts."""

    letter: str
    year: int
    happened: tuple[str, ...]


@dataclass(frozen=True)
class Marks:
    """The years marked, and in words what they are and what is left out."""

    marks: tuple[Mark, ...]
    about: str
    source: str = ""


def events(table: Table | None, first: int, last: int) -> Marks | None:
    """The events of the facts about a client, in at most twelve years.

    Parameters
    ----------
    table : Table or None
        Of the kind ``events``; rows from memory are left out.
    first, last : int
        Years, both counted.

    Returns
    -------
    Marks or None
        None where there are no events. Whole kinds are marked, leaders first and then the
        rarest, until their years are too many for a chart.
    """
    if table is None:
        return None
    frame = table.frame.filter(
        ~pl.col("memory").list.contains("*") & pl.col("start").dt.year().is_between(first, last)
    ).sort("start")
    kinds, years = _kinds(frame)
    if not kinds:
        return None
    shown = frame.filter(pl.col("kind").is_in(kinds))
    told: dict[int, list[str]] = {}
    for day, title in shown.select("date", "title").iter_rows():
        told.setdefault(int(day[:4]), []).append(f"{title} ({in_words(day)})")
    rest = frame.height - shown.height
    about = f"Events of the case file: {', '.join(kinds)}"
    left = f"; {rest} of other kinds are not marked." if rest else "."
    return Marks(_lettered({year: told[year] for year in sorted(years)}), about + left, "case file")


def leaders(holdings: Holdings, line: Line, first: int, last: int) -> Marks | None:
    """Years in which somebody came to lead the client, from Archigos.

    Parameters
    ----------
    holdings : Holdings
        The library.
    line : Line
        The client.
    first, last : int
        Years, both counted.

    Returns
    -------
    Marks or None
        None where the data set is not held or names nobody. Spells of less than a year are
        left out, and of more than twelve years the shortest spells first.
    """
    if not holdings.holds(LEADERS):
        return None
    frame = holdings.frame(LEADERS)
    spells = [
        (start, str(name), (end - start).days)
        for start, end, name in _spells(frame, line)
        if first <= start.year <= last and (end - start).days >= _LEAST_DAYS
    ]
    kept = sorted(spells, key=lambda spell: -spell[2])[:MOST_YEARS]
    told: dict[int, list[str]] = {}
    for start, name, _ in sorted(kept):
        told.setdefault(start.year, []).append(f"{name} takes office ({in_words(start)})")
    if not told:
        return None
    about = "Leaders who came to office and held it for a year or more; the data end in 2015."
    return Marks(_lettered(told), about, LEADERS)


def _spells(frame: pl.DataFrame, line: Line) -> list[tuple[date, date, str]]:
    found = []
    for stretch in line.stretches:
        codes = {part.gw for part in stretch.parts if part.gw is not None}
        own = frame.filter(pl.col("ccode").is_in(list(codes)))
        rows = own.select("startdate", "enddate", "leader").drop_nulls().iter_rows()
        found += [row for row in rows if stretch.start <= row[0] <= stretch.last]
    return found


def _kinds(frame: pl.DataFrame) -> tuple[list[str], set[int]]:
    """Kinds that fit on a chart together, with their years."""
    counts = Counter(frame["kind"].to_list())
    order = sorted(
        counts, key=lambda kind: (kind not in _FIRST, _place(kind), counts[kind], str(kind))
    )
    kinds: list[str] = []
    years: set[int] = set()
    for kind in order:
        added = set(frame.filter(pl.col("kind") == kind)["start"].dt.year().to_list())
        if len(years | added) > MOST_YEARS:
            break
        kinds.append(kind)
        years |= added
    return kinds, years


def _place(kind: str) -> int:
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST)


def _lettered(told: Mapping[int, list[str]]) -> tuple[Mark, ...]:
    return tuple(
        Mark(chr(ord("a") + place), year, tuple(happened))
        for place, (year, happened) in enumerate(told.items())
    )
