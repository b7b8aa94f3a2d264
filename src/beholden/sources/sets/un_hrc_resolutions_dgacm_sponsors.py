"""Sponsors of resolutions of the UN Human Rights Council, from the UN Secretariat."""

from __future__ import annotations

from beholden.sources.family_dgacm import sponsor_set
from beholden.sources.sets.un_hrc_resolutions_dgacm import BODY

__all__ = ["DATASET"]

DATASET = sponsor_set(
    BODY,
)
