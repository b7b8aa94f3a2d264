"""Tables of answers: what is refused, what is left out, how the rest is laid out."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from beholden.latent import AnswersError, answers

NAMES = ["unit", "time", "item", "answer"]
ROWS: list[tuple[Any, ...]] = [
    ("a", 1, "x", "no"),
    ("b", 1, "x", "yes"),
    ("c", 1, "x", None),
    ("a", 2, "x", "no"),
    ("c", 2, "x", "yes"),
    ("b", 3, "y", "yes"),
    ("a", 3, "y", "no"),
    ("c", 3, "y", "abstain"),
    ("a", 3, "z", "yes"),
    ("d", 3, "z", "yes"),
]
SCALE = ("no", "abstain", "yes")


def table(rows: list[tuple[Any, ...]] = ROWS) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=NAMES, orient="row")


def test_nodes_run_from_first_to_last_answer() -> None:
    found = answers(table(), scale=SCALE)
    assert found.units == ("a", "b", "c")
    nodes = {(found.units[u], t) for u, t in zip(found.node_unit, found.node_time, strict=True)}
    assert nodes == {("a", 0), ("b", 0), ("a", 1), ("b", 1), ("c", 1), ("a", 2), ("b", 2), ("c", 2)}
    assert found.node_answers[found.place("b", 2)] == 0
    assert found.n == 7


def test_missing_is_missing_and_no_category() -> None:
    found = answers(table(), scale=SCALE)
    assert found.scales[0] == SCALE
    assert set(found.code.tolist()) == {0, 1, 2}
    assert answers(table(ROWS[:2] + ROWS[3:]), scale=SCALE).n == found.n


def test_items_answered_alike_and_their_units_are_named() -> None:
    found = answers(table(), scale=SCALE)
    assert found.dropped_items == ("z",)
    assert found.dropped_units == ("d",)


def test_a_bridged_item_counts_over_all_its_times() -> None:
    rows = [("a", 1, "x", 0), ("b", 1, "x", 0), ("a", 2, "x", 1), ("b", 2, "x", 0)]
    found = answers(table(rows))
    assert found.items == ("x",)
    assert len(found.instance_item) == 2


@pytest.mark.parametrize("seed", range(3))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    one = answers(table(), scale=SCALE)
    two = answers(table().sample(fraction=1, shuffle=True, seed=seed), scale=SCALE)
    for name in ("node", "code", "instance_start", "node_unit", "instance_item"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_pooled_times() -> None:
    rows = [(u, t, "x", int(u == "a")) for u in "ab" for t in (2000, 2004, 2005, 2011)]
    rows = [(u, t, f"{i}{t}", a) for u, t, i, a in rows]
    assert answers(table(rows), pool=5).times.tolist() == [2000, 2005, 2010]
    assert answers(table(rows), pool=np.inf).times.tolist() == [0]
    blocks: dict[float, float] = {2000: 1, 2004: 1, 2005: 1, 2011: 2}
    assert answers(table(rows), pool=blocks).times.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (ROWS[:0], "expected answers, found none in 0 rows"),
        ([("a", 1, "x", None)], "expected answers, found none in 1 rows"),
        (ROWS[:1], "expected at least 2 units, received only 'a'"),
        ([*ROWS, ("a", 1, "y", "perhaps")], "found 1 that are not; the first is 'perhaps' to 'y'"),
        ([*ROWS, ("a", 1, "x", "yes")], "found 2 rows that share theirs"),
        ([("a", 1, "x", "yes"), ("b", 1, "x", "yes")], "found 1 items that all answered alike"),
        ([*ROWS, ("e", 1, "w", "yes"), ("f", 1, "w", "no")], r"2 separate groups.*\['e', 'f'\]"),
        ([*ROWS, (None, 1, "x", "yes")], "1 rows lack one"),
    ],
)
def test_what_is_refused(rows: list[tuple[Any, ...]], message: str) -> None:
    kinds = {"unit": pl.String, "time": pl.Int64, "item": pl.String, "answer": pl.String}
    frame = pl.DataFrame(rows, schema=kinds, orient="row")
    with pytest.raises(AnswersError, match=message):
        answers(frame, scale=SCALE)


def test_words_need_a_scale_and_columns_their_names() -> None:
    with pytest.raises(AnswersError, match="Give the categories, lowest first"):
        answers(table())
    with pytest.raises(AnswersError, match="missed item, answer"):
        answers(table().select("unit", "time"))
    with pytest.raises(AnswersError, match="expected times as numbers"):
        answers(table().with_columns(pl.col("time").cast(pl.String)), scale=SCALE)


def test_an_unknown_place_says_what_is_known() -> None:
    found = answers(table(), scale=SCALE)
    with pytest.raises(AnswersError, match="'c' is known from 2 to 3"):
        found.place("c", 1)
    with pytest.raises(AnswersError, match="there are 3 units"):
        found.place("q", 1)
