"""The tables of a page: who, latest figures, leagues, peers, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beholden.dates import in_words
from beholden.profiles.numbers import range_words, unit_words, written

if TYPE_CHECKING:
    from beholden.profiles.lines import Line
    from beholden.profiles.model import Figure, League, Profile
    from beholden.profiles.peers import Peer, Peers
    from beholden.profiles.standings import Standing, Standings

__all__ = ["LEAGUE_RANKS", "gaps", "latest", "league", "lines_of", "ordinal", "peers", "who"]

LEAGUE_RANKS = 5
_DASH = "\N{EN DASH}"


def lines_of(profile: Profile) -> tuple[Line, ...]:
    """The client's line, and the patron's where there is one."""
    return (profile.client, *([profile.patron] if profile.patron else []))


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
                        "start": in_words(max(start, stretch.since(profile.first))),
                        "end": "" if end.year >= 9999 else in_words(end),
                    }
                )
    return rows


def _code(*codes: object) -> str:
    return next((str(code) for code in codes if code is not None), "\N{EN DASH}")


def latest(figure: Figure) -> dict[str, str]:
    """The last value of a figure, its range, its year and its place."""
    point = figure.main.latest
    if point is None:
        return {"value": "", "range": "", "year": "", "unit": "", "place": ""}
    unit = "" if _unitless(figure.scale) else unit_words(figure.scale)
    return {
        "value": ("rank " if figure.scale == "rank" else "") + written(point.value, figure.scale),
        "unit": unit,
        "range": range_words(point.low, point.high, figure.scale),
        "year": str(point.year),
        "place": _place(figure),
    }


def _unitless(scale: str) -> bool:
    return unit_words(scale).startswith("percent") or scale in ("rank", "index")


def _place(figure: Figure) -> str:
    place = figure.place
    if place is None:
        return ""
    standing = place.standing
    open_ranks = f" ({standing.interval})" if standing.interval else ""
    field = "states" if not figure.pair else "partners"
    first = "highest" if not figure.direction.startswith("lower") else "lowest"
    return f"{ordinal(standing.rank)} {first}{open_ranks} of {place.field} {field}"


def ordinal(rank: int) -> str:
    """A rank as prose writes it.

    Examples
    --------
    >>> [ordinal(rank) for rank in (1, 2, 3, 11, 22)]
    ['1st', '2nd', '3rd', '11th', '22nd']
    """
    teens = rank % 100 in (11, 12, 13)
    return f"{rank}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th')}"


def league(found: League, profile: Profile) -> dict[str, Any]:
    """One definition's table: for each year the first patrons, and the patron of the page."""
    return {
        "definition": found.definition,
        "words": found.words,
        "rows": [_league_row(one, found.scale, profile) for one in found.years],
        "intervals": next((one.intervals for one in found.years if one.rows), ""),
    }


def _league_row(one: Standings, scale: str, profile: Profile) -> dict[str, Any]:
    own = ""
    if profile.patron is not None:
        place = profile.patron.place(one.year)
        own = "" if place is None else profile.patron.stretches[place].label
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


def gaps(figure: Figure) -> list[dict[str, str]]:
    """What a figure lacks: its years without a value, for the pair or for each state."""
    rows = []
    for strand in figure.strands:
        if strand.role not in ("main", "patron") or not strand.course.gaps:
            continue
        whose = "" if figure.pair else strand.label
        reasons: dict[str, list[str]] = {}
        for gap in strand.course.gaps:
            reasons.setdefault(gap.reason, []).append(gap.years)
        told = [f"{', '.join(years)}: {reason}" for reason, years in reasons.items()]
        rows.append({"title": figure.measure.title, "whose": whose, "told": "; ".join(told)})
    return rows
