"""What charts over years share: the axis of years, days on it, and the labels above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from beholden.brief.charts.drawing import Spec, layer, pixels, rule, texts, ticks
from beholden.brief.charts.palette import colour
from beholden.brief.charts.text import Placed, in_rows
from beholden.dates import span_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from beholden.measures import Target

__all__ = ["LABEL_ROW", "Timeline", "day_label", "year_of"]

LABEL_ROW = 12
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def year_of(day: date) -> float:
    """Where a day stands on an axis on which a year's value stands at the middle of the year.

    Examples
    --------
    >>> from datetime import date
    >>> year_of(date(2012, 1, 1))
    2011.5
    """
    return day.year - 0.5 + (day.timetuple().tm_yday - 1) / 366


def day_label(text: str) -> str:
    """A partial ISO date as a label.

    Examples
    --------
    >>> day_label("2010-05-24"), day_label("2012")
    ('24 May 2010', '2012')
    """
    year, *rest = text.strip().split("-")
    month = f"{_MONTHS[int(rest[0]) - 1]} " if rest else ""
    return f"{int(rest[1])} {month}{year}" if len(rest) == 2 else f"{month}{year}"


@dataclass(frozen=True)
class Timeline:
    """An axis of years, in pixels of the plot.

    Parameters
    ----------
    first, last : int
        The first and the last year with a value.
    across : float
        The width of the plot.
    """

    first: int
    last: int
    across: float

    @property
    def domain(self) -> list[float]:
        """From the start of the first year to the end of the last."""
        return [self.first - 0.5, self.last + 0.5]

    def x(self, year: float) -> float:
        """The pixel of a point in time."""
        start, end = self.domain
        return round((year - start) / (end - start) * self.across, 2)

    def inside(self, year: float) -> bool:
        """Whether the axis reaches that point, and not only just."""
        return self.domain[0] < year < self.domain[1]

    def channel(self) -> Spec:
        """The horizontal encoding, with its axis."""
        places = [place for place in ticks(self.first, self.last, 7) if place == int(place)]
        axis: Spec = {"values": places, "format": "d", "title": None, "grid": False}
        axis |= {"domainColor": colour("muted"), "tickColor": colour("muted"), "tickSize": 4}
        axis |= {"labelOverlap": False, "labelFlush": False, "labelPadding": 3}
        scale: Spec = {"domain": self.domain, "nice": False, "zero": False}
        return {"field": "year", "type": "quantitative", "scale": scale, "axis": axis}

    def marks(
        self, target: Target, known_then: date | None, height: float
    ) -> tuple[list[Spec], list[Spec], float]:
        """Shades of periods, lines of the event and of the day of 'then', and their labels.

        Returns
        -------
        tuple of (list of dict, list of dict, float)
            What lies behind the values, what lies before them, and the room above the plot.
        """
        labels: list[tuple[str, float, str]] = []
        shades = self._periods(target, height, labels)
        if target.event is not None:
            at = year_of(span_of(target.event)[0])
            if self.inside(at):
                labels.append((f"event: {day_label(target.event)}", self.x(at), "accent"))
        if known_then is not None and self.inside(year_of(known_then)):
            labels.append(("known then", self.x(year_of(known_then)), "ink"))
        placed = in_rows(labels, self.across)
        rows = max((label.row for label in placed), default=-1) + 1
        return shades, _labelled(placed, height), LABEL_ROW * rows

    def _periods(
        self, target: Target, height: float, labels: list[tuple[str, float, str]]
    ) -> list[Spec]:
        """Every other period is shaded, so that neighbours stay apart; all are named."""
        spans: list[tuple[float, float, str]] = []
        for name, years in target.periods.items():
            inside = [year for year in years.until(self.last) if year >= self.first]
            if inside:
                spans.append((inside[0] - 0.5, inside[-1] + 0.5, name))
        labels += [(name, self.x(start), "muted") for start, _, name in sorted(spans)]
        if target.event is not None and target.window is not None and not spans:
            at = year_of(span_of(target.event)[0])
            low, high = self.domain
            start, end = max(at - target.window, low), min(at + target.window, high)
            spans = [(start, end, "")] if start < end else []
        shaded = [span for place, span in enumerate(sorted(spans)) if place % 2 == 0]
        return [_shade([(self.x(a), self.x(b)) for a, b, _ in shaded], height)] if shaded else []


def _shade(spans: Sequence[tuple[float, float]], height: float) -> Spec:
    rows = [{"x": a, "x2": b, "y": 0, "y2": height} for a, b in spans]
    mark = {"type": "rect", "color": colour("muted"), "opacity": 0.13}
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer(mark, rows, x=pixels("x"), y=pixels("y"), **ends)


def _labelled(placed: Sequence[Placed], height: float) -> list[Spec]:
    """The lines of labels, then their words on a ground of their own."""
    lines: list[Spec] = []
    grounds: list[Spec] = []
    words: list[Spec] = []
    for role, dash, thick in (("accent", (), 1.6), ("ink", (4, 2), 1), ("muted", (), 0.8)):
        chosen = [label for label in placed if label.role == role]
        ends = [
            {"x": label.at, "x2": label.at, "y": -LABEL_ROW * (label.row + 1), "y2": height}
            for label in chosen
        ]
        lines += [rule(ends, role, dash=dash, thick=thick)] if ends else []
        for align in ("left", "right"):
            rows = [
                {"x": label.x, "y": -LABEL_ROW * (label.row + 0.5) - 1, "text": label.text}
                for label in chosen
                if label.anchor == align
            ]
            grounds += [texts(rows, role, align=align, ground=True)] if rows else []
            words += [texts(rows, role, align=align)] if rows else []
    return [*lines, *grounds, *words]
