"""Corrections: their form, what they change, and how a wrong count is told."""

from __future__ import annotations

from datetime import date
from importlib import resources
from typing import Any

import polars as pl
import pytest

from beholden.errors import TableError
from beholden.sources import corrections as room
from beholden.sources.corrections import Correction, apply, correct, corrections, read
from beholden.sources.registry import datasets

FRAME = pl.DataFrame(
    {
        "code": [1, 1, 2, None],
        "day": [date(2000, 1, 1), date(2001, 1, 1), date(2002, 1, 1), None],
        "a": [0.0, 1.0, 0.0, None],
        "b": [5.0, 1.0, None, None],
        "name": ["x", "y", "z", None],
        "flag": [True, False, None, True],
    }
)


def made(**fields: Any) -> Correction:
    words = {"id": "one", "what": "What.", "why": "Why.", "who": "Who, https://example.org"}
    return Correction.model_validate({**words, "status": "applied", "where": {}, **fields})


def outcome(**fields: Any) -> pl.DataFrame:
    return correct(made(**fields), FRAME, "made")


def test_set_changes_the_chosen_rows_only() -> None:
    found = outcome(rows=2, where={"a": 0}, set={"a": None, "name": "w"})
    assert found["a"].to_list() == [None, 1.0, None, None]
    assert found["name"].to_list() == ["w", "y", "w", None]
    assert found.schema == FRAME.schema
    assert found.height == FRAME.height


def test_rows_that_stay_as_they_are_do_not_count() -> None:
    found = outcome(rows=1, where={"code": [1]}, set={"a": 1})
    assert found["a"].to_list() == [1.0, 1.0, 0.0, None]


def test_all_conditions_hold_at_once_and_each_takes_one_of_its_values() -> None:
    found = outcome(rows=1, where={"code": [1, 2], "name": ["y", "q"]}, drop=True)
    assert found["name"].to_list() == ["x", "z", None]


def test_null_can_be_asked_for() -> None:
    assert outcome(rows=1, where={"code": None}, set={"code": 9})["code"].to_list() == [1, 1, 2, 9]
    found = outcome(rows=2, where={"code": [2, None]}, drop=True)
    assert found["code"].to_list() == [1, 1]


def test_a_missing_cell_fulfils_no_condition_on_a_value() -> None:
    assert outcome(rows=3, where={"code": [1, 2]}, drop=True)["code"].to_list() == [None]


def test_dates_and_truth_values() -> None:
    found = outcome(rows=1, where={"day": date(2001, 1, 1)}, set={"flag": True})
    assert found["flag"].to_list() == [True, True, None, True]
    assert outcome(rows=2, where={"flag": True}, drop=True).height == 2


def test_swap_counts_rows_whose_values_differ() -> None:
    found = outcome(rows=2, swap=["a", "b"])
    assert found["a"].to_list() == [5.0, 1.0, None, None]
    assert found["b"].to_list() == [0.0, 1.0, 0.0, None]
    part = outcome(rows=1, where={"name": "x"}, swap=["a", "b"])
    assert part["b"].to_list() == [0.0, 1.0, None, None]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rows": 3, "where": {"a": 0}, "drop": True}, "expected 3 changed rows, found 2"),
        ({"rows": 1, "where": {"name": "q"}, "drop": True}, "expected 1 changed rows, found 0"),
        ({"rows": 1, "where": {"cod": 1}, "drop": True}, 'found .cod.. Did you mean "code"?'),
        ({"rows": 1, "where": {"code": 1}, "set": {"aa": 1}}, "expected a column of the table"),
        ({"rows": 1, "swap": ["a", "c"]}, "expected a column of the table, found 'c'"),
        ({"rows": 1, "swap": ["a", "name"]}, "one type, found Float64 in a and String in name"),
        ({"rows": 1, "where": {"code": 1.5}, "drop": True}, "type Int64 for code, found"),
        ({"rows": 1, "where": {"code": True}, "drop": True}, "type Int64 for code, found"),
        ({"rows": 1, "where": {"code": "1"}, "drop": True}, "type Int64 for code, found"),
        ({"rows": 1, "where": {"code": 10**30}, "drop": True}, "type Int64 for code, found"),
        ({"rows": 1, "where": {"day": "2001-01-01"}, "drop": True}, "type Date for day, found"),
        ({"rows": 1, "where": {"code": 1}, "set": {"name": 1}}, "type String for name, found"),
    ],
)
def test_what_does_not_fit_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(TableError, match=message) as caught:
        outcome(**fields)
    assert str(caught.value).startswith("made, correction one: ")


HEAD = "- {id: one, what: w, why: w, who: w, status: applied, "


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a list of corrections, found None"),
        ("id: one", "expected a list of corrections"),
        ("- [", "expected corrections in their form"),
        (HEAD + "rows: 1, where: {a: 1}}", "expected one of set, swap and drop"),
        (HEAD + "rows: 1, where: {a: 1}, drop: true, set: {a: 2}}", "expected one of set"),
        (HEAD + "rows: 1, where: {}, drop: true}", "every row would be left out"),
        (HEAD + "rows: 0, where: {a: 1}, drop: true}", "at least one row"),
        (HEAD + "rows: -1, where: {a: 1}, drop: true}", "greater than or equal to 0"),
        (HEAD + "rows: 1, where: {a: 1}, drop: true, note: x}", "Extra inputs"),
        (HEAD + "rows: 1, where: {a: {b: 1}}, drop: true}", "form.yaml: expected corrections"),
        (HEAD.replace("applied", "done") + "rows: 1, where: {a: 1}}", "'applied' or 'declared'"),
        (HEAD.replace("one", "A b") + "rows: 1, where: {a: 1}, drop: true}", "match pattern"),
        ((HEAD + "rows: 1, where: {a: 1}, drop: true}\n") * 2, "ids that differ, found one, one"),
    ],
)
def test_the_form_is_strict(text: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read(text, "form.yaml")


def test_they_are_applied_in_order_and_declared_ones_only_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = (
        made(id="one", rows=2, where={"code": 1}, set={"code": 3}),
        made(id="two", rows=0, status="declared", where={"code": 3}),
        made(id="three", rows=2, where={"code": 3}, drop=True),
    )
    monkeypatch.setattr(room, "corrections", lambda _: entries)
    assert apply("made", FRAME)["code"].to_list() == [2, None]


def test_a_set_without_a_file_has_none() -> None:
    assert corrections("no_such_set") == ()
    assert apply("no_such_set", FRAME).equals(FRAME)
    with pytest.raises(TableError, match="expected the name of a data set"):
        corrections("../secret")


def test_every_file_follows_the_form_and_belongs_to_a_set() -> None:
    folder = resources.files("beholden.sources") / "corrections"
    names = [file.name.removesuffix(".yaml") for file in folder.iterdir()]
    assert set(names) <= set(datasets())
    for name in names:
        assert corrections(name)
