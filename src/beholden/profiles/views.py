"""The tables of a page: who, latest figures, leagues, peers, and what is missing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from beholden.dates import in_words
from beholden.profiles.courses import Gap
from beholden.profiles.numbers import range_words, unit_after, unit_words, written
from beholden.profiles.successions import with_article
from beholden.states.timeline import LISTS_BEGIN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from beholden.profiles.courses import Course
    from beholden.profiles.lines import Line
    from beholden.profiles.model import Figure, League, Profile
    from beholden.profiles.peers import Peer, Peers
    from beholden.profiles.standings import Standing, Standings

__all__ = [
    "LEAGUE_RANKS",
    "gaps",
    "heading",
    "heads",
    "latest",
    "league",
    "lines_of",
    "missing",
    "peers",
    "section",
    "span",
    "who",
]

LEAGUE_RANKS = 5
_DASH = "\N{EN DASH}"
# Construct to its heading and what it is about.
_SECTIONS = {
    "lifeline": ("Lifeline", "what the client takes from the patron, and who else there is"),
    "cover": ("Cover", "how the patron stands by the client at the United Nations"),
    "exit": ("Exit", "who may leave, who does, and who takes them in"),
    "abuse": ("Abuse", "what is done to people's bodies"),
    "regime": ("Regime", "how power is won and held"),
    "market": ("Market", "how open and how free the economy is"),
    "ties": ("Ties", "what binds the two besides trade"),
    "power": ("Power", "how large the states are"),
    "leverage": ("Leverage", "how much the patron could move the client"),
}
# The same where there is no patron.
_ALONE = {
    "lifeline": "on how many partners the trade rests",
    "cover": "where the state stands at the United Nations, and what is voted on it",
    "ties": "what binds the state to others",
}


def lines_of(profile: Profile) -> tuple[Line, ...]:
    """The client's line, and the patron's where there is one."""
    return (profile.client, *([profile.patron] if profile.patron else []))


def heading(profile: Profile) -> str:
    """The page's title: the names that the states bore last within the years shown."""
    return " and ".join(each.name_in(profile.last) or each.name for each in lines_of(profile))


def span(profile: Profile) -> str:
    """The years shown, as prose writes them."""
    return Gap(profile.first, profile.last, "").years


def section(construct: str, *, pair: bool = True) -> tuple[str, str]:
    """A construct's heading, and what it is about."""
    title, about = _SECTIONS.get(construct, (construct[:1].upper() + construct[1:], ""))
    return title, about if pair else _ALONE.get(construct, about)


def heads(profile: Profile) -> list[dict[str, str]]:
    """The first figure of each construct that has a latest value."""
    rows = []
    for construct, figures in groupby(profile.figures, key=lambda f: f.measure.construct):
        shown = next((figure for figure in figures if figure.main.latest), None)
        if shown is not None:
            rows.append(
                {
                    "construct": section(construct)[0],
                    "name": shown.measure.name,
                    "title": shown.measure.title,
                    **latest(shown),
                }
            )
    return rows


def who(profile: Profile) -> list[dict[str, str]]:
    """A row for each state under each name, as far as it falls into the years shown."""
    rows = []
    for role, each in zip(("client", "patron"), lines_of(profile), strict=False):
        for place in each.within(profile.first, profile.last):
            stretch = each.stretches[place]
            for part_name, start, end in stretch.names:
                if end.year < profile.first or start.year > profile.last:
                    continue
                state = next(p for p in reversed(stretch.parts) if p.name == part_name)
                rows.append(
                    {
                        "role": role,
                        "name": part_name,
                        "code": stretch.label,
                        "cow": _code(each.code_in("cow", min(end.year, profile.last)), state.cow),
                        "gw": _code(each.code_in("gw", min(end.year, profile.last)), state.gw),
                        "start": _start(max(start, stretch.since(profile.first))),
                        "end": "" if end.year >= 9999 else in_words(end),
                    }
                )
    return rows


def _start(day: date) -> str:
    return "before 1816" if day <= LISTS_BEGIN else in_words(day)


def _code(*codes: object) -> str:
    return next((str(code) for code in codes if code is not None), "\N{EN DASH}")


