"""Ideal points of states in the UN General Assembly 1946-2024, July 2025."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, StateCode
from beholden.sources.sets.un_ideal_points_2020 import CITATION, entry
from beholden.sources.statafiles import read_stata
from beholden.sources.tidying import columns_of, typed
from beholden.sources.un_tools import originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FOLDER = "un_ideal_points_2025"
FILE = f"{FOLDER}/IdealpointsJuly2025.dta"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(
        read_stata(paths[FILE]),
        keys=DATASET.keys,
        text=("iso3c", "countryname"),
        whole=("ccode", "year", "nvotesfp", "nvotesall", "nvoteslegacy"),
    )


COLUMNS = columns_of("""
ccode | Correlates of War number
iso3c | ISO 3166 alpha-3 code as the source has it; empty in 17 rows
countryname | name of the state; empty in the same 17 rows
year | year in which the session opens: session s is 1945 + s
idealpointfp | estimate from votes on final passage | latent scale | higher = nearer to the US
idealpointall | estimate from all roll calls, to 2023 | latent scale | higher = nearer to the US
idealpointlegacy | estimate by the old procedure, to 2023 | latent scale | higher = nearer to the US
nvotesfp | votes that idealpointfp rests on
qofp | smallest draw of the posterior of idealpointfp
q5fp | 5% quantile of it
q10fp | 10% quantile of it
q50fp | median of it
q90fp | 90% quantile of it
q95fp | 95% quantile of it
q100fp | largest draw of it
nvotesall | votes that idealpointall rests on
qoall | smallest draw of the posterior of idealpointall
q5all | 5% quantile of it
q10all | 10% quantile of it
q50all | median of it
q90all | 90% quantile of it
q95all | 95% quantile of it
q100all | largest draw of it
nvoteslegacy | votes that idealpointlegacy rests on
""")

DATASET = Dataset(
    name=FOLDER,
    title="United Nations General Assembly ideal points 1946-2024",
    producer="Bailey, Strezhnev and Voeten",
    version="July 2025",
    home="https://doi.org/10.7910/DVN/LEJUQZ",
    doi="10.7910/DVN/LEJUQZ",
    licence="presumably CC0 1.0 at Harvard Dataverse, not checked",
    redistribution="unknown",
    released="2025-07",
    citation=CITATION,
    bibtex=entry(FOLDER),
    unit="state-year",
    keys=("ccode", "year"),
    span=(1946, 2024),
    originals=originals_in(
        FOLDER,
        "lucasbuildsapps/Masterthesis",
        "5298218d5b57",
        "",
        "IdealpointsJuly2025.dta "
        "fea7fa9414e3643586dbdf95baa1100ceb418e56684d79d801a146cad79443ce 1331515",
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3"),),
    traps=(
        "Three estimates that must not be mixed: fp reaches 2024, all and legacy end in 2023.",
        "The year is that of the session, voted mostly from September to December.",
        "17 rows have no iso3c, no name and only the legacy estimate, such as Japan 1956.",
        (
            "In iso3c YAR stands for both 678 and 680, and Serbia is YUG; Russia 365 includes the "
            "USSR."
        ),
        (
            "Levels are comparable over time only through the model; the whole distribution shifts "
            "in 2022."
        ),
    ),
)
