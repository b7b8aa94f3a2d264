"""Which data sets a claim reads, and by which of its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.measures import MEASURES
from beholden.multiverse.association_plan import datasets_of_association
from beholden.multiverse.plan import plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.claims import Claim
    from beholden.measures import Measure, Option

__all__ = ["datasets_of", "read_by", "reads_facts"]


def datasets_of(claim: Claim) -> tuple[str, ...]:
    """The data sets that a claim reads in any of its universes.

    Parameters
    ----------
    claim : Claim
        As resolved.

    Returns
    -------
    tuple of str
        Each once, those of the reference universe first; empty where facts suffice.

    Examples
    --------
    >>> from beholden.cases import article_path
    >>> from beholden.claims import load
    >>> claim = next(c for c in load(article_path()).claims if c.id == "own-record")
    >>> "pts" in datasets_of(claim)
    True
    """
    return tuple(read_by(claim))


def read_by(claim: Claim) -> dict[str, tuple[str, ...]]:
    """What reads each data set of a claim: its options in words.

    Parameters
    ----------
    claim : Claim
        As resolved.

    Returns
    -------
    dict of str to tuple of str
        Data set to the words of the options that read it, of those that the article keeps;
        no words where it is read whatever is chosen.
    """
    found: dict[str, tuple[str, ...]] = {}
    if claim.measure is not None:
        found = _by_option(claim.measure, _taken(claim))
    if claim.association is not None:
        return datasets_of_association(claim.association)
    for name in claim.related:
        related = MEASURES[name]
        for dataset, words in _by_option(related, None).items():
            told = tuple(f"{related.title} {word}" for word in words) or (related.title,)
            found[dataset] = tuple(dict.fromkeys((*found.get(dataset, ()), *told)))
    return found


def reads_facts(claim: Claim, picks: Mapping[str, str] | None = None) -> bool:
    """Whether a claim, or one universe of it, looks into the facts about its client.

    Parameters
    ----------
    claim : Claim
        As resolved.
    picks : mapping of str to str or None
        Of one universe; None asks about any.
    """
    measure = claim.measure
    if measure is None:
        return False
    if measure.needs:
        return True
    taken = _taken(claim) if picks is None else {name: (pick,) for name, pick in picks.items()}
    marked = [choice for choice in measure.choices if any(o.facts for o in choice.options)]
    # Without an option that says so, a table that the measure uses may be read in every one.
    return (
        any(choice.option(label).facts for choice in marked for label in taken.get(choice.name, ()))
        if marked
        else bool(measure.uses)
    )


def _taken(claim: Claim) -> dict[str, tuple[str, ...]]:
    """The options of each choice that some universe takes."""
    found: dict[str, dict[str, None]] = {}
    for universe in plan(claim).universes:
        for name, pick in universe.picks.items():
            found.setdefault(name, {})[pick] = None
    return {name: tuple(labels) for name, labels in found.items()}


def _by_option(
    measure: Measure, taken: Mapping[str, tuple[str, ...]] | None
) -> dict[str, tuple[str, ...]]:
    kept = {
        choice.name: [
            option
            for option in choice.options
            if taken is None or option.label in taken.get(choice.name, ())
        ]
        for choice in measure.choices
    }
    always = list(measure.sets)
    for options in kept.values():
        # What every option reads is read whatever is chosen.
        always += [name for name in (options[0].needs if options else ()) if _in_all(name, options)]
    found: dict[str, tuple[str, ...]] = dict.fromkeys(always, ())
    for option in (option for options in kept.values() for option in options):
        for name in option.needs:
            if name not in always:
                found[name] = (*found.get(name, ()), option.words)
    return found


def _in_all(name: str, options: list[Option]) -> bool:
    return all(name in option.needs for option in options)
