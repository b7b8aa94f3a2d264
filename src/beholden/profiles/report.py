"""The machine-readable profile: everything on the page, in numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from beholden.profiles.numbers import rounded
from beholden.profiles.successions import told

if TYPE_CHECKING:
    from beholden.profiles.courses import Point
    from beholden.profiles.lines import Line
    from beholden.profiles.model import Figure, League, Profile, Strand
    from beholden.profiles.peers import Peer, Peers
    from beholden.profiles.ranking import Ranking
    from beholden.profiles.standings import Standing, Standings

__all__ = ["ranking_form", "to_json"]

Form = dict[str, Any]


def to_json(profile: Profile) -> str:
    """The profile as JSON; equal profiles give equal text.

    Parameters
    ----------
    profile : Profile
        From :func:`beholden.profiles.profile`.

    Returns
    -------
    str
        `docs/profiles.md` names the fields.
    """
    form: Form = {
        "client": _line(profile.client, profile),
        "patron": _line(profile.patron, profile) if profile.patron else None,
        "years": [profile.first, profile.last],
        "measures": [_figure(figure) for figure in profile.figures],
        "leagues": [_league(league) for league in profile.leagues],
        "peers": _peers(profile.peers) if profile.peers else None,
        "events": _events(profile),
        "lacking": [
            {"measure": item.measure.name, "needs": list(item.needs)} for item in profile.lacking
        ],
        "fetch": profile.fetch,
        "sources": _sources(profile),
        "provenance": {
            "beholden": profile.provenance.code,
            "command": profile.command,
            "inputs": [vars(item) for item in profile.provenance.inputs],
        },
    }
    return json.dumps(form, ensure_ascii=False, indent=1) + "\n"


def ranking_form(ranking: Ranking, top: int) -> dict[str, Any]:
    """A ranking as JSON has it, cut to its first states.

    Parameters
    ----------
    ranking : Ranking
        From :func:`beholden.profiles.ranking.rank`.
    top : int
        How many states.
    """
    return {
        "measure": ranking.measure.name,
        "title": ranking.label,
        "picks": dict(ranking.picks),
        "over": ranking.field.over or None,
        "of": ranking.field.of or None,
        "scale": ranking.scale,
        "direction": ranking.direction,
        "first": "lowest" if ranking.lowest else "highest",
        "sources": list(ranking.sources),
        "notes": list(ranking.notes),
        **_standings(ranking.standings, top),
    }


def _standing(row: Standing) -> Form:
    """One state's place as JSON has it."""
    return {
        "code": row.code,
        "name": row.name,
        "rank": row.rank,
        "rank_low": row.best,
        "rank_high": row.worst,
        "value": rounded(row.value),
        "low": rounded(row.low),
        "high": rounded(row.high),
    }


def _standings(found: Standings, most: int | None = None) -> Form:
    """The order of one year as JSON has it, cut to the first `most` where given."""
    return {
        "year": found.year,
        "states": len(found.rows),
        "unknown": found.unknown or None,
        "without_value": list(found.absent),
        "order": [_standing(row) for row in found.rows[:most]],
    }


def _line(line: Line, profile: Profile) -> Form:
    shown = [line.stretches[place] for place in line.within(profile.first, profile.last)]
    return {
        "code": line.code,
        "name": line.name,
        "stretches": [
            {
                "code": stretch.label,
                "name": stretch.name,
                "start": stretch.start.isoformat(),
                "end": None if stretch.parts[-1].end is None else stretch.last.isoformat(),
            }
            for stretch in shown
        ],
        "notes": list(told(line, profile.first, profile.last)),
    }


def _figure(figure: Figure) -> Form:
    place = figure.place
    return {
        "name": figure.measure.name,
        "construct": figure.measure.construct,
        "title": figure.measure.title,
        "of": "pair" if figure.pair else "states",
        "scale": figure.scale,
        "direction": figure.direction,
        "picks": dict(figure.picks),
        "sources": list(figure.sources),
        "series": [_strand(strand) for strand in figure.strands],
        "median_of_states": [[year, rounded(value)] for year, value in figure.middle],
        "place": {**_standing(place.standing), "states": place.field} if place else None,
        "notes": list(figure.notes),
    }


def _strand(strand: Strand) -> Form:
    return {
        "role": strand.role,
        "label": strand.label,
        "values": [_point(point) for point in strand.course.points],
        "missing": [
            {"from": gap.first, "to": gap.last, "reason": gap.reason} for gap in strand.course.gaps
        ],
    }


def _point(point: Point) -> Form:
    return {
        "year": point.year,
        "of": list(point.of),
        "value": rounded(point.value),
        "low": rounded(point.low),
        "high": rounded(point.high),
    }


def _league(league: League) -> Form:
    return {
        "definition": league.definition,
        "scale": league.scale,
        "years": [_standings(one, 10) for one in league.years],
    }


def _peers(peers: Peers) -> Form:
    return {
        "year": peers.year,
        "compared": peers.compared,
        "measures": [measure.name for measure in peers.measures],
        "own": _peer(peers.own),
        "nearest": [_peer(peer) for peer in peers.nearest],
    }


def _peer(peer: Peer) -> Form:
    return {
        "code": peer.code,
        "name": peer.name,
        "distance": rounded(peer.distance),
        "known": peer.shared,
        "values": [rounded(value) for value in peer.values],
    }


def _events(profile: Profile) -> list[Form]:
    if profile.marks is None:
        return []
    return [
        {"letter": mark.letter, "year": mark.year, "happened": list(mark.happened)}
        for mark in profile.marks.marks
    ]


def _sources(profile: Profile) -> list[Form]:
    return [
        {
            "dataset": record.dataset,
            "title": record.title,
            "version": record.version,
            "edition": record.edition,
            "citation": record.citation,
            "licence": record.licence,
            "redistribution": record.redistribution,
            "home": record.home,
        }
        for record in profile.records
    ]
