"""Extremity: North Korea's place on every measure, with what ties and errors leave open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from rows_of import row

from beholden.measures.base import Evidence, Target, Years
from beholden.measures.extremity import EXTREMITY
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.panels import Holdings

OF = EXTREMITY.choices[0].labels()


def place(holdings: Holdings, of: str, year: int = 2013, state: str = "PRK") -> dict[str, Any]:
    return row(values_of(EXTREMITY, holdings, {"of": of}), state, year)


@pytest.mark.parametrize(
    "of", ["V-Dem foreign movement", "V-Dem domestic movement", "state ownership"]
)
def test_north_korea_is_last(holdings: Holdings, of: str) -> None:
    assert place(holdings, of)["x"] == 0


@pytest.mark.parametrize("of", ["V-Dem physical violence", "V-Dem torture"])
def test_only_syria_is_worse(holdings: Holdings, of: str) -> None:
    assert place(holdings, of, state="SYR")["x"] == 0
    assert 0 < place(holdings, of)["x"] < 0.007


@pytest.mark.parametrize(
    "of",
    ["terror scale", "CIRIGHTS foreign movement", "Freedom House", "CIRIGHTS physical integrity"],
)
def test_steps_tie_north_korea_with_others(holdings: Holdings, of: str) -> None:
    found = place(holdings, of)
    assert found["low"] < found["x"] < found["high"]
    assert found["x"] == pytest.approx((found["low"] + found["high"]) / 2)


def test_a_tie_decides_whether_a_place_is_among_the_worst_twentieth(holdings: Holdings) -> None:
    found = place(holdings, "CIRIGHTS foreign movement")
    assert found["low"] == 0
    assert found["x"] < 0.05 < found["high"]


@pytest.mark.parametrize("of", ["latent protection", "electoral democracy"])
def test_errors_leave_a_range(holdings: Holdings, of: str) -> None:
    found = place(holdings, of)
    assert found["x"] < 0.05 < found["high"]


@pytest.mark.parametrize("of", ["human freedom", "HFI foreign movement"])
def test_the_human_freedom_index_leaves_out_the_worst_case(holdings: Holdings, of: str) -> None:
    assert place(holdings, of) == {}
    assert place(holdings, of, state="CHN")["x"] < 0.15


@pytest.mark.parametrize("of", OF)
def test_the_best_states_are_at_the_top_on_every_measure(holdings: Holdings, of: str) -> None:
    for state in ("CHE", "NZL"):
        assert place(holdings, of, 2012, state)["x"] > 0.6


def test_in_a_claim_every_year_is_a_place(holdings: Holdings) -> None:
    assert EXTREMITY.compute is not None
    target = Target("PRK", "CHN", years=Years(2010, 2014))
    evidence = Evidence({}, date.max, date.max, holdings)
    for of in OF:
        frame = EXTREMITY.compute(evidence, target, {"of": of}).frame
        assert frame.height in (0, 5)
        assert (frame["low"] <= frame["x"] + 1e-9).all()
        assert (frame["x"] <= frame["high"] + 1e-9).all()
