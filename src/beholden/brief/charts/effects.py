"""The specification curve of an association: effects of thousands of regressions in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.brief.charts.curve_data import BINS, MOST, Column, Curve, OptionRow
from beholden.brief.charts.drawing import Chart
from beholden.brief.charts.specification import drawn, table
from beholden.measures import Choice, Option
from beholden.multiverse import Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

__all__ = ["Block", "Effects", "effects_curve"]

_STYLE = Style("number", "standard deviations")
_SCALE = "standard deviations"


@dataclass(frozen=True)
class Block:
    """One choice, with what each universe took of it.

    Parameters
    ----------
    name, question : str
        The choice.
    labels : tuple of str
        Its options. Controls that enter or stay out are one block whose options are the
        controls: a universe may take several, or none.
    takes : ndarray of bool, shape (universes, options)
        What each universe took.
    """

    name: str
    question: str
    labels: tuple[str, ...]
    takes: Flags


@dataclass(frozen=True)
class Effects:
    """What a curve of effects is drawn from.

    Parameters
    ----------
    effect, low, high : ndarray, shape (universes,)
        Standardised effects with their intervals; NaN where a universe has none.
    meets : ndarray of bool, shape (universes,)
        Whether the expectation holds.
    blocks : tuple of Block
        The choices.
    expected : float
        The smallest effect that matters, with the expected sign.
    deciding : tuple of str
        Blocks by what hangs on them, the greatest first.
    words : str
        What hangs on the first of them, as a sentence.
    of : str
        ``"verdict"`` or ``"figure"``: what the deciding block moves.
    """

    effect: Floats
    low: Floats
    high: Floats
    meets: Flags
    blocks: tuple[Block, ...]
    expected: float
    deciding: tuple[str, ...] = ()
    words: str = ""
    of: str = "figure"


def effects_curve(found: Effects, title: str) -> Chart | None:
    """The specification curve of many regressions.

    Parameters
    ----------
    found : Effects
        One entry for each universe.
    title : str
        What goes with what.

    Returns
    -------
    Chart or None
        None where fewer than two universes have an effect. Above 120 universes the curve is
        binned: each place shows its bin's median effect and median interval.

    Examples
    --------
    >>> took = np.array([[True, False], [False, True]])
    >>> two = np.array([0.1, 0.3])
    >>> sides = Block("effects", "which fixed effects", ("none", "state"), took)
    >>> found = Effects(two, two - 0.1, two + 0.1, two > 0.2, (sides,), 0.1)
    >>> effects_curve(found, "a and b").rows[0][:2]
    ('0.1 standard deviations', '0 standard deviations to 0.2 standard deviations')
    """
    shown = np.flatnonzero(np.isfinite(found.effect))
    if len(shown) < 2:
        return None
    curve = _curve(found, shown)
    named: dict[float, tuple[str, ...]] = {0.0: ("no effect",)}
    if found.expected:
        named[found.expected] = ("the smallest effect that matters",)
    rules = dict(sorted(named.items()))
    words = _description(found, curve, shown)
    return Chart(
        "specification_curve", title, words, *table(curve), drawn(curve, rules, of=found.of)
    )


def _curve(found: Effects, shown: NDArray[np.int64]) -> Curve:
    blocks = _varied(found, shown)
    keys = [np.argmax(block.takes[shown], axis=1) for block in reversed(blocks)]
    order = shown[np.lexsort((*keys, found.effect[shown]))]
    binned = len(order) > MOST
    parts = np.array_split(order, BINS) if binned else [order[i : i + 1] for i in range(len(order))]
    return Curve(
        columns=tuple(_column(found, blocks, part) for part in parts),
        styles={_SCALE: _STYLE},
        choices=tuple(_choice(block) for block in blocks),
        deciding=found.deciding[:1],
        options=tuple(row for block in blocks for row in _rows(found, block, shown)),
        universes=len(order),
        holding=int(found.meets[order].sum()),
        without=len(found.effect) - len(order),
        binned=binned,
        spans="median 95% interval in the bin" if binned else "95% interval",
        rules="zero and the least that matters" if found.expected else "zero",
    )


def _varied(found: Effects, shown: NDArray[np.int64]) -> list[Block]:
    """Blocks in which universes differ, those on which most hangs first."""
    varied = [block for block in found.blocks if _differs(block.takes[shown])]
    places = {name: place for place, name in enumerate(found.deciding)}
    return sorted(varied, key=lambda block: places.get(block.name, len(places)))


def _differs(takes: Flags) -> bool:
    return bool((takes != takes[:1]).any())


def _choice(block: Block) -> Choice:
    options = tuple(Option(label, label, "an option of the grid") for label in block.labels)
    return Choice(block.name, block.question, options)


def _column(found: Effects, blocks: Sequence[Block], part: NDArray[np.int64]) -> Column:
    takes: dict[tuple[str, str], float] = {}
    for block in blocks:
        shares = block.takes[part].mean(axis=0)
        takes |= {
            (block.name, label): float(share)
            for label, share in zip(block.labels, shares, strict=True)
            if share > 0
        }
    low, high = _middle(found.low[part]), _middle(found.high[part])
    return Column(
        _SCALE,
        float(np.median(found.effect[part])),
        low,
        high,
        float(found.meets[part].mean()),
        len(part),
        takes,
    )


def _middle(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else None


def _rows(found: Effects, block: Block, shown: NDArray[np.int64]) -> list[OptionRow]:
    took = block.takes[shown]
    holding = (took & found.meets[shown, None]).sum(axis=0)
    return [
        OptionRow(block.name, label, label, int(holds), int(taking))
        for label, holds, taking in zip(block.labels, holding, took.sum(axis=0), strict=True)
        if taking
    ]


def _description(found: Effects, curve: Curve, shown: NDArray[np.int64]) -> str:
    effects = found.effect[shown]
    low, middle, high = (float(v) for v in np.quantile(effects, (0.0, 0.5, 1.0)))
    first = (
        f"In {curve.universes:,} universes the effect runs from {_STYLE.bare(low)} to "
        f"{_STYLE.write(high)}, with a median of {_STYLE.bare(middle)}; the expectation holds in "
        f"{curve.holding:,} of them (smallest effect that matters: {_STYLE.bare(found.expected)})."
    )
    parts = [first, found.words]
    if curve.without:
        are = "universe has" if curve.without == 1 else "universes have"
        parts.append(f"{curve.without:,} {are} no effect.")
    return " ".join(part for part in parts if part)
