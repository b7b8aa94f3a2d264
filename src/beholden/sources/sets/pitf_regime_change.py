"""PITF: adverse regime changes, 1952-2014."""

from __future__ import annotations

from beholden.sources.family_pitf import EVENT, pitf_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
magfail | failure of state authority, 4 complete collapse | 1 to 4 | higher = worse | 9
magcol | collapse of democratic institutions | 1 to 4 | higher = worse | 9
magviol | violence of the change | 1 to 4 | higher = worse | 9
magave | mean of the three | 1 to 4 | higher = worse | 9
polityx | change of the Polity score, or a code
""")

DATASET = pitf_set(
    "pitf_regime_change",
    "PITF problem set: adverse regime change",
    (
        "PITF Adverse Regime Change 2014.xls",
        "7743152e67260a5919c151d1664740a8cc905d2e35e3a47563354b1b637be743",
        120320,
    ),
    ("ccode", "year"),
    1952,
    EVENT | COLUMNS,
    sizes=("magfail", "magcol", "magviol", "magave"),
    traps=("North Korea has no event in this problem set.",),
)
