"""UCDP one-sided violence, release 23.1."""

from __future__ import annotations

from beholden.sources.family_one_sided import one_sided_set

__all__ = ["DATASET"]

DATASET = one_sided_set(
    "ucdp_one_sided",
    "23.1",
    (
        "OneSided_v23_1.csv",
        "2444282cfef96c6e401072072aa1fa2296e2922fd08a3ef6147120b34e59288d",
        193097,
    ),
    "LHRS-V5/data_raw",
    2022,
)
