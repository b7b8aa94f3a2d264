"""The program as far as it decides what an association comes to: part of what is kept's name."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from beholden.core import digest
from beholden.measures.program import program as measuring

__all__ = ["program"]

_PACKAGE = Path(__file__).parents[1]
_ROOMS = ("associations", "models", "multiverse")


@cache
def program() -> str:
    """A short name for the text of every file that decides what an association comes to.

    Examples
    --------
    >>> len(program())
    16
    """
    paths = [path for room in _ROOMS for path in sorted((_PACKAGE / room).rglob("*.py"))]
    own = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths]
    return digest([*own, measuring()])
