"""The KOF Globalisation Index, edition of 2018."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "economic_freedom/KOFGlobalization_Data_2018.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country, a region or the world in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(csv_as_text(paths[FILE]), keys=DATASET.keys, text=("code", "country"))


COLUMNS = columns_of("""
code | ISO 3166 code, or the World Bank's code of a region or of the world
country | name of the country or region
year | calendar year
kofgi | globalisation, overall | 0 to 100 | higher = more globalised
kofgidf | globalisation in fact | 0 to 100 | higher = more globalised
kofgidj | globalisation in law and policy | 0 to 100 | higher = more globalised
kofecgi | economic globalisation | 0 to 100 | higher = more globalised
kofecgidf | economic globalisation in fact | 0 to 100 | higher = more globalised
koftrgidf | globalisation of trade in fact | 0 to 100 | higher = more globalised
koffigidf | globalisation of finance in fact | 0 to 100 | higher = more globalised
kofecgidj | economic globalisation in law and policy | 0 to 100 | higher = more globalised
koftrgidj | globalisation of trade in law and policy | 0 to 100 | higher = more globalised
koffigidj | globalisation of finance in law and policy | 0 to 100 | higher = more globalised
kofsogi | social globalisation | 0 to 100 | higher = more globalised
kofsogidf | social globalisation in fact | 0 to 100 | higher = more globalised
kofipgidf | contacts between people in fact | 0 to 100 | higher = more globalised
kofingidf | flows of information in fact | 0 to 100 | higher = more globalised
kofcugidf | cultural globalisation in fact | 0 to 100 | higher = more globalised
kofsogidj | social globalisation in law and policy | 0 to 100 | higher = more globalised
kofipgidj | contacts between people in law and policy | 0 to 100 | higher = more globalised
kofingidj | flows of information in law and policy | 0 to 100 | higher = more globalised
kofcugidj | cultural globalisation in law and policy | 0 to 100 | higher = more globalised
kofpogi | political globalisation | 0 to 100 | higher = more globalised
kofpogidf | political globalisation in fact | 0 to 100 | higher = more globalised
kofpogidj | political globalisation in law and policy | 0 to 100 | higher = more globalised
""")

DATASET = Dataset(
    name="kof",
    title="The KOF Globalisation Index 2018",
    producer="KOF Swiss Economic Institute",
    version="2018",
    home="https://kof.ethz.ch/en/forecasts-and-indicators/indicators/kof-globalisation-index.html",
    doi="10.1007/s11558-019-09344-2",
    licence="attribution; exact terms unknown",
    redistribution="unknown",
    released="2018",
    citation=(
        "Gygli, S., Haelg, F., Potrafke, N., & Sturm, J.-E. (2019). The KOF globalisation index - "
        "revisited. Review of International Organizations, 14(3), 543-574. "
        "https://doi.org/10.1007/s11558-019-09344-2"
    ),
    bibtex="""@article{kof,
  author = {Gygli, Savina and Haelg, Florian and Potrafke, Niklas and Sturm, Jan-Egbert},
  title = {The {KOF} Globalisation Index -- Revisited},
  journal = {Review of International Organizations},
  volume = {14},
  number = {3},
  pages = {543--574},
  year = {2019},
  doi = {10.1007/s11558-019-09344-2}
}""",
    unit="state-year",
    keys=("code", "year"),
    span=(1970, 2015),
    originals=(
        Original(
            "economic_freedom/KOFGlobalization_Data_2018.csv",
            "7b6bd7644391997324e064aeba941e37656beefc1a7dcabeca0e93d46ea9146d",
            2479126,
            raw_address(
                "janxmares/finineq", "82c7b1cb43d9", "Auxiliary data/KOFGlobalization_Data_2018.csv"
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("code", "iso3", "iso3"),),
    traps=(
        "Rows of regions, income groups and the world stand beside those of countries.",
        "North Korea has no overall and no economic index.",
    ),
)
