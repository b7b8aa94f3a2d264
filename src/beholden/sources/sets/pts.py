"""The Political Terror Scale, 2024 release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read", "scale"]

FILE = "pts/PTS-2024.csv"
TEXT = ("country", "country_old", "cow_code_a", "wordbank_code_a", "region")
WHOLE = ("year", "cow_code_n", "un_code_n", "na_status_a", "na_status_h", "na_status_s")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country or territory in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return scale(paths[FILE], "latin-1")


def scale(path: Path, encoding: str = "utf8") -> pl.DataFrame:
    """One release of the scale.

    Parameters
    ----------
    path : Path
        The original.
    encoding : str
        Of its texts.
    """
    frame = csv_as_text(path, encoding=encoding)
    return typed(frame, keys=("country", "year"), text=TEXT, whole=WHOLE)


COLUMNS = columns_of("""
country | name of the country or territory
country_old | name it had in that year
year | calendar year
cow_code_a | Correlates of War abbreviation | | | NA
cow_code_n | Correlates of War number; empty for Serbia, the Soviet Union and territories | | | NA
wordbank_code_a | World Bank code | | | NA
un_code_n | United Nations number | | | NA
region | region of the world, abbreviated
pts_a | score from Amnesty International's report | 1 to 5 | higher = more terror | NA
pts_h | score from Human Rights Watch, mostly from 2013 | 1 to 5 | higher = more terror | NA
pts_s | score from the US State Department's report | 1 to 5 | higher = more terror | NA
na_status_a | why pts_a is missing: 0 coded, 66, 77, 88 or 99 a reason
na_status_h | why pts_h is missing: 0 coded, 66, 77, 88 or 99 a reason
na_status_s | why pts_s is missing: 0 coded, 66, 77, 88 or 99 a reason
""")

DATASET = Dataset(
    name="pts",
    title="The Political Terror Scale 1976-2023",
    producer="Political Terror Scale",
    version="PTS-2024",
    home="https://www.politicalterrorscale.org/Data/",
    doi="",
    licence="free with citation; exact terms unknown",
    redistribution="unknown",
    released="2024",
    citation=(
        "Gibney, M., Haschke, P., Arnon, D., Pisano, A., Barrett, G., Park, B., & Barnes, J. "
        "(2024). The Political Terror Scale 1976-2023 [Data set]. "
        "https://www.politicalterrorscale.org"
    ),
    bibtex="""@misc{pts,
  author = {Gibney, Mark and Haschke, Peter and Arnon, Daniel and Pisano, Attilio and
    Barrett, Gray and Park, Baekkwan and Barnes, Jennifer},
  title = {The {Political} {Terror} {Scale} 1976-2023},
  year = {2024},
  note = {Data set, release PTS-2024},
  url = {https://www.politicalterrorscale.org}
}""",
    unit="state-year",
    keys=("country", "year"),
    span=(1976, 2023),
    originals=(
        Original(
            FILE,
            "a09d5d81584dcff8e3d4697411ba2fe4a429f47c96514fe2c43af3e8875c779b",
            643303,
            raw_address("Mohsnmonji/Political-Terror_Dashboard", "9546967ed2dc", "PTS-2024.csv"),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("cow_code_n", "cow", "iso3"),),
    traps=(
        "The scale ends at 5, so it cannot rank states that are all at 5.",
        "What the scale covers widened over time.",
        "The United States have almost no pts_s: the State Department does not report on them.",
        "Serbia, the Soviet Union and territories have no Correlates of War code.",
        (
            "Every state has a row in every year, without scores before and after its time. Two "
            "Yugoslavias share the code 345, and both have scores in 1991 and 1992."
        ),
    ),
)
