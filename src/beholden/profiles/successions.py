"""Names and successions in words: what a reader of a line of states must know."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from beholden.dates import in_words
from beholden.states import predecessors, successors

if TYPE_CHECKING:
    from beholden.profiles.lines import Line, Stretch
    from beholden.states import Succession

__all__ = ["told", "with_article"]

_NEAR = timedelta(days=366)
_WITH_ARTICLE = ("United ", "Soviet Union", "Netherlands", "Philippines", "Maldives", "Bahamas")
_ENDINGS = ("Republic", "Republic of Congo", "Islands", "Emirates", "Comoros", "Gambia")


def with_article(name: str) -> str:
    """A state's name as it stands inside a sentence.

    Examples
    --------
    >>> with_article("Soviet Union"), with_article("Cuba")
    ('the Soviet Union', 'Cuba')
    """
    needs = name.startswith(_WITH_ARTICLE) or name.endswith(_ENDINGS)
    return f"the {name}" if needs else name


def told(line: Line, first: int, last: int) -> tuple[str, ...]:
    """What a reader must know of a line's names and successions in a span of years.

    Parameters
    ----------
    line : Line
        The states behind a code.
    first, last : int
        Years, both counted.

    Returns
    -------
    tuple of str
        Sentences; none where one state kept one name throughout.

    Examples
    --------
    >>> from beholden.profiles.lines import line
    >>> told(line("MMR"), 1980, 2000)
    ('Burma was renamed Myanmar on 18 June 1989; it is the same state.',)
    """
    shown = [line.stretches[place] for place in line.within(first, last)]
    if not shown:
        return ()
    changes = [_change(a, b) for a, b in pairwise(shown)]
    renamings = [text for stretch in shown for text in _renamed(stretch, first, last)]
    return (*_origin(shown[0], first), *changes, *renamings, *_end(shown[-1], last))


def _change(before: Stretch, after: Stretch) -> str:
    year = before.last.year
    until = year if before.days_in(year) >= after.days_in(year) else year - 1
    old, new = (f"{with_article(each.name)} ({each.label})" for each in (before, after))
    text = (
        f"Figures up to {until} are those of {old}, figures from then on those of {new}, which "
        f"begins on {in_words(after.start)}: two stretches, and nothing of one is carried over "
        "to the other."
    )
    joined = [step for step in _came_from(after) if step.predecessor.name != before.name]
    if joined:
        names = " and ".join(with_article(step.predecessor.name) for step in joined)
        text += f" {_capital(names)} went into it as well and is not shown."
    return text


def _renamed(stretch: Stretch, first: int, last: int) -> list[str]:
    shown = [
        (name, start)
        for name, start, end in stretch.names
        if start.year <= last and end.year >= first
    ]
    return [
        f"{_capital(with_article(before))} was renamed {with_article(after)} on "
        f"{in_words(start)}; it is the same state."
        for (before, _), (after, start) in pairwise(shown)
    ]


def _origin(stretch: Stretch, first: int) -> list[str]:
    """Where a record begins inside the span, and what was there before."""
    begins = stretch.since(first)
    if begins <= date(first, 1, 1):
        return []
    text = f"The record of {with_article(stretch.parts[0].name)} begins on {in_words(begins)}"
    steps = [step for step in _came_from(stretch) if step.on.year >= begins.year]
    if not steps:
        return [f"{text}."]
    kind = steps[0].kind
    parents = " and ".join(dict.fromkeys(with_article(s.predecessor.name) for s in steps))
    word = "from" if kind == "secession" else "of"
    text += f", by {kind} {word} {parents} in the terms of the lists of states"
    return [f"{text}; nothing of {parents} is counted as its own."]


def _end(stretch: Stretch, last: int) -> list[str]:
    if stretch.last.year > last:
        return []
    steps = [step for step in successors(stretch.parts[-1]) if step.on > stretch.last]
    going = [step for step in steps if step.kind == "continuation"] or steps
    text = f"{_capital(with_article(stretch.name))} ended on {in_words(stretch.last)}"
    if not going:
        return [f"{text}."]
    named = " and ".join(
        f"{with_article(step.successor.name)} ({step.successor.iso3})" for step in going[:3]
    )
    return [f"{text}; nothing of {named}, which came after, is counted as its own."]


def _came_from(stretch: Stretch) -> list[Succession]:
    """The steps that made the state, on or about its first day."""
    return [
        step
        for step in predecessors(stretch.parts[-1])
        if abs(step.on - stretch.start) < _NEAR and step.kind != "seat change"
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
