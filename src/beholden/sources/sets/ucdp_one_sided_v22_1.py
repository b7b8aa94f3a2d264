"""UCDP one-sided violence, release 22.1: the one in the latent human rights scores."""

from __future__ import annotations

from beholden.sources.family_one_sided import one_sided_set

__all__ = ["DATASET"]

DATASET = one_sided_set(
    "ucdp_one_sided_v22_1",
    "22.1",
    (
        "ucdp-onesided-221-2021.csv",
        "eeae376b2f4c73a45bc6af4901ca34ad6eac3b93384e775fe11495d0f6cd7d7c",
        175677,
    ),
    "LHRS-V4/data_raw",
    2021,
    traps=("An older release, kept as the input of fariss_lhrs; for all else use ucdp_one_sided.",),
)
