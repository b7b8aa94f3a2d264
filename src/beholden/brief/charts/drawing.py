"""What every chart is made of: the chart itself, its canvas, its layers and its key."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from beholden.brief.charts.palette import colour
from beholden.brief.charts.text import width
from beholden.core import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from beholden.multiverse import Style

__all__ = [
    "WIDTH",
    "Chart",
    "KeyItem",
    "Pad",
    "Spec",
    "canvas",
    "key",
    "layer",
    "margin_labels",
    "mark_text",
    "pixels",
    "rule",
    "shifted",
    "spread",
    "texts",
    "ticks",
    "value_axis",
]

WIDTH = 330
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A chart with everything that stands in for it where it cannot be seen.

    Parameters
    ----------
    kind : str
        ``"specification_curve"``, ``"series"``, ``"tally_strip"`` or ``"events"``.
    title : str
        A heading; it is not drawn into the chart.
    description : str
        What the chart shows, with its key figures, for a reader who cannot see it.
    columns : tuple of str
        Headings of the table behind the chart.
    rows : tuple of tuple of str
        That table: every value plotted.
    spec : dict
        Vega-Lite.
    """

    kind: str
    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    spec: Spec

    @cached_property
    def digest(self) -> str:
        """A short name for what is drawn."""
        return digest(self.spec)


@dataclass(frozen=True)
class Pad:
    """Room around the plot, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def across(self) -> float:
        """The width left for the plot."""
        return WIDTH - self.left - self.right


def canvas(height: float, pad: Pad, layers: Sequence[Spec], *, own_y: bool = False) -> Spec:
    """A specification of fixed size whose layout does not depend on any font.

    Parameters
    ----------
    height : float
        Of the plot, without its padding.
    pad : Pad
        Labels and keys are drawn there, by pixel.
    layers : sequence of dict
        In the order of drawing.
    own_y : bool
        Whether layers have vertical scales of their own.
    """
    axis = {"labelColor": colour("muted"), "labelFontSize": 10, "titleFontSize": 10}
    spec: Spec = {
        "$schema": _SCHEMA,
        "width": pad.across,
        "height": height,
        "padding": {"left": pad.left, "top": pad.top, "right": pad.right, "bottom": pad.bottom},
        "autosize": "none",
        "background": "transparent",
        "layer": list(layers),
        "config": {"view": {"stroke": None}, "axis": axis},
    }
    if own_y:
        spec["resolve"] = {"scale": {"y": "independent"}, "axis": {"y": "independent"}}
    return spec


def layer(mark: Mapping[str, object], rows: Sequence[Spec], **channels: Spec) -> Spec:
    """One layer: a mark for each row.

    Examples
    --------
    >>> layer({"type": "point"}, [{"a": 1}], x={"value": 3})["encoding"]
    {'x': {'value': 3}}
    """
    return {"data": {"values": list(rows)}, "mark": dict(mark), "encoding": channels}


def pixels(field: str) -> Spec:
    """A position given in pixels of the plot."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def rule(rows: Sequence[Spec], role: str, *, dash: Sequence[int] = (), thick: float = 1) -> Spec:
    """Straight lines from (x, y) to (x2, y2), in pixels."""
    mark: Spec = {"type": "rule", "color": colour(role), "strokeWidth": thick}
    if dash:
        mark["strokeDash"] = list(dash)
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer(mark, rows, x=pixels("x"), y=pixels("y"), **ends)


def texts(
    rows: Sequence[Spec],
    role: str = "ink",
    *,
    align: str = "left",
    size: float = 10,
    bold: bool = False,
    ground: bool = False,
) -> Spec:
    """Words at (x, y), in pixels; y is the middle of the line.

    With `ground` only their outline is drawn, in the colour of the paper, to go beneath them.
    """
    mark: Spec = {
        "type": "text",
        "color": colour(role),
        "align": align,
        "baseline": "middle",
        "fontSize": size,
        "fontWeight": "bold" if bold else "normal",
    }
    if ground:
        mark |= {"stroke": colour("paper"), "strokeWidth": 3.5, "color": colour("paper")}
    words = {"field": "text", "type": "nominal"}
    return layer(mark, rows, x=pixels("x"), y=pixels("y"), text=words)


