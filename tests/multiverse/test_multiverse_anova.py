"""The variance shared out among choices, against functions whose parts are known."""

from __future__ import annotations

from itertools import permutations, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beholden.multiverse import variance_shares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

Picks = list[dict[str, str]]


def grid(**options: str) -> Picks:
    """Every combination of options; an option is one letter."""
    names = list(options)
    return [dict(zip(names, labels, strict=True)) for labels in product(*options.values())]


def test_one_choice_that_decides_everything() -> None:
    picks = grid(a="xy", b="xyz")
    shares = variance_shares(picks, np.array([float(row["a"] == "x") for row in picks]))
    assert shares.shapley == pytest.approx({"a": 1, "b": 0})
    assert shares.alone == pytest.approx({"a": 1, "b": 0})
    assert shares.variance == pytest.approx(0.25)


def test_additive_function_has_its_main_effects_as_shares() -> None:
    picks = grid(a="xy", b="xyz")
    effect = {"x": 0.0, "y": 4.0, "z": 8.0}
    outcome = np.array([3 * (row["a"] == "y") + effect[row["b"]] for row in picks])
    own = {"a": 9 * 0.25, "b": float(np.var([0.0, 4.0, 8.0]))}
    total = sum(own.values())
    shares = variance_shares(picks, outcome)
    assert shares.variance == pytest.approx(total)
    expected = {name: part / total for name, part in own.items()}
    assert shares.shapley == pytest.approx(expected)
    assert shares.alone == pytest.approx(expected)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_pure_interaction_is_shared_equally_and_belongs_to_nobody_alone(count: int) -> None:
    names = "abcd"[:count]
    picks = grid(**dict.fromkeys(names, "xy"))
    odd = [float(sum(row[name] == "y" for name in names) % 2) for row in picks]
    shares = variance_shares(picks, np.array(odd))
    assert shares.shapley == pytest.approx(dict.fromkeys(names, 1 / count))
    assert shares.alone == pytest.approx(dict.fromkeys(names, 0), abs=1e-12)


def test_both_must_hold() -> None:
    # Holds in one of four: mean 1/4, variance 3/16; each main effect 1/16, interaction 1/16.
    picks = grid(a="xy", b="xy")
    shares = variance_shares(picks, np.array([1.0, 0, 0, 0]))
    assert shares.alone == pytest.approx({"a": 1 / 3, "b": 1 / 3})
    assert shares.shapley == pytest.approx({"a": 1 / 2, "b": 1 / 2})
    assert shares.variance == pytest.approx(3 / 16)


def test_incomplete_grid_by_hand() -> None:
    # Three of four cells. Given a: means 0 and 1/2; given b: means 0 and 1/2.
    picks = [{"a": "x", "b": "x"}, {"a": "x", "b": "y"}, {"a": "y", "b": "x"}]
    shares = variance_shares(picks, np.array([0.0, 1.0, 0.0]))
    # Worth of b: cells {0, 0} and {1}: all of it. Worth of a: means 1/2, 1/2, 0.
    worth_a = (2 * (1 / 2 - 1 / 3) ** 2 + (1 / 3) ** 2) / 3 / (2 / 9)
    assert shares.alone == pytest.approx({"a": worth_a, "b": 1})
    assert shares.shapley == pytest.approx({"a": worth_a / 2, "b": 1 - worth_a / 2})


def test_choice_without_an_alternative_has_no_share() -> None:
    picks = grid(a="xy", b="x")
    shares = variance_shares(picks, np.array([0.0, 1.0]))
    assert shares.shapley == {"a": 1.0, "b": 0.0}
    assert list(shares.shapley) == ["a", "b"]


@pytest.mark.parametrize("value", [0.0, 1.0, 0.1])
def test_outcome_that_does_not_vary(value: float) -> None:
    picks = grid(a="xy", b="xyz")
    shares = variance_shares(picks, np.full(6, value))
    assert shares.shapley == {"a": 0.0, "b": 0.0}
    assert shares.alone == {"a": 0.0, "b": 0.0}


