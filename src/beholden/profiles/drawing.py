"""Draw a figure: its lines over the years, their ranges, the states they belong to, the marks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from beholden.brief.charts.drawing import (
    WIDTH,
    Chart,
    KeyItem,
    Pad,
    Spec,
    canvas,
    key,
    layer,
    pixels,
    rule,
    shifted,
    spread,
    texts,
    value_axis,
)
from beholden.brief.charts.palette import colour
from beholden.brief.charts.text import in_rows, shorten
from beholden.brief.charts.timeline import Timeline
from beholden.profiles.describing import description, table
from beholden.profiles.numbers import style, unit_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from beholden.brief.charts.text import Placed
    from beholden.profiles.courses import Point
    from beholden.profiles.model import Figure, Profile, Strand

__all__ = ["chart"]

_LEFT, _RIGHT, _HEIGHT, _ROW = 44, 8, 104, 10
# Role of a strand to the role of its colour, the dashes and the width of its line.
_LINES: dict[str, tuple[str, tuple[int, ...], float]] = {
    "main": ("holds", (), 1.8),
    "patron": ("fails", (5, 2), 1.4),
    "facts": ("accent", (), 1.6),
    "other": ("muted", (), 1),
    "middle": ("muted", (1.5, 2.5), 1.2),
}
_KEYS = {"main": "line", "patron": "dashes", "facts": "line", "other": "line"}


@dataclass(frozen=True)
class _Drawn:
    """A figure with the axes it is drawn on."""

    figure: Figure
    profile: Profile
    time: Timeline
    low: float
    high: float

    @property
    def y(self) -> Spec:
        """The vertical encoding; of ranks the first is at the top."""
        scale: Spec = {"domain": [self.low, self.high], "nice": False, "zero": False}
        axis = value_axis(self.low, self.high, style(self.figure.scale), 4)
        if self.figure.scale == "rank":
            scale["reverse"] = True
            whole = [tick for tick in axis["values"] if tick == int(tick) and tick > 1]
            axis |= {"values": [1, *whole], "format": ",d"}
        return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}


def chart(figure: Figure, profile: Profile) -> Chart:
    """The chart of one figure, on the years of its profile.

    Parameters
    ----------
    figure : Figure
        With at least one value.
    profile : Profile
        For the years, the states' names and the marks.

    Returns
    -------
    Chart
        All charts of a profile share their horizontal axis.
    """
    pad = Pad(_LEFT, 0, _RIGHT, 0)
    time = Timeline(profile.first, profile.last, pad.across)
    drawn = _Drawn(figure, profile, time, *_reach(figure))
    shades, front, above = _years(drawn)
    words, tall = key(_key(drawn), -_LEFT, WIDTH)
    unit = texts([{"x": -_LEFT, "y": -above - 8, "text": _unit(figure)}], "muted")
    tall += above + 17
    layers = [*shades, *_values(drawn), *front, unit, *shifted(words, -tall)]
    title = figure.measure.title
    spec = canvas(_HEIGHT, Pad(_LEFT, tall, _RIGHT, 20), layers)
    return Chart("series", title, description(figure), *table(figure), spec)


def _unit(figure: Figure) -> str:
    return shorten(unit_words(figure.scale), WIDTH)


def _reach(figure: Figure) -> tuple[float, float]:
    """The range of the axis; it starts at zero unless all values lie far above it."""
    points = [point for strand in figure.strands for point in strand.course.points]
    values = [point.value for point in points] + [x for _, x in figure.middle]
    values += [
        end
        for strand in figure.strands
        if strand.role != "other"
        for point in strand.course.points
        for end in (point.low, point.high)
        if end is not None
    ]
    low, high = min(values), max(values)
    if figure.scale == "rank":
        return 0.5, max(high, 5) * 1.05
    if figure.scale == "percentile":
        return 0.0, 1.0
    return spread(values, style(figure.scale), zero=0 <= low < 0.6 * high or low == high == 0)


def _values(drawn: _Drawn) -> list[Spec]:
    """Ranges, then lines from the least to the most telling; a lone year is a dot."""
    x, y = drawn.time.channel(), drawn.y
    figure = drawn.figure
    strands = sorted(
        figure.strands, key=lambda strand: list(_LINES).index(strand.role), reverse=True
    )
    layers = [part for strand in strands for part in _ranges(strand, x, y)]
    if figure.middle:
        shown = [(year, value) for year, value in figure.middle]
        layers.append(_line("middle", [{"year": a, "value": b, "run": 0} for a, b in shown], x, y))
    for strand in strands:
        runs = _runs(strand.course.points)
        long = [row for at, run in enumerate(runs) if len(run) > 1 for row in _rows(run, at)]
        lone = [row for at, run in enumerate(runs) if len(run) == 1 for row in _rows(run, at)]
        layers += [_line(strand.role, long, x, y)] if long else []
        layers += [_dots(strand.role, lone, x, y)] if lone else []
    return layers


def _rows(run: Sequence[Point], at: int) -> list[Spec]:
    return [{"year": point.year, "value": point.value, "run": at} for point in run]


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Points of consecutive years that belong to the same states."""
    runs: list[list[Point]] = [[point] for point in points[:1]]
    for before, point in pairwise(points):
        if point.year == before.year + 1 and point.of == before.of:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _line(role: str, rows: Sequence[Spec], x: Spec, y: Spec) -> Spec:
    name, dash, thick = _LINES[role]
    mark: Spec = {"type": "line", "color": colour(name), "strokeWidth": thick}
    if dash:
        mark["strokeDash"] = list(dash)
    if role == "other":
        mark["opacity"] = 0.65
    return layer(mark, rows, x=x, y=y, detail={"field": "run", "type": "nominal"})


