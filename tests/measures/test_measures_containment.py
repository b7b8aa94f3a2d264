"""What measures are made of: by the table, and in the data themselves."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.measures import MEASURES
from beholden.measures import containment as room
from beholden.measures.containment import components, contained, parts_of
from beholden.panels.crosswalk import crosswalk

if TYPE_CHECKING:
    from beholden.panels import Holdings

with room._TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def of(name: str, **picks: str) -> tuple[str, ...]:
    """What a measure shares with freedom of foreign movement by V-Dem."""
    measure = MEASURES[name]
    return components((measure, measure.reference() | picks), (MEASURES["foreign_movement"], {}))


def test_parts_are_found_through_every_step() -> None:
    assert {"vdem:v2clfmove", "vdem:v2cldmovew", "freedom to leave"} <= parts_of("vdem:v2x_libdem")
    assert "vdem:v2clfmove" in parts_of("hfi:hf_score")
    assert "vdem:v2clfmove" in parts_of("vdem:v2x_civlib")
    assert not parts_of("vdem:v2clfmove") & {"vdem:v2x_libdem", "vdem:v2clfmove"}
    assert parts_of("no such thing") == frozenset()


def test_no_whole_is_a_part_of_itself() -> None:
    wholes = {row["whole"] for row in ROWS}
    assert [whole for whole in wholes if whole in parts_of(whole)] == []


def test_the_table_names_measures_and_options_that_exist() -> None:
    for row in ROWS:
        name, _, option = row["whole"].removesuffix("]").partition("[")
        if name in MEASURES:
            labels = {label for choice in MEASURES[name].choices for label in choice.labels()}
            assert not option or option in labels
        assert row["why"] in {"is", "contains", "measures"}
        assert row["source"]


def test_an_index_is_told_from_one_that_leaves_the_item_out() -> None:
    assert of("political_freedom") == ("freedom to leave",)
    assert of("democracy", source="Freedom House") == ("freedom to leave",)
    assert of("democracy", source="Polity") == ()
    assert of("electoral_democracy") == ()
    assert of("physical_integrity", source="V-Dem") == ()
    assert "vdem:v2clfmove" in of("freedom_of_foreign_movement", source="HFI")


def test_records_of_the_same_thing_share_what_they_measure() -> None:
    assert of("freedom_of_foreign_movement", source="CIRIGHTS") == ("freedom to leave",)


def test_votes_on_countries_are_part_of_voting_at_large() -> None:
    votes = MEASURES["votes_on_others"]
    ideal = MEASURES["ideal_point"]
    shared = components((votes, votes.reference()), (ideal, ideal.reference()))
    assert shared == ("votes on human rights in countries",)


def test_a_measure_that_the_table_does_not_know_is_made_of_itself() -> None:
    assert contained(MEASURES["armed_conflict"], {}) == {"armed_conflict"}


def r_squared(y: np.ndarray, x: np.ndarray) -> float:
    known = np.isfinite(y) & np.isfinite(x).all(axis=1)
    y, x = y[known], np.column_stack([np.ones(known.sum()), x[known]])
    left = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    return float(1 - left.var() / y.var())


def columns(frame: pl.DataFrame, *names: str) -> np.ndarray:
    return frame.select(pl.col(names).cast(pl.Float64)).to_numpy()


def test_cirights_adds_four_rights(holdings: Holdings) -> None:
    frame = holdings.frame("cirights").drop_nulls(
        ["physint_sum", "tort", "kill", "disap", "polpris"]
    )
    parts = [name.split(":")[1] for name in parts_of("cirights:physint_sum") if "cirights:" in name]
    assert sorted(parts) == ["disap", "kill", "polpris", "tort"]
    assert frame.height > 5000
    assert (frame["physint_sum"] == frame.select(pl.sum_horizontal(parts)).to_series()).all()


def test_liberal_democracy_is_made_of_its_two_parts(holdings: Holdings) -> None:
    both = (
        holdings.frame("vdem_v12_subset")
        .select(pl.col("gwcode").alias("GWn"), "year", "lag0_v2x_liberal")
        .drop_nulls()
    )
    indices = holdings.frame("vdem_v15_indices")
    code = next(name for name in indices.columns if name.lower() == "gwn")
    frame = indices.select(
        pl.col(code).cast(pl.Int64).alias("GWn"), "year", "v2x_polyarchy", "v2x_libdem"
    ).join(both.cast({"GWn": pl.Int64}), on=["GWn", "year"])
    electoral = frame["v2x_polyarchy"] ** 1.585
    liberal = frame["lag0_v2x_liberal"]
    made = 0.25 * electoral + 0.25 * liberal + 0.5 * electoral * liberal
    # The two parts are of different editions, so that a little is left.
    assert (made - frame["v2x_libdem"]).abs().median() < 0.01  # type: ignore[operator]


def test_private_liberties_hold_freedom_to_leave(holdings: Holdings) -> None:
    frame = holdings.frame("vdem_v12_subset").drop_nulls("lag0_v2x_clpriv")
    own = frame["lag0_v2x_clpriv"].to_numpy()
    logit = np.log(own.clip(1e-3, 1 - 1e-3) / (1 - own.clip(1e-3, 1 - 1e-3)))
    rest = ["lag0_v2xcl_dmove", "lag0_v2xcl_slave", "lag0_v2xcl_prpty"]
    without = r_squared(logit, columns(frame, *rest))
    assert r_squared(logit, columns(frame, *rest, "lag0_v2clfmove")) > without + 0.01


def test_the_human_freedom_index_takes_the_item_from_v_dem(holdings: Holdings) -> None:
    item = holdings.frame("vdem_v12_subset").select("gwcode", "year", "lag0_v2clfmove")
    index = holdings.frame("hfi_2021").select("iso", "year", "iso3", "pf_movement_vdem_foreign")
    walk = crosswalk("iso3", "gw")
    known = index.drop_nulls(["iso3", "pf_movement_vdem_foreign"])
    cells = walk.cells(known["iso3"], known["year"].to_numpy())
    known = known.with_columns(gwcode=pl.Series(walk.number.ravel()[cells].astype("int64")))
    joined = known.join(item.cast({"gwcode": pl.Int64}), on=["gwcode", "year"]).drop_nulls()
    inner = joined.filter(pl.col("pf_movement_vdem_foreign").is_between(0.5, 9.5))
    assert inner.height > 300
    x = columns(inner, "lag0_v2clfmove")
    assert r_squared(inner["pf_movement_vdem_foreign"].to_numpy(), x) > 0.95
