"""Latent human rights protection scores, newest edition, to 2021."""

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

FILE = "fariss_lhrs/LHRS-v4.02-2021_names.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year: the score and the indicators it is made from.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return family.lhrs_table(paths[FILE])


COLUMNS = columns_of("""
theta_q025 | latent score: lower end of the 95% interval | standard deviations
theta_q975 | latent score: upper end of the 95% interval | standard deviations
country_name | name of the state
""")

DATASET = Dataset(
    name="fariss_lhrs",
    title="Latent human rights protection scores, v4.02-2021",
    producer=family.PRODUCER,
    version="v4.02-2021",
    home="https://github.com/CJFariss/Human-Rights-Latent-Variable",
    doi="10.1177/0022343320965670",
    licence=family.LICENCE,
    redistribution="unknown",
    citation=family.CITATION,
    bibtex="""@article{fariss_lhrs,
  author = {Fariss, Christopher J. and Kenwick, Michael R. and Reuning, Kevin},
  title = {Estimating one-sided-killings from a robust measurement model of human rights},
  journal = {Journal of Peace Research},
  volume = {57},
  number = {6},
  pages = {801--814},
  year = {2020},
  doi = {10.1177/0022343320965670},
  note = {Scores v4.02}
}""",
    unit="state-year",
    keys=family.KEYS,
    span=(1946, 2021),
    originals=(
        Original(
            "fariss_lhrs/LHRS-v4.02-2021_names.csv",
            "df3933f2ec4b85a3c0b4f0e67c349ddd931de0c84858bb355af042215d057c34",
            1872815,
            raw_address(
                "CJFariss/Human-Rights-Latent-Variable", "2f1892e74899", "LHRS-v4.02-2021_names.csv"
            ),
        ),
    ),
    columns=family.COLUMNS | COLUMNS,
    read=read,
    states=(StateCode("cow", "cow", "iso3"),),
    traps=(
        *family.TRAPS,
        family.NORTH_KOREA,
        (
            "Inputs stop: CIRI in 2011, mass killing in 2015, genocide in 2018. From 2018 to 2019 "
            "the standard deviation for North Korea rises from 0.21 to 0.52, so the fall of its "
            "mean is partly loss of data. Serbia has no row after 2018."
        ),
    ),
)