def _dots(role: str, rows: Sequence[Spec], x: Spec, y: Spec) -> Spec:
    small = role in ("other", "middle")
    mark: Spec = {"type": "point", "filled": True, "color": colour(_LINES[role][0]), "opacity": 1}
    return layer({**mark, "size": 8 if small else 14}, rows, x=x, y=y)


def _ranges(strand: Strand, x: Spec, y: Spec) -> list[Spec]:
    """A band where years follow each other, a bar where one stands alone."""
    if strand.role == "other":
        return []
    layers: list[Spec] = []
    runs = [run for run in _runs(strand.course.points) if any(point.spans for point in run)]
    bands = [row for at, run in enumerate(runs) if len(run) > 1 for row in _ends(run, at)]
    bars = [row for at, run in enumerate(runs) if len(run) == 1 for row in _ends(run, at)]
    role, more = colour(_LINES[strand.role][0]), {"y2": {"field": "high"}}
    if bands:
        area: Spec = {"type": "area", "color": role, "opacity": 0.16}
        layers.append(
            layer(area, bands, x=x, y=y, detail={"field": "run", "type": "nominal"}, **more)
        )
    if bars:
        bar: Spec = {"type": "rule", "color": role, "strokeWidth": 2, "opacity": 0.4}
        layers.append(layer(bar, bars, x=x, y=y, **more))
    return layers


def _ends(run: Sequence[Point], at: int) -> list[Spec]:
    return [
        {
            "year": point.year,
            "value": point.value if point.low is None else point.low,
            "high": point.value if point.high is None else point.high,
            "run": at,
        }
        for point in run
    ]


def _years(drawn: _Drawn) -> tuple[list[Spec], list[Spec], float]:
    """Shades and names of stretches, lines and letters of marks, and the room above the plot."""
    time, labels = drawn.time, []
    lines = []
    if drawn.profile.marks:
        for mark in drawn.profile.marks.marks:
            at = time.x(mark.year)
            lines.append({"x": at, "x2": at, "y": 0, "y2": _HEIGHT})
            labels.append((mark.letter, at - 5.5, "muted"))
    shades, bounds = _stretches(drawn, labels)
    placed = in_rows(labels, time.across, 8)
    rows = max((label.row for label in placed), default=-1) + 1
    front = [rule(lines, "grid", thick=1.2)] if lines else []
    ends = [{"x": at, "x2": at, "y": -_ROW * rows, "y2": _HEIGHT} for at in bounds]
    front += [rule(ends, "ink", dash=(3, 2), thick=1)] if ends else []
    return [*shades, *front], _words(placed), _ROW * rows


def _stretches(
    drawn: _Drawn, labels: list[tuple[str, float, str]]
) -> tuple[list[Spec], list[float]]:
    """Where one state's figures end and another's begin: a shade behind the older ones."""
    profile, time = drawn.profile, drawn.time
    bounds: dict[float, str] = {}
    lines = [profile.client, *([profile.patron] if profile.patron else [])]
    shades: list[Spec] = []
    for line in lines:
        names = [(year, line.place(year)) for year in range(profile.first, profile.last + 1)]
        changes = [year for (_, a), (year, b) in pairwise(names) if a != b and b is not None]
        if not changes:
            continue
        starts = [profile.first, *changes]
        for start, end in zip(starts, [*changes, profile.last + 1], strict=True):
            bounds[time.x(start - 0.5)] = line.name_in(end - 1)
            labels.append((line.name_in(end - 1), time.x(start - 0.5), "ink"))
        shades.append(_shade(time.x(starts[0] - 0.5), time.x(changes[-1] - 0.5)))
    return shades, [at for at in bounds if at > time.x(profile.first)]


def _shade(start: float, end: float) -> Spec:
    row = {"x": start, "x2": end, "y": 0, "y2": _HEIGHT}
    mark = {"type": "rect", "color": colour("muted"), "opacity": 0.1}
    more = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer(mark, [row], x=pixels("x"), y=pixels("y"), **more)


def _words(placed: Iterable[Placed]) -> list[Spec]:
    found = []
    for role in ("muted", "ink"):
        for align in ("left", "right"):
            rows = [
                {"x": label.x, "y": -_ROW * (label.row + 0.5), "text": label.text}
                for label in placed
                if label.anchor == align and label.role == role
            ]
            found += [texts(rows, role, align=align, size=8)] if rows else []
    return found


def _key(drawn: _Drawn) -> list[KeyItem]:
    """Names of the lines, where there is more than one; what a band and a break mean."""
    figure = drawn.figure
    items = []
    shown = [strand for strand in figure.strands if strand.course.points]
    for strand in shown:
        if strand.role == "other" or (len(shown) == 1 and not figure.middle):
            continue
        items.append(KeyItem(_KEYS[strand.role], _LINES[strand.role][0], strand.label))
    others = [strand.label for strand in shown if strand.role == "other"]
    if others:
        items.append(KeyItem("line", "muted", shorten(", ".join(others), WIDTH - 20)))
    if figure.middle:
        items.append(KeyItem("dots", "muted", "median of all states"))
    if any(point.spans for s in shown if s.role != "other" for point in s.course.points):
        items.append(KeyItem("shade", "holds", "range"))
    return items
