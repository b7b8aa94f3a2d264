"""The margin card of one claim: everything the page says about it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from markupsafe import Markup

from beholden import __version__
from beholden.brief.phrases import range_words
from beholden.brief.relating import curve, curve_title, figure_words, range_of
from beholden.brief.testing import Explanation, explain
from beholden.brief.verdicts import sources_of
from beholden.core import digest
from beholden.dates import in_words
from beholden.multiverse import asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from beholden.brief.charts import Chart
    from beholden.brief.model import Result
    from beholden.core import Estimate, Source
    from beholden.multiverse import Assessment
    from beholden.store import Cache

__all__ = ["Card", "card", "source_lines"]

MAX_SOURCES = 6
# The confidence that a data set's source carries, where a row of facts has high to low.
DATA_SET = "data set"


@dataclass(frozen=True)
class Link:
    """One title of a source with its address, where there is one."""

    title: str
    url: str


@dataclass(frozen=True)
class SourceLine:
    """The rows of evidence that share one source, or a data set with its version."""

    links: tuple[Link, ...]
    dated: str
    confidence: str
    from_memory: bool
    rows: str
    version: str = ""


@dataclass(frozen=True)
class Weight:
    """How much hangs on one choice."""

    share: str
    words: str


@dataclass(frozen=True)
class Side:
    """Then or now, in words."""

    answer: str
    share: str | None
    universes: int
    figure: str
    range: str
    decides: str
    weights: tuple[Weight, ...]
    missing: tuple[str, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """A chart, drawn."""

    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svg: Markup


@dataclass(frozen=True)
class Card:
    """One claim on the page."""

    id: str
    says: str
    now: Side
    then: Side
    figure_words: str
    figure_brief: str
    changed: str
    charts: tuple[Drawn, ...]
    test: Explanation
    sources: tuple[SourceLine, ...]
    more_sources: str


def card(result: Result, as_of: date, cache: Cache) -> Card:
    """Put one result into words and charts.

    Parameters
    ----------
    result : Result
        Then and now.
    as_of : date
        The day of then.
    cache : Cache
        Keeps drawn charts.

    Returns
    -------
    Card
        Ready for the template.
    """
    now, claim = result.now, result.claim
    reference = now.reference
    rows = reference.rows if reference else None
    shown = source_lines(sources_of(now, rows)) if reference or now.found else ()
    return Card(
        id=claim.id,
        says=claim.says,
        now=_side(now),
        then=_side(result.then),
        figure_words=_figure_words(result),
        figure_brief=_figure_brief(result),
        changed=_changed(result, as_of),
        charts=_charts(result, as_of, cache),
        test=explain(claim),
        sources=shown[:MAX_SOURCES],
        more_sources=_all_of(sources_of(now)),
    )


def _side(side: Assessment) -> Side:
    verdict, reference = side.verdict, side.reference
    questions = {choice.name: asked(choice) for choice in side.plan.choices}
    return Side(
        answer=verdict.answer,
        share=None if verdict.share is None else f"{100 * verdict.share:.0f}%",
        universes=verdict.universes,
        figure=side.figure,
        range=_range(side, reference),
        decides=verdict.decisive[0].words if verdict.decisive else "",
        weights=tuple(
            Weight(f"{100 * item.share_of_variance:.0f}%", questions[item.choice])
            for item in verdict.decisive
            if len(verdict.decisive) > 1
        ),
        missing=verdict.missing,
        caveats=verdict.caveats,
    )


def _range(side: Assessment, reference: Estimate | None) -> str:
    if side.found is not None:
        return range_of(side.found)
    return range_words(side.style, reference) if reference else ""


def _figure_words(result: Result) -> str:
    brief, measure = _figure_brief(result), result.claim.measure
    return f"{brief}: {measure.title}" if brief and measure and not result.claim.shows else brief


def _figure_brief(result: Result) -> str:
    """What the figure is, and on which side of the deciding choice it stands."""
    words, now = result.claim.figure_words, result.now
    if result.claim.association is not None:
        return figure_words(result.claim) if now.found else ""
    name = now.verdict.decisive[0].choice if now.verdict.decisive else "reading"
    if not words or now.reference is None or name == "reading":
        return words
    choice = next(choice for choice in now.plan.choices if choice.name == name)
    return f"{words}, {choice.option(now.reference.picks[name]).words}"


def _all_of(sources: Sequence[Source]) -> str:
    """How much evidence there is in all, in words."""
    sets = sum(source.confidence == DATA_SET for source in sources)
    rows = len(sources) - sets
    parts = []
    if rows:
        parts.append("1 row of evidence" if rows == 1 else f"{rows} rows of evidence")
    if sets:
        parts.append("1 data set" if sets == 1 else f"{sets} data sets")
    words = " and ".join(parts)
    return f"All {words}" if rows + sets > 1 else words.replace("1 ", "The one ")


def _changed(result: Result, as_of: date) -> str:
    """Why then and now differ, as far as the dates of the evidence tell."""
    now, then = result.now.verdict, result.then.verdict
    if now.answer == then.answer:
        return ""
    if then.answer == "untestable":
        return _unknown_then(result.now, in_words(as_of))
    return f"The verdict was {then.answer} on {in_words(as_of)} and is {now.answer} now."


def _unknown_then(now: Assessment, day: str) -> str:
    """Why a claim that can be tested now could not be tested then."""
    rows = now.reference.rows if now.reference else ()
    kinds = {source.confidence == DATA_SET for source in sources_of(now, rows)}
    sources = f"sources dated after {day}, or not dated"
    editions = f"editions of data sets that came out after {day}, or do not say when"
    if kinds == {True}:
        return (
            f"The figures behind today's verdict come from {editions}; earlier editions are not "
            "in the library, or do not reach far enough."
        )
    if kinds == {True, False}:
        return (
            f"The figures behind today's verdict come from {sources}, and from editions of data "
            "sets that came out later; what was printed before is not at hand."
        )
    return (
        f"The figures behind today's verdict come from {sources}; what was printed before is not "
        "in the case file."
    )


def _charts(result: Result, as_of: date, cache: Cache) -> tuple[Drawn, ...]:
    from beholden.brief.charts import chart_for

    return tuple(
        Drawn(
            drawn.title,
            drawn.description,
            drawn.columns,
            drawn.rows,
            Markup(_svg(drawn, cache)),  # noqa: S704 - the chart room escapes its text
        )
        for drawn in (
            *chart_for(result.now, result.claim, as_of),
            *curve(result.now, curve_title(result.claim)),
        )
    )


def _svg(chart: Chart, cache: Cache) -> str:
    from beholden.brief.charts import render

    # A chart is drawn again when its description or the program that draws it changes.
    key = f"chart-{digest([chart.digest, version('vl-convert-python'), __version__])}.svg"
    kept = cache.get(key)
    if kept is None:
        kept = render(chart)
        cache.put(key, kept)
    return kept


def source_lines(sources: Sequence[Source]) -> tuple[SourceLine, ...]:
    """Sources as the page lists them: rows that share a source stand in one line.

    Parameters
    ----------
    sources : sequence of Source
        In the order of their rows.
    """
    groups: dict[tuple[object, ...], list[Source]] = {}
    for source in sources:
        key = (source.title, source.url, source.dated, source.confidence, source.from_memory)
        groups.setdefault(key, []).append(source)
    return tuple(_line(group) for group in groups.values())


def _line(group: Sequence[Source]) -> SourceLine:
    first = group[0]
    version = first.note.removeprefix("Version ") if first.confidence == DATA_SET else ""
    return SourceLine(
        links=_links(first),
        # A data set whose day of publication nobody knows carries its version there.
        dated="" if first.dated == version else _dates(first.dated),
        confidence=first.confidence,
        from_memory=first.from_memory,
        rows=", ".join(item.row for item in group),
        version=version,
    )


def _dates(text: str) -> str:
    return ", ".join(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def _links(source: Source) -> tuple[Link, ...]:
    """Titles with their addresses; where their numbers differ, addresses stand for themselves."""
    titles = [part.strip() for part in source.title.split(" | ") if part.strip()]
    urls = [part.strip() for part in source.url.split(" ; ") if part.strip()]
    safe = [url if url.startswith(("https://", "http://")) else "" for url in urls]
    if len(titles) == len(safe):
        return tuple(Link(title, url) for title, url in zip(titles, safe, strict=True))
    return (*(Link(title, "") for title in titles), *(Link(url, url) for url in safe if url))
