"""Ideal points of states in the UN General Assembly, April 2020, overall and by issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, typed
from beholden.sources.un_tools import originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["CITATION", "DATASET", "entry", "read"]

FOLDER = "un_ideal_points_2020"
FILES = {
    "all": "IdealpointestimatesAll_Apr2020.csv",
    "human_rights": "IdealpointestimatesHumanRights_Apr2020.csv",
    "important": "IdealpointestimatesImportant_Apr2020.csv",
    "middle_east": "IdealpointestimatesMiddleEast_Apr2020.csv",
    "no_nukes": "IdealpointestimatesNoNukes_Apr2020.csv",
    "nuclear": "IdealpointestimatesNuclear_Apr2020.csv",
}
NAMES = (
    *("row", "ccode", "session", "nvotes", "ideal_point"),
    *("q0", "q5", "q10", "q50", "q90", "q95", "q100", "iso3c", "country_name"),
)
CITATION = (
    "Bailey, M. A., Strezhnev, A., & Voeten, E. (2017). Estimating dynamic state preferences from "
    "United Nations voting data. Journal of Conflict Resolution, 61(2), 430-456. "
    "https://doi.org/10.1177/0022002715595700"
)


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a session, estimated from the roll calls of one issue.

    Parameters
    ----------
    paths : mapping of str to Path
        The six originals by their names.
    """
    frame = pl.concat(
        csv_as_text(paths[f"{FOLDER}/{file}"], encoding="latin-1")
        .pipe(_renamed)
        .insert_column(0, pl.lit(issue).alias("issue"))
        for issue, file in FILES.items()
    )
    # Session s opens in September of 1945 + s.
    return typed(
        frame.drop("row").with_columns(year=pl.col("session").cast(pl.Int64) + 1945),
        keys=DATASET.keys,
        text=("issue", "iso3c", "country_name"),
        whole=("ccode", "session", "year", "nvotes"),
    )


def _renamed(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns under the names they share; the files add their issue to each."""
    return frame.rename(dict(zip(frame.columns, NAMES, strict=True)))


def entry(key: str) -> str:
    """The BibTeX entry of the article under a key."""
    return f"""@article{{{key},
  author = {{Bailey, Michael A. and Strezhnev, Anton and Voeten, Erik}},
  title = {{Estimating dynamic state preferences from {{United}} {{Nations}} voting data}},
  journal = {{Journal of Conflict Resolution}},
  year = {{2017}},
  volume = {{61}},
  number = {{2}},
  pages = {{430--456}},
  doi = {{10.1177/0022002715595700}}
}}"""


COLUMNS = columns_of("""
issue | roll calls used: all, human_rights, important, middle_east, no_nukes or nuclear
ccode | Correlates of War number
session | session of the Assembly
nvotes | roll calls in which the state voted
ideal_point | estimate, mean of the posterior | latent scale | higher = nearer to the US-led order
q0 | smallest draw of the posterior
q5 | 5% quantile of the posterior
q10 | 10% quantile
q50 | median
q90 | 90% quantile
q95 | 95% quantile
q100 | largest draw
iso3c | ISO 3166 alpha-3 code as the source has it
country_name | name of the state
year | year in which the session opens, 1945 + session
""")

DATASET = Dataset(
    name=FOLDER,
    title="United Nations General Assembly ideal points, overall and by issue",
    producer="Bailey, Strezhnev and Voeten",
    version="April 2020 (sessions 1-74)",
    home="https://doi.org/10.7910/DVN/LEJUQZ",
    doi="10.7910/DVN/LEJUQZ",
    licence="MIT (repository); data at Harvard Dataverse presumably CC0 1.0, not checked",
    redistribution="allowed",
    released="2020-04",
    citation=CITATION,
    bibtex=entry(FOLDER),
    unit="state-session",
    keys=("issue", "ccode", "session"),
    span=(1946, 2019),
    originals=originals_in(
        FOLDER,
        "evoeten/United-Nations-General-Assembly-Votes-and-Ideal-Points",
        "a6dce7ec687f",
        "Output/",
        (
            (
                "IdealpointestimatesAll_Apr2020.csv "
                "9757b73a770355f4be8fa306afc15fb552dd9338ac14022436d9f198307596de 1160621"
            ),
            (
                "IdealpointestimatesHumanRights_Apr2020.csv "
                "89822da97df1949e50f8b056295bd35e3692bff38597647bd2a7947dfcc23a19 982687"
            ),
            (
                "IdealpointestimatesImportant_Apr2020.csv "
                "31afe460fe57b397d9f2a67dc59d76c49de577c93e0bb053e34239e5a025c2ba 747273"
            ),
            (
                "IdealpointestimatesMiddleEast_Apr2020.csv "
                "1c363d58e88c331b246b4681a87437b5a31d49f52bdb0dfe4637e6a2f55a0841 916211"
            ),
            (
                "IdealpointestimatesNoNukes_Apr2020.csv "
                "359d67744a90e4f509bdb7a55b32f6826b478a40cfed39e824c5684ab1d6e19f 1221786"
            ),
            (
                "IdealpointestimatesNuclear_Apr2020.csv "
                "16ae8b1e051b317c6249d64cb1772519176ffb58c66bc3c385407b8cda5ca7f5 840222"
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("ccode", "cow", "iso3"),),
    traps=(
        "The scales of two issues are not comparable with each other.",
        "For the overall series use un_ideal_points_2025.",
        "The US State Department chose the important votes.",
    ),
)
