"""How a claim is tested, in words: for the page and for `beholden explain`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from beholden.brief import relating
from beholden.claims.evaluate import words
from beholden.measures import MEASURES
from beholden.multiverse import missing_words, plan, read_by

if TYPE_CHECKING:
    from beholden.claims import Claim
    from beholden.measures import Choice, Measure, Years

__all__ = ["Explanation", "explain"]


@dataclass(frozen=True)
class Explanation:
    """What a reader must know to do the test again.

    Parameters
    ----------
    test, measure, expectation, target : str
        Sentences; empty where there is nothing to say.
    choices : tuple of (str, tuple of (str, str), str)
        Question, options with their reasons, and whether the options measure the same.
    universes : int
        How many combinations go together.
    forbidden : tuple of str
        Why the others do not.
    waits : tuple of str
        Data sets and models that are missing.
    because, caveat, limits : str
        The author's reason, what the test leaves out, what the measure does not measure.
    data : tuple of (tuple of str, str)
        Data sets that are read together, and by which options; no words where by every one.
    """

    test: str
    measure: str
    expectation: str
    target: str
    choices: tuple[tuple[str, tuple[tuple[str, str], ...], str], ...]
    universes: int
    forbidden: tuple[str, ...]
    waits: tuple[str, ...]
    because: str
    caveat: str
    limits: str
    data: tuple[tuple[tuple[str, ...], str], ...] = ()


def explain(claim: Claim) -> Explanation:
    """Put the test of a claim into words.

    Parameters
    ----------
    claim : Claim
        As resolved.

    Returns
    -------
    Explanation
        In plain sentences.

    Examples
    --------
    >>> from beholden.cases import article_path
    >>> from beholden.claims import load
    >>> claim = next(c for c in load(article_path()).claims if c.id == "trade-share")
    >>> explain(claim).expectation
    'The largest value is at least 80%.'
    """
    planned = plan(claim)
    measure = claim.measure
    related = ("", "", "")
    if claim.association is not None:
        asked = claim.association
        related = (relating.measured(asked), relating.expected(asked), relating.target(asked))
    return Explanation(
        test=f"A test of {_KIND_WORDS.get(claim.kind.name, claim.kind.name)}. {claim.kind.words}",
        measure=_measure(measure) if measure else related[0],
        expectation=related[1] if claim.association else _expectation(claim),
        target=related[2] if claim.association else _target(claim),
        choices=tuple(_choice(choice) for choice in planned.choices),
        universes=planned.size,
        forbidden=tuple(sorted({reason for _, reason in planned.forbidden})),
        waits=tuple(missing_words(name) for name in claim.awaited()),
        because=claim.because,
        caveat=claim.caveat,
        limits=measure.limits if measure else " ".join(_limits(claim)),
        data=_data(claim),
    )


def _limits(claim: Claim) -> tuple[str, ...]:
    """What the measures of an association do not measure, each once."""
    asked = claim.association
    if asked is None:
        return ()
    names = [item.measure for item in (*asked.outcomes, *asked.exposures)]
    return tuple(MEASURES[name].limits for name in dict.fromkeys(names))


def _data(claim: Claim) -> tuple[tuple[tuple[str, ...], str], ...]:
    groups: dict[str, list[str]] = {}
    for name, options in read_by(claim).items():
        groups.setdefault("; ".join(options), []).append(name)
    return tuple((tuple(names), options) for options, names in groups.items())


_KIND_WORDS = {"vote": "votes", "event count": "counted events"}


def _measure(measure: Measure) -> str:
    title = _first(measure.title)
    repeated = measure.definition.startswith(title)
    return measure.definition if repeated else f"{title}. {measure.definition}"


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _expectation(claim: Claim) -> str:
    if len(claim.readings) == 1:
        return f"{_first(words(next(iter(claim.readings.values()))))}."
    return " ".join(
        f"Read as \N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}: "
        f"{words(expression)}."
        for label, expression in claim.readings.items()
    )


def _target(claim: Claim) -> str:
    from beholden import states

    target = claim.target
    # Where the options of a choice set the partner, those are the states looked at.
    chosen = [
        str(fields["partner"])
        for added in claim.added
        for fields in added.overrides.values()
        if "partner" in fields
    ]
    # A measure of single states looks at the client alone.
    alone = claim.measure is not None and claim.measure.panel == "state-year"
    codes = dict.fromkeys((target.client, *(() if alone else chosen or [target.other])))
    names = [states.name(code) for code in codes]
    parts = [" and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)]
    if target.years:
        parts.append(_span(target.years))
    if target.event:
        parts.append(f"event {target.event}")
    if target.window:
        parts.append(f"{target.window} years on each side")
    parts += [f"{name} ({_span(span)})" for name, span in target.periods.items()]
    return _first("; ".join(parts)) + "."


def _span(years: Years) -> str:
    """A span of years as prose says it."""
    if years.last is None:
        return f"from {years.first} on"
    return str(years) if years.first == years.last else f"{years.first} to {years.last}"


_EQUIVALENCE = {
    "equivalent": "the options measure the same thing",
    "not equivalent": "the options measure different things",
    "uncertain": "whether the options measure the same thing is uncertain",
}


def _choice(choice: Choice) -> tuple[str, tuple[tuple[str, str], ...], str]:
    options = tuple((option.words, option.reason) for option in choice.options)
    return _first(choice.question), options, _EQUIVALENCE[choice.equivalence]
