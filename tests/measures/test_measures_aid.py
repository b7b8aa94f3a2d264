"""Aid by weight: what counts as given, and what as promised."""

from __future__ import annotations

from typing import Any

import pytest
from measuring import evidence, made, measure, shipped, values


def kinds(series: Any) -> set[str]:
    frame = shipped()["aid"].frame
    return set(frame.filter(frame["row"].is_in(list(series.sources)))["kind"].to_list())


def test_fuel_and_food_are_told_apart() -> None:
    assert all(kind.startswith("food") for kind in kinds(measure("aid_quantity")))
    fuel = kinds(measure("aid_quantity", {"kind": "fuel"}))
    assert fuel
    assert all(kind.startswith(("fuel", "crude oil")) for kind in fuel)


def aid(**cells: Any) -> dict[str, Any]:
    return {
        "year": 2011,
        "donor": "CHN",
        "kind": "food",
        "status": "delivered",
        "quantity": 10.0,
        "unit": "t",
        **cells,
    }


@pytest.mark.parametrize(
    ("status", "counted", "tonnes"),
    [
        ("delivered", "delivered", 10.0),
        ("grant", "delivered", 10.0),
        ("pledged", "delivered", None),
        ("pledged", "delivered or pledged", 10.0),
        ("KOTRA estimate of unrecorded deliveries", "delivered or pledged", None),
        ("trade record", "delivered or pledged", None),
        ("UN cap", "delivered or pledged", None),
    ],
)
def test_what_counts(status: str, counted: str, tonnes: float | None) -> None:
    held = made("aid", [aid(status=status)])
    found = values(measure("aid_quantity", {"counted": counted}, held=held))
    assert found == ({} if tonnes is None else {2011: tonnes})


def test_rows_of_a_year_add_and_others_stay_out() -> None:
    rows = [
        aid(),
        aid(quantity=5.0, kind="food (corn)"),
        aid(donor="KOR", quantity=100.0),
        aid(unit="barrels", quantity=100.0),
        aid(quantity=None),
        aid(year=2012, quantity=0.0),
    ]
    series = measure("aid_quantity", held=made("aid", rows))
    # Nothing given is zero; nothing known is no row.
    assert values(series) == {2011: 15.0, 2012: 0.0}
    assert series.frame["rows"].to_list() == [["aid:2", "aid:3"], ["aid:7"]]
    assert series.scale == "tonnes"


def test_pledges_only_add() -> None:
    given = values(measure("aid_quantity"))
    promised = values(measure("aid_quantity", {"counted": "delivered or pledged"}))
    assert set(given) <= set(promised)
    assert all(promised[year] >= tonnes for year, tonnes in given.items())
    assert promised != given


def test_aid_from_memory_counts_only_when_asked() -> None:
    sourced = measure("aid_quantity", {"counted": "delivered or pledged"})
    assert not any(source.from_memory for source in sourced.sources.values())
    held = evidence(memory=True)
    recalled = measure("aid_quantity", {"counted": "delivered or pledged"}, held=held)
    assert set(sourced.sources) <= set(recalled.sources)
