"""Chinese development finance by recipient and year, Correlates of War states."""

from __future__ import annotations

from beholden.sources.family_gcdf import gcdf

__all__ = ["DATASET"]

DATASET = gcdf(
    "aiddata_gcdf",
    "cow",
    (
        "cow_gcdf.csv",
        "ea467bbfad21fa5595005754b27f0951cc713256d0d637a03d086d8f68dc4fa7",
        149340,
    ),
)
