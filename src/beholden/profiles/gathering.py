"""Gather the figures of a profile: every measure there is, for one state or one pair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from beholden.core import union_provenance
from beholden.panels import STATE_YEAR
from beholden.profiles.courses import course
from beholden.profiles.facts import facts_about, facts_figure, facts_strand, from_facts
from beholden.profiles.model import Figure, Lacking, Place, Strand
from beholden.profiles.options import option_words
from beholden.profiles.standings import standings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from beholden.core import Provenance, Series
    from beholden.measures import Measure
    from beholden.measures.catalogue import MeasureCatalogue
    from beholden.panels import Values
    from beholden.profiles.courses import Course
    from beholden.profiles.lines import Line
    from beholden.store import Library

__all__ = ["Gathered", "Subject", "gather"]

# The choice whose options are sources of one and the same thing.
_SOURCE = "source"
# Scales that are places already.
_PLACES = ("rank", "percentile")
# A place that ties or errors leave open over more of the field than this is none.
_LOOSE = 0.5
# A place among fewer says nothing.
_FEWEST = 5


@dataclass(frozen=True)
class Subject:
    """Of whom figures are gathered, and over which years."""

    client: Line
    patron: Line | None
    years: range

    def lines(self, *, pair: bool) -> tuple[Line, ...]:
        """The states that a measure is asked of."""
        return (self.client, self.patron) if pair and self.patron else (self.client,)


@dataclass(frozen=True)
class Gathered:
    """What was found.

    Parameters
    ----------
    figures : tuple of Figure
        In the order of the catalogue.
    lacking : tuple of Lacking
        Measures whose data sets are not held.
    single : tuple of (Measure, Values)
        The measures of single states, for peers.
    provenance : Provenance
        Of all that was read.
    """

    figures: tuple[Figure, ...]
    lacking: tuple[Lacking, ...]
    single: tuple[tuple[Measure, Values], ...]
    provenance: Provenance


def gather(
    catalogue: MeasureCatalogue,
    library: Library,
    subject: Subject,
    progress: Callable[[str], None] = lambda _: None,
) -> Gathered:
    """Every measure of the catalogue for a client, and for the pair where there is a patron.

    Parameters
    ----------
    catalogue : MeasureCatalogue
        The measures over the library's data sets.
    library : Library
        For the facts about the client.
    subject : Subject
        Client, patron and years.
    progress : callable
        Called with each measure's name before it is computed.
    """
    evidence = facts_about(catalogue, library, subject.client.code)
    found = _Found([], [], [], [])
    for measure in catalogue.measures.values():
        pair = bool(measure.panel) and measure.panel != STATE_YEAR
        if measure.compute is None or (pair and subject.patron is None):
            continue
        progress(measure.name)
        _one(catalogue, measure, subject, from_facts(measure, evidence, subject), found)
    return Gathered(
        tuple(found.figures),
        tuple(found.lacking),
        tuple(found.single),
        union_provenance(found.read),
    )


@dataclass(frozen=True)
class _Found:
    """What has been gathered so far."""

    figures: list[Figure]
    lacking: list[Lacking]
    single: list[tuple[Measure, Values]]
    read: list[Provenance]


def _one(
    catalogue: MeasureCatalogue,
    measure: Measure,
    subject: Subject,
    facts: Series | None,
    found: _Found,
) -> None:
    """Add one measure to what was found: from data sets, from facts, from both, or as lacking."""
    needs = measure.datasets(measure.reference()) if measure.values else ()
    absent = tuple(name for name in needs if not catalogue.holdings.holds(name))
    if absent:
        found.lacking.append(Lacking(measure, absent))
    if facts is not None:
        found.read.append(facts.provenance)
    if measure.values is None or absent:
        found.figures.extend([facts_figure(measure, facts)] if facts is not None else [])
        return
    values = catalogue.values(measure.name, {})
    if values.frame.schema["x"] == pl.String:
        # A name in words has no place on an axis.
        return
    found.read.append(values.provenance)
    if values.unit == STATE_YEAR:
        found.single.append((measure, values))
    found.figures.append(_figure(catalogue, measure, values, subject, facts))


def _figure(
    catalogue: MeasureCatalogue,
    measure: Measure,
    values: Values,
    subject: Subject,
    facts: Series | None,
) -> Figure:
    pair = values.unit != STATE_YEAR
    lines = subject.lines(pair=pair)
    words = option_words(measure, measure.reference())
    main = course(values, lines, subject.years)
    strands = [Strand("main", (words or "value") if pair else subject.client.name, main)]
    if not pair and subject.patron is not None:
        own = course(values, (subject.patron,), subject.years)
        strands.append(Strand("patron", subject.patron.name, own))
    strands += _others(catalogue, measure, values, subject)
    if facts is not None and facts.scale == values.scale:
        strands.append(facts_strand(facts))
    return Figure(
        measure=measure,
        words=words,
        picks=measure.reference(),
        pair=pair,
        scale=values.scale,
        direction=measure.direction,
        strands=tuple(strands),
        middle=() if pair or values.scale in _PLACES else _middle(values, subject.years),
        place=_place(measure, values, main, lines),
        sources=values.sources,
        notes=values.notes,
    )


def _others(
    catalogue: MeasureCatalogue, measure: Measure, values: Values, subject: Subject
) -> list[Strand]:
    """The same measure from other sources: of single states, and of a construct's first pair."""
    pair = values.unit != STATE_YEAR
    choice = next((each for each in measure.choices if each.name == _SOURCE), None)
    if choice is None or (pair and not _leads(catalogue, measure)):
        return []
    taken, found = measure.reference()[_SOURCE], []
    for option in choice.options:
        if option.facts or option.label == taken:
            continue
        if catalogue.holdings.lacking(
            measure.datasets({**measure.reference(), _SOURCE: option.label})
        ):
            continue
        other = catalogue.values(measure.name, {_SOURCE: option.label})
        if other.scale == values.scale:
            own = course(other, subject.lines(pair=pair), subject.years)
            found += [Strand("other", option.label, own)] if own.points else []
    return found


def _leads(catalogue: MeasureCatalogue, measure: Measure) -> bool:
    """Whether it is the first measure of pairs of its construct."""
    same = (
        each.name
        for each in catalogue.measures.values()
        if each.construct == measure.construct and each.values and each.panel == measure.panel
    )
    return next(same, "") == measure.name


def _middle(values: Values, years: range) -> tuple[tuple[int, float], ...]:
    """The median of all states with a value, year by year."""
    rows = (
        values.frame.filter(pl.col("year").is_between(years.start, years.stop - 1))
        .group_by("year")
        .agg(pl.col("x").cast(pl.Float64).median())
        .drop_nulls()
        .sort("year")
    )
    return tuple((int(year), float(x)) for year, x in rows.iter_rows())


def _place(measure: Measure, values: Values, main: Course, lines: Sequence[Line]) -> Place | None:
    """The place of the state among all, or of the patron among the client's patrons."""
    latest = main.latest
    if latest is None or values.scale in _PLACES:
        return None
    over = lines[0].code_in(values.system, latest.year) if len(lines) == 2 else None
    field = replace(values, direction=measure.direction)
    found = standings(field, (latest.year,), over=over)
    standing = found[0].of(latest.of[-1]) if found else None
    count = len(found[0].rows) if found else 0
    if standing is None or count < _FEWEST or standing.worst - standing.best > _LOOSE * count:
        return None
    return Place(standing, count, found[0].intervals)
