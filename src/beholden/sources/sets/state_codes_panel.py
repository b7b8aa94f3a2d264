"""Codes of countries in many systems by year, from the R package countrycode."""

from __future__ import annotations

from beholden.sources.base import StateCode
from beholden.sources.family_state_codes import countrycode_set
from beholden.sources.rfiles import read_r

__all__ = ["DATASET"]

DATASET = countrycode_set(
    "state_codes_panel",
    "Country codes of the R package countrycode, by year",
    "state_codes/codelist_panel.rda",
    (
        "data/codelist_panel.rda",
        "d9b46b04e3055ec41fde61bffd5021dddd0e3ccb44a2de628934add51aa4ea1d",
        66740,
    ),
    ("country_name_en", "year"),
    read_r,
    states=(StateCode("cown", "cow", "iso3_cow"), StateCode("gwn", "gw", "iso3_gw")),
    traps=(
        (
            "Only cown, gwn, p4n, p5n and vdem follow the year; they and their letters are empty "
            "in years in which that list has no such state. ISO and other codes are those of "
            "today in every year, also before the state was there."
        ),
        "cown, gwn and p5n end in 2020, though the Correlates of War list itself ends in 2016.",
        "Vietnam has no gwn after 1893; the Gleditsch-Ward list has 816.",
    ),
)
