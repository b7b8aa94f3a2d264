"""The indicator matrix that the latent human rights scores are fitted on, as the model gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import polars as pl

from beholden.errors import TableError
from beholden.sources import family_fariss as family
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.rfiles import read_r_list
from beholden.sources.tidying import columns_of, csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

__all__ = ["DATASET", "read"]

FILE = "fariss_lhrs/Stan_Data_Prepped_2021.RDS"
NAMES = "fariss_lhrs/LHRS-v4.02-2021_names.csv"
# The number by which the model names an indicator that is alone of its kind.
LISTED = {"polpris": 3, "itt": 6}
YEARLY = ("disap", "kill", "tort", "amnesty", "state", "hrw", "hathaway")
EVENTS = (
    *("genocide", "rummel", "massive_repression", "executions", "negative_sanctions"),
    "mass_killing",
)
COUNTS = ("killing_low", "killing_best", "killing_high")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year, with the codes of the model.

    Parameters
    ----------
    paths : mapping of str to Path
        The originals by their names: the model's list, and the scores, which say which state
        and year a number of the model stands for.
    """
    given = read_r_list(paths[FILE])
    named = csv_as_text(paths[NAMES]).select(
        pl.col("COW").alias("cow"), pl.col("YEAR").alias("year"), pl.col("id")
    )
    frame = typed(named, keys=("id",), whole=("cow", "year", "id"))
    numbers = pl.Series("id", range(1, frame.height + 1))
    if not frame["id"].equals(numbers) or _vector(given, "N").tolist() != [frame.height]:
        raise TableError(
            f"{FILE}: expected a row of the model for each row of {NAMES}, found "
            f"{_vector(given, 'N').tolist()} for {frame.height}"
        )
    # In the order of the model's numbers; 0 stands for no year before.
    before = pl.Series("previous_id", _vector(given, "prev_id"))
    frame = frame.with_columns(before.replace(0, None))
    for name, ids, values in _indicators(given):
        column = pl.DataFrame({"id": ids, name: values}, nan_to_null=True)
        column = column.with_columns(pl.col("id").cast(pl.Int64))
        frame = frame.join(column, on="id", how="left", validate="1:1", maintain_order="left")
    return typed(frame.select(list(COLUMNS)), keys=DATASET.keys, whole=tuple(COLUMNS))


def _indicators(given: dict[str, object]) -> Iterator[tuple[str, Vector, Vector]]:
    """Each indicator with its numbers of rows and its values."""
    for name in (*YEARLY, "killing_present"):
        yield name, _vector(given, f"latent_{name}_id"), _vector(given, f"y_{name}")
    for name, kind in LISTED.items():
        yield name, _vector(given, f"latent_events_id_{kind}"), _vector(given, f"y_events_{kind}")
    rows = int(_vector(given, "N")[0])
    for key, names in (("2", EVENTS), ("C", COUNTS)):
        # One block of rows for each indicator, all with the same numbers.
        ids = _vector(given, f"latent_events_id_{key}")[:rows]
        values = cast("dict[str, object]", given[f"y_events_{key}"])
        yield from ((name, ids, _vector(values, name)) for name in names)
    country = _vector(given, "country_events_id_C")[:rows]
    yield "country_id", _vector(given, "latent_events_id_C")[:rows], country


def _vector(given: Mapping[str, object], key: str) -> Vector:
    found = given.get(key)
    if not isinstance(found, np.ndarray):
        raise TableError(f"{FILE}: expected numbers named {key!r}, found none")
    return found


