"""Agreement between votes: against the formulas written out pair by pair."""

from __future__ import annotations

from itertools import product
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from agreeing import APART, DISTANCES, SCORES, cell, direct, near, of, stacked
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from beholden.measures.agreement import agreement, contested

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Votes = NDArray[np.int8]


@st.composite
def assemblies(draw: st.DrawFn) -> tuple[Votes, NDArray[np.int64]]:
    """Votes of a few states, some missing or absent, with the session of each roll call."""
    states, roll_calls = draw(st.integers(2, 4)), draw(st.integers(1, 15))
    codes = st.sampled_from([0, 1, 1, 2, 3, 8])
    votes = draw(arrays(np.int8, (states, roll_calls), elements=codes))
    return votes, draw(arrays(np.int64, roll_calls, elements=st.sampled_from([1950, 1951, 2014])))


# Against the formulas.


@settings(deadline=None)
@given(assemblies(), st.sampled_from(sorted(APART)))
def test_every_pair_is_what_the_formulas_say(
    assembly: tuple[Votes, NDArray[np.int64]], distance: Any
) -> None:
    votes, sessions = assembly
    found = agreement(votes, sessions, distance=distance)
    assert found.sessions.tolist() == sorted(set(sessions.tolist()))
    for place, session in enumerate(found.sessions):
        block = votes[:, sessions == session].tolist()
        for i, j in product(range(len(votes)), repeat=2):
            assert cell(found, place, i, j) == near(direct(block[i], block[j], distance))


@settings(deadline=None)
@given(assemblies())
def test_chance_under_squares_is_spread_and_shift(
    assembly: tuple[Votes, NDArray[np.int64]],
) -> None:
    votes, sessions = assembly
    found = agreement(votes, sessions * 0, distance="squared")
    both = np.isin(votes[0], (1, 2, 3)) & np.isin(votes[1], (1, 2, 3))
    x, y = (3 - votes[:2, both].astype(float)) / 2
    if not both.any():
        return
    gap, shift = ((x - y) ** 2).mean(), (x.mean() - y.mean()) ** 2
    spread = x.var() + y.var()
    for score, chance in (("kappa", spread + shift), ("pi", spread + shift / 2)):
        expected = 1 - gap / chance if chance > 1e-12 else np.nan
        assert cell(found)[score] == pytest.approx(expected, abs=1e-9, nan_ok=True)


def test_worked_by_hand() -> None:
    x, y = [1, 1, 2, 3, 1], [1, 2, 2, 1, 3]
    # Two of five the same; gaps 0, 1/2, 0, 1, 1. Yes, abstain, no: 3, 1, 1 against 2, 2, 1.
    same = {"n": 5, "share": 2 / 5, "share_error": sqrt(0.06)}
    absolute = {"s": 0, "s_error": 1 / sqrt(5), "kappa": 1 - 0.5 / 0.42, "pi": 1 - 0.5 / 0.41}
    assert of(x, y) == near(same | absolute)
    assert of(x, y, distance="squared") == near(
        same
        | {"s": 0.1, "s_error": 2 * sqrt(0.2625 / 5), "kappa": -14 / 31, "pi": 1 - 0.45 / 0.305}
    )
    assert of(x, y, distance="nominal") == near(
        same | {"s": -0.2, "s_error": 2 * sqrt(0.06), "kappa": 1 / 16, "pi": 1 / 31}
    )


@DISTANCES
def test_the_same_varied_votes_agree_fully(distance: Any) -> None:
    found = of([1, 3, 2, 1], [1, 3, 2, 1], distance=distance)
    full = {"n": 4, "share": 1, "share_error": 0, "s": 1, "s_error": 0, "kappa": 1, "pi": 1}
    assert found == full


@DISTANCES
def test_opposed_votes(distance: Any) -> None:
    found = of([1, 3, 1, 3], [3, 1, 3, 1], distance=distance)
    assert (found["share"], found["s"], found["kappa"], found["pi"]) == (0, -1, -1, -1)


# Absent, abstaining, missing.


def test_absence_by_choice() -> None:
    x, y = [1, 8, 8, 3, 1], [1, 8, 2, 8, 0]
    assert of(x, y) == near(direct([1], [1], "absolute"))
    abstained = direct([1, 2, 2, 3], [1, 2, 2, 2], "absolute")
    assert of(x, y, absence="abstention") == near(abstained)
    fourth = direct([1, 8, 8, 3], [1, 8, 2, 8], "nominal", (1, 2, 3, 8))
    assert of(x, y, absence="category", distance="nominal") == near(fourth)
    assert fourth["share"] == 0.5


