"""The formulas of agreement written out, one pair of states at a time, in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import sqrt
from statistics import stdev
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from beholden.measures.agreement import Agreement, agreement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

SCORES = ("share", "share_error", "s", "s_error", "kappa", "pi")
HALF = Fraction(1, 2)
SCALE = {1: Fraction(1), 2: HALF, 3: Fraction(0)}
APART: dict[str, Callable[[int, int], Fraction]] = {
    "absolute": lambda a, b: abs(SCALE[a] - SCALE[b]),
    "squared": lambda a, b: (SCALE[a] - SCALE[b]) ** 2,
    "nominal": lambda a, b: Fraction(a != b),
}
DISTANCES = pytest.mark.parametrize("distance", sorted(APART))


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def error(values: Sequence[Fraction]) -> float:
    return stdev([float(value) for value in values]) / sqrt(len(values)) if values[1:] else np.nan


def corrected(observed: Fraction, chance: Fraction) -> float:
    return float(1 - observed / chance) if chance else np.nan


def direct(
    x: Sequence[int], y: Sequence[int], distance: str, counting: Sequence[int] = (1, 2, 3)
) -> dict[str, float]:
    """Scores of one pair; chance compares every vote of one with every vote of the other."""
    apart = APART[distance]
    pairs = [(a, b) for a, b in zip(x, y, strict=True) if a in counting and b in counting]
    if not pairs:
        return {"n": 0, **dict.fromkeys(SCORES, np.nan)}
    gaps = [apart(a, b) for a, b in pairs]
    same = [Fraction(a == b) for a, b in pairs]
    xs, ys = zip(*pairs, strict=True)
    return {
        "n": len(pairs),
        "share": float(mean(same)),
        "share_error": error(same),
        "s": float(1 - 2 * mean(gaps)),
        "s_error": 2 * error(gaps),
        "kappa": corrected(mean(gaps), mean([apart(a, b) for a, b in product(xs, ys)])),
        "pi": corrected(mean(gaps), mean([apart(a, b) for a, b in product(xs + ys, xs + ys)])),
    }


def of(x: Sequence[int], y: Sequence[int], **options: Any) -> dict[str, float]:
    """Scores of two states in a single session."""
    votes = np.array([x, y], dtype=np.int8)
    return cell(agreement(votes, np.zeros(len(x), dtype=int), **options))


def cell(found: Agreement, session: int = 0, i: int = 0, j: int = 1) -> dict[str, float]:
    return {name: float(getattr(found, name)[session, i, j]) for name in ("n", *SCORES)}


def stacked(found: Agreement) -> NDArray[np.float64]:
    return np.stack([getattr(found, name) for name in SCORES])


def near(expected: dict[str, float]) -> Any:
    return pytest.approx(expected, abs=1e-12, nan_ok=True)
