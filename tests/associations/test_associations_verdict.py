"""The rule of the verdict, case by case."""

from __future__ import annotations

import numpy as np
import pytest
from associating import grid

from beholden.associations import RULE, AssociationVerdict, JointTests
from beholden.associations.verdict import judge, met

MEETS, AGAINST, OPEN, FAILED = (0.2, 0.4), (-0.2, 0.01), (0.0, 0.3), (np.nan, np.nan)


def joint(p: float) -> JointTests:
    return JointTests(0.1, 0.5, 2.0, p, p, p, 10, 10, "", 99, 0)


def judged(
    counts: dict[tuple[float, float], int],
    p: float | None = 0.01,
    sign: int = 1,
    weight: list[float] | None = None,
) -> AssociationVerdict:
    ends = np.array([ends for ends, count in counts.items() for _ in range(count)])
    low, high = sign * ends[:, 0], sign * ends[:, 1]
    low, high = np.minimum(low, high), np.maximum(low, high)
    weights = np.ones(len(ends)) if weight is None else np.array(weight)
    tests = None if p is None else joint(p)
    return judge(grid(sign=sign), (low + high) / 2, low, high, weights, tests)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("counts", "p", "answer"),
    [
        ({MEETS: 9, OPEN: 1}, 0.05, "supported"),
        ({MEETS: 89, OPEN: 11}, 0.01, "contested"),
        ({MEETS: 9, OPEN: 1}, 0.06, "contested"),
        ({MEETS: 10}, None, "contested"),
        ({MEETS: 89, FAILED: 11}, 0.01, "contested"),
        ({AGAINST: 9, MEETS: 1}, 0.01, "contradicted"),
        ({AGAINST: 9, MEETS: 1}, None, "contradicted"),
        ({AGAINST: 5, OPEN: 4, MEETS: 1}, 0.2, "contradicted"),
        ({AGAINST: 5, OPEN: 4, MEETS: 1}, 0.01, "contested"),
        ({AGAINST: 5, OPEN: 4, MEETS: 1}, None, "contested"),
        ({AGAINST: 4, OPEN: 6}, 0.2, "contested"),
        ({MEETS: 5, FAILED: 5}, 0.01, "contested"),
        ({MEETS: 49, FAILED: 51}, 0.01, "untestable"),
        ({FAILED: 3}, None, "untestable"),
    ],
)
def test_the_answer(
    counts: dict[tuple[float, float], int], p: float | None, answer: str, sign: int
) -> None:
    found = judged(counts, p, sign)
    assert found.answer == answer
    assert found.words.startswith(answer.capitalize())


def test_an_interval_that_touches_the_smallest_effect_says_nothing() -> None:
    meets, contradicts = met(np.array([0.1]), np.array([0.1]), 1, 0.1)
    assert not meets[0]
    assert not contradicts[0]


def test_weights_by_label_stand_beside_equal_ones() -> None:
    found = judged({MEETS: 9, OPEN: 1}, weight=[0.5] * 9 + [5.5])
    assert (found.answer, found.answer_by_label) == ("supported", "contested")
    assert found.share_by_label == pytest.approx(0.45)
    assert "Where equivalent options share one weight, it is contested." in found.words


def test_the_figures_of_a_verdict() -> None:
    found = judged({MEETS: 3, AGAINST: 1, FAILED: 1})
    assert (found.universes, found.estimated, found.failed) == (5, 4, 1)
    assert (found.share, found.contradicting) == (0.6, 0.2)
    assert found.median_effect == pytest.approx(0.3)
    assert found.low == pytest.approx(np.quantile([0.3, 0.3, 0.3, -0.095], 0.025))


def test_the_rule_says_its_numbers() -> None:
    for words in ("at least 90%", "at 5%", "at most 10%", "at least half", "fewer than half"):
        assert words in RULE
