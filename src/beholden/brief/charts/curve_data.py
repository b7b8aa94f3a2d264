"""A specification curve before it is drawn: universes in order, bins, and the rows below."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from beholden.multiverse import style_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beholden.claims import Claim
    from beholden.core import Estimate
    from beholden.measures import Choice
    from beholden.multiverse import Assessment, Style

__all__ = ["MOST", "Column", "Curve", "OptionRow", "curve_of"]

MOST = 120
BINS = 60


@dataclass(frozen=True)
class Column:
    """One place of the curve: a universe, or a bin of neighbouring ones.

    Parameters
    ----------
    scale : str
        Unit of the measured values.
    value : float
        The figure; in a bin, the middle one.
    low, high : float or None
        Its interval; in a bin, the range of its figures.
    holds : float
        1 or 0; in a bin, the share of universes in which the expectation holds.
    size : int
        Universes in it.
    takes : mapping of (str, str) to float
        Choice and option to the share of the universes that take it.
    """

    scale: str
    value: float
    low: float | None
    high: float | None
    holds: float
    size: int
    takes: Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class OptionRow:
    """One option of a choice: in how many of its universes the expectation holds."""

    choice: str
    label: str
    words: str
    holding: int
    taking: int


@dataclass(frozen=True)
class Curve:
    """Everything that a specification curve shows.

    Parameters
    ----------
    columns : tuple of Column
        Sorted by scale, then by figure.
    styles : mapping of str to Style
        How the figures of each scale are written.
    choices : tuple of Choice
        Those that vary, the deciding ones first.
    deciding : tuple of str
        The choices on which most hangs.
    options : tuple of OptionRow
        In the order of `choices`.
    universes, holding, without : int
        Universes shown, those in which the expectation holds, and those without a figure.
    binned : bool
        Whether columns are bins.
    spans, rules : str
        What the upright bars and the dotted lines are.
    """

    columns: tuple[Column, ...]
    styles: Mapping[str, Style]
    choices: tuple[Choice, ...]
    deciding: tuple[str, ...]
    options: tuple[OptionRow, ...]
    universes: int
    holding: int
    without: int
    binned: bool
    spans: str = "its range"
    rules: str = "the claim's threshold"


def curve_of(side: Assessment, claim: Claim) -> Curve | None:
    """The curve of an assessment; None where fewer than two universes have a figure.

    Parameters
    ----------
    side : Assessment
        With its estimates.
    claim : Claim
        For the way figures are written.
    """
    shown = [item for item in side.run.estimates if item.value is not None and item.status == "ok"]
    if len(shown) < 2:
        return None
    varied = [
        choice
        for choice in side.plan.choices
        if len({estimate.picks[choice.name] for estimate in shown}) > 1
    ]
    ranks = {item.choice: place for place, item in enumerate(side.verdict.decisive)}
    choices = tuple(sorted(varied, key=lambda choice: ranks.get(choice.name, len(ranks))))
    scales = list(dict.fromkeys(item.scale for item in shown))
    ordered = sorted(shown, key=lambda item: _order(item, scales, choices))
    binned = len(ordered) > MOST
    columns = _binned(ordered, scales) if binned else [_column([item]) for item in ordered]
    return Curve(
        columns=tuple(columns),
        styles={scale: style_of(claim, scale) for scale in scales},
        choices=choices,
        deciding=_deciding(side),
        options=tuple(_option_rows(choices, shown)),
        universes=len(shown),
        holding=sum(bool(item.meets) for item in shown),
        without=len(side.run.estimates) - len(shown),
        binned=binned,
        spans="range in the bin" if binned else "its range",
    )


def _order(
    item: Estimate, scales: Sequence[str], choices: Sequence[Choice]
) -> tuple[int, float, tuple[int, ...]]:
    """By scale, then figure; equal figures by option, so that options stand in blocks."""
    places = tuple(choice.labels().index(item.picks[choice.name]) for choice in choices)
    return scales.index(item.scale), item.value or 0.0, places


def _deciding(side: Assessment) -> tuple[str, ...]:
    """The first choice of those that move the outcome, with any that moves it as much."""
    decisive = side.verdict.decisive
    most = decisive[0].share_of_variance if decisive else 0.0
    return tuple(item.choice for item in decisive if item.share_of_variance >= 0.95 * most)


def _binned(ordered: Sequence[Estimate], scales: Sequence[str]) -> list[Column]:
    """Bins of about equal size, none of them over two scales."""
    columns = []
    for scale in scales:
        group = [item for item in ordered if item.scale == scale]
        bins = max(2, round(BINS * len(group) / len(ordered)))
        bins = min(bins, len(group))
        cuts = [round(place * len(group) / bins) for place in range(bins + 1)]
        columns += [_column(group[first:last]) for first, last in itertools.pairwise(cuts)]
    return columns


def _column(group: Sequence[Estimate]) -> Column:
    values = [item.value or 0.0 for item in group]
    takes: dict[tuple[str, str], float] = {}
    for item in group:
        for pick in item.picks.items():
            takes[pick] = takes.get(pick, 0.0) + 1 / len(group)
    holds = sum(bool(item.meets) for item in group) / len(group)
    if len(group) == 1:
        low, high = group[0].low, group[0].high
        return Column(group[0].scale, values[0], low, high, holds, 1, takes)
    low, high = min(values), max(values)
    return Column(group[0].scale, median(values), low, high, holds, len(group), takes)


def _option_rows(choices: Sequence[Choice], shown: Sequence[Estimate]) -> list[OptionRow]:
    rows = []
    for choice in choices:
        for option in choice.options:
            taking = [item for item in shown if item.picks[choice.name] == option.label]
            if taking:
                holding = sum(bool(item.meets) for item in taking)
                rows.append(
                    OptionRow(choice.name, option.label, option.words, holding, len(taking))
                )
    return rows