@settings(deadline=None)
@given(assemblies(), st.sampled_from(sorted(APART)))
def test_without_abstentions_only_yes_and_no_count(
    assembly: tuple[Votes, NDArray[np.int64]], distance: Any
) -> None:
    votes, sessions = assembly
    found = agreement(votes, sessions, distance=distance, abstention="missing")
    for place, session in enumerate(found.sessions):
        x, y = votes[:2, sessions == session].tolist()
        assert cell(found, place) == near(direct(x, y, distance, (1, 3)))
    # With two votes left, all distances are one.
    np.testing.assert_allclose(found.s, 2 * found.share - 1, atol=1e-12)


def test_absence_as_abstention_is_dropped_with_the_abstentions() -> None:
    x, y = [1, 8, 2, 3], [1, 2, 8, 1]
    found = of(x, y, absence="abstention", abstention="missing")
    assert found == near(direct([1, 3], [1, 1], "absolute"))


def test_contested_looks_at_votes_cast_only() -> None:
    votes = np.array([[1, 1, 8, 3, 2, 0], [1, 1, 1, 3, 3, 8], [1, 2, 0, 3, 8, 0]], dtype=np.int8)
    assert contested(votes).tolist() == [False, True, False, False, True, False]


# What is not known is not a number.


def test_nothing_shared() -> None:
    assert of([1, 0, 8], [0, 2, 3]) == near(direct([], [], "absolute"))


def test_a_single_shared_roll_call_has_no_error() -> None:
    found = of([1], [2])
    expected = {"n": 1, "share": 0, "s": 0, "kappa": 0, "pi": -1}
    assert found == near(expected | {"share_error": np.nan, "s_error": np.nan})


def test_too_few_shared_roll_calls() -> None:
    votes = np.array([[1, 1, 3, 2], [1, 3, 3, 0], [1, 0, 0, 2]], dtype=np.int8)
    found = agreement(votes, np.zeros(4, dtype=int), minimum=3)
    assert found.n[0].tolist() == [[4, 3, 2], [3, 3, 1], [2, 1, 2]]
    assert np.isnan(found.s[0]).tolist() == (found.n[0] < 3).tolist()
    for name in SCORES:
        assert np.isnan(getattr(found, name)[0, 0, 2]), name
        assert not np.isnan(getattr(found, name)[0, 0, 1]), name


@DISTANCES
def test_chance_that_leaves_no_disagreement(distance: Any) -> None:
    same = of([1, 1, 1], [1, 1, 1], distance=distance)
    assert (same["share"], same["s"]) == (1, 1)
    assert np.isnan([same["kappa"], same["pi"]]).all()
    apart = of([1, 1, 1], [3, 3, 3], distance=distance)
    assert (apart["s"], apart["kappa"], apart["pi"]) == (-1, 0, -1)


def test_no_roll_calls_and_no_states() -> None:
    none = agreement(np.zeros((3, 0), dtype=np.int8), np.zeros(0, dtype=int))
    assert (none.sessions.size, none.n.shape, none.kappa.shape) == (0, (0, 3, 3), (0, 3, 3))
    empty = agreement(np.zeros((0, 2), dtype=np.int8), np.array([1, 2]))
    assert (empty.sessions.tolist(), empty.s.shape) == ([1, 2], (2, 0, 0))


# What must not matter.


@settings(deadline=None)
@given(assemblies(), st.sampled_from(sorted(APART)), st.randoms(use_true_random=False))
def test_invariances(assembly: tuple[Votes, NDArray[np.int64]], distance: Any, random: Any) -> None:
    votes, sessions = assembly
    found = agreement(votes, sessions, distance=distance)
    scores = stacked(found)
    np.testing.assert_array_equal(scores, scores.swapaxes(-1, -2), "symmetric")
    roll_calls = random.sample(range(sessions.size), sessions.size)
    shuffled = agreement(votes[:, roll_calls], sessions[roll_calls], distance=distance)
    np.testing.assert_array_equal(scores, stacked(shuffled), "order of roll calls")
    states = random.sample(range(len(votes)), len(votes))
    swapped = stacked(agreement(votes[states], sessions, distance=distance))
    np.testing.assert_array_equal(scores[:, :, states][..., states], swapped, "order of states")
    turned = np.choose(votes % 8, [votes, 3, 2, 1], mode="clip").astype(np.int8)
    turned[votes == 8] = 8
    other = stacked(agreement(turned, sessions, distance=distance))
    np.testing.assert_allclose(scores, other, atol=1e-12, err_msg="yes for no")


