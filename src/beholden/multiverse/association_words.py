"""What an association came to, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

from beholden.multiverse.judge import Decisive
from beholden.multiverse.words import MOST_LISTED, asked

if TYPE_CHECKING:
    from beholden.associations.result import Associations, Deciding, JointTests
    from beholden.measures import Choice, Option
    from beholden.multiverse.plan import Plan

__all__ = ["decisive", "effect_words", "joint_words", "statuses", "verdict_words"]

_LEAST = 0.005
# With fewer universes than this on the other side the shares of options say nothing.
_NEARLY = 0.02


def effect_words(value: float | None) -> str:
    """A standardised effect as the page prints it.

    Examples
    --------
    >>> effect_words(-0.0314)
    '\N{MINUS SIGN}0.03'
    """
    if value is None:
        return "\N{EN DASH}"
    text = f"{value:.2f}"
    text = "0.00" if text == "-0.00" else text
    return text.replace("-", "\N{MINUS SIGN}")


def verdict_words(found: Associations) -> str:
    """How many universes met the expectation, what became of the rest, and the joint test."""
    own, told = found.verdict, statuses(found)
    parts = [f"{own.universes:,} universes: " + ", ".join(f"{n:,} {name}" for name, n in told)]
    parts.append(f"{100 * own.share:.0f}% meet the expectation")
    parts.append(f"{100 * own.contradicting:.0f}% contradict it")
    if own.answer_by_label != own.answer or abs(own.share_by_label - own.share) > _LEAST:
        parts.append(
            f"with records of the same thing counting as one it is {own.answer_by_label} "
            f"({100 * own.share_by_label:.0f}%)"
        )
    tested = f" {joint_words(found.joint)}" if found.joint else ""
    return "; ".join(parts) + "." + tested


def joint_words(joint: JointTests) -> str:
    """The joint test in one sentence."""
    least = 1 / (joint.draws + 1)
    p = f"{joint.p:.3f}"
    at = f"at most {p}" if joint.p <= least + 1e-12 else p
    return (
        f"If nothing went with anything, a curve with a median as far on the expected side would "
        f"come up with probability {at} ({joint.draws} draws, seed {joint.seed})."
    )


def statuses(found: Associations) -> list[tuple[str, int]]:
    """How many universes came to what, the commonest first."""
    return Counter(found.universes["status"].to_list()).most_common()


def decisive(plan: Plan, found: Associations) -> tuple[Decisive, ...]:
    """The choices that move the verdict, or the effect where the verdict does not move."""
    choices = {choice.name: choice for choice in plan.choices}
    return tuple(
        Decisive(
            item.choice,
            round(min(item.share, 1.0), 6),
            _words(item, choices, found),
            "verdict" if item.of == "meets" else "figure",
        )
        for item in _deciding(found)
        if item.share > _LEAST and item.choice in choices
    )


def _deciding(found: Associations) -> tuple[Deciding, ...]:
    """What the verdict hangs on; where nearly all universes agree, what the effect hangs on."""
    share = found.verdict.share
    return found.deciding_effect if min(share, 1 - share) < _NEARLY else found.deciding


def _words(item: Deciding, choices: dict[str, Choice], found: Associations) -> str:
    """What depends on a choice, as a sentence."""
    choice = choices[item.choice]
    if item.choice == "controls":
        return _by_controls(item.of, choice, found)
    parts = _by_option(choice, item.of, found)
    head = "It depends" if item.of == "meets" else "The effect depends most"
    shown = parts if len(parts) <= MOST_LISTED else [parts[0], *_between(parts), parts[-1]]
    return f"{head} on {asked(choice)}: {'; '.join(shown)}."


def _between(parts: list[str]) -> list[str]:
    return [f"{len(parts) - 2} others in between"]


def _by_option(choice: Choice, of: str, found: Associations) -> list[str]:
    """Each option with the part of its universes that meet, or their median; highest first."""
    frame = found.universes.with_columns(pl.col(choice.name).cast(pl.String))
    told: list[tuple[float, str]] = []
    for option in choice.options:
        own = frame.filter(pl.col(choice.name) == option.label)
        value = _value(own, of)
        if value is not None:
            told.append((value, _said(option, value, of)))
    return [words for _, words in sorted(told, key=lambda pair: -pair[0])]


def _value(own: pl.DataFrame, of: str) -> float | None:
    if own.is_empty():
        return None
    if of == "meets":
        return float(own["meets"].fill_null(value=False).mean() or 0.0)  # type: ignore[arg-type]
    effects = own["effect"].fill_nan(None).drop_nulls()
    return float(str(effects.median())) if effects.len() else None


def _said(option: Option, value: float, of: str) -> str:
    if of == "meets":
        return f"holds in {100 * value:.0f}% of the universes {option.words}"
    return f"median {effect_words(value)} {option.words}"


def _by_controls(of: str, choice: Choice, found: Associations) -> str:
    """The control on which most hangs, with it and without it."""
    marks = {option: f"with {option.label}" for option in choice.options}
    sides = {
        option: (
            _value(found.universes.filter(pl.col(mark)), of),
            _value(found.universes.filter(~pl.col(mark)), of),
        )
        for option, mark in marks.items()
        if mark in found.universes.columns
    }
    known = {
        option: (one, other)
        for option, (one, other) in sides.items()
        if one is not None and other is not None
    }
    if not known:
        return f"It depends on {asked(choice)}."
    option, (one, other) = max(known.items(), key=lambda pair: abs(pair[1][0] - pair[1][1]))
    if of == "meets":
        shown = f"holds in {100 * one:.0f}% of the universes {option.words}, in {100 * other:.0f}%"
    else:
        shown = f"median {effect_words(one)} {option.words}, {effect_words(other)}"
    return f"It depends on {asked(choice)}: {shown} without."
