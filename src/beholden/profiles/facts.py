"""Measures that the facts about one client bear, beside those of the data sets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from beholden.errors import MissingDataError
from beholden.measures import Target, Years, known
from beholden.profiles.courses import Course, Point
from beholden.profiles.model import Figure, Strand

if TYPE_CHECKING:
    from beholden.core import Series
    from beholden.measures import Evidence, Measure
    from beholden.measures.catalogue import MeasureCatalogue
    from beholden.profiles.gathering import Subject
    from beholden.store import Library

__all__ = ["CASE_FILE", "facts_about", "facts_figure", "facts_strand", "from_facts"]

CASE_FILE = "the case file"


def facts_about(catalogue: MeasureCatalogue, library: Library, client: str) -> Evidence:
    """The sourced facts about a client, as known today.

    Parameters
    ----------
    catalogue : MeasureCatalogue
        Its measures say which tables they read.
    library : Library
        Holds them.
    client : str
        ISO3.
    """
    kinds = {
        name for measure in catalogue.measures.values() for name in (*measure.needs, *measure.uses)
    }
    held = {kind: library.table(kind, client) for kind in sorted(kinds)}
    tables = {kind: table for kind, table in held.items() if table is not None}
    return known(tables, date.max, data=catalogue.holdings)


def from_facts(measure: Measure, evidence: Evidence, subject: Subject) -> Series | None:
    """A measure's years from the facts, by the options that claims take first.

    Parameters
    ----------
    measure : Measure
        Any.
    evidence : Evidence
        From :func:`facts_about`.
    subject : Subject
        Client, patron and years.

    Returns
    -------
    Series or None
        None where the measure does not count by years, or the facts say nothing on it.
    """
    chosen = [choice.options[0] for choice in measure.choices]
    reads = (*measure.needs, *measure.uses)
    if measure.compute is None or measure.unit != "year" or not set(reads) & set(evidence.tables):
        return None
    if measure.values is not None and not any(option.facts for option in chosen):
        return None
    picks = {choice.name: choice.options[0].label for choice in measure.choices}
    years = Years(subject.years.start, subject.years.stop - 1)
    patron = subject.patron.code if subject.patron else ""
    try:
        found = measure.compute(evidence, Target(subject.client.code, patron, years=years), picks)
    except (MissingDataError, KeyError):
        # A table that it needs is not among the facts about this client.
        return None
    return found if found.frame.height else None


def facts_strand(found: Series, role: str = "facts") -> Strand:
    """The line of a figure that shows facts."""
    points = tuple(
        Point(int(row["year"]), float(row["x"]), row["low"], row["high"], (CASE_FILE,))
        for row in found.frame.sort("year").iter_rows(named=True)
        if row["x"] is not None
    )
    return Strand(role, "in the case file", Course(points, ()))


def facts_figure(measure: Measure, found: Series) -> Figure:
    """A figure that facts alone bear."""
    picks = {choice.name: choice.options[0].label for choice in measure.choices}
    return Figure(
        measure=measure,
        words=", ".join(choice.options[0].words for choice in measure.choices),
        picks=picks,
        pair=True,
        scale=found.scale,
        direction=measure.direction,
        strands=(facts_strand(found, "main"),),
        notes=found.notes,
    )
