"""The plain panels behind the latent human rights scores on their originals."""

from __future__ import annotations

import pytest
from checking_rights import faults, rows, table

SIZES = {
    "input_genocide": 10_152,
    "input_massive_repression": 5_409,
    "input_rummel": 4_868,
    "input_hathaway": 2_460,
    "input_torture_allegations": 1_672,
}


@pytest.mark.parametrize("name", SIZES)
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []
    assert table(name).height == SIZES[name]


def test_lines_that_end_in_the_old_way_are_read() -> None:
    assert rows("input_torture_allegations", cowccode=2)["iso3alpha"].unique().to_list() == ["USA"]


def test_events_are_yes_or_no() -> None:
    for name, column in (("input_genocide", "genocide"), ("input_rummel", "rummel")):
        assert set(table(name)[column].to_list()) == {0, 1}
    assert set(rows("input_genocide", ccode=731)["genocide"].to_list()) == {0}


def test_torture_is_unknown_where_it_is_not_coded() -> None:
    found = table("input_hathaway")["torture"]
    assert found.null_count() == 227
    assert (found.min(), found.max()) == (1, 5)
