"""Power and size, against the notes on the data, and states that were not yet one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rows_of import course, row, x

from beholden.measures.power import GDP, POPULATION, POWER, product
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.panels import Holdings


def test_capabilities(holdings: Holdings) -> None:
    assert x(POWER, holdings, "PRK", 2014) == pytest.approx(0.0132, abs=5e-5)
    assert x(POWER, holdings, "PRK", 2022) == pytest.approx(0.0141, abs=5e-5)


def test_population_in_persons(holdings: Holdings) -> None:
    assert x(POPULATION, holdings, "PRK", 2014) == 25_116_000
    for source in ("latent", "Gleditsch"):
        assert x(POPULATION, holdings, "PRK", 2014, source=source) == pytest.approx(
            25_116_000, rel=0.02
        )


@pytest.mark.parametrize(
    ("year", "billions"),
    [
        (1970, 4.9),
        (1990, 14.7),
        (1995, 4.8),
        (2000, 10.6),
        (2014, 17.4),
        (2019, 16.3),
        (2023, 16.4),
    ],
)
def test_north_koreas_product_in_current_dollars(
    holdings: Holdings, year: int, billions: float
) -> None:
    assert x(GDP, holdings, "PRK", year) == pytest.approx(billions * 1e3, abs=51)


def test_product_at_constant_prices_has_an_error(holdings: Holdings) -> None:
    found = row(values_of(GDP, holdings, {"prices": "constant"}), "PRK", 2013)
    assert 0.2 < found["se"] / found["x"] < 0.6


def test_the_series_of_united_states_are_nobodys_before(holdings: Holdings) -> None:
    values = values_of(GDP, holdings, {})
    # West Germany, North Vietnam; one series of each union reaches back to 1970.
    assert course(values, "DEU", range(1985, 1990)) == [None] * 5
    assert row(values, "DEU", 1990)["x"] > 1e6
    assert course(values, "VNM", range(1970, 1976)) == [None] * 6
    assert row(values, "VNM", 1977)["x"] is not None
    # Both Yemens and the Soviet Union have series of their own.
    for state, year in (("YMD", 1985), ("SUN", 1985), ("YUG", 1985), ("CSK", 1985)):
        assert row(values, state, year)["x"] > 0


def test_a_state_has_one_product_a_year(holdings: Holdings) -> None:
    assert not product(holdings).select("state", "year").is_duplicated().any()
