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

__all__ = ["Style", "asked", "decisive_words", "scale_style", "style_of"]

_SHARES = {"share_of_years", "share_of_votes", "share_of_events", "share_of_periods"}
# With more options than these a sentence lists only the telling ones.
MOST_LISTED = 5
_RATIOS = {"ratio", "ratio_low", "ratio_high"}


@dataclass(frozen=True)
class Style:
    """How a figure is written.

    Parameters
    ----------
    form : str
        ``"percent"``, ``"points"`` (of percent), ``"times"``, ``"rank"`` or ``"number"``.
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
            text = f"{100 * value:.1f}".replace("-", "\N{MINUS SIGN}")
            return f"{text.removesuffix('.0')}%"
        if self.form == "points":
            return f"{self.bare(value)} percentage points {self.unit}".strip()
        if self.form == "times":
            return f"{value:.2f} times"
        if self.form == "rank":
            return f"rank {value:.0f}" if value == int(value) else f"rank {value:.1f}"
        return f"{_number(value)} {self.unit}".strip().replace("-", "\N{MINUS SIGN}")

    def bare(self, value: float | None) -> str:
        """The figure without its unit."""
        if self.form == "points" and value is not None:
            return f"{100 * value:.1f}".replace("-", "\N{MINUS SIGN}")
        return Style(self.form).write(value)


def _number(value: float) -> str:
    """Whole numbers whole, large ones too; of small ones two digits that are not zero."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return (
        f"{value:,.1f}"
        if abs(value) >= 1
        else f"{float(f'{value:.2g}'):.6f}".rstrip("0").rstrip(".")
    )


def scale_style(scale: str) -> Style:
    """How single values of a scale are written.

    Parameters
    ----------
    scale : str
        Unit of the measured values.

    Examples
    --------
    >>> scale_style("share of product").write(0.25), scale_style("0 to 1").write(0.25)
    ('25%', '0.25 (0 to 1)')
    """
    first = scale.split(" ", 1)[0]
    if first == "share" or scale in ("percentile", "probability"):
        return Style("percent")
    if scale == "difference of shares":
        return Style("points")
    if scale == "rank":
        return Style("rank")
    # What cannot be counted, such as an index, stands after the number in brackets.
    counted = not scale or any(word.endswith("s") for word in scale.split())
    return Style("number", scale if counted else f"({scale})")


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
        return Style("percent" if claim.kind.name == "change" else "times")
    if "count" in names or (claim.kind.name == "event count" and names & {"before", "after"}):
        return Style("number", "events" if claim.kind.name == "event count" else "")
    style = scale_style(scale)
    if "slope" in names and style.form in ("percent", "points"):
        return Style("points", "a year")
    if "slope" in names and style.form == "rank":
        return Style("number", "ranks a year")
    if {"slope", "rate_before", "rate_after"} & names:
        return Style("number", f"{style.unit} a year")
    return style


def _names(expression: Expression) -> set[str]:
    nodes = list(walk(expression.root))
    named = {node.name for node in nodes if isinstance(node, Name)}
    return named | {node.function for node in nodes if isinstance(node, Call)}


def decisive_words(
    choice: Choice, answered: Sequence[Estimate], style: Style, of: str, *, telling: bool = True
) -> str:
    """What depends on a choice, as a sentence.

    Each option is shown by the universe that differs from the reference in that choice
    alone. Where those do not show the difference, the share of the universes is given.

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
    telling : bool
        Whether the figure explains the answer; otherwise it is left out.
    """
    shown = [
        (option, estimate)
        for option in choice.options
        if (estimate := _shown(choice, option, answered)) is not None
    ]
    if of == "figure":
        return f"The figure depends most on {asked(choice)}: {_figures(shown, style)}."
    if len({estimate.meets for _, estimate in shown}) > 1:
        parts = _answers(shown, style, telling=telling)
    else:
        parts = [_part(choice, option, answered) for option, _ in shown]
    return f"It depends on {asked(choice)}: {'; '.join(parts)}."


def asked(choice: Choice) -> str:
    """The question of a choice as it goes on after "on".

    Examples
    --------
    >>> from beholden.measures import Choice
    >>> asked(Choice("texts", "on which texts it is looked at", ()))
    'which texts it is looked at'
    """
    return choice.question.removeprefix("on ")


def _figures(shown: Sequence[tuple[Option, Estimate]], style: Style) -> str:
    """The figure by every option, or from the lowest to the highest where there are many."""
    if len(shown) <= MOST_LISTED:
        return ", ".join(f"{style.write(item.value)} {option.words}" for option, item in shown)
    ranked = sorted(shown, key=lambda pair: pair[1].value or 0.0)
    (low, least), (high, most) = ranked[0], ranked[-1]
    return (
        f"from {style.write(least.value)} {low.words} to {style.write(most.value)} {high.words}, "
        f"with {len(shown) - 2} others in between"
    )


def _answers(shown: Sequence[tuple[Option, Estimate]], style: Style, *, telling: bool) -> list[str]:
    figures = {style.write(estimate.value) for _, estimate in shown}
    comparable = len({estimate.scale for _, estimate in shown}) == 1
    told = telling and len(figures) > 1 and comparable
    if len(shown) > MOST_LISTED:
        return _fewer(shown, style if told else None)
    if told:
        return [
            f"{style.write(item.value)} {option.words} ({_holds(item)})" for option, item in shown
        ]
    return [f"{_holds(item)} {option.words}" for option, item in shown]


def _fewer(shown: Sequence[tuple[Option, Estimate]], style: Style | None) -> list[str]:
    """Of many options those on the side that has fewer, and how many are on the other."""
    holding = [pair for pair in shown if pair[1].meets]
    failing = [pair for pair in shown if not pair[1].meets]
    few, many = sorted((holding, failing), key=len)
    words = [
        option.words + (f" ({style.write(item.value)})" if style else "") for option, item in few
    ]
    rest = f"the {len(many)} other options" if len(many) > 1 else "the other option"
    return [f"{_holds(few[0][1])} {', '.join(words)}", f"{_holds(many[0][1])} with {rest}"]


def _holds(estimate: Estimate) -> str:
    return "holds" if estimate.meets else "does not hold"


def _part(choice: Choice, option: Option, answered: Sequence[Estimate]) -> str:
    taking = [item for item in answered if item.picks[choice.name] == option.label]
    share = sum(bool(item.meets) for item in taking) / len(taking)
    return f"holds in {Style('percent').write(share)} of the universes {option.words}"


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
