"""The rows below a specification curve: which universe takes which option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.brief.charts.drawing import Spec, layer, pixels, rule, texts
from beholden.brief.charts.palette import colour
from beholden.brief.charts.text import wrap

if TYPE_CHECKING:
    from beholden.brief.charts.curve_data import Curve, OptionRow

__all__ = ["matrix"]

_LINE, _DOT, _GAP = 12, 7, 5
# A choice with more options than this is not drawn in full.
_MOST = 16


class _Sheet:
    """What is drawn, row by row, from the top down."""

    def __init__(self, curve: Curve, top: float, step: float, left: float, right: float) -> None:
        self.curve, self.step, self.left, self.right = curve, step, left, right
        self.y = top
        self.shades: list[Spec] = []
        self.lines: list[Spec] = []
        self.labels: dict[tuple[str, bool, str], list[Spec]] = {}
        self.cells: dict[str, list[Spec]] = {"accent": [], "muted": []}

    def write(self, text: str, x: float, y: float, role: str, *, bold: bool, align: str) -> None:
        row = {"x": x, "y": y, "text": text}
        self.labels.setdefault((role, bold, align), []).append(row)

    def choice(self, name: str, question: str, *, deciding: bool) -> None:
        """A choice with the rows of its options."""
        top = self.y
        asked = question[:1].upper() + question[1:]
        shown = f"◆ {asked}" if deciding else asked
        role = "accent" if deciding else "muted"
        for line in wrap(shown, self.right - self.left - 8, bold=deciding):
            self.write(line, self.left + 3, self.y + _LINE / 2, role, bold=deciding, align="left")
            self.y += _LINE
        rows = [row for row in self.curve.options if row.choice == name]
        for row in rows[:_MOST]:
            self.option(row, deciding=deciding)
        if len(rows) > _MOST:
            rest = f"and {len(rows) - _MOST:,} more options, in the table"
            self.write(rest, self.left + 10, self.y + _LINE / 2, "muted", bold=False, align="left")
            self.y += _LINE
        if deciding:
            self.shades.append({"x": self.left, "x2": self.right, "y": top - 1, "y2": self.y + 1})
        self.y += _GAP

    def option(self, row: OptionRow, *, deciding: bool) -> None:
        """One option: its label, its dots, and in how many universes the claim holds with it."""
        lines = wrap(row.label, -self.left - 14, lines=3, bold=deciding)
        tall = _LINE if len(lines) == 1 else 11 * len(lines) + 5
        middle = self.y + tall / 2
        for place, line in enumerate(lines):
            y = middle + 11 * (place - (len(lines) - 1) / 2)
            self.write(line, self.left + 10, y, "ink", bold=deciding, align="left")
        self.lines.append({"x": 0, "x2": len(self.curve.columns) * self.step})
        self.lines[-1] |= {"y": middle, "y2": middle}
        self._cells(row, middle, "accent" if deciding else "muted")
        told = f"{row.holding:,}/{row.taking:,}"
        if len(told) > 6:
            told = f"{100 * row.holding / row.taking:.0f}%"
        self.write(told, self.right - 2, middle, "ink", bold=deciding, align="right")
        self.y += tall

    def _cells(self, row: OptionRow, middle: float, role: str) -> None:
        half = min(_DOT, self.step * 0.86) / 2
        for place, column in enumerate(self.curve.columns):
            share = column.takes.get((row.choice, row.label), 0.0)
            if share > 0.005:
                x, tall = (place + 0.5) * self.step, _DOT * share / 2
                cell = {"x": x - half, "x2": x + half, "y": middle - tall, "y2": middle + tall}
                self.cells[role].append({name: round(v, 2) for name, v in cell.items()})


def matrix(
    curve: Curve, top: float, step: float, *, left: float, right: float
) -> tuple[list[Spec], float]:
    """A row for each option of every choice that varies, the deciding choice first.

    Parameters
    ----------
    curve : Curve
        With its columns and options.
    top : float
        Where it starts, in pixels of the plot.
    step : float
        Pixels for each column.
    left, right : float
        The edges of the drawing, in pixels of the plot.

    Returns
    -------
    tuple of (list of dict, float)
        Layers, and the pixel where they end.
    """
    if not curve.choices:
        return [], top
    sheet = _Sheet(curve, top, step, left, right)
    sheet.write("holds in", right - 2, top + _LINE / 2, "muted", bold=False, align="right")
    sheet.y += _LINE + 2
    for choice in curve.choices:
        sheet.choice(choice.name, choice.question, deciding=choice.name in curve.deciding)
    layers = [_boxes(sheet.shades, "accent", 0.1, 3)] if sheet.shades else []
    layers.append(rule(sheet.lines, "grid"))
    layers += [_boxes(rows, role, 1, 1.5) for role, rows in sheet.cells.items() if rows]
    for (role, bold, align), rows in sheet.labels.items():
        layers.append(texts(rows, role, bold=bold, align=align))
    return layers, sheet.y


def _boxes(rows: list[Spec], role: str, opacity: float, corner: float) -> Spec:
    mark = {"type": "rect", "color": colour(role), "opacity": opacity, "cornerRadius": corner}
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer(mark, rows, x=pixels("x"), y=pixels("y"), **ends)
