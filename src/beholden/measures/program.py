"""The program as far as it decides what is measured: part of the name of whatever is kept."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from beholden.core import digest

__all__ = ["program"]

_PACKAGE = Path(__file__).parents[1]
# The rooms that decide what a measure comes to.
_ROOMS = ("core.py", "dates.py", "latent", "measures", "panels", "states", "store")


@cache
def program() -> str:
    """A short name for the text of every file that decides what is measured.

    Examples
    --------
    >>> len(program())
    16
    """
    paths = [
        path
        for room in _ROOMS
        for path in sorted([_PACKAGE / room, *(_PACKAGE / room).rglob("*.*")])
        if path.is_file() and path.suffix in {".py", ".csv", ".yaml"}
    ]
    return digest([(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths])
