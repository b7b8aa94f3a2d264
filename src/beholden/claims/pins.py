"""The data sets that an article pins to a version, and whether any measure reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.errors import Problem, nearest
from beholden.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beholden.claims.marks import Marked

__all__ = ["known_datasets", "pin_problems"]


def known_datasets() -> frozenset[str]:
    """The data sets that some measure reads under some option.

    Examples
    --------
    >>> "pts" in known_datasets()
    True
    """
    names: set[str] = set()
    for measure in MEASURES.values():
        names.update(measure.sets)
        for choice in measure.choices:
            names.update(name for option in choice.options for name in option.needs)
    return frozenset(names)


def pin_problems(marked: Marked, file: str) -> Iterator[Problem]:
    """A problem for each pinned name that no measure reads.

    Parameters
    ----------
    marked : Marked
        The head with its places, whether or not it has the right form.
    file : str
        The article's name.
    """
    known = known_datasets()
    pins = marked.value.get("data") if isinstance(marked.value, dict) else None
    for name in pins if isinstance(pins, dict) else ():
        if name not in known:
            line, column = marked.key_place(("data", name))
            expected = "the name of a data set that a measure reads"
            hint = nearest(str(name), known)
            yield Problem(file, line, column, f"the data set {name!r}", expected, hint)
