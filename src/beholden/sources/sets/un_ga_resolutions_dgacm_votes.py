"""Votes on resolutions of the UN General Assembly, by state, from the UN Secretariat."""

from __future__ import annotations

from beholden.sources.family_dgacm import vote_set
from beholden.sources.sets.un_ga_resolutions_dgacm import BODY

__all__ = ["DATASET"]

DATASET = vote_set(
    BODY,
    traps=(
        "A state on none of the three lists did not vote: absent or not participating.",
        "75/290 A lists every state twice; the correction drops the second listing (listing 2).",
        "Names are printed in several spellings, Türkiye in five: use member_iso3.",
    ),
    repeated=True,
)
