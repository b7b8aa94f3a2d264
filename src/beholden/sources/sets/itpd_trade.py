"""The International Trade and Production Database for Estimation, totals of release 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.errors import TableError
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.rfiles import read_r, read_r_dimnames, read_r_list
from beholden.sources.tidying import columns_of, raw_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

MATRICES = "itpd_trade/itpd_aggregated.rds"
STATES = "itpd_trade/country_list.RData"
REPOSITORY = ("dennis-klein/arms-trade-networks", "d450d2494789177b73726ef3ef8c288ee085be28")
FIRST_YEAR = 2000


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for an exporter, an importer and a year with a positive flow.

    Parameters
    ----------
    paths : mapping of str to Path
        The two originals by their names.
    """
    path = paths[MATRICES]
    matrices, names = read_r_list(path), read_r_dimnames(path)
    years = [
        _flows(FIRST_YEAR + position, np.asarray(matrices[key]), names[key])
        for position, key in enumerate(matrices)
    ]
    flows = pl.concat(years)
    for side in ("exporter", "importer"):
        codes = _codes(paths[STATES], side)
        flows = flows.join(codes, on=side, how="left", maintain_order="left")
    return flows.select(*DATASET.columns).sort(DATASET.keys)


def _flows(year: int, matrix: np.ndarray, names: list[list[str | None]]) -> pl.DataFrame:
    """The positive cells of one year's matrix, which has exporters in rows."""
    rows, columns = names
    if matrix.shape != (len(rows), len(columns)):
        raise TableError(f"{MATRICES}: expected names for {matrix.shape} cells in {year}.")
    at, to = np.nonzero(matrix)
    return pl.DataFrame(
        {
            "year": np.full(len(at), year, np.int64),
            "exporter": pl.Series(rows, dtype=pl.String).gather(at),
            "importer": pl.Series(columns, dtype=pl.String).gather(to),
            "domestic": at == to,
            "trade": matrix[at, to],
        }
    )


def _codes(path: Path, side: str) -> pl.DataFrame:
    """Names of the packager with the ISO code that belongs to them, if any does."""
    code = pl.col("iso3").replace("0", None)
    return read_r(path).select(pl.col("V1").alias(side), code.alias(f"{side}_code"))


COLUMNS = columns_of("""
year | calendar year
exporter | name of the exporter, as the packager of the file writes it
exporter_code | three letters for the exporter, mostly its ISO code | | | 0
importer | name of the importer, as the packager of the file writes it
importer_code | three letters for the importer, mostly its ISO code | | | 0
domestic | whether exporter and importer are the same, so that the flow is domestic trade
trade | goods and services sold by the exporter to the importer, sum over 170 industries | \
US dollars of 2010, deflated with the US consumer price index | from exporter to importer
""")

DATASET = Dataset(
    name="itpd_trade",
    title="International Trade and Production Database for Estimation (ITPD-E): totals of pairs",
    producer="United States International Trade Commission",
    version="release 1 (ITPD_E_R01), summed over industries and deflated to 2010",
    home="https://www.usitc.gov/data/gravity/itpde.htm",
    doi="10.1016/j.inteco.2020.08.001",
    licence="US government, public use with citation",
    redistribution="unknown",
    # Summed and deflated for a study handed in on that day; release 1 itself is of 2020.
    released="2022-05-23",
    citation=(
        "Borchert, I., Larch, M., Shikher, S., & Yotov, Y. V. (2021). The international trade "
        "and production database for estimation (ITPD-E). International Economics, 166, 140-166. "
        "https://doi.org/10.1016/j.inteco.2020.08.001"
    ),
    bibtex="""@article{itpd_trade,
  author = {Borchert, Ingo and Larch, Mario and Shikher, Serge and Yotov, Yoto V.},
  title = {The International Trade and Production Database for Estimation ({ITPD-E})},
  journal = {International Economics},
  volume = {166},
  pages = {140--166},
  year = {2021},
  doi = {10.1016/j.inteco.2020.08.001}
}""",
    unit="directed dyad-year",
    keys=("year", "exporter", "importer"),
    span=(2000, 2016),
    originals=(
        Original(
            MATRICES,
            "2f6617fe8bd7148ee86386c23c329345e1e1d2f15849d6d27442aec5c14ded42",
            3527323,
            raw_address(*REPOSITORY, "data/out/itpd_aggregated.rds"),
        ),
        Original(
            STATES,
            "1d12ff2b5bab03502889dd64f463d056c6d3f2ef621d8b723d5f3027b21f6cf9",
            4550,
            raw_address(*REPOSITORY, "data/out/country_list.RData"),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(
        StateCode("exporter_code", "iso3", "exporter_iso3"),
        StateCode("importer_code", "iso3", "importer_iso3"),
    ),
    traps=(
        "An absent pair is either no trade or not reported; the original writes 0 for both.",
        (
            "Dollars are those of 2010. For current dollars multiply by the US consumer price "
            "index of the year over 218.056 (2014: 236.736, 2016: 240.007)."
        ),
        (
            "North Korea's exports to China run 10-25% below Chinese customs, far more in "
            "2000-2003, because only goods that could be assigned to an industry are kept."
        ),
        "Domestic trade stands on the diagonal of the original; a correction drops it.",
        (
            "Names and some codes are the packager's own, such as MON for Monaco or SOV for the "
            "Soviet Union, which has no figures, and name no state."
        ),
    ),
)
