"""Wright's latent personalism of autocratic rule, 1946-2010."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "regimes/Personalism.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for an autocracy in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(csv_as_text(paths[FILE]), keys=DATASET.keys, whole=("cowcode", "year"))


COLUMNS = columns_of("""
cowcode | Correlates of War number
year | calendar year
irtpers8 | latent personalism, from eight items | standard deviations | higher = more personalist
seirtpers8 | standard error of irtpers8
""")

DATASET = Dataset(
    name="personalism",
    title="Latent personalism of autocratic rule",
    producer="Joseph Wright",
    version="2021",
    home="https://doi.org/10.7910/DVN/3BC21O",
    doi="10.7910/DVN/3BC21O",
    licence="unknown",
    redistribution="unknown",
    released="2021",
    citation=(
        "Wright, J. (2021). The latent characteristics that structure autocratic rule. Political "
        "Science Research and Methods, 9(1), 1-19."
    ),
    bibtex="""@article{personalism,
  author = {Wright, Joseph},
  title = {The Latent Characteristics That Structure Autocratic Rule},
  journal = {Political Science Research and Methods},
  volume = {9},
  number = {1},
  pages = {1--19},
  year = {2021}
}""",
    unit="state-year",
    keys=("cowcode", "year"),
    span=(1946, 2010),
    originals=(
        Original(
            "regimes/Personalism.csv",
            "209b4874be375612b67a37292048a499416e7d1d57ab9d50540f6a57566297ed",
            124682,
            raw_address(
                "tliptrot/expropriation",
                "d18e60401fcb",
                "Data/Random data maybe for robustness/wright_personalism/Personalism.csv",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("cowcode", "cow", "iso3"),),
    traps=("Autocracies only; the data end in 2010.",),
)
