"""Where the problems of one block are collected, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from beholden.errors import Problem
from beholden.measures import Years

if TYPE_CHECKING:
    from beholden.claims.marks import Marked, Path

__all__ = ["Report", "years_of"]


@dataclass
class Report:
    """Collects the problems of one block.

    Parameters
    ----------
    marked : Marked
        The block with its places.
    file : str
        The file's name.
    problems : list of Problem
        Receives whatever is wrong.
    """

    marked: Marked
    file: str
    problems: list[Problem]

    def add(self, path: Path, found: str, expected: str, hint: str = "", shift: int = 0) -> None:
        """Note that something else was expected at a place of the block."""
        line, column = self.marked.place(path)
        self.problems.append(Problem(self.file, line, column + shift, found, expected, hint))


def years_of(text: str) -> Years:
    """A span of years as written: ``2014``, ``2010..2014`` or ``2005..``.

    Examples
    --------
    >>> str(years_of("2005.."))
    '2005..'
    """
    first, dots, last = text.partition("..")
    return Years(int(first), int(last) if last else (None if dots else int(first)))
