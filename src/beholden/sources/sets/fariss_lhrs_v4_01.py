"""Latent human rights protection scores, edition v4.01, to 2019."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_fariss as family
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, raw_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "fariss_lhrs/HumanRightsProtectionScores_v4.01.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year: the score and the indicators it is made from.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return family.lhrs_table(paths[FILE])


COLUMNS = columns_of("""
killing_estimate_mean | deaths in one-sided killing by the model: mean | deaths | higher = worse
killing_estimate_median | deaths in one-sided killing by the model: median | deaths | higher = worse
country_name | name of the state
""")

DATASET = Dataset(
    name="fariss_lhrs_v4_01",
    title="Latent human rights protection scores, v4.01",
    producer=family.PRODUCER,
    version="v4.01",
    home=family.HOME,
    doi="10.7910/DVN/RQ85GK",
    licence=family.LICENCE,
    redistribution="unknown",
    released="2020",
    citation=family.CITATION,
    bibtex="""@article{fariss_lhrs_v4_01,
  author = {Fariss, Christopher J. and Kenwick, Michael R. and Reuning, Kevin},
  title = {Estimating one-sided-killings from a robust measurement model of human rights},
  journal = {Journal of Peace Research},
  volume = {57},
  number = {6},
  pages = {801--814},
  year = {2020},
  doi = {10.1177/0022343320965670},
  note = {Scores v4.01}
}""",
    unit="state-year",
    keys=family.KEYS,
    span=(1946, 2019),
    originals=(
        Original(
            "fariss_lhrs/HumanRightsProtectionScores_v4.01.csv",
            "7686005028dd433b89a1a1c846c87b98b6e2008a752af661d081a77eb6ce39ec",
            1481766,
            raw_address(
                "CJFariss/Data-Science-International-Studies",
                "a9cf8c710cf9",
                "Datasets/HumanRightsProtectionScores_v4.01.csv",
            ),
        ),
    ),
    columns=family.COLUMNS | COLUMNS,
    read=read,
    states=(StateCode("cow", "cow", "iso3"),),
    traps=(*family.TRAPS, family.NORTH_KOREA),
)