@dataclass(frozen=True)
class KeyItem:
    """One entry of a key.

    Parameters
    ----------
    mark : str
        ``"dot"``, ``"diamond"``, ``"triangle"``, ``"square"``, ``"line"``, ``"dashes"``,
        ``"dots"``, ``"bar"``, ``"shade"`` or ``"text:<sign>"``.
    role : str
        The role of its colour.
    label : str
        What it means.
    """

    mark: str
    role: str
    label: str


_SHAPES = {
    "dot": ("circle", True),
    "diamond": ("diamond", False),
    "triangle": ("triangle-up", True),
    "square": ("square", True),
}
_LINES: dict[str, tuple[int, ...]] = {"line": (), "dashes": (5, 3), "dots": (2, 2), "bar": ()}
KEY_ROW = 13


def key(items: Iterable[KeyItem], left: float, room: float) -> tuple[list[Spec], float]:
    """A key of one or more rows, drawn from y = 0 downwards.

    Parameters
    ----------
    items : iterable of KeyItem
        In order.
    left, room : float
        Where it starts and how wide it may be, in pixels of the plot.

    Returns
    -------
    tuple of (list of dict, float)
        Layers, and the height they take; :func:`shifted` moves them.
    """
    layers: list[Spec] = []
    words: list[Spec] = []
    x, y = left, KEY_ROW / 2
    for item in items:
        long = 14 + width(item.label)
        if x > left and x + long > left + room:
            x, y = left, y + KEY_ROW
        layers.append(_symbol(item, x, y))
        words.append({"x": x + 14, "y": y, "text": item.label})
        x += long + 10
    if not words:
        return [], 0
    return [*layers, texts(words, "muted")], y + KEY_ROW / 2


def _symbol(item: KeyItem, x: float, y: float) -> Spec:
    if item.mark.startswith("text:"):
        sign = {"x": x + 5, "y": y, "text": item.mark[5:]}
        return texts([sign], item.role, align="center", bold=True)
    if item.mark == "shade":
        return _point("square", item.role, x, y, filled=True, size=90, opacity=0.16)
    if item.mark in _SHAPES:
        shape, filled = _SHAPES[item.mark]
        return _point(shape, item.role, x, y, filled=filled, size=36)
    across = {"x": x, "y": y, "x2": x + 11, "y2": y}
    upright = {"x": x + 5, "y": y - 5, "x2": x + 5, "y2": y + 5}
    line = upright if item.mark == "bar" else across
    return rule([line], item.role, dash=_LINES[item.mark], thick=1.5)


def _point(
    shape: str, role: str, x: float, y: float, *, filled: bool, size: float, opacity: float = 1
) -> Spec:
    mark: Spec = {"type": "point", "shape": shape, "size": size, "opacity": opacity}
    mark |= {"filled": filled, "color": colour(role)}
    if not filled:
        mark |= {"fill": colour("paper"), "stroke": colour(role), "strokeWidth": 1.4}
    return layer(mark, [{"x": x + 5, "y": y}], x=pixels("x"), y=pixels("y"))


