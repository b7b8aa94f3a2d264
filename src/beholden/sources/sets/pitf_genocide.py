"""PITF: genocides and politicides, 1956-2014."""

from __future__ import annotations

from beholden.sources.family_pitf import EVENT, pitf_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
deathmag | deaths in the year | 0 to 5 | higher = worse
""")

DATASET = pitf_set(
    "pitf_genocide",
    "PITF problem set: genocide and politicide",
    (
        "PITF GenoPoliticide 2014.xls",
        "f3b37e8a564112c1c7c8db1285b284a328485ac7a4d14e0ff92f2b7b82a7b969",
        74752,
    ),
    ("ccode", "year"),
    1956,
    EVENT | COLUMNS,
    sizes=(),
    traps=("North Korea has no event in this problem set.",),
)
