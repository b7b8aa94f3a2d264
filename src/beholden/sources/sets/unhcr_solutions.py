"""UNHCR: returns, resettlement, naturalisation."""

from __future__ import annotations

from beholden.sources.family_unhcr import unhcr_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
returned_refugees | refugees who returned in the year | persons
resettlement | refugees resettled in the year | persons
naturalisation | refugees naturalised in the year | persons
returned_idps | people who returned from displacement within their country | persons
""")

DATASET = unhcr_set(
    "solutions",
    "solutions by origin and asylum",
    "562a239f0a65ccffaae95a851cbe137242779b9fcacb81f94c7be2a604f206b3",
    94728,
    1959,
    COLUMNS,
)
