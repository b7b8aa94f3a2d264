"""Codes of countries in many systems, from the R package countrycode: one row a country."""

from __future__ import annotations

from functools import partial

from beholden.sources.family_state_codes import countrycode_set
from beholden.sources.tidying import csv_as_text

__all__ = ["DATASET"]

DATASET = countrycode_set(
    "state_codes_list",
    "Country codes of the R package countrycode",
    "state_system/codelist_without_cldr.csv",
    (
        "dictionary/codelist_without_cldr.csv",
        "2632dba9d168d0ae0174468b27c62671668d8f8a4a84112dced13e4126e46980",
        147521,
    ),
    ("country_name_en",),
    # NA is Namibia here; only an empty cell is missing.
    partial(csv_as_text, missing=("",)),
    traps=(
        (
            "Codes belong to no year: for a year use state_codes_panel. Vietnam's gwn is 815, "
            "which is the Vietnam before 1894; today's is 816."
        ),
    ),
)
