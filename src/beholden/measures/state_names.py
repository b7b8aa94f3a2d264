"""States named in the titles of United Nations texts, as of the day of the vote."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

__all__ = ["TABLES", "plain", "states_named"]

TABLES = Path(__file__).parent / "tables"

_Spell = tuple[date, date, str]


def plain(text: str) -> str:
    """A title in lower case without accents, broken apostrophes and superfluous spaces.

    Examples
    --------
    >>> plain("Situation of human rights in the Democratic People?Æs Republic of  Korea")
    "situation of human rights in the democratic people's republic of korea"
    """
    split = unicodedata.normalize("NFKD", text)
    letters = "".join(sign for sign in split if not unicodedata.combining(sign)).casefold()
    # Some sources print the apostrophe of People's as a question mark and debris.
    whole = re.sub(r"\bpeople[^a-z ,.;]\S*?\s*s\s+republic", "people's republic", letters)
    straight = re.sub("[‘’ʼ`]", "'", re.sub("[‐‑‒–]", "-", whole))
    return " ".join(straight.split())


def states_named(text: str, on: date) -> tuple[str, ...]:
    """ISO3 codes of the states that a text names, in its order, each once.

    Parameters
    ----------
    text : str
        A title, in any case and spelling.
    on : date
        The day of the vote: a name counts only while a state bore it.

    Examples
    --------
    >>> states_named("Situation of human rights in South Sudan", date(2021, 3, 24))
    ('SSD',)
    >>> states_named("Bosnia and Herzegovina, Croatia and Yugoslavia", date(1994, 12, 6))
    ('BIH', 'HRV', 'YUG')
    """
    spells = _spells()
    found = (match[0] for match in _pattern().finditer(plain(text)))
    codes = [iso3 for name in found for start, end, iso3 in spells[name] if start <= on <= end]
    return tuple(dict.fromkeys(codes))


@cache
def _spells() -> dict[str, list[_Spell]]:
    """The codes of each name, with the days between which it meant that state."""
    table: defaultdict[str, list[_Spell]] = defaultdict(list)
    with (TABLES / "state_names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start = date.fromisoformat(row["start"]) if row["start"] else date.min
            end = date.fromisoformat(row["end"]) if row["end"] else date.max
            table[row["name"]].append((start, end, row["iso3"]))
    return dict(table)


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern for all names; the longest wins, so that South Sudan is not Sudan."""
    names = sorted(_spells(), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?<!\w-)(?:{'|'.join(map(re.escape, names))})(?!\w)")
