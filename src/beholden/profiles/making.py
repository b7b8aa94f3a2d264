"""Make a profile: the states, their figures, the leagues, the peers and what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from beholden import __version__
from beholden.core import Provenance
from beholden.errors import MissingDataError, PanelError, UnknownStateError
from beholden.profiles import marks
from beholden.profiles.gathering import Subject, gather
from beholden.profiles.lines import line
from beholden.profiles.model import League, Profile
from beholden.profiles.peers import LEAST_SHARE, nearest_states
from beholden.profiles.standings import NO_ORDER, held_years, orders, standings
from beholden.profiles.successions import with_article
from beholden.states import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from beholden.measures.catalogue import MeasureCatalogue
    from beholden.panels import Values
    from beholden.profiles.gathering import Gathered
    from beholden.profiles.lines import Line
    from beholden.profiles.marks import Marks
    from beholden.profiles.model import Figure, Lacking
    from beholden.profiles.peers import Peers
    from beholden.profiles.standings import Standings
    from beholden.store import Library
    from beholden.store.records import Record

__all__ = ["FIRST_YEAR", "profile", "subject_of"]

FIRST_YEAR = 1946
LEAGUE_EVERY = 5
_LEVERAGE, _DEFINITION = "leverage", "definition"
# The order of the constructs on the page; others follow.
CONSTRUCTS = ("lifeline", "cover", "exit", "abuse", "regime", "market", "ties", "power", "leverage")


def profile(
    catalogue: MeasureCatalogue,
    library: Library,
    subject: Subject,
    command: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> Profile:
    """All that is measured of a client, or of a client and a patron.

    Parameters
    ----------
    catalogue : MeasureCatalogue
        The measures over the library's data sets.
    library : Library
        For the facts about the client.
    subject : Subject
        From :func:`subject_of`.
    command : str
        What makes the profile again.
    progress : callable
        Called with the name of each step.

    Raises
    ------
    MissingDataError
        When the library holds nothing that any measure could be computed from.
    """
    found = gather(catalogue, library, subject, progress)
    if not any(figure.filled for figure in found.figures):
        raise _nothing(catalogue, subject, found)
    last = max(p.year for f in found.figures for s in f.strands for p in s.course.points)
    years = range(subject.years.start, min(subject.years.stop, last + 1))
    progress("leagues and peers")
    happened = marks.events(library.table("events", subject.client.code), years.start, last)
    happened = happened or marks.leaders(catalogue.holdings, subject.client, years.start, last)
    figures = tuple(_until(figure, last) for figure in sorted(found.figures, key=_order))
    return Profile(
        client=subject.client,
        patron=subject.patron,
        first=years.start,
        last=last,
        figures=figures,
        lacking=found.lacking,
        leagues=_leagues(catalogue, subject.client, years),
        peers=_peers(found, subject.client, years),
        marks=happened,
        records=_records(catalogue, figures, happened),
        citations=tuple(manifest.citation for manifest in library.manifests()),
        fetch=_fetch(catalogue, found.lacking),
        provenance=Provenance(code=__version__).merge(found.provenance),
        command=command,
    )


def subject_of(client: str, patron: str | None, first: int, last: int) -> Subject:
    """Client and patron as lines of states, and the years in which both existed.

    Parameters
    ----------
    client, patron : str or None
        ISO3.
    first, last : int
        Years asked for, both counted.

    Raises
    ------
    UnknownStateError
        When a code is unknown, or its state did not exist in any of the years.
    PanelError
        When both are the same state, or the two never existed in one year.

    Examples
    --------
    >>> subject_of("PRK", "CHN", 1946, 2024).years
    range(1948, 2025)
    """
    lines = [line(code) for code in (client, *([patron] if patron else []))]
    if len(lines) == 2 and set(lines[0].stretches) & set(lines[1].stretches):
        raise PanelError(
            f"expected two states, found {client} and {patron}, which are the same state or stand "
            "for one another's past. Leave out the patron for a profile of one state."
        )
    for each in lines:
        if not each.within(first, last):
            # The message says when the state existed, and who was there instead.
            find(each.code, last if last < each.stretches[0].start.year else first)
            raise UnknownStateError(f"{each.code} did not exist from {first} to {last}")
    there = [
        year
        for year in range(first, last + 1)
        if all(each.place(year) is not None for each in lines)
    ]
    if not there:
        names = " and ".join(each.name for each in lines)
        raise PanelError(f"{names} did not both exist in any year from {first} to {last}")
    return Subject(lines[0], lines[1] if len(lines) == 2 else None, range(there[0], there[-1] + 1))


def _order(figure: Figure) -> tuple[int, int]:
    """By construct; within it what bears its name, then pairs, then facts, then single states."""
    construct = figure.measure.construct
    place = CONSTRUCTS.index(construct) if construct in CONSTRUCTS else len(CONSTRUCTS)
    if figure.measure.name == construct:
        return place, 0
    return place, (1 if figure.sources else 2) if figure.pair else 3


def _until(figure: Figure, last: int) -> Figure:
    strands = tuple(replace(strand, course=strand.course.until(last)) for strand in figure.strands)
    return replace(figure, strands=strands)


def _leagues(catalogue: MeasureCatalogue, client: Line, years: range) -> tuple[League, ...]:
    """The client's patrons by every definition of leverage that the library bears."""
    measure = catalogue.measures.get(_LEVERAGE)
    choice = next((c for c in measure.choices if c.name == _DEFINITION), None) if measure else None
    if measure is None or choice is None:
        return ()
    found = []
    for option in choice.options:
        picks = {_DEFINITION: option.label}
        if catalogue.holdings.lacking(measure.datasets({**measure.reference(), **picks})):
            continue
        values = catalogue.values(_LEVERAGE, picks)
        tables = _tables(values, orders(catalogue, measure, picks), client, years)
        if tables:
            found.append(League(option.label, option.words, values.scale, tables))
    return tuple(found)


