"""GDP by Gleditsch-Ward state-year."""

from __future__ import annotations

from beholden.sources.base import Original
from beholden.sources.family_gdp_gw import controls

__all__ = ["DATASET"]

DATASET = controls(
    "gdp_population_gw_gdp",
    Original(
        "gdp_population_gw/gdp.csv",
        "7e7ab43d9f0b31bc46021d76a45fe474bc3cd8b146dc9326baf4f1a8e0dd5092",
        991013,
        "create-data/input/gdp.csv",
    ),
    title="GDP by state and year",
    first="1950",
    last="2024",
    columns="""
gwcode | Gleditsch-Ward code of the state
year | calendar year
ny_gdp_mktp_kd | GDP | constant US dollars | | NA
ny_gdp_mktp_kd_zg | growth of GDP | percent a year | | NA
ny_gdp_pcap_kd | GDP per head | constant US dollars | | NA
ny_gdp_pcap_kd_zg | growth of GDP per head | percent a year | | NA
""",
)
