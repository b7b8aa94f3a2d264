"""Events by year: how many there were, or how many persons they concerned."""

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
    shifted,
    texts,
    value_axis,
)
from beholden.brief.charts.palette import colour
from beholden.brief.charts.text import width
from beholden.brief.charts.timeline import Timeline, day_label
from beholden.multiverse import Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from beholden.claims import Claim
    from beholden.measures import Target
    from beholden.multiverse import Assessment

__all__ = ["events"]

_LEFT, _RIGHT, _HEIGHT = 44, 12, 120


@dataclass(frozen=True)
class Year:
    """The events of one year.

    Parameters
    ----------
    year, events : int
        Which year, and how many events were dated in it.
    low, high : float
        The sum over those events, at its lowest and at its highest.
    """

    year: int
    events: int
    low: float
    high: float


def events(side: Assessment, claim: Claim, as_of: date) -> Chart | None:
    """Columns of events by year, with bars where sources give a range.

    Parameters
    ----------
    side : Assessment
        With the series of its first universe.
    claim : Claim
        For its event.
    as_of : date
        The day of 'then'; marked where it lies inside the years shown.

    Returns
    -------
    Chart or None
        None where no event is known.
    """
    found = side.run.reference
    if found is None or found.unit != "event" or found.frame.is_empty():
        return None
    rows = found.frame.to_dicts()
    years = _years(rows)
    target = claim.aimed(side.run.picks)
    style = Style("number", found.scale)
    measure = claim.measure.title if claim.measure else "events"
    return Chart(
        "events",
        f"By year: {measure}",
        _description(years, target, style, measure),
        ("date", "event", found.scale),
        tuple(_row(row, style) for row in rows),
        _drawn(years, target, style, as_of),
    )


def _years(rows: Sequence[Mapping[str, object]]) -> tuple[Year, ...]:
    found: dict[int, Year] = {}
    for row in rows:
        year = int(str(row["year"]))
        low, high = _ends(row)
        before = found.get(year, Year(year, 0, 0.0, 0.0))
        found[year] = Year(year, before.events + 1, before.low + low, before.high + high)
    return tuple(found[year] for year in sorted(found))


def _ends(row: Mapping[str, object]) -> tuple[float, float]:
    """Lowest and highest; an event that counts nothing counts as one."""
    low = row.get("low")
    least = low if isinstance(low, float) else 1.0
    high = row.get("high")
    return least, high if isinstance(high, float) else least


def _drawn(years: Sequence[Year], target: Target, style: Style, as_of: date) -> Spec:
    pad = Pad(_LEFT, 0, _RIGHT, 0)
    first, last = _reach(years, target)
    time = Timeline(first, last, pad.across)
    # Room for the figures above the columns, and no fractions of an event.
    low, high = 0.0, max(1.16 * max(year.high for year in years), 4.4)
    behind, front, above = time.marks(target, as_of, _HEIGHT)
    words, tall = key(_key(years, target), -_LEFT, WIDTH)
    unit = texts([{"x": -_LEFT, "y": -above - 8, "text": style.unit}], "muted")
    tall += above + 18
    x = time.channel()
    y: Spec = {"field": "low", "type": "quantitative"}
    y["scale"] = {"domain": [low, high], "nice": False, "zero": False}
    y["axis"] = value_axis(low, high, style)
    layers = [*behind, *_columns(years, x, y), *front, unit]
    layers += [_figures(years, time, high), *shifted(words, -tall)]
    return canvas(_HEIGHT, Pad(_LEFT, tall, _RIGHT, 20), layers)


def _reach(years: Sequence[Year], target: Target) -> tuple[int, int]:
    """The years shown: those with events and those compared, and never fewer than five."""
    first, last = years[0].year, years[-1].year
    if target.event is not None:
        event = int(target.event[:4])
        first, last = min(first, event - 1), max(last, event + 1)
    return (first, last) if last - first >= 4 else (first - 2, last + 2)


def _key(years: Sequence[Year], target: Target) -> list[KeyItem]:
    spans = any(year.low < year.high for year in years)
    items = [KeyItem("square", "holds", "lowest figure" if spans else "in the year")]
    if spans:
        items.append(KeyItem("bar", "ink", "up to the highest"))
    if target.event is not None and target.window is not None:
        items.append(KeyItem("shade", "muted", "years compared"))
    return items


def _columns(years: Sequence[Year], x: Spec, y: Spec) -> list[Spec]:
    rows: list[Spec] = [
        {"year": year.year - 0.36, "end": year.year + 0.36, "low": year.low, "base": 0.0}
        for year in years
    ]
    mark: Spec = {"type": "rect", "color": colour("holds")}
    columns = layer(mark, rows, x=x, x2={"field": "end"}, y=y, y2={"field": "base"})
    spans: list[Spec] = [
        {"year": year.year, "low": year.low, "high": year.high}
        for year in years
        if year.low < year.high
    ]
    if not spans:
        return [columns]
    bar: Spec = {"type": "rule", "color": colour("ink"), "strokeWidth": 1.6}
    return [columns, layer(bar, spans, x=x, y=y, y2={"field": "high"})]


def _figures(years: Sequence[Year], time: Timeline, top: float) -> Spec:
    """Figures above the columns, the greatest first, as far as they do not cover each other."""
    boxes: list[tuple[float, float, float]] = []
    rows: list[Spec] = []
    for year in sorted(years, key=lambda each: -each.high):
        text = Style("number").write(year.low)
        if year.low < year.high:
            text += f"\N{EN DASH}{Style('number').write(year.high)}"
        half = width(text) / 2
        x = min(max(time.x(year.year), half - _LEFT / 2), time.across + _RIGHT - half)
        y = _HEIGHT * (1 - year.high / top) - 6
        if all(
            abs(x - other) > half + wide + 2 or abs(y - level) > 10 for other, level, wide in boxes
        ):
            boxes.append((x, y, half))
            rows.append({"x": round(x, 2), "y": round(y, 2), "text": text})
    return texts(rows, "ink", align="center")


def _description(years: Sequence[Year], target: Target, style: Style, measure: str) -> str:
    count = sum(year.events for year in years)
    low, high = sum(year.low for year in years), sum(year.high for year in years)
    most = max(years, key=lambda year: year.low)
    total = style.write(low) if low == high else f"{style.bare(low)} to {style.write(high)}"
    between = f"between {years[0].year} and {years[-1].year}"
    if years[0].year == years[-1].year:
        between = f"in {years[0].year}"
    entries = "1 entry" if count == 1 else f"{count:,} entries"
    text = (
        f"{measure[:1].upper()}{measure[1:]}: {entries} {between}, {total} in all; most in "
        f"{most.year} ({style.write(most.low)})."
    )
    if target.event is not None:
        text += f" The event is dated {day_label(target.event)}."
    return text


def _row(row: Mapping[str, object], style: Style) -> tuple[str, ...]:
    low, high = _ends(row)
    figure = style.bare(low) if low == high else f"{style.bare(low)} to {style.bare(high)}"
    return str(row["date"] or row["year"]), str(row.get("title") or row.get("kind") or ""), figure
