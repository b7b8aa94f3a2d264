"""The democracy indices of V-Dem version 15, 1789-2024."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_vdem as family
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "vdem_v15_indices/vdem_simple.rda"
DOI = "10.23696/vdemds25"
INDICES = ("polyarchy", "libdem", "partipdem", "delibdem", "egaldem", "api", "mpi")
CODES = [f"v2x_{index}{end}" for index in INDICES for end in ("", "_codelow", "_codehigh", "_sd")]
TEXT = ("vdem_country_name", "country_text_id", "histname", "extended_country_name")
WHOLE = [
    "country_id",
    "year",
    "project",
    "historical",
    "codingstart",
    "codingend",
    "codingstart_contemp",
    "codingend_contemp",
    "codingstart_hist",
    "codingend_hist",
    "gapstart1",
    "gapstart2",
    "gapstart3",
    "gapend1",
    "gapend2",
    "gapend3",
    "gap_index",
    "vdem_cowcode",
    "gwn",
    "cown",
]


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(
        read_r(paths[FILE], "vdem_simple"),
        keys=DATASET.keys,
        text=TEXT,
        whole=WHOLE,
        dates=("historical_date",),
        flags=("in_gw_system",),
    )


COLUMNS = columns_of("""
vdem_country_name | name of the country
country_text_id | V-Dem's letters for the country, like ISO 3166 but not the same
country_id | V-Dem's number of the country
year | calendar year
historical_date | last day that the row speaks of
project | part of V-Dem: 0 contemporary, 1 historical, 2 both
historical | whether historical V-Dem covers the country
histname | name of the country at the time
codingstart | first year coded
codingend | last year coded
codingstart_contemp | first year coded in contemporary V-Dem
codingend_contemp | last year coded in contemporary V-Dem
codingstart_hist | first year coded in historical V-Dem
codingend_hist | last year coded in historical V-Dem
gapstart1 | first gap in the coding: first year
gapstart2 | second gap in the coding: first year
gapstart3 | third gap in the coding: first year
gapend1 | first gap in the coding: last year
gapend2 | second gap in the coding: last year
gapend3 | third gap in the coding: last year
gap_index | number of the stretch without a gap
vdem_cowcode | Correlates of War number as V-Dem has it
extended_country_name | name in the Gleditsch-Ward list
gwn | Gleditsch-Ward number; empty for what is no state
cown | Correlates of War number
in_gw_system | whether it was a state of the Gleditsch-Ward list in the year
""")

DATASET = Dataset(
    name="vdem_v15_indices",
    title="V-Dem version 15, democracy indices with intervals, 1789-2024",
    producer="V-Dem Institute",
    version="v15",
    home="https://www.v-dem.net/data/the-v-dem-dataset/",
    doi=DOI,
    licence=family.LICENCE,
    redistribution="allowed",
    released="2025-03-13",
    citation=family.citation(2025, "v15", DOI),
    bibtex=family.vdem_bibtex("vdem_v15_indices", 2025, "v15", DOI),
    unit="state-year",
    keys=("country_text_id", "year"),
    span=(1789, 2024),
    originals=(
        Original(
            "vdem_v15_indices/vdem_simple.rda",
            "845ce0573dab21baa8781f90b88614fcd87a3c62d7652782667c959e1e93864d",
            414861,
            raw_address("xmarquez/democracyData", "29ea0a242c29", "data/vdem_simple.rda"),
        ),
    ),
    columns=COLUMNS | {code: family.vdem_column(code) for code in CODES},
    read=read,
    states=(StateCode("vdem_cowcode", "cow", "iso3"),),
    traps=(
        "North Korea is not lowest on v2x_polyarchy: elections with suffrage lift the index.",
        "The indices bunch at the bottom; ranks among closed autocracies are within the error.",
        "v2x_libdem contains freedom of foreign movement.",
        (
            "vdem_cowcode is V-Dem's own: Germany is 260 from 1949 to 1990 and 255 else, Serbia "
            "345 throughout; country_text_id is not ISO 3166, for VDR is South Vietnam here."
        ),
        "Colonies and years before independence are kept; gwn is empty for what is no state.",
    ),
)
