"""The specification curve: every universe's figure, and below it what each of them chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from beholden.brief.charts.curve_data import Column, Curve, curve_of
from beholden.brief.charts.drawing import (
    WIDTH,
    Chart,
    KeyItem,
    Pad,
    Spec,
    canvas,
    key,
    layer,
    margin_labels,
    mark_text,
    pixels,
    rule,
    shifted,
    spread,
    texts,
    value_axis,
)
from beholden.brief.charts.matrix import matrix
from beholden.brief.charts.palette import colour
from beholden.brief.charts.text import wrap
from beholden.brief.charts.thresholds import figure_thresholds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beholden.claims import Claim
    from beholden.multiverse import Assessment, Style

__all__ = ["drawn", "specification_curve", "table"]

LEFT, RIGHT = 104, 38
_PANEL, _SMALL, _BETWEEN = 96, 66, 16


@dataclass(frozen=True)
class Panel:
    """The part of the curve that is measured in one unit, and where it stands."""

    columns: tuple[tuple[int, Column], ...]
    style: Style
    top: float
    bottom: float
    low: float
    high: float
    rules: Mapping[float, tuple[str, ...]]

    def y(self, value: float) -> float:
        """The pixel of a value, no further than the panel reaches."""
        part = min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)
        up = 1 - part if self.ranks else part
        return round(self.bottom - up * (self.bottom - self.top), 3)

    @property
    def ranks(self) -> bool:
        """Whether the figures are ranks, of which the first stands on top."""
        return self.style.form == "rank"


def specification_curve(side: Assessment, claim: Claim) -> Chart | None:
    """The specification curve of an assessment [1]_.

    Parameters
    ----------
    side : Assessment
        With estimates, of which at least two have a figure.
    claim : Claim
        For its figure and its thresholds.

    Returns
    -------
    Chart or None
        None where there is nothing to compare. Above 120 universes the curve is binned.

    References
    ----------
    .. [1] Simonsohn, U., Simmons, J. P., Nelson, L. D. (2020). Specification curve analysis.
       Nature Human Behaviour 4, 1208-1214. https://doi.org/10.1038/s41562-020-0912-z
    """
    curve = curve_of(side, claim)
    if curve is None or claim.figure is None:
        return None
    rules = figure_thresholds(claim)
    title = f"Every way to test it: {claim.figure_words}"
    return Chart(
        "specification_curve",
        title,
        _description(curve, side, claim, rules),
        *table(curve),
        drawn(curve, rules, of=side.verdict.decisive[0].of if side.verdict.decisive else ""),
    )


def drawn(curve: Curve, rules: Mapping[float, tuple[str, ...]], *, of: str) -> Spec:
    """The drawing of a curve.

    Parameters
    ----------
    curve : Curve
        Columns in order, and what each of them chose.
    rules : mapping of float to tuple of str
        Numbers that the claim names.
    of : str
        Whether the deciding choice moves the ``"verdict"`` or the ``"figure"``.
    """
    pad_across = Pad(LEFT, 0, RIGHT, 0).across
    step = pad_across / len(curve.columns)
    panels = _panels(curve, rules)
    plot = panels[-1].bottom
    head, above = _head(curve, of, panels)
    below, bottom = matrix(curve, plot + 10, step, left=-LEFT, right=pad_across + RIGHT)
    layers: list[Spec] = []
    for panel in panels:
        layers += _panel_layers(panel, step, pad_across)
    layers += [*below, *_divides(panels, step, bottom), *shifted(head, -above)]
    return canvas(plot, Pad(LEFT, above, RIGHT, bottom - plot + 2), layers, own_y=True)


def _panels(curve: Curve, rules: Mapping[float, tuple[str, ...]]) -> list[Panel]:
    """One panel for each unit: figures in different units share no axis."""
    found: list[Panel] = []
    top = 6.0
    tall = _PANEL if len(curve.styles) == 1 else _SMALL
    first = next(iter(curve.styles))
    for scale, style in curve.styles.items():
        columns = tuple(
            (place, column) for place, column in enumerate(curve.columns) if column.scale == scale
        )
        # A number in the claim is meant in the unit of the reference; zero is zero in all.
        named = {n: labels for n, labels in rules.items() if scale == first or n == 0}
        low, high = _range([column for _, column in columns], list(named), style)
        found.append(Panel(columns, style, top, top + tall, low, high, named))
        top += tall + _BETWEEN
    return found


def _range(columns: Sequence[Column], named: Sequence[float], style: Style) -> tuple[float, float]:
    """The range shown: all figures and thresholds; intervals as far as they leave room."""
    figures = [column.value for column in columns] + list(named)
    ends = [end for column in columns for end in (column.low, column.high) if end is not None]
    span = max(figures) - min(figures) or max(abs(value) for value in figures) * 0.2 or 1.0
    lowest, highest = min([*figures, *ends]), max([*figures, *ends])
    if highest - lowest > 5 * span:
        lowest = max(lowest, min(figures) - 1.25 * span)
        highest = min(highest, max(figures) + 1.25 * span)
    return spread([lowest, highest], style)


def _panel_layers(panel: Panel, step: float, across: float) -> list[Spec]:
    scale: Spec = {
        "domain": [panel.low, panel.high],
        "range": [panel.top, panel.bottom] if panel.ranks else [panel.bottom, panel.top],
        "nice": False,
        "zero": False,
    }
    axis = value_axis(
        panel.low, panel.high, panel.style, 5 if panel.bottom - panel.top > _SMALL else 4
    )
    across_scale: Spec = {"domain": [0, across], "range": [0, across], "nice": False}
    points = [_dot(place, column, panel, step) for place, column in panel.columns]
    y: Spec = {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}
    x: Spec = {"field": "x", "type": "quantitative", "scale": across_scale, "axis": None}
    size = round(min(max((step * 0.85) ** 2, 7), 42), 2)
    layers = [*_intervals(panel, step), *_rules(panel, across)]
    for shape, role, filled, met in (
        ("diamond", "fails", False, False),
        ("circle", "holds", True, True),
    ):
        rows = [point for point in points if point["holds"] is met]
        mark: Spec = {"type": "point", "shape": shape, "size": size, "opacity": 1}
        mark |= {"fill": colour(role if filled else "paper"), "stroke": colour(role)}
        mark["strokeWidth"] = round(min(1.4, 0.25 + step / 6), 2)
        layers.append(layer(mark, rows, x=x, y=y))
    return layers


def _dot(place: int, column: Column, panel: Panel, step: float) -> Spec:
    value = min(max(column.value, panel.low), panel.high)
    return {"x": _middle(place, step), "value": value, "holds": column.holds >= 0.5}


def _middle(place: int, step: float) -> float:
    return round((place + 0.5) * step, 3)


def _intervals(panel: Panel, step: float) -> list[Spec]:
    """Bars from low to high; an arrow where one runs out of the panel."""
    bars, ups, downs = [], [], []
    for place, column in panel.columns:
        if column.low is None or column.high is None or column.low == column.high:
            continue
        x = _middle(place, step)
        bars.append({"x": x, "x2": x, "y": panel.y(column.low), "y2": panel.y(column.high)})
        above, below = (column.low, column.high) if panel.ranks else (column.high, column.low)
        if panel.y(above) <= panel.top and _beyond(above, panel):
            ups.append({"x": x, "y": panel.top - 1})
        if panel.y(below) >= panel.bottom and _beyond(below, panel):
            downs.append({"x": x, "y": panel.bottom + 1})
    layers = [rule(bars, "muted", thick=1.3)] if bars else []
    size = round(min(24, step * 5), 2)
    for shape, rows in (("triangle-up", ups), ("triangle-down", downs)):
        if rows:
            mark: Spec = {"type": "point", "shape": shape, "size": size, "filled": True}
            mark |= {"color": colour("muted"), "opacity": 1}
            layers.append(layer(mark, rows, x=pixels("x"), y=pixels("y")))
    return layers


def _beyond(value: float, panel: Panel) -> bool:
    return value < panel.low or value > panel.high


def _rules(panel: Panel, across: float) -> list[Spec]:
    """What the claim needs, as a line with its number at the right."""
    if not panel.rules:
        return []
    lines = [{"x": 0, "x2": across, "y": panel.y(n), "y2": panel.y(n)} for n in panel.rules]
    marks = [(panel.y(number), mark_text(number, panel.style)) for number in panel.rules]
    labels = margin_labels(marks, across + 4)
    return [rule(lines, "ink", dash=(2, 2), thick=1.2), texts(labels, "ink")]


def _divides(panels: Sequence[Panel], step: float, bottom: float) -> list[Spec]:
    """Between universes that are measured in different units."""
    starts = [panel.columns[0][0] * step for panel in panels[1:]]
    lines = [{"x": x, "x2": x, "y": panels[0].top, "y2": bottom} for x in starts]
    return [rule(lines, "muted", dash=(1, 3))] if lines else []


def _head(curve: Curve, of: str, panels: Sequence[Panel]) -> tuple[list[Spec], float]:
    """The key, and what is not drawn, above the plot."""
    each = "half or more of the bin: holds" if curve.binned else "expectation holds"
    items = [KeyItem("dot", "holds", each), KeyItem("diamond", "fails", "does not hold")]
    spans = any(c.low is not None and c.low != c.high for c in curve.columns)
    if any(panel.rules for panel in panels):
        items.append(KeyItem("dots", "ink", curve.rules))
    if spans:
        items.append(KeyItem("bar", "muted", curve.spans))
    if any(_cut(panel) for panel in panels):
        items.append(KeyItem("triangle", "muted", "range goes on"))
    if curve.deciding and set(curve.deciding) & {choice.name for choice in curve.choices}:
        turns = "verdict turns on this" if of == "verdict" else "figure turns on this"
        items.append(KeyItem("text:◆", "accent", turns))
    layers, tall = key(items, -LEFT, WIDTH)
    note = _note(curve)
    if note:
        lines = wrap(note, 320, lines=2)
        rows = [{"x": -LEFT, "y": tall + 6 + 12 * i, "text": t} for i, t in enumerate(lines)]
        layers, tall = [*layers, texts(rows, "muted")], tall + 12 * len(lines)
    return layers, tall + 4


def _cut(panel: Panel) -> bool:
    return any(
        (c.low is not None and c.low < panel.low) or (c.high is not None and c.high > panel.high)
        for _, c in panel.columns
    )


def _note(curve: Curve) -> str:
    parts = []
    if curve.binned:
        parts.append(f"{curve.universes:,} universes in {len(curve.columns)} bins")
    if curve.without:
        parts.append(f"{curve.without:,} more without a figure are not drawn")
    return "; ".join(parts)


def _description(
    curve: Curve, side: Assessment, claim: Claim, rules: Mapping[float, tuple[str, ...]]
) -> str:
    ranges = []
    for scale, style in curve.styles.items():
        values = [column.value for column in curve.columns if column.scale == scale]
        unit = f" (in {scale})" if len(curve.styles) > 1 else ""
        ranges.append(f"from {style.write(min(values))} to {style.write(max(values))}{unit}")
    figure = claim.figure_words or "the figure"
    first = f"In {curve.universes:,} universes {figure} runs {' and '.join(ranges)}"
    needed = " or ".join(next(iter(curve.styles.values())).write(number) for number in rules)
    second = f"the expectation holds in {curve.holding:,} of them"
    needs = f" (threshold: {needed})" if needed else ""
    third = f" {side.verdict.decisive[0].words}" if side.verdict.decisive else ""
    lacking = "universe has" if curve.without == 1 else "universes have"
    note = f" {curve.without:,} {lacking} no figure." if curve.without else ""
    return f"{first}; {second}{needs}.{third}{note}"


def table(curve: Curve) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """One row for each universe, or for each bin."""
    names = tuple(choice.name for choice in curve.choices)
    if curve.binned:
        columns = ("universes", "middle figure", "range", "holds in", "taking each option")
        return columns, tuple(_bin_row(column, curve) for column in curve.columns)
    rows = []
    for column in curve.columns:
        style = curve.styles[column.scale]
        taken = {choice: option for (choice, option), _ in column.takes.items()}
        holds = "holds" if column.holds else "does not hold"
        rows.append(
            (style.write(column.value), _interval(column, style), holds, *map(taken.get, names))
        )
    return ("figure", "range", "expectation", *names), tuple(
        tuple(str(cell) for cell in row) for row in rows
    )


def _bin_row(column: Column, curve: Curve) -> tuple[str, ...]:
    style = curve.styles[column.scale]
    taking = "; ".join(
        f"{row.choice}: {row.label} {column.takes.get((row.choice, row.label), 0.0):.0%}"
        for row in curve.options
    )
    share = f"{column.holds:.0%}"
    return f"{column.size:,}", style.write(column.value), _interval(column, style), share, taking


def _interval(column: Column, style: Style) -> str:
    if column.low is None or column.high is None or column.low == column.high:
        return "\N{EN DASH}"
    low, high = style.write(column.low), style.write(column.high)
    # Ends that print alike say nothing of a range.
    return "\N{EN DASH}" if low == high else f"{low} to {high}"
