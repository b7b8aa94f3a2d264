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
    texts,
)
from beholden.brief.charts.palette import colour
from beholden.brief.charts.text import in_rows, shorten
from beholden.brief.charts.timeline import Timeline
from beholden.profiles.axes import ValueAxis, axis_of
from beholden.profiles.describing import description, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from beholden.brief.charts.text import Placed
    from beholden.profiles.courses import Point
    from beholden.profiles.model import Figure, Profile, Strand

__all__ = ["chart"]

_LEFT, _RIGHT, _HEIGHT, _ROW, _LETTER = 44, 8, 104, 10, 7
# Role of a strand to the role of its colour, the dashes and the width of its line.
_LINES: dict[str, tuple[str, tuple[float, ...], float]] = {
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
    axis: ValueAxis


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
    drawn = _Drawn(figure, profile, time, axis_of(figure))
    shades, front, above = _years(drawn)
    words, tall = key(_key(drawn), -_LEFT, WIDTH)
    unit = texts([{"x": -_LEFT, "y": -above - 8, "text": drawn.axis.unit}], "muted")
    tall += above + 17
    layers = [*shades, *_values(drawn), *front, unit, *shifted(words, -tall)]
    title = figure.measure.title
    spec = canvas(_HEIGHT, Pad(_LEFT, tall, _RIGHT, 20), layers)
    return Chart("series", title, description(figure), *table(figure), spec)


def _values(drawn: _Drawn) -> list[Spec]:
    """Ranges, then lines from the least to the most telling; a lone year is a dot."""
    x, y, figure = drawn.time.channel(), drawn.axis.channel(), drawn.figure
    order = list(_LINES)
    strands = sorted(figure.strands, key=lambda strand: -order.index(strand.role))
    layers = [part for strand in strands for part in _ranges(strand, x, y)]
    if figure.middle:
        layers.append(_line("middle", _middle(figure.middle), x, y))
    for strand in strands:
        runs = _runs(strand.course.points)
        long = [row for at, run in enumerate(runs) if len(run) > 1 for row in _rows(run, at)]
        lone = [row for at, run in enumerate(runs) if len(run) == 1 for row in _rows(run, at)]
        layers += [_line(strand.role, long, x, y)] if long else []
        layers += [_dots(strand.role, lone, x, y)] if lone else []
    return layers


def _middle(years: Sequence[tuple[int, float]]) -> list[Spec]:
    """The median of all states, broken where a year has none."""
    return [
        {"year": year, "value": value, "run": year - at} for at, (year, value) in enumerate(years)
    ]


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
    time = drawn.time
    marks = drawn.profile.marks.marks if drawn.profile.marks else ()
    letters = _letters([(time.x(mark.year), mark.letter) for mark in marks])
    letter_rows = max((row for _, _, row in letters), default=-1) + 1
    names, shades = _stretches(drawn)
    placed = in_rows(names, time.across, 9)
    rows = letter_rows + max((label.row for label in placed), default=-1) + 1
    lines = [{"x": at, "x2": at, "y": -_ROW * row, "y2": _HEIGHT} for at, _, row in letters]
    # A bound reaches up to the name of the state that begins there, and crosses no other name.
    ends = [
        {"x": each.at, "x2": each.at, "y": -_ROW * (letter_rows + each.row + 1), "y2": _HEIGHT}
        for each in placed
        if each.at > time.x(time.first - 0.5)
    ]
    behind = [*shades, *([rule(lines, "grid")] if lines else [])]
    behind += [rule(ends, "ink", dash=(3, 2))] if ends else []
    words = [{"x": at, "y": -_ROW * (row + 0.5), "text": text} for at, text, row in letters]
    front = [texts(words, "muted", align="center", size=8.5)] if words else []
    return behind, [*front, *_names(placed, letter_rows)], _ROW * rows


def _letters(marks: Sequence[tuple[float, str]]) -> list[tuple[float, str, int]]:
    """Each letter over its line, in the lowest row in which it touches no other.

    Examples
    --------
    >>> _letters([(10.0, "a"), (13.0, "b"), (30.0, "c")])
    [(10.0, 'a', 0), (13.0, 'b', 1), (30.0, 'c', 0)]
    """
    placed: list[tuple[float, str, int]] = []
    for at, text in marks:
        taken = {row for x, _, row in placed if at - x < _LETTER}
        placed.append((at, text, next(row for row in range(len(marks)) if row not in taken)))
    return placed


def _stretches(drawn: _Drawn) -> tuple[list[tuple[str, float, str]], list[Spec]]:
    """Names and shades where one state's figures end and another's begin."""
    profile, time = drawn.profile, drawn.time
    names: list[tuple[str, float, str]] = []
    shades = []
    for line in (profile.client, *([profile.patron] if profile.patron else [])):
        places = [(year, line.place(year)) for year in range(profile.first, profile.last + 1)]
        changes = [year for (_, a), (year, b) in pairwise(places) if a != b and b is not None]
        if not changes:
            continue
        starts = [profile.first, *changes]
        for start, after in zip(starts, [*changes, profile.last + 1], strict=True):
            name = line.name_in(after - 1) or line.name_in(start)
            names += [(name, time.x(start - 0.5), "ink")] if name else []
        shades.append(_shade(time.x(starts[0] - 0.5), time.x(changes[-1] - 0.5)))
    return names, shades


def _shade(start: float, end: float) -> Spec:
    row = {"x": start, "x2": end, "y": 0, "y2": _HEIGHT}
    mark = {"type": "rect", "color": colour("muted"), "opacity": 0.1}
    more = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer(mark, [row], x=pixels("x"), y=pixels("y"), **more)


def _names(placed: Iterable[Placed], above: int) -> list[Spec]:
    found = []
    for align in ("left", "right"):
        rows = [
            {"x": label.x, "y": -_ROW * (above + label.row + 0.5), "text": label.text}
            for label in placed
            if label.anchor == align
        ]
        found += [texts(rows, "ink", align=align, size=9)] if rows else []
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
