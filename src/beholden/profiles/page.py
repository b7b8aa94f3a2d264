"""The page of a profile: one self-contained HTML file."""

from __future__ import annotations

from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup

from beholden import __version__
from beholden.brief.charts import palette
from beholden.brief.charts.svg import render
from beholden.brief.page import environment as brief_environment
from beholden.brief.prose import SIGNS
from beholden.core import digest
from beholden.profiles import views
from beholden.profiles.drawing import chart
from beholden.profiles.successions import told, with_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

    from beholden.profiles.model import Figure, Profile
    from beholden.store import Cache

__all__ = ["environment", "page"]

_TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """The templates of profiles, then those of briefs; every value is escaped."""
    made = brief_environment()
    made.loader = ChoiceLoader([FileSystemLoader(_TEMPLATES), made.loader or FileSystemLoader([])])
    return made


def page(profile: Profile, cache: Cache, progress: Callable[[str], None] = lambda _: None) -> str:
    """Render a profile.

    Parameters
    ----------
    profile : Profile
        From :func:`beholden.profiles.profile`.
    cache : Cache
        Keeps drawn charts by the digest of their description.
    progress : callable
        Called with each measure's name before it is drawn.

    Returns
    -------
    str
        One HTML file that loads nothing from anywhere.
    """
    made = environment()
    styles = [made.get_template(name).render() for name in ("page.css", "profile.css")]
    return made.get_template("profile.html.j2").render(
        title=views.heading(profile),
        client=profile.client.name,
        patron=profile.patron.name if profile.patron else "",
        css=Markup("".join(styles) + palette.css()),  # noqa: S704 - our own style sheets
        signs=SIGNS,
        first=profile.first,
        last=profile.last,
        beholden=profile.provenance.code,
        standfirst=_standfirst(profile),
        who=views.who(profile),
        sentences=[
            text
            for each in views.lines_of(profile)
            for text in told(each, profile.first, profile.last)
        ],
        heads=views.heads(profile),
        sections=_sections(profile, cache, progress),
        lacking=profile.lacking,
        fetch=profile.fetch,
        marks=profile.marks,
        leagues=[views.league(league, profile) for league in profile.leagues],
        league_ranks=range(1, views.LEAGUE_RANKS + 1),
        peers=views.peers(profile.peers) if profile.peers else None,
        gaps=views.missing(profile.figures),
        records=profile.records,
        citations=profile.citations,
        inputs=profile.provenance.inputs,
        command=profile.command,
    )


def _standfirst(profile: Profile) -> str:
    whom = with_article(profile.client.name)
    if profile.patron:
        whom = f"the client {whom} and the patron {with_article(profile.patron.name)}"
    return f"What is on record of {whom}, {views.span(profile)}."


def _sections(
    profile: Profile, cache: Cache, progress: Callable[[str], None]
) -> list[dict[str, Any]]:
    found = []
    for construct, group in groupby(profile.figures, key=lambda f: f.measure.construct):
        figures = list(group)
        title, about = views.section(construct, pair=profile.patron is not None)
        shown = [_figure(figure, profile, cache, progress) for figure in figures if figure.filled]
        empty = [figure.measure for figure in figures if not figure.filled]
        if shown or empty:
            found.append(
                {"id": construct, "title": title, "about": about, "figures": shown, "empty": empty}
            )
    return found


def _figure(
    figure: Figure, profile: Profile, cache: Cache, progress: Callable[[str], None]
) -> dict[str, Any]:
    progress(figure.measure.name)
    drawn = chart(figure, profile)
    # A chart is drawn again when what it shows or the program that draws it changes.
    program = version("vl-convert-python"), __version__
    name = f"chart-{digest([drawn.spec, drawn.title, drawn.description, program])}.svg"
    svg = cache.get(name)
    if svg is None:
        svg = render(drawn)
        cache.put(name, svg)
    return {
        "measure": figure.measure,
        "words": figure.words,
        "direction": figure.direction,
        "latest": views.latest(figure),
        "sources": figure.sources,
        "notes": figure.notes,
        "chart": drawn,
        "svg": Markup(svg),  # noqa: S704 - drawn by us, with all text escaped
    }
