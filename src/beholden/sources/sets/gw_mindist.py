"""Least distance between states of the Gleditsch-Ward list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import LICENCE, dyad_years, packaged
from beholden.sources.tidying import columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "state_codes/gw_mindist.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a pair of states in a year; the lower code stands first.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return dyad_years(paths[FILE], DATASET.keys)


COLUMNS = columns_of("""
gwcode1 | Gleditsch-Ward code of the first state, the lower of the two
gwcode2 | Gleditsch-Ward code of the second state
year | calendar year
mindist | least distance between the two states' territories on 1 January | km | higher = farther
""")

DATASET = Dataset(
    name="gw_mindist",
    title="Minimum distance between states, Gleditsch-Ward codes",
    producer="Guy Schvitz and others (CShapes 2.0); computed by Steven V. Miller",
    version="CShapes 2.0, as in the R package peacesciencer",
    home="https://icr.ethz.ch/data/cshapes",
    doi="",
    licence=LICENCE,
    redistribution="unknown",
    citation=(
        "Schvitz, G., et al. (2022). Mapping the international system, 1886-2019: The CShapes 2.0 "
        "dataset. Journal of Conflict Resolution, 66(1), 144-161."
    ),
    bibtex="""@article{gw_mindist,
  author = {Schvitz, Guy and others},
  title = {Mapping the international system, 1886-2019: The {CShapes} 2.0 dataset},
  journal = {Journal of Conflict Resolution},
  year = {2022},
  volume = {66},
  number = {1},
  pages = {144--161}
}""",
    unit="dyad-year",
    keys=("gwcode1", "gwcode2", "year"),
    span=(1886, 2019),
    originals=(
        packaged(FILE, "c5cfc974f3b3d91e31f45981332462f250794721938e2c8abeb79b8307dec990", 190852),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("gwcode1", "gw", "iso3_1"), StateCode("gwcode2", "gw", "iso3_2")),
    traps=(
        "Each pair stands once; for the other direction exchange the two codes.",
        "As of 1 January: a state that came to be within a year has its first row a year later.",
        "0 km means that the territories touch, not that a figure is missing.",
    ),
)
