"""Latent human rights protection scores, edition v3.01, to 2017."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_fariss as family
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import raw_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "fariss_lhrs/HumanRightsProtectionScores_v3.01.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year: the score and the indicators it is made from.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return family.lhrs_table(paths[FILE])


DATASET = Dataset(
    name="fariss_lhrs_v3_01",
    title="Latent human rights protection scores, v3.01",
    producer=family.PRODUCER,
    version="v3.01",
    home="https://dataverse.harvard.edu/dataset.xhtml?persistentId=doi:10.7910/DVN/TADPGE",
    doi="10.7910/DVN/TADPGE",
    licence=family.LICENCE,
    redistribution="unknown",
    released="2019-05-28",
    citation=(
        "Fariss, C. J. (2019). Yes, human rights practices are improving over time. American "
        "Political Science Review, 113(3), 868-881. https://doi.org/10.1017/S000305541900025X"
    ),
    bibtex="""@article{fariss_lhrs_v3_01,
  author = {Fariss, Christopher J.},
  title = {Yes, Human Rights Practices Are Improving Over Time},
  journal = {American Political Science Review},
  volume = {113},
  number = {3},
  pages = {868--881},
  year = {2019},
  doi = {10.1017/S000305541900025X},
  note = {Scores v3.01}
}""",
    unit="state-year",
    keys=family.KEYS,
    span=(1946, 2017),
    originals=(
        Original(
            "fariss_lhrs/HumanRightsProtectionScores_v3.01.csv",
            "1f4d0afeef25a7344071174723e45834de1d7b0b1b620f8963308770c49732c6",
            1413216,
            raw_address(
                "CJFariss/Human-Rights-Latent-Variable",
                "2f1892e74899",
                "LHRS-V3/HumanRightsProtectionScores_v3.01.csv",
            ),
        ),
    ),
    columns=family.COLUMNS,
    read=read,
    states=(StateCode("cow", "cow", "iso3"),),
    traps=(*family.TRAPS,),
)
