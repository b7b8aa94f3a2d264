"""What the CIRI files have in common: codes for missing, columns, citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.tidying import columns_of, csv_as_text, typed

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

__all__ = [
    "CITATION",
    "HOME",
    "IDENTITY",
    "LATENT_CITATION",
    "PHYSINT",
    "PRODUCER",
    "SWAPPED",
    "TRAPS",
    "ciri_table",
]

PRODUCER = "CIRI Human Rights Data Project"
HOME = "http://www.humanrightsdata.com"
CITATION = (
    "Cingranelli, D. L., Richards, D. L., & Clay, K. C. (2014). The CIRI Human Rights Dataset "
    "(Version 2014.04.14). http://www.humanrightsdata.com"
)
LATENT_CITATION = (
    "Schnakenberg, K. E., & Fariss, C. J. (2014). Dynamic patterns of human rights practices. "
    "Political Science Research and Methods, 2(1), 1-31. https://doi.org/10.1017/psrm.2013.15"
)
SWAPPED = (
    "In the file the labels of domestic and foreign movement are exchanged; the declared "
    "correction puts them right."
)
TRAPS = (
    (
        "Predecessor states keep rows to the end, empty after their time, so a Correlates of War "
        "number can stand twice in a year; the CIRI number is unique."
    ),
)
_MISSING = ("", "NA", "-999", "-66", "-77")

IDENTITY = columns_of("""
ctry | name of the country
year | calendar year
ciri | number in the CIRI data
cow | Correlates of War number
""")
PHYSINT = columns_of("""
disap | disappearances: 0 frequent, 2 none reported | 0 to 2 | higher = better | -999 -66 -77
kill | extrajudicial killing: 0 frequent, 2 none reported | 0 to 2 | higher = better | -999 -66 -77
polpris | political imprisonment: 0 frequent, 2 none | 0 to 2 | higher = better | -999 -66 -77
tort | torture: 0 frequent, 2 none reported | 0 to 2 | higher = better | -999 -66 -77
""")


def ciri_table(path: Path) -> pl.DataFrame:
    """A CIRI file with its codes for missing (unknown, interregnum, occupation) as null.

    Parameters
    ----------
    path : Path
        The original.
    """
    frame = csv_as_text(path, missing=_MISSING)
    keys, whole = ("ciri", "year"), ("year", "ciri", "cow")
    return typed(frame, keys=keys, text=("ctry",), whole=whole)
