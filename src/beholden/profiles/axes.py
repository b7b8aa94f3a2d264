"""The vertical axis of a figure: where it begins and ends, and how its ticks are written."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from beholden.brief.charts.drawing import WIDTH, Spec, spread, value_axis
from beholden.brief.charts.text import shorten
from beholden.profiles.numbers import bounds, is_percent, style, unit_words

if TYPE_CHECKING:
    from beholden.profiles.model import Figure

__all__ = ["ValueAxis", "axis_of"]

# Positive values whose largest is this many times the smallest are drawn on a log scale.
_WIDE = 200
_RANKS_SHOWN, _FEW = 5, 4


@dataclass(frozen=True)
class ValueAxis:
    """A vertical axis.

    Parameters
    ----------
    low, high : float
        Its ends.
    scale : str
        The measure's unit.
    log : bool
        Whether equal steps are equal ratios.
    whole : bool
        Whether only whole numbers are marked.
    """

    low: float
    high: float
    scale: str
    log: bool = False
    whole: bool = False

    @property
    def unit(self) -> str:
        """The words above the axis."""
        words = unit_words(self.scale) + (", log scale" if self.log else "")
        return shorten(words, WIDTH)

    def channel(self) -> Spec:
        """The vertical encoding; of ranks the first is at the top."""
        scale: Spec = {"domain": [self.low, self.high], "nice": False, "zero": False}
        axis = value_axis(self.low, self.high, style(self.scale), 4)
        if self.log:
            scale = {"type": "log", "domain": [self.low, self.high]}
            powers = range(ceil(log10(self.low)), floor(log10(self.high)) + 1)
            step = max(1, ceil(len(powers) / 4))
            axis |= {"values": [10.0**power for power in powers[::step]], "format": "~s"}
        elif self.scale == "rank":
            scale["reverse"] = True
            whole = [tick for tick in axis["values"] if tick == int(tick) and tick > 1]
            axis |= {"values": [1, *whole], "format": ",d"}
        elif self.whole:
            axis |= {"values": list(range(ceil(self.low), floor(self.high) + 1)), "format": "d"}
        elif self.scale == "0 or 1":
            words = "datum.value > 0.5 ? 'yes' : 'no'"
            axis |= {"values": [0, 1], "labelExpr": words}
        if axis.get("format") == "~s":
            # The sign of the SI for a thousand million is read as grams.
            axis["labelExpr"] = "datum.value === 0 ? '0' : replace(datum.label, 'G', 'bn')"
        return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}


def axis_of(figure: Figure) -> ValueAxis:
    """The axis of a figure.

    It shows the whole of a scale that has ends, and begins at zero where values are parts of
    a whole or not far above zero.

    Parameters
    ----------
    figure : Figure
        With at least one value.
    """
    values = _values(figure)
    low, high = min(values), max(values)
    scale, ends = figure.scale, bounds(figure.scale)
    if scale == "rank":
        return ValueAxis(0.5, max(high, _RANKS_SHOWN) + 0.5, scale)
    if ends is not None and ends[0] <= low and high <= ends[1]:
        air = 0.04 * (ends[1] - ends[0])
        return ValueAxis(ends[0] - (air if ends[0] < 0 else 0), ends[1] + air, scale)
    if scale == "percentile":
        return ValueAxis(0.0, 1.0, scale)
    if low > 0 and high > _WIDE * low and not is_percent(scale):
        return ValueAxis(low / 1.5, high * 1.5, scale, log=True)
    parts = is_percent(scale) and low >= 0
    zero = parts or 0 <= low < 0.6 * high or low == high == 0
    few = high - low <= _FEW and not parts and all(value == int(value) for value in values)
    return ValueAxis(*spread(values, style(scale), zero=zero), scale, whole=few)


def _values(figure: Figure) -> list[float]:
    """Everything drawn, ends of ranges among it."""
    found = [value for _, value in figure.middle]
    for strand in figure.strands:
        for point in strand.course.points:
            ends = (point.low, point.high) if strand.role != "other" else ()
            found += [point.value, *(end for end in ends if end is not None)]
    return found
