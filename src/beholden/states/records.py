"""The rows of the shipped tables, read once and kept."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

__all__ = ["Identity", "Spell", "State", "identities", "read", "spell_rows"]

_TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class State:
    """A state under the codes it bears, for as long as all of them hold together.

    Parameters
    ----------
    iso3 : str or None
        ISO 3166 alpha-3 code; None where ISO has issued none.
    m49 : int or None
        UN M49 number.
    cow, gw : int or None
        Code in the Correlates of War and in the Gleditsch-Ward list; None where that list does
        not count the state as a member between `start` and `end`.
    name : str
        Short common name.
    start, end : date or None
        First and last day on which all the fields above hold; `end` is None where they still do.

    Examples
    --------
    >>> from beholden.states import find
    >>> germany = find("DEU", 2000)
    >>> germany.cow, germany.gw, germany.start.isoformat(), germany.end
    (255, 260, '1990-10-03', None)
    """

    iso3: str | None
    m49: int | None
    cow: int | None
    gw: int | None
    name: str
    start: date
    end: date | None

    @property
    def last(self) -> date:
        """The last day, with the end of the calendar standing for an open end."""
        return self.end or date.max

    @property
    def label(self) -> str:
        """The state in one line, as messages show it.

        Examples
        --------
        >>> from beholden.states import find
        >>> find("SUN", 1985).label
        'SUN (Soviet Union), COW 365, GW 365'
        """
        head = f"{self.iso3} ({self.name})" if self.iso3 else self.name
        codes = [f"{s} {c}" for s, c in (("COW", self.cow), ("GW", self.gw)) if c is not None]
        return ", ".join([head, *codes])


@dataclass(frozen=True)
class Spell:
    """One unbroken membership in a state list.

    Parameters
    ----------
    system : str
        ``"cow"`` or ``"gw"``.
    code : int
        The state's code in that list.
    abbreviation, name : str
        As the list prints them.
    start : date
        First day of membership.
    end : date or None
        Last day; None where membership reaches the last day of the list and is taken to go on.
    listed_end : date
        The last day as the list prints it.
    microstate : bool
        Whether GW keeps it in its separate list of microstates; always False for COW.
    source : str
        The list, as `tables/README.md` cites it.
    """

    system: str
    code: int
    abbreviation: str
    name: str
    start: date
    end: date | None
    listed_end: date
    microstate: bool
    source: str


@dataclass(frozen=True)
class Identity:
    """One row of `iso_codes.csv`: the codes that name one state between two dates."""

    iso3: str | None
    also: str | None
    m49: int | None
    cow: int | None
    gw: int | None
    name: str
    start: date
    end: date


def read(table: str) -> list[dict[str, str]]:
    """The rows of a shipped table as dictionaries of text."""
    with (_TABLES / table).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def spell_rows() -> tuple[Spell, ...]:
    """Every membership spell of both lists, by system, code and date."""
    return tuple(_spell(row) for row in read("spells.csv"))


def _spell(row: dict[str, str]) -> Spell:
    listed_end = date.fromisoformat(row["end"])
    return Spell(
        system=row["system"].lower(),
        code=int(row["code"]),
        abbreviation=row["abbreviation"],
        name=row["name"],
        start=date.fromisoformat(row["start"]),
        end=None if row["open"] == "1" else listed_end,
        listed_end=listed_end,
        microstate=row["microstate"] == "1",
        source=row["source"],
    )


@cache
def identities() -> tuple[Identity, ...]:
    """Every row of `iso_codes.csv`, in file order."""
    return tuple(_identity(row) for row in read("iso_codes.csv"))


def _identity(row: dict[str, str]) -> Identity:
    return Identity(
        iso3=row["iso3"] or None,
        also=row["also"] or None,
        m49=_number(row["m49"]),
        cow=_number(row["cow"]),
        gw=_number(row["gw"]),
        name=row["name"],
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]) if row["end"] else date.max,
    )


def _number(text: str) -> int | None:
    return int(text) if text else None
