"""Latent GDP and population of Fariss and others, Correlates of War states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "gdp_pop_latent/cw_gdppop.rda"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(read_r(paths[FILE]), keys=DATASET.keys, whole=("ccode", "year"))


COLUMNS = columns_of("""
ccode | Correlates of War code of the state
year | calendar year
mrgdppc | real GDP per head, anchored on Maddison | international dollars of 2011 | | NA
sd_mrgdppc | standard deviation of mrgdppc | international dollars of 2011 | | NA
pwtrgdp | real GDP by expenditure, anchored on the Penn World Table 10 | \
million international dollars of 2017 | | NA
sd_pwtrgdp | standard deviation of pwtrgdp | million international dollars of 2017 | | NA
pwtpop | population, anchored on the Penn World Table 10 | millions | | NA
sd_pwtpop | standard deviation of pwtpop | millions | | NA
""")

DATASET = Dataset(
    name="gdp_pop_latent",
    title="New Estimates of Over 500 Years of Historic GDP and Population Data",
    producer="Christopher J. Fariss, Therese Anders, Jonathan N. Markowitz and Miriam Barnum",
    version="as in the R package isard 0.2.0",
    home="https://svmiller.com/isard",
    doi="10.1177/00220027211054432",
    licence="unknown; the package GPL-2",
    redistribution="unknown",
    # At the latest: the year of the article on the data.
    released="2022",
    citation=(
        "Fariss, C. J., Anders, T., Markowitz, J. N., & Barnum, M. (2022). New estimates of over "
        "500 years of historic GDP and population data. Journal of Conflict Resolution, 66(3), "
        "553-591. https://doi.org/10.1177/00220027211054432"
    ),
    bibtex="""@article{gdp_pop_latent,
  author = {Fariss, Christopher J. and Anders, Therese and Markowitz, Jonathan N. and
    Barnum, Miriam},
  title = {New Estimates of Over 500 Years of Historic {GDP} and Population Data},
  journal = {Journal of Conflict Resolution},
  volume = {66},
  number = {3},
  pages = {553--591},
  year = {2022},
  doi = {10.1177/00220027211054432}
}""",
    unit="state-year",
    keys=("ccode", "year"),
    span=(1816, 2019),
    originals=(
        Original(
            FILE,
            "205017f75f9d65b1b01c48d594a018e6ef7de285891dfea15b2dfb95a5174b97",
            679708,
            raw_address(
                "svmiller/isard",
                "46944ad97a5532cd8e3b33129463c8435a69846a",
                "data/cw_gdppop.rda",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3"),),
    traps=(
        (
            "Constant prices at purchasing power: right for ratios of power, wrong under trade in "
            "current dollars."
        ),
        "These are estimates from a model; use them with their standard deviations.",
        "Missing where the two lists of states disagree on when a state became independent.",
    ),
)
