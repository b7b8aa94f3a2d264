"""Gleditsch-Ward states and their Correlates of War codes by year."""

from __future__ import annotations

from beholden.sources.family_state_codes import pairs_set

__all__ = ["DATASET"]

DATASET = pairs_set(
    "state_codes_gw_cow",
    "Gleditsch-Ward states with their Correlates of War codes, by year",
    (
        "gw_cw_panel.rda",
        "6f12e11d4137fe9255b50dee9d2e42542f576aed077adb393f53d0f272557540",
        15673,
    ),
    "gwcode",
    traps=(
        (
            "A Correlates of War code can stand twice in a year, once without a gwcode: Germany "
            "(255) in every year from 1991, Yemen (678) from 1926 to 1989. Drop rows without a "
            "gwcode before joining by ccode."
        ),
        "Even then Serbia (345) has two rows in 2006, with 345 and with 340.",
        "cw_name is empty in many rows that have a ccode.",
    ),
)
