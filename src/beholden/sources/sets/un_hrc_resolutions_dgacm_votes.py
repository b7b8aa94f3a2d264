"""Votes on resolutions of the UN Human Rights Council, by state, from the UN Secretariat."""

from __future__ import annotations

from beholden.sources.family_dgacm import vote_set
from beholden.sources.sets.un_hrc_resolutions_dgacm import BODY

__all__ = ["DATASET"]

DATASET = vote_set(
    BODY,
    traps=(
        (
            "Only resolutions adopted by a recorded vote in sessions 52 and 54-60; for all roll "
            "calls use un_hrc_votes_ohchr."
        ),
    ),
)
