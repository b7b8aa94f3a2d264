"""The types that every room speaks."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beholden.core import Input, Provenance, Source, digest, union_provenance

TRADE = Input("trade", "1", "trade.csv", "a" * 64)
VOTES = Input("votes", "1", "votes.csv", "b" * 64)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(PLAIN)
def test_digest_is_16_hex_digits_and_the_same_for_what_json_gives_back(value: object) -> None:
    name = digest(value)
    assert len(name) == 16
    assert set(name) <= set("0123456789abcdef")
    assert digest(json.loads(json.dumps(value))) == name


@settings(deadline=None)
@given(PLAIN, PLAIN)
def test_different_values_have_different_names(one: object, other: object) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (digest(one) == digest(other)) == same


def test_digest_reads_dataclasses_dates_sets_and_arrays() -> None:
    assert digest(TRADE) == digest(
        {"table": "trade", "version": "1", "file": "trade.csv", "sha256": "a" * 64}
    )
    assert digest(date(2014, 5, 22)) == digest("2014-05-22")
    assert digest({"b", "a"}) == digest(frozenset("ab")) == digest(["a", "b"])
    assert digest(np.array([1.0, 2.0])) == digest([1.0, 2.0])
    assert digest(np.float64(0.5)) == digest(0.5)
    assert digest((1, "x")) == digest([1, "x"])


def test_order_of_keys_has_no_part_in_a_name_and_order_of_items_has() -> None:
    assert digest({"a": 1, "b": {"c": 2, "d": 3}}) == digest({"b": {"d": 3, "c": 2}, "a": 1})
    assert digest([1, 2]) != digest([2, 1])


def test_digest_refuses_what_has_no_plain_form() -> None:
    with pytest.raises(TypeError, match="expected plain data, received object"):
        digest([object()])
    with pytest.raises(TypeError, match="received type"):
        digest(Input)


def test_digest_is_the_same_in_every_process() -> None:
    script = "from beholden.core import digest; print(digest({'a': {'x', 'y', 'z'}, 'b': 'é'}))"
    names = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert names == {digest({"a": {"x", "y", "z"}, "b": "é"})}


def test_merge_unites_inputs_and_keeps_steps_in_order() -> None:
    one = Provenance((VOTES,), ("read", "cut"), "1.0")
    other = Provenance((TRADE, VOTES), ("read", "join"), "2.0")
    both = one.merge(other)
    assert both == Provenance((TRADE, VOTES), ("read", "cut", "join"), "1.0")
    assert one.merge(one) == one
    assert Provenance().merge(other).code == "2.0"


def test_step_adds_one_step_and_changes_the_name() -> None:
    one = Provenance((TRADE,), ("read",), "1.0")
    assert one.step("cut").steps == ("read", "cut")
    assert one.step("cut").inputs == one.inputs
    assert one.step("cut").digest != one.digest
    assert one.digest == Provenance((TRADE,), ("read",), "1.0").digest


def test_union_of_nothing_is_empty_and_of_several_is_their_merge() -> None:
    one, other = Provenance((TRADE,), ("a",)), Provenance((VOTES,), ("b",))
    assert union_provenance([]) == Provenance()
    assert union_provenance([one, other]) == one.merge(other)


def test_core_types_do_not_change() -> None:
    source = Source("title", "url", "2014", "high", "trade:2")
    with pytest.raises(FrozenInstanceError):
        source.row = "trade:3"  # type: ignore[misc]
    assert replace(source, row="trade:3").row == "trade:3"
    assert source.from_memory is False