def shifted(layers: Iterable[Spec], down: float) -> list[Spec]:
    """Layers in pixels, moved down."""
    return [
        {
            **each,
            "data": {
                "values": [
                    {name: v + down if name in ("y", "y2") else v for name, v in row.items()}
                    for row in each["data"]["values"]
                ]
            },
        }
        for each in layers
    ]


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from `low` to `high`, at most about `most` of them.

    Examples
    --------
    >>> ticks(0, 1)
    [0.0, 0.25, 0.5, 0.75, 1.0]
    >>> ticks(1989, 2024, 6)
    [1990.0, 2000.0, 2010.0, 2020.0]
    """
    span = high - low
    if span <= 0 or not math.isfinite(span):
        return [low]
    power = 10.0 ** math.floor(math.log10(span / most))
    for factor in (1, 2, 2.5, 5, 10, 20):
        step = factor * power
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return [round(place * step, 12) for place in range(first, last + 1)]
    return [low, high]


def spread(values: Iterable[float], style: Style, *, zero: bool = False) -> tuple[float, float]:
    """The range of an axis: the values with a little air, shares never beyond 0 and 1.

    Ranks reach from the first, unless all values lie far below it, over at least three.

    Parameters
    ----------
    values : iterable of float
        At least one.
    style : Style
        How they are written.
    zero : bool
        Whether the axis starts at zero where no value is negative.
    """
    found = [value for value in values if math.isfinite(value)]
    low, high = min(found), max(found)
    if style.form == "rank":
        first = 1.0 if low < 0.6 * high or high <= 3 else low
        return first - 0.06 * (max(high, 3.0) - first), max(high, 3.0) + 0.08 * (high - first)
    air = 0.08 * (high - low) or abs(high) * 0.1 or 1
    bottom, top = low - air, high + air
    if low >= 0 and (zero or bottom < 0):
        bottom = 0.0 if zero else max(bottom, -air / 2)
    if style.form == "percent" and high <= 1:
        top = min(top, 1.0 + (0.0 if zero else 0.02))
    return bottom, top


def value_axis(low: float, high: float, style: Style, most: int = 5) -> Spec:
    """A vertical axis on the left, with its grid, for figures written in a style."""
    places = ticks(low, high, most)
    if style.form == "rank":
        later = [place for place in places if place > 1 and place == int(place)]
        places = [1.0, *later] if low < 1 else later
    step = (places[1] - places[0]) if len(places) > 1 else (high - low) or 1
    scaled = step * 100 if style.form in ("percent", "points") else step
    digits = 0
    while digits < 4 and abs(round(scaled, digits) - scaled) > 1e-9 * max(scaled, 1e-9):
        digits += 1
    form = {
        "percent": f".{digits}%",
        "points": f".{digits}%",
        "rank": ".0f",
        "times": f".{digits}f",
    }.get(style.form, f",.{digits}f")
    if style.form == "number" and max(abs(low), abs(high)) >= 100_000:
        form = "~s"
    axis: Spec = {"values": places, "format": form, "title": None, "domain": False, "ticks": False}
    if style.form == "times":
        axis["labelExpr"] = "datum.label + '×'"
    if style.form == "points":
        axis["labelExpr"] = "replace(datum.label, '%', ' pp')"
    axis |= {"grid": True, "gridColor": colour("grid"), "labelOverlap": False, "labelPadding": 5}
    return {**axis, "orient": "left", "offset": 0}


def mark_text(value: float, style: Style) -> str:
    """A figure short enough for the margin of a chart.

    Examples
    --------
    >>> from beholden.multiverse import Style
    >>> mark_text(0.75, Style("times")), mark_text(1000, Style("number", "persons"))
    ('0.75×', '1,000')
    >>> mark_text(1, Style("rank"))
    '1'
    """
    if style.form == "times":
        return f"{value:.2f}".rstrip("0").rstrip(".") + "×"
    if style.form == "rank":
        return f"{value:.0f}"
    return f"{style.bare(value)} pp" if style.form == "points" else style.bare(value)


def margin_labels(marks: Iterable[tuple[float, str]], x: float) -> list[Spec]:
    """Labels of horizontal lines, from the lowest line up, moved apart where they would meet.

    Examples
    --------
    >>> [row["y"] for row in margin_labels([(90.0, "100"), (84.0, "1,000")], 0)]
    [90.0, 80.0]
    """
    rows: list[Spec] = []
    for y, text in sorted(marks, key=lambda mark: -mark[0]):
        free = min(y, rows[-1]["y"] - 10) if rows else y
        rows.append({"x": x, "y": free, "text": text})
    return rows
