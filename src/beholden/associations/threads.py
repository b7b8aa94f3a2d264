"""One thread for linear algebra: matrices are small here, and threads cost more than they bring."""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scipy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["one_thread"]

NAMES = (
    *("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads"),
    *("openblas_{}_num_threads64_", "openblas_{}_num_threads"),
)


@cache
def _libraries() -> tuple[tuple[Callable[[], int], Callable[[int], None]], ...]:
    """How many threads each OpenBLAS of NumPy and SciPy has, and how to change it."""
    found = []
    for package in (np, scipy):
        home = Path(str(package.__file__)).parent
        for folder in (home.parent / f"{home.name}.libs", home / ".dylibs"):
            for path in sorted(folder.glob("*openblas*")):
                found += _controls(path)
    return tuple(found)


def _controls(path: Path) -> list[tuple[Callable[[], int], Callable[[int], None]]]:
    try:
        library = ctypes.CDLL(str(path))
    except OSError:
        return []
    for name in NAMES:
        get, change = (getattr(library, name.format(word), None) for word in ("get", "set"))
        if get is not None and change is not None:
            return [(get, change)]
    return []


@contextmanager
def one_thread() -> Iterator[None]:
    """Let NumPy and SciPy use one thread for a while.

    Their own choice of threads suits large matrices; on small ones threads wait for each other, on
    a busy machine many times longer than the work takes. Where another library than the OpenBLAS of
    their wheels does the work, nothing is changed.

    Examples
    --------
    >>> with one_thread():
    ...     bool(np.eye(2).sum() == 2)
    True
    """
    before = [(change, get()) for get, change in _libraries()]
    for change, _ in before:
        change(1)
    try:
        yield
    finally:
        for change, count in before:
            change(count)