def test_no_universes() -> None:
    shares = variance_shares([], np.array([]))
    assert (shares.shapley, shares.variance) == ({}, 0.0)


def test_too_many_choices() -> None:
    picks = [{f"c{i}": letter for i in range(15)} for letter in "xy"]
    with pytest.raises(ValueError, match="expected at most 14 choices that vary, found 15"):
        variance_shares(picks, np.array([0.0, 1.0]))
    kept = [{name: label for name, label in row.items() if name != "c0"} for row in picks]
    assert sum(variance_shares(kept, np.array([0.0, 1.0])).shapley.values()) == pytest.approx(1)


def worth(picks: Sequence[Mapping[str, str]], outcome: Sequence[float], names: set[str]) -> float:
    """Variance of the mean given some choices, cell by cell."""
    cells: dict[tuple[str, ...], list[float]] = {}
    for row, value in zip(picks, outcome, strict=True):
        cells.setdefault(tuple(row[name] for name in sorted(names)), []).append(value)
    mean = sum(outcome) / len(outcome)
    return sum(
        len(values) * (sum(values) / len(values) - mean) ** 2 for values in cells.values()
    ) / len(outcome)


def brute_force(picks: Picks, outcome: list[float]) -> dict[str, float]:
    """Shapley parts as the mean over every order in which choices can be made known."""
    names = list(picks[0])
    total = worth(picks, outcome, set(names))
    parts = dict.fromkeys(names, 0.0)
    orders = list(permutations(names))
    for order in orders:
        known: set[str] = set()
        for name in order:
            gained = worth(picks, outcome, known | {name}) - worth(picks, outcome, known)
            parts[name] += gained / total / len(orders)
            known.add(name)
    return parts


@st.composite
def universes(draw: st.DrawFn) -> tuple[Picks, list[float]]:
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    full = grid(**{f"c{i}": "xyz"[:size] for i, size in enumerate(sizes)})
    kept = draw(st.lists(st.sampled_from(range(len(full))), min_size=1, unique=True))
    picks = [full[index] for index in kept]
    outcome = draw(
        st.lists(st.sampled_from([0.0, 1.0, 2.5, -3.0]), min_size=len(kept), max_size=len(kept))
    )
    return picks, outcome


@settings(max_examples=60, deadline=None)
@given(universes())
def test_against_every_order_of_the_choices(case: tuple[Picks, list[float]]) -> None:
    picks, outcome = case
    shares = variance_shares(picks, np.array(outcome))
    if np.var(outcome) == 0:
        assert set(shares.shapley.values()) <= {0.0}
        return
    assert sum(shares.shapley.values()) == pytest.approx(1)
    assert shares.shapley == pytest.approx(brute_force(picks, outcome), abs=1e-9)
    assert all(-1e-9 <= part <= 1 + 1e-9 for part in shares.shapley.values())


@settings(max_examples=40, deadline=None)
@given(universes(), st.randoms(use_true_random=False))
def test_order_and_names_of_the_universes_do_not_matter(
    case: tuple[Picks, list[float]], random: Random
) -> None:
    picks, outcome = case
    one = variance_shares(picks, np.array(outcome))
    order = list(range(len(picks)))
    random.shuffle(order)
    turned = [dict(reversed(picks[i].items())) for i in order]
    other = variance_shares(turned, np.array([outcome[i] for i in order]))
    assert other.shapley == pytest.approx(dict(one.shapley), abs=1e-9)
    renamed = [{f"new {name}": f"{label}!" for name, label in row.items()} for row in picks]
    again = variance_shares(renamed, 10 - 3 * np.array(outcome))
    # Nor do the unit and the direction of the outcome.
    expected = {f"new {name}": part for name, part in one.shapley.items()}
    assert again.shapley == pytest.approx(expected, abs=1e-9)
