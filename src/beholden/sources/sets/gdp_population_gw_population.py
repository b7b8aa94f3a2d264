"""Population by Gleditsch-Ward state-year."""

from __future__ import annotations

from beholden.sources.base import Original
from beholden.sources.family_gdp_gw import controls

__all__ = ["DATASET"]

DATASET = controls(
    "gdp_population_gw_population",
    Original(
        "gdp_population_gw/population.csv",
        "b42e120c0ebcc487c5f1a2bedddafc4ccf1d6b51ee2b16d77b0b06562428e77a",
        351886,
        "create-data/input/population.csv",
    ),
    title="Population by state and year",
    first="1816",
    last="2025",
    columns="""
gwcode | Gleditsch-Ward code of the state
year | calendar year
pop | population | thousands | | NA
""",
)
