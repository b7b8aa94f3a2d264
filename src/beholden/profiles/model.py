"""What a profile is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.core import Provenance
    from beholden.measures import Measure
    from beholden.profiles.courses import Course
    from beholden.profiles.lines import Line
    from beholden.profiles.marks import Marks
    from beholden.profiles.peers import Peers
    from beholden.profiles.standings import Standing, Standings
    from beholden.store.records import Record

__all__ = ["Figure", "Lacking", "League", "Place", "Profile", "Strand"]


@dataclass(frozen=True)
class Strand:
    """One line of a figure.

    Parameters
    ----------
    role : str
        ``"main"``: the pair, or the client; ``"patron"``; ``"other"``: another source of the
        same measure; ``"facts"``: the facts about the client.
    label : str
        Whose it is, or by which source.
    course : Course
        Its years.
    """

    role: str
    label: str
    course: Course


@dataclass(frozen=True)
class Place:
    """Where the state, or the patron among the client's patrons, stands in the latest year."""

    standing: Standing
    field: int
    intervals: str


@dataclass(frozen=True)
class Figure:
    """One measure of the profile.

    Parameters
    ----------
    measure : Measure
        What is shown.
    words : str
        The options taken, in words; empty where nothing is left to choose.
    picks : mapping of str to str
        The same by name.
    pair : bool
        Whether it is measured for the pair, and not for single states.
    scale, direction : str
        Unit, and what a higher value means.
    strands : tuple of Strand
        The main one first.
    middle : tuple of (int, float)
        Year and median of all states, for measures of single states.
    place : Place or None
        For the latest year.
    sources, notes : tuple of str
        Data sets read; what a reader should know.
    """

    measure: Measure
    words: str
    picks: Mapping[str, str]
    pair: bool
    scale: str
    direction: str
    strands: tuple[Strand, ...]
    middle: tuple[tuple[int, float], ...] = ()
    place: Place | None = None
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def main(self) -> Course:
        """The years of the pair, or of the client."""
        return self.strands[0].course

    @property
    def filled(self) -> bool:
        """Whether any line has a value."""
        return any(strand.course.points for strand in self.strands)


@dataclass(frozen=True)
class Lacking:
    """A measure that the library's data sets do not suffice for."""

    measure: Measure
    needs: tuple[str, ...]


@dataclass(frozen=True)
class League:
    """The client's patrons by one definition of leverage.

    Parameters
    ----------
    definition, words : str
        The option, and how a sentence says it.
    scale : str
        Unit of the values.
    years : tuple of Standings
        Every fifth year and the last, by year.
    """

    definition: str
    words: str
    scale: str
    years: tuple[Standings, ...]


@dataclass(frozen=True)
class Profile:
    """All that is measured of a client, or of a client and a patron.

    Parameters
    ----------
    client : Line
        The client's states.
    patron : Line or None
        The patron's.
    first, last : int
        Years shown.
    figures : tuple of Figure
        By construct; also those without a value.
    lacking : tuple of Lacking
        What could not be computed.
    leagues : tuple of League
        By definition.
    peers : Peers or None
        The states most like the client.
    marks : Marks or None
        What happened.
    records : tuple of Record
        The data sets read, by name.
    citations : tuple of str
        Of the facts read.
    fetch : str
        The one command that fetches what is missing; empty where nothing is.
    provenance : Provenance
        Every file read.
    command : str
        What makes the profile again.
    """

    client: Line
    patron: Line | None
    first: int
    last: int
    figures: tuple[Figure, ...]
    lacking: tuple[Lacking, ...]
    leagues: tuple[League, ...]
    peers: Peers | None
    marks: Marks | None
    records: tuple[Record, ...]
    citations: tuple[str, ...]
    fetch: str
    provenance: Provenance
    command: str
