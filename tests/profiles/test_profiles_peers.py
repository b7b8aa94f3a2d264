"""Peers: distances against a slow reference, and the states that are really alike."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from profiling import CHN, CUB, JPN, PRK, USA, measure, values

from beholden.profiles.peers import distances, nearest_states, standardised
from beholden.states import states

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEMBERS = [state.cow for state in states(2010, "cow") if state.cow is not None]


def slow_distance(x: NDArray[np.float64], one: int, two: int, groups: list[int]) -> float:
    """The distance of two rows by loops over plain numbers."""

    def place(row: int, column: int) -> float:
        cells: list[float] = x[:, column].tolist()
        others = [cell for at, cell in enumerate(cells) if at != row and not isnan(cell)]
        below = sum(cell < cells[row] for cell in others)
        tied = sum(cell == cells[row] for cell in others)
        return (below + tied / 2) / len(others)

    by_group: dict[int, list[float]] = {}
    for column, group in enumerate(groups):
        if not isnan(x[one, column]) and not isnan(x[two, column]):
            gap = place(one, column) - place(two, column)
            by_group.setdefault(group, []).append(gap**2)
    means = [sum(parts) / len(parts) for parts in by_group.values()]
    return sqrt(sum(means) / len(means)) if means else float("nan")


def test_distances_are_those_of_the_slow_reference() -> None:
    rng = np.random.default_rng(5)
    x = np.round(rng.normal(size=(30, 7)), 1)
    x[rng.random(x.shape) < 0.25] = np.nan
    groups = [0, 0, 0, 1, 1, 2, 3]
    found = distances(standardised(x), 4, np.array(groups))
    expected = [slow_distance(x, at, 4, groups) for at in range(30)]
    np.testing.assert_allclose(found.distance, expected, rtol=1e-12)
    known = ~np.isnan(x)
    assert found.shared.tolist() == (known & known[4]).sum(axis=1).tolist()


def test_a_construct_with_many_measures_weighs_no_more() -> None:
    places = np.array([[0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]])
    found = distances(places, 0, np.array([0, 0, 0, 1]))
    assert found.distance[1] == found.distance[2] == pytest.approx(sqrt(0.5))


def test_what_is_alike_comes_out_as_alike() -> None:
    """States that differ from one by little noise are its peers, those of another kind are not."""
    rng = np.random.default_rng(11)
    alike = set(rng.choice([c for c in MEMBERS if c != PRK], 5, replace=False).tolist())
    made = []
    for number in range(8):
        centre = rng.normal() * 3
        rows = [
            (code, 2010, centre + rng.normal(0, 0.05 if code in alike or code == PRK else 3.0))
            for code in MEMBERS
        ]
        made.append((measure(f"m{number}", values(rows), f"c{number % 3}"), values(rows)))
    found = nearest_states(made, "PRK", 2010)
    assert found is not None
    codes = {state.iso3 for state in states(2010, "cow") if state.cow in alike}
    assert {peer.code for peer in found.nearest} == codes
    assert found.compared == len(MEMBERS) - 1


def test_a_state_with_fewer_than_half_of_the_measures_is_not_compared() -> None:
    many = [values([(PRK, 2010, 1.0), (CHN, 2010, 1.0), (USA, 2010, 5.0)]) for _ in range(2)]
    few = values([(PRK, 2010, 1.0), (CUB, 2010, 1.0), (USA, 2010, 9.0)])
    made = [(measure(f"m{at}", each), each) for at, each in enumerate((*many, few))]
    found = nearest_states(made, "PRK", 2010)
    assert found is not None
    # Cuba shares one of three measures, China two.
    assert [peer.code for peer in found.nearest] == ["CHN", "USA"]
    assert [peer.shared for peer in found.nearest] == [2, 3]
    assert found.nearest[0].values == (1.0, 1.0, None)


def test_only_measures_of_the_state_itself_count() -> None:
    own = values([(PRK, 2010, 1.0), (CHN, 2010, 2.0)])
    without = values([(CHN, 2010, 2.0), (JPN, 2010, 2.0)])
    made = [(measure("own", own), own), (measure("without", without), without)]
    found = nearest_states(made, "PRK", 2010)
    assert found is not None
    assert [each.name for each in found.measures] == ["own"]


def test_nothing_known_of_the_state_means_no_peers() -> None:
    made = values([(CHN, 2010, 2.0)])
    assert nearest_states([(measure("m", made), made)], "PRK", 2010) is None


def test_a_place_of_what_is_there_as_well_counts_once() -> None:
    raw = replace(values([(PRK, 2010, 1.0), (CHN, 2010, 2.0)], scale="0 to 8"), sources=("s",))
    place = replace(raw, scale="percentile")
    other = replace(place, sources=("t",))
    made = [(measure(n, v), v) for n, v in (("raw", raw), ("place", place), ("other", other))]
    found = nearest_states(made, "PRK", 2010)
    assert found is not None
    assert [each.name for each in found.measures] == ["raw", "other"]
