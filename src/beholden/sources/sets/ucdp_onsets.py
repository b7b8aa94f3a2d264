"""UCDP onsets of armed conflict by state and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.family_states import packaged
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "state_codes/ucdp_onsets.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(read_r(paths[FILE]), keys=DATASET.keys, whole=list(DATASET.columns))


COLUMNS = columns_of("""
gwcode | Gleditsch-Ward code of the state
year | calendar year
sumnewconf | new conflicts | conflicts
sumonset1 | new conflicts, or episodes after more than 1 year of calm | episodes
sumonset2 | new conflicts, or episodes after more than 2 years of calm | episodes
sumonset3 | new conflicts, or episodes after more than 3 years of calm | episodes
sumonset5 | new conflicts, or episodes after more than 5 years of calm | episodes
sumonset10 | new conflicts, or episodes after more than 10 years of calm | episodes
""")

DATASET = Dataset(
    name="ucdp_onsets",
    title="UCDP Onset Dataset",
    producer="Uppsala Conflict Data Program (UCDP)",
    version="19.1, as in the R package peacesciencer",
    home="https://ucdp.uu.se/downloads",
    doi="",
    licence="CC BY 4.0 (UCDP); the R package that carries the file is under GPL-2",
    redistribution="allowed",
    released="2019",
    citation=(
        "Gleditsch, N. P., Wallensteen, P., Eriksson, M., Sollenberg, M., & Strand, H. (2002). "
        "Armed conflict 1946-2001: A new dataset. Journal of Peace Research, 39(5), 615-637."
    ),
    bibtex="""@article{ucdp_onsets,
  author = {Gleditsch, Nils Petter and Wallensteen, Peter and Eriksson, Mikael and
    Sollenberg, Margareta and Strand, H{\\aa}vard},
  title = {Armed conflict 1946-2001: A new dataset},
  journal = {Journal of Peace Research},
  year = {2002},
  volume = {39},
  number = {5},
  pages = {615--637}
}""",
    unit="state-year",
    keys=("gwcode", "year"),
    span=(1946, 2017),
    originals=(
        packaged(FILE, "90d86e1e1c68e0217cf89c5c9ece3d311deb1512f34c93925f2c4ca7f2a70908", 3317),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("gwcode", "gw", "iso3"),),
    traps=(
        "Sums over all conflicts of the state in the year; the package made them from the rows.",
        "The data end in 2017, though the version is of 2019; later years are unknown.",
    ),
)
