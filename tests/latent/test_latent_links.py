"""Questions put again: found by the documented rule, and held against the published links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from beholden.latent.assembly import links
from beholden.latent.bridging import bridged_items, bridges
from beholden.measures.rollcalls import NEEDS, roll_calls

if TYPE_CHECKING:
    from beholden.panels import Holdings


@pytest.fixture(scope="module")
def calls(holdings: Holdings) -> tuple[pl.DataFrame, pl.DataFrame]:
    unified = roll_calls({name: holdings.frame(name) for name in NEEDS})
    assembly = unified.roll_calls.filter(pl.col("body") == "GA")
    return assembly, unified.votes.join(assembly.select("id", "date"), on="id", how="inner")


@pytest.fixture(scope="module")
def found(calls: tuple[pl.DataFrame, pl.DataFrame]) -> pl.DataFrame:
    return bridges(*calls)


def test_links_go_back_in_time_once_each(found: pl.DataFrame) -> None:
    assert found["later"].is_unique().all()
    assert (found["apart"] >= 1).all()
    assert (found["agreement"] >= 0.85).all()
    assert (found["shared"] >= 20).all()


def test_most_published_links_are_found(
    calls: tuple[pl.DataFrame, pl.DataFrame], found: pl.DataFrame
) -> None:
    """85% of the published pairs whose roll calls are among ours end up as one question."""
    question = dict(bridged_items(calls[0], found).select("id", "item").iter_rows())
    pairs = [(f"GA-{a}", f"GA-{b}") for a, b in links().select("earlier", "later").iter_rows()]
    known = [(a, b) for a, b in pairs if a in question and b in question]
    assert len(known) > 850
    assert sum(question[a] == question[b] for a, b in known) / len(known) > 0.84


def test_each_roll_call_has_one_question(
    calls: tuple[pl.DataFrame, pl.DataFrame], found: pl.DataFrame
) -> None:
    items = bridged_items(calls[0], found)
    assert items["id"].is_unique().all()
    assert items.height == calls[0].height
    assert 0.5 < items["item"].n_unique() / items.height < 0.6