_MOVING = "its thresholds move by year"
COLUMNS = columns_of(f"""
cow | Correlates of War number
year | calendar year
id | number of the row in the model
previous_id | number of the row of the same state a year before; empty where it begins
country_id | number of the state in the model
disap | CIRI: disappearances, 3 none reported; {_MOVING} | 1 to 3 | higher = better
kill | CIRI: extrajudicial killing, 3 none reported; {_MOVING} | 1 to 3 | higher = better
tort | CIRI: torture, 3 none reported; {_MOVING} | 1 to 3 | higher = better
polpris | CIRI: political imprisonment, 3 none; its thresholds stay | 1 to 3 | higher = better
amnesty | Political Terror Scale from Amnesty International; {_MOVING} | 1 to 5 | higher = worse
state | Political Terror Scale from the US State Department; {_MOVING} | 1 to 5 | higher = worse
hrw | Political Terror Scale from Human Rights Watch; {_MOVING} | 1 to 5 | higher = worse
hathaway | torture, after Hathaway 2002; {_MOVING} | 1 to 5 | higher = more torture
itt | level of torture alleged, Ill-Treatment and Torture data; its thresholds stay | 1 to 6 | \
higher = worse
genocide | genocide, after Harff 2003 | 0 or 1 | 1 = happened
rummel | genocide or politicide, after Rummel | 0 or 1 | 1 = happened
massive_repression | massive repression, after Harff and Gurr 1988 | 0 or 1 | 1 = happened
executions | political executions, World Handbook | 0 or 1 | 1 = happened
negative_sanctions | negative sanctions, World Handbook | 0 or 1 | 1 = happened
mass_killing | mass killing, after Ulfelder and Valentino 2008 | 0 or 1 | 1 = happened
killing_present | whether UCDP has one-sided violence of the government | 0 or 1 | 1 = happened
killing_low | UCDP one-sided violence, low estimate; 0 without a row there | deaths | higher = worse
killing_best | UCDP one-sided violence, best estimate | deaths | higher = worse
killing_high | UCDP one-sided violence, high estimate | deaths | higher = worse
""")

DATASET = Dataset(
    name="fariss_lhrs_indicators",
    title="Latent human rights protection scores: the indicators as the model gets them",
    producer=family.PRODUCER,
    version="v4.02-2021",
    home="https://github.com/CJFariss/Human-Rights-Latent-Variable",
    doi="10.1177/0022343320965670",
    licence=family.LICENCE,
    redistribution="unknown",
    citation=family.CITATION,
    bibtex="""@article{fariss_lhrs_indicators,
  author = {Fariss, Christopher J. and Kenwick, Michael R. and Reuning, Kevin},
  title = {Estimating one-sided-killings from a robust measurement model of human rights},
  journal = {Journal of Peace Research},
  volume = {57},
  number = {6},
  pages = {801--814},
  year = {2020},
  doi = {10.1177/0022343320965670},
  note = {Data prepared for the model, v4.02}
}""",
    unit="state-year",
    keys=family.KEYS,
    span=(1946, 2021),
    originals=(
        Original(
            FILE,
            "80bab4c558d7ce39e84116a2c5fbdf1ed4eeb46315921efbd8f122da47460857",
            546567,
            raw_address(
                "CJFariss/Human-Rights-Latent-Variable",
                "2f1892e74899",
                "LHRS-V4/data_processed/Stan_Data_Prepped_2021.RDS",
            ),
        ),
        Original(
            NAMES,
            "df3933f2ec4b85a3c0b4f0e67c349ddd931de0c84858bb355af042215d057c34",
            1872815,
            raw_address(
                "CJFariss/Human-Rights-Latent-Variable", "2f1892e74899", "LHRS-v4.02-2021_names.csv"
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("cow", "cow", "iso3"),),
    traps=(
        "CIRI's four items are 1 higher here than in CIRI and in fariss_lhrs.",
        (
            "Directions differ: higher is better in CIRI's items and worse in all others. A model "
            "must turn one or the other."
        ),
        (
            "An empty cell is no zero: the source did not speak. The model leaves it out of the "
            "likelihood. CIRI ends in 2011, mass_killing in 2015, genocide in 2018."
        ),
        (
            "A state's row hangs on its own row of the year before: Germany begins anew in 1990 as "
            "255, Yemen as 679; both stand there together with their predecessors."
        ),
        "killing_low is 0, but killing_best and killing_high are empty, where UCDP has no row.",
        "No item on freedom of movement is in here.",
    ),
)
