"""Correlates of War dyadic trade, version 3.0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.family_states import COW_LICENCE
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "cow_trade_v3/dyadic_trade.rda"
WHOLE = ("ccode1", "ccode2", "year", "source1", "source2")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a pair of states in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.

    Notes
    -----
    A code with a fraction is no code of the list and becomes null; cut to its whole part it
    would name a state that the row is not about.
    """
    code = pl.col("ccode1")
    frame = read_r(paths[FILE]).with_columns(pl.when(code == code.floor()).then(code))
    return typed(frame, keys=DATASET.keys, whole=WHOLE, text=("importer1", "importer2"))


COLUMNS = columns_of("""
ccode1 | Correlates of War code of the first state, the lower of the two; null for Hong Kong | \
| | 710.1
ccode2 | Correlates of War code of the second state
year | calendar year
importer1 | name of the first state
importer2 | name of the second state
flow1 | imports of state 1 from state 2 | million current US dollars, two decimals | \
goods flow from state 2 to state 1; 0 is often not reported rather than none | -9
flow2 | imports of state 2 from state 1 | million current US dollars, two decimals | \
goods flow from state 1 to state 2; 0 is often not reported rather than none | -9
source1 | producers' code of where flow1 comes from: 1 yearbooks, 2 and 13 reported to the IMF
source2 | producers' code of where flow2 comes from: 1 yearbooks, 2 and 13 reported to the IMF
""")

DATASET = Dataset(
    name="cow_trade_v3",
    title="Correlates of War Project Trade Data Set: dyadic trade",
    producer="Katherine Barbieri and Omar M. G. Keshk, Correlates of War Project",
    version="3.0, as in the R package dyadr",
    home="https://correlatesofwar.org/data-sets/bilateral-trade/",
    doi="10.1177/0738894209343887",
    licence=COW_LICENCE,
    redistribution="forbidden",
    released="2012",
    citation=(
        "Barbieri, K., & Keshk, O. (2012). Correlates of War Project Trade Data Set codebook, "
        "version 3.0 ; Barbieri, K., Keshk, O. M. G., & Pollins, B. M. (2009). Trading data: "
        "Evaluating our assumptions and coding rules. Conflict Management and Peace Science, "
        "26(5), 471-491. https://doi.org/10.1177/0738894209343887"
    ),
    bibtex="""@misc{cow_trade_v3,
  author = {Barbieri, Katherine and Keshk, Omar},
  title = {{Correlates} of {War} Project Trade Data Set codebook, version 3.0},
  year = {2012},
  url = {https://correlatesofwar.org/data-sets/bilateral-trade/},
  note = {Data set. See also Barbieri, Keshk and Pollins (2009), doi:10.1177/0738894209343887}
}""",
    unit="dyad-year",
    keys=("ccode1", "ccode2", "year"),
    span=(1870, 2009),
    originals=(
        Original(
            FILE,
            "ff2bd4906fdd1dfbc2c28f9a002563a8b82c202cb3158a6d5922459b63cb9b33",
            1480589,
            raw_address(
                "RandiLGarcia/dyadr",
                "5d317dceb2e278887b9684e172bd79a0c12974af",
                "data/dyadic_trade.rda",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode1", "cow", "iso3_1"), StateCode("ccode2", "cow", "iso3_2")),
    traps=(
        (
            "Superseded by version 4 for its revisions of 1999-2009; kept for its decimals and its "
            "source codes."
        ),
        "Rows with a missing flow were dropped: an absent row is missing, not zero.",
        (
            "A zero often means that nobody reported: zeros between socialist states before "
            "1992 and between the two Koreas are corrected to missing; the Soviet Union's "
            "zeros with other states are not."
        ),
        "Several countries book South Korean goods under North Korea, as in version 4.",
        "The code 710.1 stands for Hong Kong, in three rows on its trade with Taiwan.",
    ),
)
