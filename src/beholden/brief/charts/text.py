"""How much room words take, and how they are made to fit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Placed", "in_rows", "shorten", "width", "wrap"]

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]1 "), frozenset("mwMWOQGD@%—")
_ELLIPSIS = "…"


def width(text: str, size: float = 10, *, bold: bool = False) -> float:
    """About how wide a text is in a common sans serif, rather too wide than too narrow.

    Parameters
    ----------
    text : str
        One line.
    size : float
        Font size in pixels.
    bold : bool
        Whether it is set in bold.

    Returns
    -------
    float
        Pixels.

    Examples
    --------
    >>> width("will") < width("mown")
    True
    """
    units = sum(0.36 if c in _NARROW else 0.86 if c in _WIDE else 0.585 for c in text)
    capitals = sum(0.1 for c in text if c.isupper() and c not in _WIDE | _NARROW)
    return (units + capitals) * size * (1.12 if bold else 1)


def shorten(text: str, room: float, size: float = 10, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than its room.

    Examples
    --------
    >>> shorten("the last full year", 60)
    'the last fu…'
    """
    if width(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(kept + _ELLIPSIS, size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,;:") + _ELLIPSIS


def wrap(
    text: str, room: float, size: float = 10, *, lines: int = 2, bold: bool = False
) -> list[str]:
    """The text in lines that fit the room, the last one shortened if there are too many words.

    Examples
    --------
    >>> wrap("attempts to take it up failed", 90)
    ['attempts to take', 'it up failed']
    """
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size, bold=bold) <= room:
            line = f"{line} {words.pop(0)}"
        found.append(shorten(line, room, size, bold=bold))
    if words:
        found.append(shorten(" ".join(words), room, size, bold=bold))
    return found


@dataclass(frozen=True)
class Placed:
    """A label above a plot.

    Parameters
    ----------
    text : str
        As printed.
    at, x : float
        What it points to, and where its text is anchored, in pixels.
    row : int
        0 is the row next to the plot.
    anchor : str
        ``"left"`` or ``"right"``.
    role : str
        The role of its colour.
    """

    text: str
    at: float
    x: float
    row: int
    anchor: str
    role: str


def in_rows(
    labels: Iterable[tuple[str, float, str]], right: float, size: float = 10
) -> tuple[Placed, ...]:
    """Put labels above a plot so that none covers another or the line of another.

    Parameters
    ----------
    labels : iterable of (str, float, str)
        Text, the pixel it points to, and the role of its colour.
    right : float
        The last pixel that may be used.
    size : float
        Font size in pixels.

    Returns
    -------
    tuple of Placed
        From left to right; a label that would run off the right end hangs to the left.

    Examples
    --------
    >>> [each.row for each in in_rows([("before", 0, "ink"), ("after", 20, "ink")], 200)]
    [1, 0]
    """
    waiting = [_aside(text, at, role, right, size) for text, at, role in labels]
    waiting.sort(key=lambda label: -label.at)
    placed: list[tuple[_Label, int]] = []
    while waiting:
        # A label stands above the lines that its words would cover, so those come first.
        ready = (
            label
            for label in waiting
            if not any(other is not label and label.covers(other.at) for other in waiting)
        )
        label = next(ready, waiting[0])
        waiting.remove(label)
        placed.append((label, _free_row(label, placed)))
    found = (
        Placed(label.text, label.at, label.x, row, label.anchor, label.role)
        for label, row in placed
    )
    return tuple(sorted(found, key=lambda each: (each.at, each.row)))


@dataclass(frozen=True)
class _Label:
    """A label whose row is not yet known, with the span of its words."""

    text: str
    at: float
    x: float
    anchor: str
    role: str
    start: float
    end: float

    def covers(self, x: float) -> bool:
        return self.start - 2 < x < self.end + 2

    def touches(self, other: _Label) -> bool:
        return other.start - 6 < self.end and self.start < other.end + 6


def _aside(text: str, at: float, role: str, right: float, size: float) -> _Label:
    """A label to the right of its line, or to the left where there is no room."""
    shown = shorten(text, right, size)
    long = width(shown, size)
    if at + 3 + long <= right or at - 3 - long < 0:
        return _Label(shown, at, at + 3, "left", role, at + 3, at + 3 + long)
    return _Label(shown, at, at - 3, "right", role, at - 3 - long, at - 3)


def _free_row(label: _Label, placed: Sequence[tuple[_Label, int]]) -> int:
    """The lowest row above every line that the words would cover, with room for them."""
    row = 1 + max((below for other, below in placed if label.covers(other.at)), default=-1)
    while any(level == row and label.touches(other) for other, level in placed):
        row += 1
    return row