def test_sessions_are_apart_and_types_do_not_matter() -> None:
    rng = np.random.default_rng(7)
    votes = rng.choice([0, 1, 2, 3, 8], size=(5, 60)).astype(np.int8)
    sessions = rng.integers(3, 6, size=60)
    whole = agreement(votes, sessions)
    for place, session in enumerate((3, 4, 5)):
        alone = agreement(votes[:, sessions == session], sessions[sessions == session])
        np.testing.assert_array_equal(stacked(whole)[:, place], stacked(alone)[:, 0])
    small = agreement(votes.astype(np.int64), sessions.astype(np.uint16), dtype=np.float32)
    assert [array.dtype.name for array in (small.s, small.n)] == ["float32", "int32"]
    np.testing.assert_allclose(stacked(small), stacked(whole), atol=1e-6)


# Known truth.


def simulated(copies: float, sessions: int, roll_calls: int) -> tuple[Votes, NDArray[np.int64]]:
    """Two states of one distribution; the second copies the first now and then."""
    rng = np.random.default_rng(19950901)
    x, own = rng.choice([1, 2, 3], size=(2, sessions * roll_calls), p=[0.6, 0.25, 0.15])
    y = np.where(rng.random(x.size) < copies, x, own)
    return np.stack([x, y]).astype(np.int8), np.repeat(np.arange(sessions), roll_calls)


@DISTANCES
@pytest.mark.parametrize("copies", [0.0, 0.6])
def test_kappa_and_pi_are_the_share_of_copied_votes(distance: Any, copies: float) -> None:
    found = agreement(*simulated(copies, 2000, 200), distance=distance)
    for score in (found.kappa, found.pi):
        values = score[:, 0, 1]
        assert abs(values.mean() - copies) < 4 * values.std() / sqrt(values.size) + 1 / 200


def test_independent_votes_of_unlike_states_agree_by_chance() -> None:
    rng = np.random.default_rng(1945)
    x = rng.choice([1, 2, 3], size=400_000, p=[0.9, 0.05, 0.05])
    y = rng.choice([1, 2, 3], size=400_000, p=[0.2, 0.3, 0.5])
    votes = np.stack([x, y]).astype(np.int8)
    found = agreement(votes, np.repeat(np.arange(2000), 200), distance="squared")
    assert found.kappa[:, 0, 1].mean() == pytest.approx(0, abs=0.005)
    # The mean squared gap is 0.54; in the pooled votes (0.55, 0.175, 0.275) it is 0.3746875.
    assert found.s[:, 0, 1].mean() == pytest.approx(1 - 2 * 0.54, abs=0.005)
    assert found.pi[:, 0, 1].mean() == pytest.approx(1 - 0.54 / 0.3746875, abs=0.01)
    assert found.share[:, 0, 1].mean() == pytest.approx(0.22, abs=0.005)


# Half the votes are copied; two draws from (0.6, 0.25, 0.15) lie 0.3675 or, squared, 0.27375 apart.
@pytest.mark.parametrize(("distance", "truth"), [("absolute", 0.6325), ("squared", 0.72625)])
def test_the_error_is_that_of_repeated_sessions(distance: Any, truth: float) -> None:
    found = agreement(*simulated(0.5, 2000, 400), distance=distance)
    for score, spread in ((found.s, found.s_error), (found.share, found.share_error)):
        assert spread[:, 0, 1].mean() == pytest.approx(score[:, 0, 1].std(), rel=0.05)
    within = np.abs(found.s[:, 0, 1] - truth) < 1.96 * found.s_error[:, 0, 1]
    assert within.mean() == pytest.approx(0.95, abs=0.015)


# Wrong arguments.


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"votes": np.ones(3, dtype=np.int8)}, r"found shapes \(3,\) and \(3,\)"),
        ({"sessions": np.ones(4, dtype=int)}, r"found shapes \(2, 3\) and \(4,\)"),
        ({"votes": np.ones((2, 3))}, "votes as whole numbers, found float64"),
        ({"sessions": np.ones(3)}, "sessions as whole numbers, found float64"),
        ({"votes": np.full((2, 3), 9, dtype=np.int8)}, r"found 9; recode them \(no member is 0\)"),
        ({"minimum": 0}, "at least 1 shared roll call, found 0"),
        ({"distance": "linear"}, "distance absolute or squared or nominal, found 'linear'"),
        ({"abstention": "yes"}, "abstention half or missing, found 'yes'"),
        ({"absence": "no"}, "absence missing or abstention or category, found 'no'"),
        ({"absence": "category"}, "nominal distance where absence is a category, found absolute"),
    ],
)
def test_wrong_arguments(change: dict[str, Any], words: str) -> None:
    given: dict[str, Any] = {"votes": np.ones((2, 3), dtype=np.int8), "sessions": np.ones(3, int)}
    with pytest.raises(ValueError, match=words):
        agreement(**(given | change))
