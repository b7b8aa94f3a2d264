"""A grid's universes to a verdict, by a rule that is fixed before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from beholden.associations.result import AssociationVerdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.associations.grid import Grid
    from beholden.associations.result import JointTests

__all__ = ["RULE", "judge", "met"]

SUPPORTED = 0.9
CONTRADICTED = 0.1
HALF = 0.5
LEVEL = 0.05
RULE = (
    "A universe meets the expectation when its standardised effect has the expected sign and its "
    "interval lies wholly beyond the smallest effect that matters; it contradicts the expectation "
    "when its interval lies wholly short of that effect. Shares are of all planned universes: one "
    "without an estimate counts for neither side. Supported: at least 90% of the universes meet "
    "the expectation and the joint test of the median effect rejects at 5% that there is no "
    "association in any. Contradicted: at least 90% contradict it; or at most 10% meet it, at "
    "least half contradict it and the joint test in the expected direction does not reject. "
    "Untestable: fewer than half of the universes have an estimate. Contested: everything else; "
    "without a joint test nothing is called supported. All universes weigh the same; beside it "
    "stands what comes out where equivalent options share the weight of one."
)


def met(
    low: NDArray[np.float64], high: NDArray[np.float64], sign: int, smallest: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which intervals meet an expectation, and which contradict it; neither where NaN.

    Parameters
    ----------
    low, high : ndarray, shape (u,)
        Intervals of the standardised effects.
    sign : int
        The expected sign.
    smallest : float
        The smallest effect that matters.

    Examples
    --------
    >>> met(np.array([0.2, -0.1, 0.05]), np.array([0.4, 0.05, 0.3]), 1, 0.1)
    (array([ True, False, False]), array([False,  True, False]))
    """
    near, far = (low, high) if sign > 0 else (-high, -low)
    meets: NDArray[np.bool_] = near > smallest
    contradicts: NDArray[np.bool_] = far < smallest
    return meets, contradicts


def judge(
    grid: Grid,
    effect: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    weight: NDArray[np.float64],
    joint: JointTests | None,
) -> AssociationVerdict:
    """Judge a grid by :data:`RULE`.

    Parameters
    ----------
    grid : Grid
        Its sign and smallest effect.
    effect, low, high : ndarray, shape (u,)
        Standardised effects with their intervals; NaN where a universe has none.
    weight : ndarray, shape (u,)
        Where equivalent options share one option's weight.
    joint : JointTests or None
        None where there is no joint test.

    Returns
    -------
    AssociationVerdict
    """
    known = np.isfinite(effect)
    meets, contradicts = met(low, high, grid.sign, grid.smallest)
    p = joint.p if joint is not None and np.isfinite(joint.p) else None

    def answered(weights: NDArray[np.float64]) -> tuple[str, float, float]:
        total = weights.sum()
        share, against, estimated = (
            float(weights @ one / total) for one in (meets, contradicts, known)
        )
        return _answer(share, against, estimated, p), share, against

    answer, share, against = answered(np.ones(len(effect)))
    by_label = answered(weight)
    middle = np.quantile(effect[known], [0.025, 0.5, 0.975]).tolist() if known.any() else None
    low_effect, median, high_effect = middle or (None, None, None)
    estimated = int(known.sum())
    words = _words(answer, share, against, grid, (low_effect, median, high_effect), p)
    if by_label[0] != answer:
        words += f" Where equivalent options share one weight, it is {by_label[0]}."
    return AssociationVerdict(
        *(answer, share, against, *by_label, median, low_effect, high_effect, p),
        *(len(effect), estimated, len(effect) - estimated, words),
    )


def _answer(share: float, against: float, known: float, p: float | None) -> str:
    # Shares of weights are sums; the last digit must not decide.
    tiny = 1e-12
    if known < HALF - tiny:
        return "untestable"
    rejects = p is not None and p <= LEVEL
    if share >= SUPPORTED - tiny and rejects:
        return "supported"
    if against >= SUPPORTED - tiny:
        return "contradicted"
    half = against >= HALF - tiny
    if share <= CONTRADICTED + tiny and half and p is not None and not rejects:
        return "contradicted"
    return "contested"


def _words(
    answer: str,
    share: float,
    against: float,
    grid: Grid,
    middle: tuple[float | None, float | None, float | None],
    p: float | None,
) -> str:
    low, median, high = middle
    if median is None or low is None or high is None:
        return f"{answer.capitalize()}: no universe has an estimate."
    direction = "positive" if grid.sign > 0 else "negative"
    beyond = f" of more than {grid.smallest:g} standard deviations" if grid.smallest else ""
    test = "no joint test was made" if p is None else f"joint p = {p:.3g}"
    told = (
        f"{answer.capitalize()}: {share:.1%} of the universes show a {direction} association"
        f"{beyond} and {against:.1%} exclude it; the median effect is {median:.3f} standard "
        f"deviations (from {low:.3f} to {high:.3f} in the middle 95% of the universes); {test}."
    )
    return told.replace("-", "\N{MINUS SIGN}")
