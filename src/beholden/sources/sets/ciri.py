"""The empowerment items of CIRI, cleaned, with their latent scores, 1981-2010."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_ciri as family
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, raw_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "ciri/DOIRT_EmpowermentLatentVariableEsimates_1981_2010.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return family.ciri_table(paths[FILE])


COLUMNS = columns_of("""
assn | freedom of assembly and association | 0 to 2 | higher = freer | -999 -66 -77
formov | freedom to travel abroad, once corrected | 0 to 2 | higher = freer | -999 -66 -77
dommov | freedom to move within the country, once corrected | 0 to 2 | higher = freer | -999 -66 -77
speech | freedom of speech and press | 0 to 2 | higher = freer | -999 -66 -77
elecsd | electoral self-determination | 0 to 2 | higher = freer | -999 -66 -77
new_relfre | freedom of religion | 0 to 2 | higher = freer | -999 -66 -77
worker | rights of workers | 0 to 2 | higher = freer | -999 -66 -77
additive | sum of the seven items | 0 to 14 | higher = freer | NA
latentmean | latent score of empowerment | standard deviations | higher = freer
latentsd | standard deviation of the latent score
""")

DATASET = Dataset(
    name="ciri",
    title="CIRI empowerment rights with latent scores, 1981-2010",
    producer=family.PRODUCER + "; K. E. Schnakenberg and C. J. Fariss",
    version="DOIRT 1981-2010 of 2012-08-02",
    home=family.HOME,
    doi="10.1017/psrm.2013.15",
    licence="latent scores CC BY-NC-SA 3.0 US; the CIRI items are free with citation",
    redistribution="unknown",
    released="2012-08-02",
    citation=f"{family.CITATION} ; {family.LATENT_CITATION}",
    bibtex="""@article{ciri,
  author = {Schnakenberg, Keith E. and Fariss, Christopher J.},
  title = {Dynamic Patterns of Human Rights Practices},
  journal = {Political Science Research and Methods},
  volume = {2},
  number = {1},
  pages = {1--31},
  year = {2014},
  doi = {10.1017/psrm.2013.15},
  note = {On the CIRI Human Rights Dataset of D. L. Cingranelli, D. L. Richards and K. C. Clay}
}""",
    unit="state-year",
    keys=("ciri", "year"),
    span=(1981, 2010),
    originals=(
        Original(
            "ciri/DOIRT_EmpowermentLatentVariableEsimates_1981_2010.csv",
            "270861d8d10c69f37ad117f3311dfb49e8aa476f3fe43ebcd910de40d17956a0",
            417243,
            raw_address(
                "CJFariss/Human-Rights-Latent-Variable",
                "2f1892e74899",
                "LHRS-V1/DOIRT_EmpowermentLatentVariableEsimates_1981_2010.csv",
            ),
        ),
    ),
    columns=family.IDENTITY | COLUMNS,
    read=read,
    states=(StateCode("cow", "cow", "iso3"),),
    traps=(family.SWAPPED,),
)
