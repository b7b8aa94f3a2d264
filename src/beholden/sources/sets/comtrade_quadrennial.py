"""UN Comtrade export totals every four years, as in the R package penppml."""

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

FILE = "comtrade_quadrennial/trade.rda"
NAMES = {
    "time": "year",
    "exp": "exporter",
    "imp": "importer",
    "export": "export",
    "id": "agreement_id",
    "agreement": "agreement",
}


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for an exporter, an importer and a year; provisions of agreements are left out.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = read_r(paths[FILE]).select(NAMES.keys()).rename(NAMES)
    return typed(
        frame,
        keys=DATASET.keys,
        whole=("year", "agreement_id"),
        text=("exporter", "importer", "agreement"),
    )


COLUMNS = columns_of("""
year | calendar year, every fourth from 1964
exporter | three letters for the exporter, mostly its ISO code
importer | three letters for the importer, mostly its ISO code
export | merchandise exports as the exporter reports them, free on board | current US dollars | \
from exporter to importer; 0 is either no trade or not reported
agreement_id | number of the trade agreement in force between the two; 0 none
agreement | its name
""")

DATASET = Dataset(
    name="comtrade_quadrennial",
    title="UN Comtrade export totals every four years",
    producer="United Nations Statistics Division",
    version="1964-2016, as in the R package penppml 0.2.4",
    home="https://comtradeplus.un.org",
    doi="",
    licence=(
        "UN Comtrade: no bulk redistribution of raw data, derived extracts with attribution; "
        "the package MIT"
    ),
    redistribution="forbidden",
    # The selection is the package's: the same bytes were in its 0.1.1.
    released="2022-01-03",
    citation=(
        "United Nations. UN Comtrade database ; Breinlich, H., Corradi, V., Rocha, N., Ruta, M., "
        "Santos Silva, J. M. C., & Zylkin, T. (2021). Machine learning in international trade "
        "research (Policy Research Working Paper 9629). World Bank. "
        "http://hdl.handle.net/10986/35451 ; Mattoo, A., Rocha, N., & Ruta, M. (2020). Handbook "
        "of deep trade agreements. World Bank."
    ),
    bibtex="""@misc{comtrade_quadrennial,
  author = {{United Nations}},
  title = {{UN} {Comtrade} database},
  url = {https://comtradeplus.un.org},
  note = {Export totals 1964-2016 as in the R package penppml 0.2.4}
}""",
    unit="directed dyad-year",
    keys=("year", "exporter", "importer"),
    span=(1964, 2016),
    originals=(
        Original(
            FILE,
            "d97178aa1cfa26b89f24a70004f86b4de6c36a903d3a5b5bb0e7da7d7870ee9e",
            989324,
            raw_address(
                "cran/penppml", "422ae24bae6a1b55b23639510d812e07287a44fd", "data/trade.rda"
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(
        StateCode("exporter", "iso3", "exporter_iso3"),
        StateCode("importer", "iso3", "importer_iso3"),
    ),
    traps=(
        "North Korea is an importer only, for it reports nothing; China has no rows before 1984.",
        (
            "125,104 zeros mix no trade with figures that were never reported; nothing is filled "
            "in from what the partner reports."
        ),
        "The package's help promises 194,092 rows; the file has 316,317.",
        (
            "Some codes are not those of ISO, such as ROM for Romania, ZAR for Zaire and SVR "
            "and SVU for the Soviet Union, and name no state here."
        ),
    ),
)
