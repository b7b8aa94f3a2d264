"""Figures and choices in words."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from beholden.claims.syntax import Call, Name, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beholden.claims import Claim
    from beholden.claims.expression import Expression
    from beholden.core import Estimate
    from beholden.measures import Choice, Option

__all__ = ["Style", "decisive_words", "style_of"]

_SHARES = {"share_of_years", "share_of_votes", "share_of_events", "share_of_periods"}
_RATIOS = {"ratio", "ratio_low", "ratio_high"}


@dataclass(frozen=True)
class Style:
    """How a figure is written.

    Parameters
    ----------
    form : str
        ``"percent"``, ``"times"`` or ``"number"``.
    unit : str
        What stands after a number.

    Examples
    --------
    >>> Style("percent").write(0.9014)
    '90.1%'
    """

    form: str
    unit: str = ""

    def write(self, value: float | None) -> str:
        """A figure as the page prints it."""
        if value is None:
            return "\N{EN DASH}"
        if self.form == "percent":
            text = f"{100 * value:.1f}"
            return f"{text.removesuffix('.0')}%"
        if self.form == "times":
            return f"{value:.2f} times"
        text = f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.1f}"
        return f"{text} {self.unit}".strip().replace("-", "\N{MINUS SIGN}")

    def bare(self, value: float | None) -> str:
        """The figure without its unit."""
        return Style(self.form).write(value)


def style_of(claim: Claim, scale: str) -> Style:
    """How the figure of a claim is written, from what it computes.

    Parameters
    ----------
    claim : Claim
        With its figure.
    scale : str
        Unit of the measured values.
    """
    if claim.figure is None:
        return Style("number")
    names = _names(claim.figure)
    if names & _SHARES:
        return Style("percent")
    if names & _RATIOS:
        return Style("times")
    counts = "count" in names or {"before", "after"} & names and claim.kind.name == "event count"
    if counts:
        return Style("number", "events" if claim.kind.name == "event count" else "")
    if scale == "share":
        return Style("percent")
    unit = f"{scale} a year" if {"slope"} & names else scale
    if {"rate_before", "rate_after"} & names:
        unit = f"{scale} a year"
    return Style("number", unit)


def _names(expression: Expression) -> set[str]:
    nodes = list(walk(expression.root))
    named = {node.name for node in nodes if isinstance(node, Name)}
    return named | {node.function for node in nodes if isinstance(node, Call)}


def decisive_words(
    choice: Choice, answered: Sequence[Estimate], style: Style, of: str
) -> str:
    """What depends on a choice, as a sentence.

    Each option is shown by the universe that differs from the reference in that choice
    alone; where there is none, by the median over the universes that take it.

    Parameters
    ----------
    choice : Choice
        With its question and options.
    answered : sequence of Estimate
        The universes with an answer; the first is the reference.
    style : Style
        How figures are written.
    of : str
        ``"verdict"`` or ``"figure"``.
    """
    parts = []
    shown = [(option, _shown(choice, option, answered)) for option in choice.options]
    shown = [(option, estimate) for option, estimate in shown if estimate]
    figures = {
        style.write(estimate.value) for _, estimate in shown if estimate and estimate.value is not None
    }
    for option, estimate in shown:
        if estimate is None:
            continue
        answer = "holds" if estimate.meets else "does not hold"
        if len(figures) > 1 and choice.name != "reading":
            part = f"{style.write(estimate.value)} {option.words}"
            parts.append(f"{part} ({answer})" if of == "verdict" else part)
        else:
            parts.append(f"{answer} {option.words}")
    lead = "It depends on" if of == "verdict" else "The figure depends most on"
    return f"{lead} {choice.question}: {', '.join(parts)}."


def _shown(choice: Choice, option: Option, answered: Sequence[Estimate]) -> Estimate | None:
    taking = [item for item in answered if item.picks[choice.name] == option.label]
    if not taking:
        return None
    reference = answered[0].picks
    alike = [
        item
        for item in taking
        if all(item.picks[name] == reference[name] for name in reference if name != choice.name)
    ]
    if alike:
        return alike[0]
    middle = median([item.value or 0.0 for item in taking])
    return min(taking, key=lambda item: abs((item.value or 0.0) - middle))
