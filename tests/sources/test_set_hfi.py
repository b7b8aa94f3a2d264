"""Two editions of the Human Freedom Index on their originals."""

from __future__ import annotations

import pytest
from checking_rights import faults, rows, table


@pytest.mark.parametrize(
    ("name", "height", "width", "countries"),
    [("hfi_2018", 1458, 123, 162), ("hfi_2021", 1980, 125, 165)],
)
def test_the_set_is_what_it_says(name: str, height: int, width: int, countries: int) -> None:
    assert faults(name) == []
    assert table(name).shape == (height, width)
    assert table(name)["iso"].n_unique() == countries


@pytest.mark.parametrize("name", ["hfi_2018", "hfi_2021"])
def test_north_korea_is_absent_and_china_there_every_year(name: str) -> None:
    assert rows(name, iso="PRK").height == 0
    assert rows(name, iso="CHN").height == table(name)["year"].n_unique()


def test_the_source_of_movement_abroad_changed_between_editions() -> None:
    assert rows("hfi_2018", iso="CHN")["pf_movement_foreign"].to_list() == [0] * 9
    later = rows("hfi_2021", iso="CHN")["pf_movement_vdem_foreign"]
    assert (later.min(), later.max()) == (4.73, 5.39)
    assert "pf_movement_foreign" not in table("hfi_2021").columns


def test_three_steps_of_movement_in_the_earlier_edition() -> None:
    for column in ("pf_movement_foreign", "pf_movement_domestic"):
        assert set(table("hfi_2018")[column].drop_nulls().to_list()) == {0, 5, 10}


@pytest.mark.parametrize("name", ["hfi_2018", "hfi_2021"])
def test_scores_are_from_0_to_10(name: str) -> None:
    scores = [c for c in table(name).columns if c[:3] in {"pf_", "ef_"} and c[-5:] != "_rank"]
    found = table(name).select(scores)
    assert min(found.min().row(0)) >= 0
    assert max(found.max().row(0)) <= 10.0001
