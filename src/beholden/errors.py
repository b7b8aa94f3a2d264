"""What can go wrong, in words a user can act on: one base, few flat children."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "ArticleError",
    "BeholdenError",
    "ExpressionError",
    "MissingDataError",
    "OutputError",
    "PanelError",
    "Problem",
    "TableError",
    "UnknownStateError",
    "nearest",
]


class BeholdenError(Exception):
    """Base of every error that beholden raises on purpose."""


class UnknownStateError(BeholdenError):
    """A state code that does not exist, or did not exist on the date asked for."""


class TableError(BeholdenError):
    """A table of facts that does not follow its published columns."""


class MissingDataError(BeholdenError):
    """A figure that the library does not hold; `needs` names what would supply it."""

    def __init__(self, message: str, needs: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.needs = tuple(needs)


class OutputError(BeholdenError):
    """A place where the results could not be written."""


class PanelError(BeholdenError):
    """A panel that cannot be built as asked: an unknown measure, year, state or column."""


class ExpressionError(BeholdenError):
    """An expectation that cannot be read; `offset` counts characters from 0."""

    def __init__(self, message: str, offset: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.hint = hint


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in an article: where it is, what was expected and what was found.

    Parameters
    ----------
    file : str
        The file as the user named it.
    line, column : int
        Position, counted from 1.
    found : str
        What stands there.
    expected : str
        What should stand there.
    hint : str
        What to do next, often the nearest valid word.
    severity : str
        ``"error"`` stops the run, ``"warning"`` is only shown.
    """

    file: str
    line: int
    column: int
    found: str
    expected: str
    hint: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        text = (
            f"{self.file}:{self.line}:{self.column}: found {self.found}; expected {self.expected}"
        )
        return f"{text}. {self.hint}" if self.hint else text


class ArticleError(BeholdenError):
    """Every problem of an article at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint that names the known word nearest to `word`, or the whole list when it is short.

    Examples
    --------
    >>> nearest("trade_shares", ["trade_share", "contacts"])
    'Did you mean "trade_share"?'
    """
    words = sorted(set(known))
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"Valid: {', '.join(words)}." if 0 < len(words) <= 24 else ""
