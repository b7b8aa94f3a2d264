"""UNCTAD's matrix of merchandise trade in 2015."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.crosswalks import with_codes
from beholden.sources.statafiles import read_stata
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "unctad_trade_2015/15DiGraph_All.dta"
NAMES = {"source": "exporter", "target": "importer", "edgewidth": "export"}
TEXT = ("exporter", "importer", "exporter_code", "importer_code")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for an exporter and an importer.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = read_stata(paths[FILE]).rename(NAMES).with_columns(year=pl.lit(2015))
    coded = with_codes(frame, "unctad", "exporter", "importer")
    return typed(coded, keys=DATASET.keys, text=TEXT).select(*DATASET.columns)


COLUMNS = columns_of("""
year | calendar year
exporter | name of the exporter, as in the original, without blanks
exporter_code | ISO code of the exporter, from a table of names made for this reader
importer | name of the importer, as in the original, without blanks
importer_code | ISO code of the importer, from a table of names made for this reader
export | merchandise exports, all products, free on board; estimated for who does not report | \
thousand current US dollars | from exporter to importer
""")

DATASET = Dataset(
    name="unctad_trade_2015",
    title="UNCTADstat: Merchandise trade matrix, annual: 2015",
    producer="United Nations Conference on Trade and Development",
    version="2015, as of 27 March 2017",
    home="https://unctadstat.unctad.org",
    doi="",
    licence="UNCTADstat, free use with attribution",
    redistribution="unknown",
    # At the latest: the day on which the file was saved.
    released="2017-03-27",
    citation="UNCTAD. (2018). UNCTADstat: Merchandise trade matrix, annual.",
    bibtex="""@misc{unctad_trade_2015,
  author = {{UNCTAD}},
  title = {{UNCTADstat}: Merchandise trade matrix, annual},
  year = {2018},
  url = {https://unctadstat.unctad.org}
}""",
    unit="directed dyad-year",
    keys=("year", "exporter", "importer"),
    span=(2015, 2015),
    originals=(
        Original(
            FILE,
            "fdb5123c6452f6640b43515b44011f255bf93083915f4f61828ea813109e9df1",
            2065232,
            raw_address(
                "carlaint/IMF-Trade-Networks",
                "c1c66b01138755a72e015fe68b0cfe6802894dfc",
                "STATA/datasets2pt/15DiGraph_All.dta",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(
        StateCode("exporter_code", "iso3", "exporter_iso3"),
        StateCode("importer_code", "iso3", "importer_iso3"),
    ),
    traps=(
        "UNCTAD fills in who does not report, so North Korea stands on both sides.",
        (
            "North Korea's exports to China are such an estimate, about 25% above what Chinese "
            "customs counted; China's exports to North Korea equal its customs."
        ),
        "Values are thousands of dollars.",
        "The original squeezes the blanks out of names.",
    ),
)
