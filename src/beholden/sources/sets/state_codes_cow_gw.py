"""Correlates of War states and their Gleditsch-Ward codes by year."""

from __future__ import annotations

from beholden.sources.family_state_codes import pairs_set

__all__ = ["DATASET"]

DATASET = pairs_set(
    "state_codes_cow_gw",
    "Correlates of War states with their Gleditsch-Ward codes, by year",
    (
        "cw_gw_panel.rda",
        "155f5413b63d6199461cdbbe76d02a55c945b6572fa77aac892b932f839f8a0c",
        13584,
    ),
    "ccode",
    traps=(
        (
            "A Gleditsch-Ward code can stand twice in a year, once without a ccode: Germany (260) "
            "in every year from 1955, Yemen (678) from 1957 to 1989. Drop rows without a ccode "
            "before joining by gwcode."
        ),
        "Even then Germany (260) and Yemen (678) have two rows in 1990, of old and new state.",
    ),
)
