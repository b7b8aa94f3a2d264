"""PITF: revolutionary wars, 1948-2014."""

from __future__ import annotations

from beholden.sources.family_pitf import EVENT, WAR, pitf_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
copy | 1, or 2 for the second of two rows that say the same
""")

DATASET = pitf_set(
    "pitf_revolutionary_war",
    "PITF problem set: revolutionary war",
    (
        "PITF Revolutionary War 2014.xls",
        "5e1088b579383d28c461a6255ab90d82efb18946b75332d96cbf951898f56ef8",
        129024,
    ),
    ("ccode", "year", "yrbegin", "mobegin", "copy"),
    1948,
    EVENT | WAR | COLUMNS,
    sizes=("magfight", "magfatal", "magarea", "avemag"),
    traps=(
        "North Korea has no event in this problem set.",
        "India 2013 stands twice with the same values and 2014 is absent; both rows are kept.",
    ),
)
