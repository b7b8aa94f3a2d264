"""UNHCR: decisions on asylum."""

from __future__ import annotations

from beholden.sources.family_unhcr import PROCEDURE, PROCEDURE_KEYS, unhcr_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
dec_pc | whether cases (C) or persons (P) are counted
dec_recognized | recognised as refugees | cases or persons
dec_other | given other protection | cases or persons
dec_rejected | rejected | cases or persons
dec_closed | closed without a decision on substance | cases or persons
dec_total | all decisions | cases or persons
""")

DATASET = unhcr_set(
    "asylum_decisions",
    "asylum decisions by origin and asylum",
    "9821a113e3bc93cac67d416077cdd33c81365e42bacee977115a4126830e6d03",
    538543,
    2000,
    PROCEDURE | COLUMNS,
    keys=(*PROCEDURE_KEYS, "dec_pc"),
    traps=(
        "Every decision in China is by UNHCR, never by the government.",
        "Some rows count cases, some persons: see dec_pc before adding them up.",
    ),
)
