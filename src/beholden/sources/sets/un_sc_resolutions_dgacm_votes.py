"""Votes on resolutions of the UN Security Council, by state, from the UN Secretariat."""

from __future__ import annotations

from beholden.sources.family_dgacm import vote_set
from beholden.sources.sets.un_sc_resolutions_dgacm import BODY

__all__ = ["DATASET"]

DATASET = vote_set(
    BODY,
    traps=(
        "A permanent member's no appears once, in the procedural resolution 2623 (2022).",
        "2403 lists Côte d'Ivoire as two names; the correction drops the first half.",
        (
            "1402 and 1483 have 14 votes (one member did not take part); 2756 and 2797 have one "
            "name fewer than 15."
        ),
    ),
)
