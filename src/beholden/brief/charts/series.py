"""A measure over the years, in the universe that is named first."""

from __future__ import annotations

from dataclasses import dataclass
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
    margin_labels,
    mark_text,
    rule,
    shifted,
    spread,
    texts,
    value_axis,
)
from beholden.brief.charts.palette import colour
from beholden.brief.charts.thresholds import value_thresholds
from beholden.brief.charts.timeline import Timeline, day_label
from beholden.multiverse import scale_style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from beholden.claims import Claim
    from beholden.measures import Target
    from beholden.multiverse import Assessment, Style

__all__ = ["series"]

_LEFT, _RIGHT, _HEIGHT = 44, 34, 130


@dataclass(frozen=True)
class Point:
    """A year with its value and the range that sources give it."""

    year: int
    value: float
    low: float | None
    high: float | None

    @property
    def spans(self) -> bool:
        """Whether there is a range to show."""
        return self.low is not None and self.high is not None and self.low < self.high


@dataclass(frozen=True)
class _Shown:
    """What one chart of a series is drawn from."""

    points: tuple[Point, ...]
    line: tuple[tuple[float, float], ...]
    kind: str
    target: Target
    rules: Mapping[float, tuple[str, ...]]
    style: Style
    known_then: date
    spread: str

    @property
    def drawn(self) -> tuple[float, ...]:
        """The thresholds with a line of their own: zero is the axis already."""
        return tuple(number for number in self.rules if number != 0)


def series(side: Assessment, claim: Claim, as_of: date) -> Chart | None:
    """The yearly values behind a level, a trend or a change.

    Parameters
    ----------
    side : Assessment
        With the series of its first universe.
    claim : Claim
        For event, periods and thresholds.
    as_of : date
        The day of 'then'; marked where it lies inside the years shown.

    Returns
    -------
    Chart or None
        None with fewer than two years, which are no series.
    """
    found = side.run.reference
    if found is None or found.unit != "year" or not {"year", "x"} <= set(found.frame.columns):
        return None
    points = _points(found.frame.to_dicts())
    if len({point.year for point in points}) < 2:
        return None
    from_sets = any(source.confidence == "data set" for source in found.sources.values())
    shown = _Shown(
        points,
        side.run.tested.line if side.run.tested else (),
        claim.kind.name,
        claim.aimed(side.run.picks),
        value_thresholds(claim.readings),
        scale_style(found.scale),
        as_of,
        "its range" if from_sets else "range of the sources",
    )
    measure = claim.measure.title if claim.measure else "the measure"
    title = f"Year by year: {measure}"
    return Chart("series", title, _description(shown, measure), *_table(shown), _drawn(shown))


def _points(rows: Sequence[Mapping[str, object]]) -> tuple[Point, ...]:
    points = []
    for row in rows:
        value = row["x"]
        if isinstance(value, float) and value == value:
            low, high = row.get("low"), row.get("high")
            points.append(
                Point(
                    int(str(row["year"])),
                    value,
                    low if isinstance(low, float) else None,
                    high if isinstance(high, float) else None,
                )
            )
    return tuple(sorted(points, key=lambda point: point.year))


def _drawn(shown: _Shown) -> Spec:
    pad = Pad(_LEFT, 0, _RIGHT, 0)
    time = Timeline(shown.points[0].year, shown.points[-1].year, pad.across)
    low, high = _reach(shown)
    x = time.channel()
    y: Spec = {"field": "value", "type": "quantitative"}
    y["scale"] = {"domain": [low, high], "nice": False, "zero": False}
    # The first rank is the best, and stands on top.
    y["scale"] |= {"reverse": True} if shown.style.form == "rank" else {}
    y["axis"] = value_axis(low, high, shown.style)
    behind, front, above = time.marks(shown.target, shown.known_then, _HEIGHT)
    words, tall = key(_key(shown, time), -_LEFT, WIDTH)
    unit = [] if shown.style.form == "percent" else [_unit(shown, above)]
    tall += above + (17 if unit else 6)
    layers = [
        *behind,
        *_rules(shown, low, high, pad.across),
        *_values(shown, x, y),
        *front,
        *unit,
        *shifted(words, -tall),
    ]
    return canvas(_HEIGHT, Pad(_LEFT, tall, _RIGHT, 20), layers)


def _unit(shown: _Shown, above: float) -> Spec:
    words = {"rank": "rank, 1 is the first", "points": "percentage points"}
    unit = words.get(shown.style.form, shown.style.unit.strip("()"))
    row = {"x": -_LEFT, "y": -above - 8, "text": unit}
    return texts([row], "muted")


def _reach(shown: _Shown) -> tuple[float, float]:
    """The range of the axis; it starts at zero unless all values lie far above it."""
    values = [point.value for point in shown.points]
    values += [e for point in shown.points for e in (point.low, point.high) if e is not None]
    values += [value for _, value in shown.line] + list(shown.rules)
    low, high = min(values), max(values)
    return spread(values, shown.style, zero=0 <= low < 0.6 * high)


