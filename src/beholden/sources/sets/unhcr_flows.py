"""UNHCR: people newly displaced across borders in each year."""

from __future__ import annotations

from beholden.sources.family_unhcr import unhcr_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
refugees | people who became refugees in the year | persons
asylum_seekers | people who asked for asylum in the year | persons
refugee_like | people who came into a situation like that of refugees | persons
oip | others who came to need international protection | persons
""")

DATASET = unhcr_set(
    "flows",
    "flows by origin and asylum",
    "d333f00d52f916341e5e9ce69d632906a40b207f35325c7ed7f4b39a87748aa8",
    303531,
    1962,
    COLUMNS,
    traps=("Flows before about 1990 are thin, so earlier collapses look as if nobody fled.",),
)