def _tables(
    values: Values, ordered: Values | None, client: Line, years: range
) -> tuple[Standings, ...]:
    """The order of every fifth year that the source covers, and of the last."""
    known = [year for year in held_years(values, client) if year in years]
    if not known:
        return ()
    wanted = {year for year in years if year % LEAGUE_EVERY == 0 and year >= values.span[0]}
    sure = set(held_years(ordered, client)) if ordered else set(known)
    tables = []
    for year in sorted({year for year in wanted if year <= known[-1]} | {known[-1]}):
        for one in standings(values, (year,), over=client.code_in(values.system, year)):
            unsure = bool(one.rows) and year not in sure
            tables.append(replace(one, rows=(), unknown=NO_ORDER) if unsure else one)
    return tuple(tables)


def _peers(found: Gathered, client: Line, years: range) -> Peers | None:
    """Peers in the latest year in which half of the client's measures are known."""
    main = {f.measure.name: f.main for f in found.figures if not f.pair and f.main.points}
    single = [(measure, values) for measure, values in found.single if measure.name in main]
    for year in reversed(years):
        there = sum(any(p.year == year for p in course.points) for course in main.values())
        place = client.place(year)
        if place is not None and main and there >= LEAST_SHARE * len(main):
            return nearest_states(single, client.stretches[place].label, year)
    return None


def _records(
    catalogue: MeasureCatalogue, figures: Iterable[Figure], happened: Marks | None
) -> tuple[Record, ...]:
    names = {name for figure in figures for name in figure.sources}
    if happened is not None and happened.source == marks.LEADERS:
        names.add(marks.LEADERS)
    return tuple(catalogue.holdings.record(name) for name in sorted(names))


def _fetch(catalogue: MeasureCatalogue, lacking: Sequence[Lacking]) -> str:
    names = sorted({name for item in lacking for name in item.needs})
    return catalogue.holdings.shelf.command("fetch", " ".join(names)) if names else ""


def _nothing(catalogue: MeasureCatalogue, subject: Subject, found: Gathered) -> MissingDataError:
    """The error where there is not one figure to show."""
    lines = [each for each in (subject.client, subject.patron) if each]
    names = " and ".join(with_article(each.name) for each in lines)
    years = f"{subject.years.start} to {subject.years.stop - 1}"
    if found.lacking:
        needs = tuple(sorted({name for item in found.lacking for name in item.needs}))
        return MissingDataError(
            f"{catalogue.holdings.shelf.root}: expected data sets to measure {names} by, found "
            f"none that has a figure. Get them with: {_fetch(catalogue, found.lacking)}",
            needs,
        )
    return MissingDataError(f"no measure has a figure for {names} from {years}")
