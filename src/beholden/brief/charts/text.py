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
    return (units + capitals) * size * (1.07 if bold else 1)


def shorten(text: str, room: float, size: float = 10, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than its room.

    Examples
    --------
    >>> shorten("the last full year", 60)
    'the last full…'
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
    placed: list[Placed] = []
    spans: list[tuple[int, float, float]] = []
    # From the right: a label's own line then never runs through the text of one below it.
    for text, at, role in sorted(labels, key=lambda label: -label[1]):
        shown = shorten(text, right, size)
        long = width(shown, size)
        anchor = "left" if at + 3 + long <= right else "right"
        start = at + 3 if anchor == "left" else at - 3 - long
        row = _free_row(spans, start, start + long, at)
        spans.append((row, min(start, at), max(start + long, at)))
        placed.append(Placed(shown, at, at + 3 if anchor == "left" else at - 3, row, anchor, role))
    return tuple(reversed(placed))


def _free_row(
    spans: Sequence[tuple[int, float, float]], start: float, end: float, at: float
) -> int:
    """The lowest row whose labels leave room, above every label that the line would cross."""
    crossed = [row for row, left, right in spans if left - 2 < at < right + 2]
    row = max(crossed, default=-1) + 1
    while any(other == row and left - 6 < end and start < right + 6 for other, left, right in spans):
        row += 1
    return row
