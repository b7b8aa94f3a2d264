"""Sponsors of resolutions of the UN General Assembly, from the UN Secretariat."""

from __future__ import annotations

from beholden.sources.family_dgacm import sponsor_set
from beholden.sources.sets.un_ga_resolutions_dgacm import BODY

__all__ = ["DATASET"]

DATASET = sponsor_set(
    BODY,
    traps=(
        "Spellings differ, so one state can stand twice in one list: count sponsor_iso3.",
        "Some twenty names are misprinted or run together, such as IR ELAND, and have no code.",
    ),
)
