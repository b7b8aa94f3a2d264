"""Correlates of War dyadic trade, version 4.0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.family_states import COW_LICENCE
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "cow_trade_v4/cow_trade_ddy.rds"
WHOLE = ("ccode1", "ccode2", "year")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a directed dyad in a year; each pair of states stands in both orders.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(read_r(paths[FILE]), keys=DATASET.keys, whole=WHOLE)


COLUMNS = columns_of("""
ccode1 | Correlates of War code of the first state
ccode2 | Correlates of War code of the second state
year | calendar year
flow1 | imports of state 1 from state 2 | million current US dollars, rounded to whole millions | \
goods flow from state 2 to state 1; 0 is often not reported rather than none | NA
flow2 | imports of state 2 from state 1 | million current US dollars, rounded to whole millions | \
goods flow from state 1 to state 2; 0 is often not reported rather than none | NA
smoothflow1 | flow1 with outliers smoothed by the producers | million current US dollars | \
as flow1 | NA
smoothflow2 | flow2 with outliers smoothed by the producers | million current US dollars | \
as flow2 | NA
""")

DATASET = Dataset(
    name="cow_trade_v4",
    title="Correlates of War Project Trade Data Set: dyadic trade",
    producer="Katherine Barbieri and Omar M. G. Keshk, Correlates of War Project",
    version="4.0, as directed dyad-years in the R package peacesciencer",
    home="https://correlatesofwar.org/data-sets/bilateral-trade/",
    doi="10.1177/0738894209343887",
    licence=COW_LICENCE,
    redistribution="forbidden",
    released="2016",
    citation=(
        "Barbieri, K., & Keshk, O. M. G. (2016). Correlates of War Project Trade Data Set "
        "codebook, version 4.0. https://correlatesofwar.org ; Barbieri, K., Keshk, O. M. G., & "
        "Pollins, B. M. (2009). Trading data: Evaluating our assumptions and coding rules. "
        "Conflict Management and Peace Science, 26(5), 471-491. "
        "https://doi.org/10.1177/0738894209343887 ; Miller, S. V. (2022). peacesciencer. "
        "Conflict Management and Peace Science, 39(6), 755-779."
    ),
    bibtex="""@misc{cow_trade_v4,
  author = {Barbieri, Katherine and Keshk, Omar M. G.},
  title = {{Correlates} of {War} Project Trade Data Set codebook, version 4.0},
  year = {2016},
  url = {https://correlatesofwar.org/data-sets/bilateral-trade/},
  note = {Data set. See also Barbieri, Keshk and Pollins (2009), doi:10.1177/0738894209343887}
}""",
    unit="directed dyad-year",
    keys=("ccode1", "ccode2", "year"),
    span=(1870, 2014),
    originals=(
        Original(
            FILE,
            "b904e5dad332013c1ee68188c099902e18417ef906e9545043db30212420aeb7",
            4148977,
            raw_address(
                "svmiller/svmiller.github.io",
                "05300716985a2a0997138ea2b459889db6e675eb",
                "R/peacesciencer/cow_trade_ddy.rds",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode1", "cow", "iso3_1"), StateCode("ccode2", "cow", "iso3_2")),
    traps=(
        (
            "A zero often means that nobody reported: zeros between socialist states before "
            "1992 and between the two Koreas are corrected to missing; the Soviet Union's "
            "zeros with other states are not."
        ),
        (
            "Several countries book South Korean goods under North Korea, so its partners before "
            "about 2010 measure reporting error as much as dependence."
        ),
        (
            "Values are whole millions: positive flows under 0.5 million read 0. Version 3 "
            "keeps two decimals to 2009."
        ),
        "Dyad-years with all four values missing are absent, which is missing and not zero.",
        "Each pair stands in both orders: do not sum both.",
        (
            "Flows come from the importer, with insurance and freight: about 10% above what the "
            "exporter reports."
        ),
        (
            "Germany is 255 to 1945 and from 1990, in between 260 and 265; Yemen 678 and 680, then "
            "679; Czechoslovakia 315, then 316 and 317; Vietnam 816 and 817; the Soviet Union and "
            "Russia share 365, Yugoslavia and Serbia 345."
        ),
    ),
)
