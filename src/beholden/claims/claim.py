"""A claim, read and fixed before anything runs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from beholden.claims.evaluate import figure
from beholden.claims.phrasing import words
from beholden.measures import MEASURES, Choice, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.claims.association import Association
    from beholden.claims.expression import Expression
    from beholden.claims.kinds import Kind
    from beholden.measures.base import Measure, Years

__all__ = ["AddedChoice", "Claim"]

# Names that the tests give to their results, as a reader would say them.
_RESULTS = {
    "ratio": "after, as a share of before",
    "slope": "change a year",
    "rate_after": "a year, after the event",
}


@dataclass(frozen=True)
class AddedChoice:
    """A choice that the article adds: each option changes the target.

    Parameters
    ----------
    choice : Choice
        Name and options.
    overrides : mapping of str to mapping
        Option to the fields of the target that it sets.
    """

    choice: Choice
    overrides: Mapping[str, Mapping[str, str | int | Years | Mapping[str, Years]]]


@dataclass(frozen=True)
class Claim:
    """What is said, how it is tested, and what would bear it out.

    Parameters
    ----------
    id, says : str
        Name and sentence.
    kind : Kind
        The kind of test.
    measure : Measure or None
        What is measured; None for kinds that no model answers yet.
    target : Target
        Whom and when.
    readings : mapping of str to Expression
        The expectation, or several readings of the words.
    figure : Expression or None
        The one figure that matters.
    restricted : mapping of str to tuple of str
        Options that the article keeps of a choice.
    added : tuple of AddedChoice
        Choices that the article adds.
    needs : tuple of str
        Data sets or models without which the claim is not fully tested.
    because, caveat : str
        Why this test, and what it leaves out.
    line : int
        Where its block starts.
    source : str
        The block as written, normalised; part of every digest.
    related : tuple of str
        Measures named as outcome and exposure.
    shows : str
        What the figure is, in the author's words.
    association : Association or None
        For tests of whether two things go together: which, and under which choices.
    """

    id: str
    says: str
    kind: Kind
    measure: Measure | None
    target: Target
    readings: Mapping[str, Expression]
    figure: Expression | None
    restricted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    added: tuple[AddedChoice, ...] = ()
    needs: tuple[str, ...] = ()
    because: str = ""
    caveat: str = ""
    line: int = 1
    source: str = ""
    related: tuple[str, ...] = ()
    shows: str = ""
    association: Association | None = None

    @property
    def figure_words(self) -> str:
        """What the figure is, in the author's words or in those of its expression."""
        if self.figure is None:
            return ""
        return self.shows or _RESULTS.get(self.figure.render()) or words(self.figure)

    @property
    def telling(self) -> bool:
        """Whether the figure is what every reading compares first."""
        return all(figure(reading) == self.figure for reading in self.readings.values())

    def awaited(self) -> tuple[str, ...]:
        """Everything the claim waits for: its own needs and those of its measures."""
        names = list(self.needs)
        for name in self.related:
            names.extend(MEASURES[name].awaits)
        if self.measure is not None:
            names.extend(self.measure.awaits)
        return tuple(dict.fromkeys(names))

    def aimed(self, picks: Mapping[str, str]) -> Target:
        """The target in one universe: with the fields that its picks set."""
        target = self.target
        for added in self.added:
            fields: dict[str, Any] = dict(added.overrides[picks[added.choice.name]])
            target = replace(target, **fields)
        return target