def latest(figure: Figure) -> dict[str, str]:
    """The last value of a figure, its range, its year and its place."""
    point = figure.main.latest
    if point is None:
        return {"value": "", "range": "", "year": "", "unit": "", "place": ""}
    return {
        "value": ("rank " if figure.scale == "rank" else "") + written(point.value, figure.scale),
        "unit": unit_after(figure.scale),
        "range": range_words(point.low, point.high, figure.scale),
        "year": str(point.year),
        "place": _place(figure),
    }


def _place(figure: Figure) -> str:
    if figure.place is None:
        return ""
    field = "partners" if figure.pair else "states"
    return f"rank {_ranked(figure.place.standing)} of {figure.place.field} {field}"


def league(found: League, profile: Profile) -> dict[str, Any]:
    """One definition's table: for each year the first patrons, and the patron of the page."""
    return {
        "definition": found.definition,
        "words": found.words,
        "rows": [_league_row(one, found.scale, profile) for one in found.years],
        "intervals": _intervals(found, profile),
    }


def _intervals(found: League, profile: Profile) -> str:
    """What ranks in brackets mean, where there are any."""
    for one in found.years:
        standing = one.of(_own(profile, one.year))
        if standing is not None and standing.interval:
            return one.intervals
    return ""


def _own(profile: Profile, year: int) -> str:
    """The code that the patron bore in a year; empty where there was none."""
    place = profile.patron.place(year) if profile.patron else None
    return "" if profile.patron is None or place is None else profile.patron.stretches[place].label


def _league_row(one: Standings, scale: str, profile: Profile) -> dict[str, Any]:
    own = _own(profile, one.year)
    standing = one.of(own)
    cells = [
        {
            "name": row.name,
            "value": written(row.value, scale),
            "rank": _ranked(row),
            "own": row.code == own,
        }
        for row in one.rows[:LEAGUE_RANKS]
    ]
    return {
        "year": one.year,
        "unknown": one.unknown,
        "cells": cells,
        "empty": LEAGUE_RANKS - len(cells),
        "field": len(one.rows),
        "absent": ", ".join(with_article(name) for name in one.absent),
        "own": f"{_ranked(standing)} of {len(one.rows)}" if standing else _DASH,
    }


def _ranked(row: Standing) -> str:
    return f"{row.rank} ({row.interval})" if row.interval else str(row.rank)


def peers(found: Peers) -> dict[str, Any]:
    """The peers as columns, the measures compared as rows."""
    columns = (found.own, *found.nearest)
    rows = [
        {
            "title": measure.title,
            "unit": unit_words(scale),
            "cells": [written(peer.values[at], scale) for peer in columns],
        }
        for at, (measure, scale) in enumerate(zip(found.measures, found.scales, strict=True))
    ]
    return {
        "year": found.year,
        "names": [peer.name for peer in columns],
        "distances": [_DASH, *(f"{peer.distance:.2f}" for peer in found.nearest)],
        "shared": [_shared(peer, found) for peer in columns],
        "rows": rows,
        "compared": found.compared,
        "measures": len(found.measures),
    }


def _shared(peer: Peer, found: Peers) -> str:
    return f"{peer.shared} of {len(found.measures)}"


def missing(figures: Iterable[Figure]) -> list[dict[str, str]]:
    """What all figures lack, those together that lack the same."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        for row in gaps(figure):
            whose = f" ({row['whose']})" if row["whose"] else ""
            found.setdefault(row["told"], []).append(row["title"] + whose)
    return [{"titles": "; ".join(titles), "told": told} for told, titles in found.items()]


def gaps(figure: Figure) -> list[dict[str, str]]:
    """What a figure lacks: its years without a value, for the pair or for each state."""
    told: dict[str, list[str]] = {}
    for strand in figure.strands:
        if strand.role in ("main", "patron") and strand.course.gaps:
            told.setdefault(_reasons(strand.course), []).append(strand.label)
    strands = sum(strand.role in ("main", "patron") for strand in figure.strands)
    return [
        {
            "title": figure.measure.title,
            "whose": "" if figure.pair or len(names) == strands else names[0],
            "told": words,
        }
        for words, names in told.items()
    ]


def _reasons(found: Course) -> str:
    by_reason: dict[str, list[str]] = {}
    for gap in found.gaps:
        by_reason.setdefault(gap.reason, []).append(gap.years)
    return "; ".join(f"{', '.join(years)}: {reason}" for reason, years in by_reason.items())
