"""What measures are made of: an index and its own item go together by arithmetic alone."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure

__all__ = ["components", "contained", "parts_of"]

_TABLE = Path(__file__).with_name("containment.csv")


@cache
def _rows() -> dict[str, tuple[str, ...]]:
    """Whole to its parts, as the table has them."""
    found: dict[str, tuple[str, ...]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["whole"]] = (*found.get(row["whole"], ()), row["part"])
    return found


@cache
def parts_of(whole: str) -> frozenset[str]:
    """Everything that something is made of, through every step.

    Parameters
    ----------
    whole : str
        A column as ``"vdem:v2x_libdem"``, or a measure, with the option that decides in
        brackets: ``"democracy[Polity]"``.

    Returns
    -------
    frozenset of str
        Without the whole itself; empty where the table knows no parts.

    Examples
    --------
    >>> "vdem:v2clfmove" in parts_of("vdem:v2x_libdem")
    True
    >>> "vdem:v2clfmove" in parts_of("vdem:v2x_polyarchy")
    False
    """
    found: set[str] = set()
    ahead = list(_rows().get(whole, ()))
    while ahead:
        part = ahead.pop()
        if part not in found:
            found.add(part)
            ahead += _rows().get(part, ())
    return frozenset(found)


def contained(measure: Measure, picks: Mapping[str, str]) -> frozenset[str]:
    """What a measure is made of under some picks.

    Parameters
    ----------
    measure : Measure
        Any.
    picks : mapping of str to str
        An option for every choice.

    Returns
    -------
    frozenset of str
        Columns, items and what the items measure; a measure that the table does not know is
        made of itself alone.
    """
    names = [measure.name, *(f"{measure.name}[{pick}]" for pick in picks.values())]
    return frozenset({measure.name}.union(*(parts_of(name) for name in names)))


def components(
    one: tuple[Measure, Mapping[str, str]], other: tuple[Measure, Mapping[str, str]]
) -> tuple[str, ...]:
    """What two measures share, so that they go together by arithmetic.

    Parameters
    ----------
    one, other : (Measure, mapping of str to str)
        Each with its picks.

    Returns
    -------
    tuple of str
        In alphabetical order; empty where they share nothing.

    Examples
    --------
    >>> from beholden.measures import MEASURES
    >>> freedom = MEASURES["political_freedom"], {}
    >>> components(freedom, (MEASURES["foreign_movement"], {}))
    ('freedom to leave',)
    """
    return tuple(sorted(contained(*one) & contained(*other)))
