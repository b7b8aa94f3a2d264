"""The indicator matrix of the latent human rights scores on its original."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from checking_rights import faults, originals_of, row, rows, table

from beholden.errors import TableError
from beholden.sources import dataset
from beholden.sources.sets.fariss_lhrs_indicators import COUNTS, EVENTS, NAMES, YEARLY

if TYPE_CHECKING:
    from pathlib import Path

NAME, SCORES = "fariss_lhrs_indicators", "fariss_lhrs"
CIRI = ("disap", "kill", "polpris", "tort")
ALL = (*YEARLY, "polpris", "itt", *EVENTS, "killing_present", *COUNTS)
# As the README of the scores counts them.
FILLED = {
    "disap": 4919, "kill": 4917, "polpris": 4924, "tort": 4923, "amnesty": 6017, "state": 7993,
    "hrw": 826, "hathaway": 2233, "itt": 1459, "genocide": 10_272, "rummel": 4972,
    "massive_repression": 5366, "executions": 4035, "negative_sanctions": 4035,
    "mass_killing": 10_498, "killing_present": 6299,
}  # fmt: skip


def test_the_set_is_what_it_says() -> None:
    assert faults(NAME) == []
    assert table(NAME).height == 11_665
    assert table(NAME)["cow"].n_unique() == table(NAME)["country_id"].n_unique() == 201
    assert set(table(NAME).schema.values()) == {pl.Int64}


def test_indicators_have_the_rows_that_are_stated() -> None:
    assert {name: table(NAME)[name].count() for name in FILLED} == FILLED


@pytest.mark.parametrize("name", ALL)
def test_an_indicator_is_the_one_beside_the_scores(name: str) -> None:
    """Two files of the producers, read apart: CIRI's items alone are coded 1 higher."""
    mine = table(NAME).select("cow", "year", pl.col(name).cast(pl.Float64))
    theirs = table(SCORES).select("cow", "year", pl.col(name) + (1 if name in CIRI else 0))
    assert mine.sort("cow", "year").equals(theirs.sort("cow", "year"))


def test_every_state_is_one_chain_of_years() -> None:
    frame = table(NAME)
    before = frame.select("cow", id_before="id", year=pl.col("year") + 1)
    both = frame.join(before, on=["cow", "year"], how="left")
    assert both["previous_id"].eq_missing(both["id_before"]).all()
    begins = frame.filter(pl.col("previous_id").is_null())
    assert begins["cow"].is_unique().all()
    assert begins.height == 201
    assert row(NAME, cow=255, year=1990)["previous_id"] is None
    assert rows(NAME, year=1990).filter(pl.col("cow").is_in([255, 260, 265])).height == 3


def test_what_is_missing_for_north_korea() -> None:
    korea = rows(NAME, cow=731)
    assert (korea.height, korea["year"].min(), korea["year"].max()) == (74, 1948, 2021)
    first = {name: korea.drop_nulls(name)["year"].min() for name in ("amnesty", "state", "hrw")}
    assert first == {"amnesty": 2002, "state": 1996, "hrw": 2013}
    last = {name: korea.drop_nulls(name)["year"].max() for name in ("kill", "genocide")}
    assert last == {"kill": 2011, "genocide": 2018}
    assert korea.drop_nulls("mass_killing")["year"].max() == 2015
    assert korea["executions"].count() == 0
    assert set(korea["genocide"].drop_nulls()) == {0}
    assert set(korea["mass_killing"].drop_nulls()) == {1}
    assert set(korea["killing_low"].drop_nulls()) == {0}
    assert korea["killing_best"].count() == 0


def test_scores_of_another_edition_are_refused(tmp_path: Path) -> None:
    paths = dict(originals_of(dataset(NAME)))
    lines = paths[NAMES].read_text("utf-8").splitlines()
    paths[NAMES] = tmp_path / "scores.csv"
    paths[NAMES].write_text("\n".join(lines[:-1]), "utf-8")
    with pytest.raises(TableError, match="expected a row of the model for each row"):
        dataset(NAME).read(paths)
