"""A figure for readers who cannot see it: a description, and the table of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.profiles.numbers import range_words, unit_words, written

if TYPE_CHECKING:
    from beholden.profiles.courses import Point
    from beholden.profiles.model import Figure

__all__ = ["description", "table"]


def description(figure: Figure) -> str:
    """What a chart shows, with its key figures."""
    title, unit = _capital(figure.measure.title), unit_words(figure.scale)
    parts = [f"{title}, in {unit}."]
    for strand in figure.strands:
        points = strand.course.points
        if not points:
            parts.append(f"{_capital(strand.label)}: no figure.")
            continue
        first, last = points[0], points[-1]
        low = min(points, key=lambda point: point.value)
        high = max(points, key=lambda point: point.value)
        told = [_year(point, figure.scale) for point in (first, last)]
        parts.append(
            f"{_capital(strand.label)}: {told[0]}, {told[1]}; lowest {_year(low, figure.scale)}, "
            f"highest {_year(high, figure.scale)}."
            if len(points) > 1
            else f"{_capital(strand.label)}: {told[0]} alone."
        )
    return " ".join(parts)


def table(figure: Figure) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Headings and rows: every value that is drawn, a year on each row."""
    shown = [strand for strand in figure.strands if strand.course.points]
    by_year = [{point.year: point for point in strand.course.points} for strand in shown]
    middle = dict(figure.middle)
    years = sorted({year for points in by_year for year in points})
    heads = ["year", *(strand.label for strand in shown)]
    heads += ["median of all states"] if middle else []
    rows = []
    for year in years:
        cells = [_cell(points.get(year), figure.scale) for points in by_year]
        cells += [written(middle.get(year), figure.scale)] if middle else []
        rows.append((str(year), *cells))
    return tuple(heads), tuple(rows)


def _cell(point: Point | None, scale: str) -> str:
    if point is None:
        return "\N{EN DASH}"
    span = range_words(point.low, point.high, scale)
    return written(point.value, scale) + (f" ({span})" if span else "")


def _year(point: Point, scale: str) -> str:
    return f"{written(point.value, scale)} in {point.year}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
