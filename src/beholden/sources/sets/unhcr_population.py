"""UNHCR: refugees and others at the end of each year."""

from __future__ import annotations

from beholden.sources.family_unhcr import unhcr_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
refugees | refugees at the end of the year | persons
asylum_seekers | asylum-seekers at the end of the year | persons
returned_refugees | refugees who returned in the year | persons
idps | people displaced within their country | persons
returned_idps | people who returned from displacement within their country | persons
stateless | stateless people | persons
ooc | others of concern to UNHCR | persons
oip | other people in need of international protection | persons
hst | people of the host community | persons
""")

DATASET = unhcr_set(
    "population",
    "population at year end by origin and asylum",
    "66eb6872a5f34c82705be97759051703bc0f404e3ecadc9c72a5f61424a22cf8",
    480360,
    1951,
    COLUMNS,
    traps=(
        "Stocks fall by naturalisation and deregistration, not only by return.",
        (
            "The Vietnamese in China, about 300,000 since 1982, leave the table after 2021; the "
            "data do not say why."
        ),
    ),
)
