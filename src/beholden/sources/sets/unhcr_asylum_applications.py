"""UNHCR: applications for asylum."""

from __future__ import annotations

from beholden.sources.family_unhcr import PROCEDURE, PROCEDURE_KEYS, unhcr_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
app_type | kind of application, such as N new, R repeated, A appeal; NA not known
app_pc | whether cases (C) or persons (P) are counted
applied | applications in the year | cases or persons
""")

DATASET = unhcr_set(
    "asylum_applications",
    "asylum applications by origin and asylum",
    "6f99ad656fa12088b024cb3b228c751ac6a0ec0e8d0ebd05099c3eceee369099",
    307034,
    2000,
    PROCEDURE | COLUMNS,
    keys=(PROCEDURE_KEYS[0], "app_type", PROCEDURE_KEYS[1], "app_pc"),
    traps=("Some rows count cases, some persons: see app_pc before adding them up.",),
)
