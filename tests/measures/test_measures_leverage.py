"""Leverage by every definition: a specialist's expectations, and the arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from beholden.measures import MEASURES
from beholden.measures.leverage import DEFINITION, first_component
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.panels import Holdings

DEFINITIONS = pytest.mark.parametrize("definition", DEFINITION.labels())


@DEFINITIONS
@pytest.mark.parametrize(
    ("client", "patron", "year"),
    [(731, 710, 2012), (370, 365, 2010), (20, 2, 2010), (70, 2, 2005)],
    ids=["PRK-CHN", "BLR-RUS", "CAN-USA", "MEX-USA"],
)
def test_the_patrons_that_everyone_would_name(
    holdings: Holdings, definition: str, client: int, patron: int, year: int
) -> None:
    frame = values_of(MEASURES["leverage_rank"], holdings, {"definition": definition}).frame
    row = frame.filter(
        (pl.col("state") == client) & (pl.col("other") == patron) & (pl.col("year") == year)
    )
    assert row["x"].item() == 1
    assert row["low"].item() == 1


@DEFINITIONS
def test_ranks_follow_the_values(holdings: Holdings, definition: str) -> None:
    keys = ["state", "other", "year"]
    value = values_of(MEASURES["leverage"], holdings, {"definition": definition}).frame
    rank = values_of(MEASURES["leverage_rank"], holdings, {"definition": definition}).frame
    field = value.join(rank.rename({"x": "rank"}), on=keys).filter(
        (pl.col("state") == 775) & (pl.col("year") == 2010)
    )
    assert field.height > 50
    for row in field.head(40).iter_rows(named=True):
        assert row["rank"] == 1 + int((field["x"] > row["x"]).sum())


@DEFINITIONS
def test_no_order_where_the_largest_partner_is_unknown(holdings: Holdings, definition: str) -> None:
    frame = values_of(MEASURES["leverage_rank"], holdings, {"definition": definition}).frame
    assert frame.filter((pl.col("state") == 40) & (pl.col("year") == 1985)).height == 0


def test_an_alliance_is_unknown_after_the_list_ends(holdings: Holdings) -> None:
    """A zero there would cut every ally's leverage from one year to the next."""
    picks = {"definition": "latent combination"}
    latent = values_of(MEASURES["leverage"], holdings, picks).frame
    last = int(str(holdings.frame("cow_alliance")["year"].max()))
    assert last == 2012
    assert latent["year"].max() == last
    picks = {"definition": "capacity for influence"}
    capacity = values_of(MEASURES["leverage"], holdings, picks).frame.drop_nulls("x")
    allies = holdings.frame("cow_alliance").filter((pl.col("year") == last) & pl.col("cow_defense"))
    pairs = allies.select(
        state=pl.col("ccode1").cast(pl.Int64), other=pl.col("ccode2").cast(pl.Int64)
    )
    before, after = (
        capacity.filter(pl.col("year") == year).join(pairs.unique(), on=["state", "other"])["x"]
        for year in (last, last + 1)
    )
    assert before.len() > 500
    assert 0.5 < float(str(after.median())) / float(str(before.median())) < 2


def test_capacity_lies_between_zero_and_one(holdings: Holdings) -> None:
    picks = {"definition": "capacity for influence"}
    x = values_of(MEASURES["leverage"], holdings, picks).frame["x"].drop_nulls()
    assert x.is_between(0, 1).all()


def test_first_component_against_singular_values() -> None:
    cells = np.random.default_rng(7).normal(size=(500, 4)) @ np.diag([3.0, 1.0, 0.5, 0.2])
    standard = (cells - cells.mean(axis=0)) / cells.std(axis=0)
    _, _, rows = np.linalg.svd(standard, full_matrices=False)
    expected = rows[0] if rows[0][0] >= 0 else -rows[0]
    assert np.allclose(first_component(standard), expected)