def _key(shown: _Shown, time: Timeline) -> list[KeyItem]:
    items = [KeyItem("dot", "holds", "a year's value")]
    if any(point.spans for point in shown.points):
        items.append(KeyItem("bar", "muted", shown.spread))
    if shown.line:
        fitted = "fitted trend" if shown.kind == "trend" else "expected from the years before"
        items.append(KeyItem("dashes", "accent", fitted))
    if shown.drawn:
        items.append(KeyItem("dots", "ink", "the claim's threshold"))
    if shown.target.window is not None and shown.target.event is not None:
        items.append(KeyItem("shade", "muted", "years compared"))
    if len(shown.points) < time.last - time.first + 1:
        items.append(KeyItem("text:…", "muted", "gap: no figure"))
    return items


def _values(shown: _Shown, x: Spec, y: Spec) -> list[Spec]:
    """Ranges, the line where years follow each other, the points, and the fitted line."""
    role = colour("holds")
    rows: list[Spec] = []
    run, last = 0, None
    for point in shown.points:
        run += last is not None and point.year > last + 1
        last = point.year
        rows.append({"year": point.year, "value": point.value, "run": run})
    bars: list[Spec] = [
        {"year": point.year, "value": point.low, "high": point.high}
        for point in shown.points
        if point.spans
    ]
    layers: list[Spec] = []
    if bars:
        mark: Spec = {"type": "rule", "color": colour("muted"), "strokeWidth": 3, "opacity": 0.7}
        layers.append(layer(mark, bars, x=x, y=y, y2={"field": "high"}))
    line: Spec = {"type": "line", "color": role, "strokeWidth": 1.6}
    layers.append(layer(line, rows, x=x, y=y, detail={"field": "run", "type": "nominal"}))
    dot: Spec = {"type": "point", "filled": True, "color": role, "opacity": 1}
    dot["size"] = 20 if len(rows) <= 25 else 12
    layers.append(layer(dot, rows, x=x, y=y))
    if shown.line:
        fitted: Spec = {"type": "line", "color": colour("accent"), "strokeWidth": 2}
        fitted["strokeDash"] = [5, 3]
        ends = [{"year": year, "value": value} for year, value in shown.line]
        layers.append(layer(fitted, ends, x=x, y=y))
    return layers


def _rules(shown: _Shown, low: float, high: float, across: float) -> list[Spec]:
    lines, marks = [], []
    for number in shown.drawn:
        part = (high - number) / (high - low)
        y = round(_HEIGHT * (1 - part if shown.style.form == "rank" else part), 2)
        lines.append({"x": 0, "x2": across, "y": y, "y2": y})
        marks.append((y, mark_text(number, shown.style)))
    if not lines:
        return []
    labels = margin_labels(marks, across + 4)
    return [rule(lines, "ink", dash=(2, 2), thick=1.2), texts(labels, "ink")]


def _description(shown: _Shown, measure: str) -> str:
    points, write = shown.points, shown.style.write
    low = min(points, key=lambda point: point.value)
    high = max(points, key=lambda point: point.value)
    first, last = points[0], points[-1]
    ends = ("best", "worst") if shown.style.form == "rank" else ("lowest", "highest")
    text = (
        f"{measure[:1].upper()}{measure[1:]}: {write(first.value)} in {first.year} and "
        f"{write(last.value)} in {last.year}, {ends[0]} in {low.year} ({write(low.value)}) and "
        f"{ends[1]} in {high.year} ({write(high.value)})."
    )
    missing = last.year - first.year + 1 - len({point.year for point in points})
    if missing:
        years = "year in between has" if missing == 1 else "years in between have"
        text += f" {missing} {years} no figure."
    if shown.target.event is not None:
        text += f" The event is dated {day_label(shown.target.event)}."
    if shown.line and shown.kind == "trend":
        (_, start), (_, end) = shown.line[0], shown.line[-1]
        text += f" The fitted trend goes from {write(start)} to {write(end)}."
    elif shown.line:
        expected = sum(value for _, value in shown.line) / len(shown.line)
        text += f" From the years before, {write(expected)} a year would be expected after it."
    needed = [f"{write(n)} ({', '.join(labels)})" for n, labels in shown.rules.items()]
    return text + (f" Thresholds of the claim: {'; '.join(needed)}." if needed else "")


def _table(shown: _Shown) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    fitted = dict(shown.line)
    columns: tuple[str, ...] = ("year", "value", shown.spread)
    if fitted:
        columns += ("fitted" if shown.kind == "trend" else "expected",)
    rows = []
    for point in shown.points:
        span = "\N{EN DASH}"
        if point.spans:
            span = f"{shown.style.write(point.low)} to {shown.style.write(point.high)}"
        cells: tuple[str, ...] = (str(point.year), shown.style.write(point.value), span)
        rows.append((*cells, shown.style.write(fitted.get(point.year))) if fitted else cells)
    return columns, tuple(rows)
