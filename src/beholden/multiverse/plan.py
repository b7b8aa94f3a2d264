"""Choices to universes: every combination of options that goes together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from beholden.core import digest
from beholden.measures import Choice, Option
from beholden.multiverse.association_plan import choices_of, planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from beholden.claims import Claim
    from beholden.claims.association import Association

__all__ = ["Plan", "Universe", "plan"]


@dataclass(frozen=True)
class Universe:
    """One way to test a claim.

    Parameters
    ----------
    claim : str
        The claim's id.
    picks : mapping of str to str
        An option for every choice, also for those that are not varied.
    digest : str
        The name of claim and picks together.
    """

    claim: str
    picks: Mapping[str, str]
    digest: str


@dataclass(frozen=True)
class Plan:
    """The universes of one claim, fixed before anything runs.

    Parameters
    ----------
    choices : tuple of Choice
        Those with more than one option, cut to the options that the article keeps.
    universes : tuple of Universe
        The first takes the first option of every choice: the reference.
    forbidden : tuple of (mapping, str)
        Combinations that do not go together, with the reason.
    count : int
        How many universes there are, where they are planned as a table and not listed here.
    digest : str
        The name of claim and options together, where universes are not listed here.
    """

    choices: tuple[Choice, ...]
    universes: tuple[Universe, ...]
    forbidden: tuple[tuple[Mapping[str, str], str], ...] = ()
    count: int = 0
    digest: str = ""

    @property
    def size(self) -> int:
        """How many universes there are."""
        return self.count or len(self.universes)


def plan(claim: Claim) -> Plan:
    """Every universe of a claim.

    Parameters
    ----------
    claim : Claim
        With its measure, kind, readings and choices.

    Returns
    -------
    Plan
        Universes in the order of the options.

    Examples
    --------
    >>> from beholden.cases import article_path
    >>> from beholden.claims import load
    >>> claim = next(c for c in load(article_path()).claims if c.id == "trade-share")
    >>> plan(claim).universes[0].picks["interkorean"]
    'excluded'
    """
    if claim.association is not None:
        return _related(claim.source, claim.association)
    choices = _choices(claim)
    varied = tuple(choice for choice in choices if len(choice.options) > 1)
    universes, forbidden = [], []
    for labels in product(*(choice.labels() for choice in choices)):
        picks = dict(zip((choice.name for choice in choices), labels, strict=True))
        reason = claim.measure.forbids(picks) if claim.measure and claim.measure.forbids else ""
        shown = {choice.name: picks[choice.name] for choice in varied}
        if reason:
            forbidden.append((shown, reason))
        else:
            universes.append(Universe(claim.id, picks, digest([claim.source, picks])))
    return Plan(varied, tuple(universes), tuple(forbidden))


def _related(source: str, asked: Association) -> Plan:
    """The choices of an association, with how many universes they make."""
    universes, choices = planned(asked), choices_of(asked)
    name = digest([source, {choice.name: choice.labels() for choice in choices}])
    if universes is None:
        return Plan(choices, (), digest=name)
    nothing: dict[str, str] = {}
    forbidden = tuple((nothing, item.reason) for item in universes.excluded)
    return Plan(choices, (), forbidden, len(universes), name)


def _choices(claim: Claim) -> list[Choice]:
    """All choices of a claim: its measure's, its test's, its own, and how it is read."""
    choices = [
        _measured(choice, claim) for choice in (claim.measure.choices if claim.measure else ())
    ]
    choices += [_cut(choice, claim.restricted) for choice in claim.kind.choices]
    choices += [added.choice for added in claim.added]
    if claim.readings:
        choices.append(_reading(claim.readings))
    return choices


def _measured(choice: Choice, claim: Claim) -> Choice:
    """A choice of the measure; one without meaning for this client stays at its reference."""
    applies = claim.measure.applies if claim.measure else None
    if applies is None or applies(choice.name, claim.target):
        return _cut(choice, claim.restricted)
    return replace(choice, options=choice.options[:1])


def _cut(choice: Choice, restricted: Mapping[str, tuple[str, ...]]) -> Choice:
    kept = restricted.get(choice.name)
    if kept is None:
        return choice
    options = tuple(choice.option(label) for label in kept)
    return replace(choice, options=options)


def _reading(labels: Iterable[str]) -> Choice:
    options = tuple(
        Option(
            label,
            f"read as \N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}",
            "a reading of the claim's words",
        )
        for label in labels
    )
    return Choice("reading", "how the words are read", options, "not equivalent")
