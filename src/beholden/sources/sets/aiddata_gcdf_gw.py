"""Chinese development finance by recipient and year, Gleditsch-Ward states."""

from __future__ import annotations

from beholden.sources.family_gcdf import gcdf

__all__ = ["DATASET"]

DATASET = gcdf(
    "aiddata_gcdf_gw",
    "gw",
    (
        "gw_gcdf.csv",
        "45ea82a2209f95ee89101498d787c421368859258feb48d0e053be4b9e7e21a1",
        139636,
    ),
)
