"""A selection of indicators of V-Dem version 15, 1990-2024."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_vdem as family
from beholden.sources.base import Column, Dataset, Original, StateCode
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "vdem_v15_indices/vdem_data.rda"
DOI = "10.23696/vdemds25"
CODES = """
v2x_corr v2exbribe v2xcl_prpty v2xcl_acjst v2juhcind v2juncind v2juaccnt v2pepwrgen v2pepwrsoc
v2pepwrses v2xlg_legcon v2x_gender v2stcritrecadm v2clrspct v2cseeorgs v2dlengage v2clacfree
v2csreprss v2x_civlib v2x_cspart v2clstown v2clacjstm v2clacjstw v2lgqugen v2cldiscm v2cldiscw
v2cacamps v2peapsecon v2peasjsoecon v2peapsgen v2peapspol v2peasjpol v2x_pubcorr v2x_execorr
v2lgcrrpt v2dlencmps v2peedueq v2pehealth v2peasbepol v2cafres v2cafexch v2x_rule v2xed_ed_cent
v2xed_ed_ctag v2xed_ed_con v2edteautonomy v2edteunionindp
"""


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year, under V-Dem's own codes.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = read_r(paths[FILE], "vdem_data")
    bare = frame.rename({name: name.removeprefix("vdem_core_") for name in frame.columns})
    return typed(bare, keys=DATASET.keys, text=("country_code",))


DATASET = Dataset(
    name="vdem_v15_indicators",
    title="V-Dem version 15, selection of indicators, 1990-2024",
    producer="V-Dem Institute",
    version="v15 (selection)",
    home="https://www.v-dem.net/data/the-v-dem-dataset/",
    doi=DOI,
    licence=family.LICENCE,
    redistribution="allowed",
    released="2025-03-13",
    citation=family.citation(2025, "v15", DOI),
    bibtex=family.vdem_bibtex("vdem_v15_indicators", 2025, "v15", DOI),
    unit="state-year",
    keys=("country_code", "year"),
    span=(1990, 2024),
    originals=(
        Original(
            "vdem_v15_indices/vdem_data.rda",
            "eb0797d7975d6d3cd9d9f4661edd4d2d6cfdb079c15feca222c6df24c57f14d8",
            198361,
            raw_address("WB-PIDA-Data-Science-Shop/cliaretl", "996350d2b4a1", "data/vdem_data.rda"),
        ),
    ),
    columns={
        "country_code": Column("code of the country, ISO 3166 with exceptions"),
        "year": Column("calendar year"),
    }
    | {code: family.vdem_column(code) for code in CODES.split()},
    read=read,
    states=(StateCode("country_code", "iso3", "iso3"),),
    traps=(
        "There is no freedom of foreign movement (v2clfmove) in this selection.",
        (
            "v2clstown: higher is less state ownership. Corruption indices (v2x_corr, v2x_execorr, "
            "v2x_pubcorr): higher is more corrupt."
        ),
    ),
)
