"""The data sets that beholden can read, found by their files."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from beholden.errors import TableError, nearest
from beholden.sources import sets

if TYPE_CHECKING:
    from beholden.sources.base import Dataset

__all__ = ["dataset", "datasets"]


@cache
def datasets() -> dict[str, Dataset]:
    """Every data set by name, in alphabetical order.

    Examples
    --------
    >>> "pts" in datasets()
    True
    """
    names = sorted(module.name for module in iter_modules(sets.__path__))
    return {name: import_module(f"{sets.__name__}.{name}").DATASET for name in names}


def dataset(name: str) -> Dataset:
    """One data set.

    Raises
    ------
    TableError
        When there is none of that name; the message names the nearest.
    """
    known = datasets()
    if name not in known:
        raise TableError(f"expected the name of a data set, found {name!r}. {nearest(name, known)}")
    return known[name]
