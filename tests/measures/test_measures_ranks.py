"""Places in a field: against a count by hand, with ties, errors and a simulated truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from beholden.measures.ranks import percentiles, places, ranks
from beholden.panels import DYAD_YEAR, STATE_YEAR, Values

if TYPE_CHECKING:
    from numpy.typing import NDArray

Cells = list[tuple[int, float | None]]
# Few different values, so that ties are common; some are missing.
FIELDS = st.lists(
    st.tuples(st.integers(2000, 2002), st.one_of(st.none(), st.integers(-3, 3).map(float))),
    min_size=1,
    max_size=25,
)


def values(cells: Cells, se: list[float] | None = None) -> Values:
    """Values of states 0, 1, 2, ..., each in the year that its cell names."""
    frame = pl.DataFrame(
        {
            "state": range(len(cells)),
            "year": [year for year, _ in cells],
            "x": pl.Series([x for _, x in cells], dtype=pl.Float64),
            **({"se": se} if se is not None else {}),
        }
    )
    return Values(frame, STATE_YEAR, "cow", (2000, 2002), "points", "higher: more", ("made",))


def told(found: Values) -> dict[int, tuple[float, float, float]]:
    """State to place, lowest and highest place."""
    return {row["state"]: (row["x"], row["low"], row["high"]) for row in found.frame.to_dicts()}


def counted(cells: Cells, state: int) -> tuple[int, int, int]:
    """How many others of the same year are below, level and above, one by one."""
    year, own = cells[state]
    assert own is not None
    others = [x for at, (when, x) in enumerate(cells) if at != state and when == year]
    there = [x for x in others if x is not None]
    below, above = sum(x < own for x in there), sum(x > own for x in there)
    return below, len(there) - below - above, above


@given(FIELDS)
def test_percentiles_are_those_of_a_count_by_hand(cells: Cells) -> None:
    found = told(percentiles(values(cells)))
    assert set(found) == {state for state, (_, x) in enumerate(cells) if x is not None}
    for state, got in found.items():
        below, level, above = counted(cells, state)
        others = max(below + level + above, 1)
        wanted = ((below + level / 2) / others, below / others, 1 - above / others)
        assert got == pytest.approx(wanted)


@given(FIELDS)
def test_ranks_are_those_of_a_count_by_hand(cells: Cells) -> None:
    found = told(ranks(values(cells), ("year",)))
    for state, got in found.items():
        _, level, above = counted(cells, state)
        assert got == (1 + above, 1 + above, 1 + above + level)


@given(FIELDS)
def test_the_order_of_rows_does_not_matter(cells: Cells) -> None:
    one = values(cells)
    other = Values(
        one.frame.reverse(), STATE_YEAR, "cow", (2000, 2002), "points", "higher: more", ("made",)
    )
    assert told(percentiles(one)) == told(percentiles(other))


@given(FIELDS)
def test_only_the_order_of_values_matters(cells: Cells) -> None:
    bent = [(year, None if x is None else float(np.exp(x) - 7)) for year, x in cells]
    assert told(percentiles(values(cells))) == told(percentiles(values(bent)))


@given(FIELDS)
def test_turning_the_scale_round_turns_the_places_round(cells: Cells) -> None:
    turned = [(year, None if x is None else -x) for year, x in cells]
    one, other = told(percentiles(values(cells))), told(percentiles(values(turned)))
    for state, (x, low, high) in one.items():
        if sum(counted(cells, state)):
            assert other[state] == pytest.approx((1 - x, 1 - high, 1 - low))


@given(FIELDS)
def test_percentiles_of_a_field_are_one_half_on_average(cells: Cells) -> None:
    found = percentiles(values(cells)).frame
    sizes = found.group_by("year").agg(pl.len(), pl.col("x").mean())
    for _, size, mean in sizes.iter_rows():
        assert mean == pytest.approx(0.5) or size == 1


def test_ranks_within_another_field() -> None:
    frame = pl.DataFrame(
        {
            "state": [1, 1, 1, 2, 2],
            "other": [7, 8, 9, 7, 8],
            "year": [2000] * 5,
            "x": [0.5, 0.3, 0.3, 0.1, 0.9],
        }
    )
    pairs = Values(frame, DYAD_YEAR, "cow", (2000, 2000), "share", "higher: more", ("made",))
    found = ranks(pairs, ("state", "year")).frame.sort("state", "other")
    assert found["x"].to_list() == [1, 2, 2, 2, 1]
    assert found["high"].to_list() == [1, 3, 3, 2, 1]


ERRORS = st.lists(
    st.tuples(st.integers(-2, 2).map(float), st.floats(0.05, 1.5)), min_size=2, max_size=15
)


@given(ERRORS)
def test_with_errors_every_pair_is_tested_at_the_corrected_level(
    field: list[tuple[float, float]],
) -> None:
    cells: Cells = [(2000, x) for x, _ in field]
    found = told(percentiles(values(cells, [se for _, se in field])))
    others = len(field) - 1
    level = norm.ppf(1 - 0.05 / 2 / others)
    for state, (own, own_se) in enumerate(field):
        rest = [pair for at, pair in enumerate(field) if at != state]
        gaps = [(own - x, level * np.sqrt(own_se**2 + se**2)) for x, se in rest]
        low = sum(gap > spread for gap, spread in gaps) / others
        high = 1 - sum(gap < -spread for gap, spread in gaps) / others
        assert found[state][1:] == pytest.approx((low, high))
        assert low <= found[state][0] <= high


@given(FIELDS)
def test_tiny_errors_leave_only_the_ties_open(cells: Cells) -> None:
    known: Cells = [(2000, x) for _, x in cells if x is not None]
    if len(known) > 1:
        without = told(percentiles(values(known)))
        for state, got in told(percentiles(values(known, [1e-9] * len(known)))).items():
            assert got == pytest.approx(without[state])


def simulated(truth: NDArray[np.float64], se: NDArray[np.float64], runs: int) -> Any:
    """The part of runs in which each one's true place lies in its interval, and the mean width."""
    rng = np.random.default_rng(20151022)
    others = len(truth) - 1
    lower = (truth[:, None] > truth[None, :]).sum(axis=1)
    higher = (truth[:, None] < truth[None, :]).sum(axis=1)
    hits, width = np.zeros(len(truth)), 0.0
    for _ in range(runs):
        found = places(truth + rng.normal(size=len(truth)) * se, se)
        # A true tie may be broken either way, so the interval must hold both ends.
        hits += (found.surely_below <= lower) & (found.surely_above <= higher)
        width += (others - found.surely_below - found.surely_above).mean() / others
    return hits / runs, width / runs


@pytest.mark.parametrize("ties", [False, True])
def test_intervals_hold_the_true_place_in_at_least_95_percent_of_samples(ties: bool) -> None:
    truth = np.linspace(-2, 2, 40)
    truth = np.round(truth) if ties else truth
    se = np.tile([0.1, 0.2, 0.3, 0.5], 10)
    covered, width = simulated(truth, se, 2000)
    assert covered.min() >= 0.95
    # Intervals that cover by saying nothing would be the whole field wide.
    assert width < 0.6


def test_the_simulation_sees_intervals_that_are_too_short() -> None:
    truth, se = np.linspace(-2, 2, 40), np.full(40, 0.5)
    rng = np.random.default_rng(1)
    lower = (truth[:, None] > truth[None, :]).sum(axis=1)
    hits = [
        places(truth + rng.normal(size=40) * se, se / 4).surely_below <= lower for _ in range(300)
    ]
    assert np.mean(hits) < 0.95
